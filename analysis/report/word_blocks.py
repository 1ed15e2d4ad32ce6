"""The blocks of a report in Word: each as a list of paragraphs and tables."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _
from docx.document import Document as WordFile

from analysis.charts.files import POINTS_PER_PIXEL, plate, pngs_of
from analysis.report import word_markup as word
from analysis.report.column_widths import column_widths
from analysis.report.document import (
    Bullets,
    Caution,
    Cell,
    Document,
    Facts,
    Figure,
    Finding,
    Paragraph,
    Place,
    Quotes,
    TableBlock,
    Text,
    ToWrite,
    Worded,
    plain,
)
from analysis.report.parts import Numbered, figure_name, parts_of, table_name

ROOM_WIDTH, ROOM_HEIGHT = 453.0, 560.0  # what a figure may take of an A4 page, in points
TERM_WIDTH = 150.0
DASH = "–"
STYLES = {Paragraph: "Normal", Finding: "Finding"}


@dataclass
class Pen:
    """What writing needs to know of the document and of the file that takes its pictures and comments."""

    file: WordFile
    document: Document
    names: dict[str, str]
    bookmarks: dict[str, str] = field(default_factory=dict)
    pictures: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, file: WordFile, document: Document) -> Self:
        """Word allows letters and digits in a bookmark's name, and 40 of them."""
        names = document.names()
        charts = {numbered.number: numbered.block.chart for part in parts_of(document) for numbered in part.blocks if isinstance(numbered.block, Figure)}
        drawn = pngs_of([plate(chart)[:2] for chart in charts.values()])
        return cls(file, document, names, {key: f"section{number}" for number, key in enumerate(names, 1)}, dict(zip(charts, drawn, strict=True)))

    def block(self, numbered: Numbered) -> list[str]:
        block = numbered.block
        if isinstance(block, Figure):
            return self.figure(block, numbered.number)
        if isinstance(block, TableBlock):
            return self.table(block, numbered.number)
        if isinstance(block, Facts):
            return self.pairs(block.pairs)
        if isinstance(block, Paragraph | Finding):
            return [word.paragraph(STYLES[type(block)], word.run(block.text))]
        return self.marked(block)

    def marked(self, block: Bullets | Quotes | Caution | ToWrite) -> list[str]:
        if isinstance(block, Bullets):
            return [word.paragraph("ListBullet", word.run(text)) for text in block.items]
        if isinstance(block, Quotes):
            return [word.paragraph("Quote", word.run(text)) for text in block.texts]
        if isinstance(block, Caution):
            return [word.paragraph("Caution", word.run(_("Mind:") + " ", bold=True), word.run(block.text))]
        return [self.to_write(block)]

    def to_write(self, block: ToWrite) -> str:
        """The comment stays in the margin when the passage is written anew, until somebody resolves it."""
        comment = self.file.comments.add_comment(_("To be written by the authors; delete this comment when it is done."))
        passage = word.run(_("For the authors to write:") + " ", bold=True) + word.run(block.prompt)
        return word.paragraph("ToWrite", word.commented(comment.comment_id, passage))

    def pairs(self, pairs: tuple[tuple[str, Text], ...]) -> list[str]:
        if not pairs:
            return []
        rows = [(word.run(term), word.run(text)) for term, text in pairs]
        return [word.table(word.Grid("", (TERM_WIDTH, ROOM_WIDTH - TERM_WIDTH), (), rows)), word.paragraph("Note")]

    def table(self, block: TableBlock, number: int) -> list[str]:
        shown = [[self.reading(cell) for cell in row] for row in block.rows]
        widths, _scale = column_widths(block.columns.heads, shown, ROOM_WIDTH)
        rows = [[self.cell(cell) for cell in row] for row in block.rows]
        heads = [word.run(head) for head in block.columns.heads]
        grid = word.Grid(block.caption, widths, heads, rows, block.columns.numeric)
        return [self.caption(table_name, number, block.caption), word.table(grid), word.paragraph("Note", word.run(block.note))]

    def figure(self, block: Figure, number: int) -> list[str]:
        chart = block.chart
        _svg, width, height = plate(chart)
        relation, _image = self.file.part.get_or_add_image(io.BytesIO(self.pictures[number]))
        shown = min(width * POINTS_PER_PIXEL, ROOM_WIDTH, ROOM_HEIGHT * width / height)
        picture = word.Picture(relation, number, shown, shown * height / width, chart.title, chart.sentence)
        return [self.caption(figure_name, number, chart.title), word.paragraph("Normal", word.run(chart.sentence), keep=True),
                word.paragraph("Normal", word.drawing(picture), keep=bool(chart.note)),
                *([word.paragraph("Note", word.run(chart.note))] if chart.note else [])]  # fmt: skip

    def caption(self, name: Callable[[int], str], number: int, title: str) -> str:
        """The number is a field, so that Word counts anew when authors add a figure of their own."""
        before, _number, after = name(number).partition(str(number))
        counted = word.field("SEQ Figure" if name is figure_name else "SEQ Table", word.run(str(number)))
        return word.paragraph("Caption", word.run(before), counted, word.run(after + "  "), word.run(title, bold=True))

    def cell(self, cell: Cell) -> str:
        if isinstance(cell, str | Worded):
            return word.run(cell)
        places = self.places(cell)
        return word.run("; ").join(word.link(self.bookmarks[key], self.names[key]) for key in places) if places else word.run(DASH)

    def reading(self, cell: Cell) -> str:
        """What a cell will read, for the width that it needs."""
        return plain(cell) if isinstance(cell, str | Worded) else "; ".join(self.names[key] for key in self.places(cell))

    def places(self, cell: Place | tuple[Place, ...]) -> list[str]:
        return [place.section for place in ((cell,) if isinstance(cell, Place) else cell) if place.section in self.names]
