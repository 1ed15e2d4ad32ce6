"""A document in the order in which it is set: its sections with their numbers, its figures and tables with theirs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.report.document import Block, Columns, Document, Figure, Section, TableBlock

# what neither XML 1.0 nor UTF-8 can hold; a study's text may come from anywhere
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
TWINS = "figure-tables"


@dataclass(frozen=True)
class Numbered:
    """`number` counts figures or tables through the whole document; other blocks have none."""

    block: Block
    number: int = 0


@dataclass(frozen=True)
class Part:
    """A section without those inside it, which follow as parts of their own. `depth` is 1 for a chapter."""

    number: str
    depth: int
    section: Section
    blocks: tuple[Numbered, ...]


def parts_of(document: Document) -> list[Part]:
    counts = {Figure: 0, TableBlock: 0}
    return [Part(number, depth, section, tuple(_counted(section, counts))) for number, depth, section in document.numbered()]


def _counted(section: Section, counts: dict[type, int]) -> Iterator[Numbered]:
    for block in section.blocks:
        kind = type(block)
        if kind in counts:
            counts[kind] += 1
        yield Numbered(block, counts.get(kind, 0))


def with_twins(document: Document) -> Document:
    """On paper no table can hide behind its figure, so all of them stand together at the end."""
    found = [_twin(numbered.block.chart, numbered.number) for part in parts_of(document) for numbered in part.blocks if isinstance(numbered.block, Figure)]
    if not found:
        return document
    return replace(document, sections=(*document.sections, Section(TWINS, _("The figures as tables"), tuple(found))))


def _twin(chart: Chart, number: int) -> TableBlock:
    columns = Columns(chart.table.columns, numeric=frozenset(range(1, len(chart.table.columns))))
    return TableBlock(f"{TWINS}-{number}", f"{figure_name(number)}: {chart.title}", columns, chart.table.rows, chart.note)


def figure_name(number: int) -> str:
    return _("Figure %(number)s") % {"number": number}


def table_name(number: int) -> str:
    return _("Table %(number)s") % {"number": number}


def writable(text: str) -> str:
    """A text without the signs that no file can hold."""
    return UNWRITABLE.sub("", text)
