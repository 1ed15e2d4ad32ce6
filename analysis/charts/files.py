"""A chart as a file: SVG that stands alone, PNG drawn from the same SVG, CSV of its table."""

import json
from collections.abc import Sequence

from django.utils.translation import get_language

from analysis.charts.chart import Chart, Picture, Value
from analysis.charts.lettering import SMALL, wrapped
from analysis.charts.looks import LOOKS, TOKENS, light, rules
from analysis.charts.shapes import LINE_HEIGHT, Drawing, Placed, Shape, Words, px, said, stacked
from analysis.charts.typesetting import typeset
from analysis.exports.cells import csv_bytes, number_cell, text_cell

MARGIN, TITLE, LEAST_WIDTH, GAP = 20.0, 18.0, 400.0, 12.0
EDGE = 2.0  # letters reach a little over their places
PIXELS_PER_INCH = 192  # twice the size on the page: sharp in a slide and in print
POINTS_PER_PIXEL = 0.75
REGULAR = "400"
LATIN = ("Inter", "Inter Variable", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans")
KOREAN = ("Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR")
JAPANESE = ("Hiragino Sans", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", "Noto Sans JP")
PAGES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for chart in json(bytes(sys.inputs.charts)) { page(image(bytes(chart.svg), format: "svg", width: chart.width * 1pt)) }"""


def svg_file(chart: Chart, *, narrow: bool = False) -> bytes:
    """No script, no outside reference, its own light colours: the same in a browser, a word processor and on a printed page."""
    return _svg(chart, _sheet(chart, chart.narrow if narrow else chart.wide)).encode()


def _svg(chart: Chart, drawing: Drawing) -> str:
    language = get_language() or "en"
    return "\n".join((
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.view}" width="{px(drawing.width)}" height="{px(drawing.height)}" role="img"'
        f' aria-labelledby="title text" lang="{language}" xml:lang="{language}">',
        f'<title id="title">{said(chart.title)}</title>', f'<desc id="text">{said(chart.sentence)}</desc>', f"<style>{_style(language)}</style>",
        f'<rect width="100%" height="100%" fill="{TOKENS["card"]}"/>', drawing.markup, "</svg>\n",
    ))  # fmt: skip


def for_typst(svg: str) -> str:
    """typst gives a variable font its weight only when told so in the font's own terms."""
    weights = {look: given["font-weight"] for look, given in LOOKS.items() if "font-weight" in given}
    told = [f"text {{ {_weight(REGULAR)} }}", *(f".{look} {{ {_weight(weight)} }}" for look, weight in weights.items())]
    return svg.replace("</style>", "\n" + "\n".join(told) + "</style>", 1)


def _weight(weight: str) -> str:
    return f"font-variation-settings: 'wght' {weight};"


def png_file(chart: Chart) -> bytes:
    """Drawn with the vendored faces: the same on every machine."""
    return pngs_of([(for_typst(svg_file(chart).decode()), _sheet(chart, chart.wide).width)])[0]


def pngs_of(pictures: Sequence[tuple[str, float]]) -> list[bytes]:
    """SVG for typst with widths in pixels. Drawn together, because it takes longer to find the faces than to draw."""
    if not pictures:
        return []
    charts = [{"svg": svg, "width": round(width * POINTS_PER_PIXEL, 2)} for svg, width in pictures]
    made = typeset(PAGES, {"charts": json.dumps(charts, ensure_ascii=False)}, language=get_language() or "en", format="png", ppi=PIXELS_PER_INCH)
    return [made] if isinstance(made, bytes) else made


def plate(chart: Chart) -> tuple[str, float, float]:
    """The picture and its key as SVG for typst, with width and height in pixels: title and source stand in the text around it."""
    inside = stacked([_beside(chart.wide), chart.wide.legend], GAP) or chart.wide.body
    drawing = Drawing(inside.width + 2 * EDGE, inside.height + 2 * EDGE, (Placed(inside, EDGE, EDGE),))
    return for_typst(_svg(chart, drawing)), drawing.width, drawing.height


def csv_file(chart: Chart, *, bom: bool = False) -> bytes:
    """The twin with its numbers as numbers; a figure that is not there is an empty cell or its word."""
    return csv_bytes([text_cell(column) for column in chart.table.columns], [[_cell(value) for value in row] for row in chart.table.values], bom=bom)


def _cell(value: Value) -> str:
    return text_cell(value) if isinstance(value, str) else number_cell(value)


def _style(language: str) -> str:
    east = JAPANESE + KOREAN if language == "ja" else KOREAN + JAPANESE
    faces = ", ".join(f'"{face}"' for face in LATIN + east)
    return "\n".join([f"text {{ font-family: {faces}, sans-serif; font-variant-numeric: tabular-nums; }}", *rules(light)])


def _sheet(chart: Chart, picture: Picture) -> Drawing:
    """Title, picture, key and source on one sheet with a margin."""
    body = _beside(picture)
    width = max(body.width, LEAST_WIDTH)
    title = _text(chart.title, width, "chart-heading", TITLE)
    note = _text(chart.note, width, "chart-key", SMALL) if chart.note else None
    inside = stacked([title, body, picture.legend, note], GAP) or body
    return Drawing(max(inside.width, width) + 2 * MARGIN, inside.height + 2 * MARGIN, (Placed(inside, MARGIN, MARGIN),))


def _beside(picture: Picture) -> Drawing:
    if picture.labels is None:
        return picture.body
    labels, body = picture.labels, picture.body
    parts: tuple[Shape, ...] = (Placed(labels, 0, 0), Placed(body, labels.width, 0))
    return Drawing(labels.width + body.width, max(labels.height, body.height), parts)


def _text(text: str, width: float, look: str, size: float) -> Drawing:
    lines = wrapped(text, width, size)
    return Drawing(width, len(lines) * size * LINE_HEIGHT, (Words(0, size, lines, look, "start", size),))
