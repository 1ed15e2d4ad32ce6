"""Files and pages show the same: looks.py and the style sheets hold each other's words."""

import re
from pathlib import Path

import pytest

from analysis.charts.looks import LOOKS, TOKENS, rules, variable
from analysis.charts.shapes import flat
from tests.analysis.charts.samples import all_charts
from tests.look.test_style_sheets import contrast

CSS = Path(__file__).resolve().parents[3] / "static" / "css"
SHEETS = "".join((CSS / name).read_text() for name in ("delphi.css", "organizer.css", "charts.css"))
DARK = dict(reversed(re.findall(r"--([a-z0-9-]+): light-dark\(#[0-9a-f]+, (#[0-9a-f]+)\)", SHEETS)))
LIGHT = dict(reversed(re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]+), #[0-9a-f]+\)", SHEETS)))


def test_the_style_sheet_has_every_look_as_files_have_it():
    assert [rule for rule in rules(variable) if rule not in SHEETS] == []


def test_files_have_the_light_colours_of_the_pages():
    assert {name: LIGHT[name] for name in TOKENS} == TOKENS


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_in_cells_can_be_read(colours):
    cells = [(look, LOOKS[look]["fill"], LOOKS[f"{look}-text"]["fill"]) for look in LOOKS if f"{look}-text" in LOOKS and LOOKS[look]["fill"] != "none"]
    assert len(cells) == 15  # seven in sequence, seven about a middle, one empty
    assert [look for look, ground, ink in cells if contrast(colours[ground], colours[ink]) < 4.5] == []


@pytest.mark.parametrize("count", [3, 17])
def test_every_look_that_a_chart_uses_is_known(count):
    drawings = [drawing for chart in all_charts(count) for picture in (chart.wide, chart.narrow)
                for drawing in (picture.body, picture.labels, picture.legend) if drawing]
    used = {shape.look for drawing in drawings for shape in flat(drawing)}
    assert used - set(LOOKS) == set()
