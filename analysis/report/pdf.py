"""A report as PDF, set by typst with report.typ. Every text is passed as data; no word of a study is ever part of a typst source."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from analysis.charts.faces import families
from analysis.charts.files import POINTS_PER_PIXEL, plate
from analysis.charts.typesetting import typeset
from analysis.report.column_widths import POINTS, column_widths
from analysis.report.document import Cell, Document, Figure, Place, TableBlock, Text, Worded, plain
from analysis.report.parts import Numbered, Part, figure_name, parts_of, table_name, with_twins, writable

ROOM_WIDTH, ROOM_HEIGHT = 459.0, 560.0  # what a figure may take of an A4 page, in points
LANGUAGE = re.compile("[a-z]{2,3}")  # as typst takes one
LONGEST_WORD = 48
ACCESSIBLE = ["ua-1"]  # PDF/UA-1, ISO 14289


def pdf_of(document: Document) -> bytes:
    """Tagged, with bookmarks and the same bytes for the same document. Where a letter that no font has forbids calling it accessible, it isn't called so."""
    with override(document.language):
        inputs = {"report": json.dumps(_given(with_twins(document)), ensure_ascii=False)}
    how: dict[str, Any] = {"language": document.language, "made_on": document.made_on, "format": "pdf"}
    try:
        made: bytes = typeset(_source(), inputs, **how, pdf_standards=ACCESSIBLE)
    except typst.TypstError:
        made = typeset(_source(), inputs, **how)
    return made


@lru_cache(1)
def _source() -> bytes:
    return Path(__file__).with_name("report.typ").read_bytes()


def _given(document: Document) -> dict[str, Any]:
    return {
        "title": _said(plain(document.title) or _("Report")), "subtitle": _plain(document.subtitle), "language": document.language,
        "day": date_format(document.made_on, "DATE_FORMAT"), "cautions": [_plain(text) for text in document.cautions],
        "facts": [[_plain(term), _said(text)] for term, text in document.facts], "places": {key: _plain(name) for key, name in document.names().items()},
        "parts": [_part(part, document.names()) for part in parts_of(document)], "words": _words(), "faces": _faces(document.language),
    }  # fmt: skip


def _words() -> dict[str, str]:
    return {"contents": _("Contents"), "caution": _("Mind:"), "write": _("For the authors to write:")}


def _faces(language: str) -> dict[str, list[str]]:
    """Which faces a text in a language is set in: characters that Korean and Japanese share have forms of their own in each."""
    own, others = families(language), {"ko": "ja", "ja": "ko"}
    return {"other": own, **{code: own[:-2] + _east(own, code == language or code != others.get(language, "ja")) for code in ("ko", "ja")}}


def _east(own: list[str], as_it_is: bool) -> list[str]:
    return own[-2:] if as_it_is else own[:-3:-1]


def _part(part: Part, names: dict[str, str]) -> dict[str, Any]:
    return {"number": part.number, "depth": part.depth, "key": part.section.key, "title": _said(part.section.title),
            "blocks": [_block(numbered, names) for numbered in part.blocks]}  # fmt: skip


def _block(numbered: Numbered, names: dict[str, str]) -> dict[str, Any]:
    block = numbered.block
    if isinstance(block, Figure):
        return _figure(block, numbered.number)
    if isinstance(block, TableBlock):
        return _table(block, numbered.number, names)
    return {
        "kind": type(block).__name__.lower(), "text": _said(getattr(block, "text", "") or getattr(block, "prompt", "")),
        "texts": [_said(text) for text in getattr(block, "items", ()) or getattr(block, "texts", ())],
        "pairs": [[_plain(term), _said(text)] for term, text in getattr(block, "pairs", ())],
    }  # fmt: skip


def _figure(figure: Figure, number: int) -> dict[str, Any]:
    chart = figure.chart
    picture, width, height = plate(chart)
    shown = min(width * POINTS_PER_PIXEL, ROOM_WIDTH, ROOM_HEIGHT * width / height)
    return {"kind": "figure", "name": figure_name(number), "title": _plain(chart.title), "sentence": _plain(chart.sentence), "note": _plain(chart.note),
            "picture": writable(picture), "width": round(shown, 2)}  # fmt: skip


def _table(table: TableBlock, number: int, names: dict[str, str]) -> dict[str, Any]:
    rows = [[_cell(cell, names) for cell in row] for row in table.rows]
    shown = [[_shown(cell, names) for cell in row] for row in table.rows]
    widths, scale = column_widths(table.columns.heads, shown, ROOM_WIDTH)
    return {
        "kind": "table", "name": table_name(number), "caption": _plain(table.caption), "note": _plain(table.note), "rows": rows, "widths": widths,
        "heads": [_plain(head) for head in table.columns.heads], "numeric": sorted(table.columns.numeric), "size": POINTS * scale,
    }  # fmt: skip


def _cell(cell: Cell, names: dict[str, str]) -> dict[str, Any]:
    if isinstance(cell, str | Worded):
        return _said(cell)
    return {"places": [place.section for place in ((cell,) if isinstance(cell, Place) else cell) if place.section in names]}


def _shown(cell: Cell, names: dict[str, str]) -> str:
    """What a cell will read, for the width that it needs."""
    given = _cell(cell, names)
    return "; ".join(names[key] for key in given["places"]) if "places" in given else given["text"]


def _said(text: Text) -> dict[str, str]:
    language = text.language.split("-")[0].lower() if isinstance(text, Worded) else ""
    return {"text": _plain(plain(text)), "language": language if LANGUAGE.fullmatch(language) else ""}


def _plain(text: str) -> str:
    """Words too long for any line may break: typst would let them run off the page."""
    return " ".join("\u200b".join(_pieces(word)) for word in writable(text).split(" "))


def _pieces(word: str) -> list[str]:
    return [word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD)] or [""]
