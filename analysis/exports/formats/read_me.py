"""The workbook's first sheet: what study this is, on which closings it rests, and what an empty cell means; in the study's language and in English."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from analysis.exports.contents import CONTENTS
from analysis.exports.datapackage import title_of
from analysis.exports.shown import Shown
from analysis.publication import closed_at

Line = tuple[str, ...]  # cells; a line of one cell runs over the whole width


def read_me(shown: Shown, sheets: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    """`sheets`: each with the file that it holds."""
    for language in dict.fromkeys((shown.study.source_language, "en")):
        with override(language):
            yield from [*about(shown), *closings(shown), *list_of_sheets(sheets), ()]


def about(shown: Shown) -> Iterator[Line]:
    yield (title_of(shown.study),)
    yield (shown.study.slug,)
    if shown.study.is_simulated:
        yield (_("Simulated experts — demonstration"),)
    yield ()
    yield (_("The published results of a Delphi study: the files of its archive, a sheet for each."),)
    yield (_("A cell is empty where a figure is not defined, does not apply, or is protected."),)
    yield (_("Protected: showing it could give somebody away, directly or by subtracting one published figure from another."),)
    yield (_("What each column means stands in the sheet “columns”."),)
    yield ()


def closings(shown: Shown) -> Iterator[Line]:
    """Of each counted round the closing whose figures are shown."""
    rules = shown.study.rules_sha256
    if rules:
        yield _("Rules fixed before round 1, SHA-256"), rules
    yield _("Round"), _("Closed"), _("Frozen answers, SHA-256")
    for run in shown.runs:
        closed = closed_at(run, run.round)
        yield str(run.round.number), closed.isoformat() if closed else "", run.snapshot_sha256
    yield ()


def list_of_sheets(sheets: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    yield _("Sheet"), _("What it holds")
    for sheet, file in sheets:
        yield sheet, str(CONTENTS[file])
