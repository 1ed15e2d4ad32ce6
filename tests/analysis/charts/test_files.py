"""Charts as files: SVG that stands alone, PNG of the same picture, CSV of the same numbers."""

import csv
import io
import struct
import xml.etree.ElementTree as ET

import pytest
from django.utils import translation

from analysis.charts import Caption, Chart, HeatCell, HeatRow, Sequential, heat_map
from analysis.charts.files import csv_file, png_file, svg_file
from tests.analysis.charts.samples import ALL, heat, points

SVG = "{http://www.w3.org/2000/svg}"


def hostile() -> Chart:
    return heat_map(Caption("key", "<script>alert(1)</script> & \x0bco", 'He said "yes" </desc>'), "=1+1", ["@SUM(A1)", "B&B"],
                    [HeatRow("-2+3 <b>", (HeatCell(1.5), HeatCell(None)))], Sequential(1, 9, ("little", "much")))


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(svg_file(chart))  # noqa: S314 - our own file


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("count", [3, 17])
def test_svg_is_well_formed_and_asks_for_nothing(make, count):
    chart = make(count)
    text, root = svg_file(chart).decode(), parsed(chart)
    assert root.tag == f"{SVG}svg"
    allowed = {"svg", "title", "desc", "style", "g", "rect", "line", "circle", "path", "text", "tspan"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert [word for word in ("url(", "@import", "href", "var(", "light-dark") if word in text] == []


def test_svg_says_what_it_shows():
    chart = heat(3)
    root = parsed(chart)
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.sentence
    said = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    assert {chart.title, "8.34", "Japan", "Missile defence", "protected"} <= set(said)


def test_svg_has_every_shape_inside_its_sheet():
    """The sheet is as large as its drawings and a margin of 20 on each side."""
    chart = points(17)
    root = parsed(chart)
    width, height = (float(root.get(name, "0")) for name in ("width", "height"))
    assert width == 672 + 40
    assert height > chart.wide.body.height + 40


def test_words_of_a_study_are_text_and_never_markup():
    root = parsed(hostile())
    assert not [element for element in root.iter() if element.tag.endswith(("script", "b"))]
    assert root.findtext(f"{SVG}title") == "<script>alert(1)</script> & co"
    assert "-2+3 <b>" in ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def test_svg_says_its_language_and_prefers_its_faces():
    with translation.override("ja"):
        text = svg_file(heat(3)).decode()
    assert 'lang="ja"' in text
    assert text.index("Noto Sans CJK JP") < text.index("Noto Sans CJK KR")


@pytest.mark.parametrize("make", ALL)
def test_png_is_the_svg_at_twice_its_size(make):
    """A PNG's width and height stand in its first chunk (W3C PNG, 11.2.1)."""
    chart = make(3)
    png = png_file(chart)
    root = parsed(chart)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width == pytest.approx(2 * float(root.get("width", "0")), abs=2)
    assert height == pytest.approx(2 * float(root.get("height", "0")), abs=2)


def test_csv_has_numbers_as_numbers_and_formulas_as_text():
    rows = list(csv.reader(io.StringIO(csv_file(hostile()).decode())))
    assert rows[0] == ["'=1+1", "'@SUM(A1)", "B&B"]
    assert rows[1] == ["'-2+3 <b>", "1.5", ""]


@pytest.mark.parametrize("make", ALL)
def test_csv_has_the_rows_of_the_table(make):
    chart = make(17)
    rows = list(csv.reader(io.StringIO(csv_file(chart).decode())))
    assert len(rows) == 1 + len(chart.table.rows)
    assert [row[0] for row in rows[1:]] == [row[0] for row in chart.table.rows]


@pytest.mark.parametrize("make", ALL)
def test_no_two_columns_of_a_file_are_called_alike(make):
    columns = make(3).table.columns
    assert len(set(columns)) == len(columns)
