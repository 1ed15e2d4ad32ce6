"""The annex of questions: every question with the figures that were published of it, section by section."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from analysis.exports.columns import RowContext
from analysis.report.chapters.panel_tables import panel_tables
from analysis.report.document import Cell, Columns, Paragraph, Section, TableBlock
from analysis.report.material import Asked, Material
from analysis.report.wording import worded
from analysis.results.lines import Line, line_of


def questions(material: Material) -> Section | None:
    if not material.last_asked:
        return None
    text = _("Every question as it was last asked, with the figures over everybody and the middle answers of the panels.")
    return Section("questions", _("All questions"), (Paragraph(text),), tuple(_sections(material)))


def _sections(material: Material) -> Iterator[Section]:
    for section, entries in groupby(material.last_asked, key=lambda entry: entry.question.item.section):
        asked = list(entries)
        tables = (_table(material, section.code, asked), *panel_tables(material, section.code, asked))
        yield Section(f"questions-{section.code}", worded(material.study, section.title), tables)


def _table(material: Material, code: str, asked: Sequence[Asked]) -> TableBlock:
    heads = (_("Question"), _("Round"), _("Answers"), _("Median"), _("Middle half"), _("Commonest answer"), _("Consensus"), _("Stability"))
    rows = tuple(row for entry in asked for row in _rows(material, entry))
    title = _("Figures over everybody")
    return TableBlock(f"questions-{code}-table", title, Columns(heads, frozenset({1, 2, 3, 4}), frozenset({0})), rows)


def _rows(material: Material, asked: Asked) -> Iterator[tuple[Cell, ...]]:
    found = [row for row in asked.held.rows if row.result.asked_item.item_version.item_id == asked.question.item.pk]
    if len(found) > 1:
        yield (worded(material.study, asked.question.definition["text"]), *[""] * 7)
    for row in found:
        yield _row(material, asked, row, len(found) > 1)


def _row(material: Material, asked: Asked, row: RowContext, is_part: bool) -> tuple[Cell, ...]:
    line = line_of(material.study, row)
    name = f"— {line.name or line.component}" if is_part else worded(material.study, asked.question.definition["text"])
    if line.suppressed:
        return (name, str(asked.held.number), _("protected"), *[""] * 5)
    return (name, str(asked.held.number), line.shown["n"], line.shown["median"] if line.has_order else "", middle_half(line), line.modal_in_words,
            line.consensus, line.stability)


def middle_half(line: Line) -> str:
    if not line.has_order or line.figures.get("q1") is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": line.shown["q1"], "high": line.shown["q3"]}
