"""What an export is made of: the runs whose rows are shown at one moment, so that all files of one export speak of the same results."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analysis.exports.cells import number_cell, text_cell
from analysis.models import AnalysisRun
from analysis.publication import remember_shown, shown_runs
from surveys.exceptions import NotReady
from surveys.models import AskedItem, Study


@dataclass(frozen=True)
class Shown:
    """A study's shown runs, by round."""

    study: Study
    runs: tuple[AnalysisRun, ...]


def what_is_shown(study: Study) -> Shown:
    """All counted rounds. From now on their figures count as seen. Raises NotReady while there are none."""
    shown = shown_now(study)
    if not shown.runs:
        raise NotReady(_("No round of “%(slug)s” is closed and counted yet, so there is nothing to export.") % {"slug": study.slug})
    return shown


def shown_now(study: Study, number: int | None = None) -> Shown:
    """All counted rounds, or the one of this number; none is fine. From now on their figures count as seen.

    Looked at again after they were marked: later results may take the place of what nobody has seen, until that moment.
    """
    runs = _runs(study, number)
    while any(run.first_shown_at is None for run in runs):
        for run in runs:
            remember_shown(run.round_id)
        runs = _runs(study, number)
    return Shown(study, runs)


def _runs(study: Study, number: int | None = None) -> tuple[AnalysisRun, ...]:
    chosen = {} if number is None else {"round__number": number}
    return tuple(shown_runs(study).filter(**chosen).select_related("round").order_by("round__number"))


def items_of(shown: Shown, run: AnalysisRun) -> dict[int, dict[str, Any]]:
    """Asked item id → what every row about it begins with, in the questionnaire's order (1 query)."""
    asked = AskedItem.objects.filter(round=run.round_id).select_related("item_version__item__section").order_by("position")
    return {entry.pk: {"study": shown.study.slug, "round": run.round.number, "section": entry.item_version.item.section.code,
                       "item": entry.item_version.item.code, "item_version": entry.item_version.number, "kind": entry.item_version.item.kind}
            for entry in asked}


def leading_cells(shown: Shown, run: AnalysisRun) -> dict[int | None, list[str]]:
    """Asked item id → the first cells of its rows; None → those of a row about the round as a whole."""
    found: dict[int | None, list[str]] = {
        pk: [number_cell(value) if isinstance(value, int) else text_cell(value) for value in item.values()] for pk, item in items_of(shown, run).items()
    }
    return {**found, None: [text_cell(shown.study.slug), number_cell(run.round.number), "", "", "", ""]}
