"""The annex of questions: every question with the figures that were published of it, section by section."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from analysis.exports.columns import RowContext
from analysis.report.answers import middle_or_commonest
from analysis.report.chapters.panel_tables import panel_tables
from analysis.report.document import Block, Cell, Columns, Paragraph, Section, TableBlock
from analysis.report.material import Asked, Material
from analysis.report.wording import count, worded
from analysis.results.lines import Line, line_of

NUMERIC = frozenset({1, 3, 6})


def questions(material: Material) -> Section | None:
    if not material.last_asked:
        return None
    text = _("Every question as it was last asked, with the figures over everybody and the middle answers of the panels: the median; "
             "of options without an order the commonest one, of options that can be ticked the share of those who did.")
    return Section("questions", _("All questions"), (Paragraph(text),), tuple(_sections(material)))


def _sections(material: Material) -> Iterator[Section]:
    """Questions of one number share a table; one of several numbers has its own, with a row for each."""
    for section, entries in groupby(material.last_asked, key=lambda entry: entry.question.item.section):
        asked = [(entry, entry.rows) for entry in entries]
        alone = [(entry, rows) for entry, rows in asked if len(rows) == 1]
        blocks = [*_together(material, section.code, alone), *(block for entry, rows in asked if len(rows) > 1 for block in _apart(material, entry, rows))]
        yield Section(f"questions.{section.code}", worded(material.study, section.title), tuple(blocks))


def _together(material: Material, code: str, asked: Sequence[tuple[Asked, list[RowContext]]]) -> Iterator[Block]:
    if asked:
        rows = tuple(_row(material, entry, row, worded(material.study, entry.question.definition["text"])) for entry, found in asked for row in found)
        yield TableBlock(f"questions.{code}.table", _("Figures over everybody"), _columns(_("Question")), rows)
        yield from panel_tables(material, f"questions.{code}", [entry for entry, _rows in asked])


def _apart(material: Material, asked: Asked, rows: Sequence[RowContext]) -> Iterator[Block]:
    yield Paragraph(worded(material.study, asked.question.definition["text"]))
    lines = tuple(_row(material, asked, row, "") for row in rows)
    yield TableBlock(f"questions.item.{asked.code}.parts", _("Figures over everybody"), _columns(_("Part")), lines)
    yield from panel_tables(material, f"questions.item.{asked.code}", [asked])


def _columns(first: str) -> Columns:
    heads = (first, _("Answers"), _("Answer"), _("Middle half"), _("Consensus"), _("Stability"), _("Round"))
    return Columns(heads, NUMERIC, frozenset({0}))


def _row(material: Material, asked: Asked, row: RowContext, name: Cell) -> tuple[Cell, ...]:
    line = line_of(material.study, row)
    name = name or line.name or line.component
    if line.suppressed:
        return (name, _("protected"), *[""] * 4, count(asked.held.number))
    return (name, line.shown["n"], middle_or_commonest(material, row), middle_half(line), line.consensus, line.stability, count(asked.held.number))


def middle_half(line: Line) -> str:
    if not line.has_order or line.figures.get("q1") is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": line.shown["q1"], "high": line.shown["q3"]}
