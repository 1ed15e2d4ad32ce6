"""A report as one HTML file that needs nothing else: no script, no picture, no font and no other host.

Texts reach the page through a template, which escapes them; only charts write their own markup, and escape every word in it.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override

from analysis.charts import Chart
from analysis.charts.looks import rules, variable
from analysis.report.document import Cell, Document, Figure, Place, TableBlock, Text, Worded, plain
from analysis.report.parts import Numbered, Part, figure_name, parts_of, table_name, writable

SHEETS = ("css/delphi.css", "css/organizer.css", "css/charts.css")  # whose tokens the report takes
TOKENS = re.compile(r"--[\w-]+: [^;]+;")
FIRST_ROOT = re.compile(r":root \{(.*?)\n *\}", re.DOTALL)
DEEPEST = 6  # HTML has no heading below it
LISTED_DEPTH = 2
DASH = "–"


@dataclass(frozen=True)
class Head:
    text: str
    numeric: bool
    wide: bool


@dataclass(frozen=True)
class SetCell:
    """`is_head`: the first of its row."""

    html: SafeString
    is_head: bool
    numeric: bool


def html_of(document: Document) -> bytes:
    """The whole file. The same document gives the same bytes."""
    with override(document.language):
        page = render_to_string("analysis/report/document.html", {
            "document": document, "title": text_html(document.title), "plain_title": plain(document.title),
            "style": _style() + _page_head(document), "contents": _contents(document),
            "facts": [(term, text_html(text)) for term, text in document.facts],
            "parts": [_set_part(part, document.names()) for part in parts_of(document)],
        })  # fmt: skip
    return writable(page).encode()


@lru_cache(1)
def _style() -> SafeString:
    """Tokens of the interface's sheets, the looks of charts, and the report's own rules, in this order."""
    sheets = [Path(str(finders.find(sheet))).read_text() for sheet in SHEETS]
    tokens = " ".join(token for sheet in sheets if (root := FIRST_ROOT.search(sheet)) for token in TOKENS.findall(root[1]))
    own = render_to_string("analysis/report/style.css")
    return SafeString("\n".join([f":root {{ color-scheme: light dark; {tokens} }}", *rules(variable), own]))


def _page_head(document: Document) -> SafeString:
    """On paper every page names the report and what to mind. Each sign is written by its number, so that no text can end the string."""
    words = writable(" · ".join([plain(document.title), *document.cautions]))
    signs = "".join(f"\\{ord(sign):x} " for sign in words)
    return SafeString(f'@page {{ @top-left {{ content: "{signs}"; inline-size: 100%; font: 8pt sans-serif; color: #535d6c; }} }}')


def _contents(document: Document) -> list[tuple[int, str, SafeString, str]]:
    return [(depth, number, text_html(section.title), section.key) for number, depth, section in document.numbered() if depth <= LISTED_DEPTH]


def _set_part(part: Part, names: dict[str, str]) -> dict[str, object]:
    chapter = SafeString(' class="chapter"') if part.depth == 1 else ""
    heading = format_html('<h{level} id="section-{key}"{chapter}><span class="number">{number}</span> {title}</h{level}>',
                          level=min(part.depth + 1, DEEPEST), key=part.section.key, chapter=chapter, number=part.number, title=text_html(part.section.title))
    return {"heading": heading, "blocks": [_set_block(numbered, names) for numbered in part.blocks]}


def _set_block(numbered: Numbered, names: dict[str, str]) -> SafeString:
    """One small template for each kind of block, named after it."""
    block = numbered.block
    given: dict[str, object] = {"block": block}
    if isinstance(block, Figure):
        given = {"chart": _kept_apart(block.chart, numbered.number), "name": figure_name(numbered.number)}
    elif isinstance(block, TableBlock):
        given |= {"name": table_name(numbered.number), "heads": _heads(block), "rows": _rows(block, names)}
    else:
        given |= {"text": text_html(getattr(block, "text", "")), "texts": [text_html(text) for text in getattr(block, "items", ())],
                  "pairs": [(term, text_html(text)) for term, text in getattr(block, "pairs", ())]}  # fmt: skip
    return render_to_string(f"analysis/report/blocks/{type(block).__name__.lower()}.html", given)


def _kept_apart(chart: Chart, number: int) -> Chart:
    """The same chart may stand in two sections: its number makes the ids in it unique."""
    return replace(chart, key=f"figure-{number}")


def _heads(table: TableBlock) -> list[Head]:
    columns = table.columns
    return [Head(text, place in columns.numeric, place in columns.wide) for place, text in enumerate(columns.heads)]


def _rows(table: TableBlock, names: dict[str, str]) -> list[list[SetCell]]:
    numeric = table.columns.numeric
    return [[SetCell(cell_html(cell, names), place == 0, place in numeric) for place, cell in enumerate(row)] for row in table.rows]


def text_html(text: Text) -> SafeString:
    if isinstance(text, Worded) and text.language:
        return format_html('<span lang="{}">{}</span>', text.language, text.text)
    return conditional_escape(text.text if isinstance(text, Worded) else text)


def cell_html(cell: Cell, names: dict[str, str]) -> SafeString:
    if isinstance(cell, str | Worded):
        return text_html(cell)
    places = [place for place in ((cell,) if isinstance(cell, Place) else cell) if place.section in names]
    if not places:
        return SafeString(DASH)
    return format_html_join("; ", '<a href="#section-{}">{}</a>', ((place.section, names[place.section]) for place in places))
