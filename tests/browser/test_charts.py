"""The charts as a browser draws them: axe finds nothing, no words lie on each other or are cut, the page never scrolls sideways."""

from pathlib import Path
from typing import Any

import pytest
from django.template.backends.django import DjangoTemplates
from django.utils import translation
from playwright.sync_api import Browser, Page

from analysis.charts import Download
from tests.analysis.charts.samples import all_charts
from tests.browser.accessibility import violations_in

ROOT = Path(__file__).resolve().parents[2]
# Words of one picture whose letters touch: the boxes of lines are made smaller by what letters don't fill.
TOUCHING = """() => [...document.querySelectorAll('.chart svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const words = [...svg.querySelectorAll('text')].flatMap(text => text.querySelector('tspan') ? [...text.querySelectorAll('tspan')] : [text])
    .map(each => [each.textContent, each.getBoundingClientRect()]).filter(([text]) => text.trim());
  return words.flatMap(([text, one], place) => words.slice(place + 1).filter(([, other]) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.3 * Math.min(one.height, other.height))
    .map(([other]) => `${svg.closest('figure').id}: ${text} / ${other}`));
})"""
CUT = """() => [...document.querySelectorAll('.chart svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const room = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < room.left - 2 || box.right > room.right + 2 || box.top < room.top - 3 || box.bottom > room.bottom + 3;
  }).map(text => `${svg.closest('figure').id}: ${text.textContent}`);
})"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def page_of(count: int, language: str) -> str:
    folders = [ROOT / "templates", ROOT / "docs" / "tools" / "gallery"]
    engine = DjangoTemplates({"NAME": "charts", "DIRS": folders, "APP_DIRS": False, "OPTIONS": {}})
    downloads = [Download(label, "#") for label in ("SVG", "PNG", "CSV")]
    with translation.override(language):
        return engine.get_template("charts.html").render({"charts": all_charts(count), "downloads": downloads, "language": language})


@pytest.fixture
def charts(browser: Browser, tmp_path: Path) -> Any:
    (tmp_path / "static").symlink_to(ROOT / "static")
    page = browser.new_page()

    def opened(count: int, width: int, language: str = "en") -> Page:
        (tmp_path / "page.html").write_text(page_of(count, language))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((tmp_path / "page.html").as_uri())
        return page

    yield opened
    page.close()


@pytest.mark.parametrize("count", [3, 17])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_both_schemes(charts, count, width):
    page = charts(count, width)
    assert {scheme: violations_in(page, scheme) for scheme in ("light", "dark")} == {"light": [], "dark": []}


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("count", [3, 17])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_words_lie_on_each_other_and_none_are_cut(charts, count, width, language):
    page = charts(count, width, language)
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(TOUCHING) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways_and_shows_one_picture_of_each_chart(charts, width):
    page = charts(17, width)
    assert page.evaluate(WIDER) <= 0
    shown = page.locator(".chart svg[role=img]:visible")
    assert shown.count() == page.locator("figure.chart").count()


def test_names_of_rows_stay_where_they_are_while_the_cells_move(charts):
    page = charts(17, 320)
    scroller = page.locator("#heat-17 .chart__narrow .chart__scroll")
    before = scroller.locator(".chart__labels").bounding_box()
    moved = scroller.evaluate("box => { box.scrollLeft = 200; return box.scrollLeft; }")
    assert moved == 200
    assert scroller.locator(".chart__labels").bounding_box() == before


def test_links_to_files_are_large_enough_to_touch_and_name_their_chart(charts):
    link = charts(3, 320).get_by_role("link", name="PNG How much is expected of whom")
    box = link.bounding_box()
    assert min(box["width"], box["height"]) >= 44


def test_the_table_opens_without_a_script(charts):
    page = charts(3, 320)
    page.locator("#heat-3 summary").click()
    assert page.locator("#heat-3 table").is_visible()
    assert page.locator("#heat-3 tbody tr").count() == 3


def test_the_measure_of_touching_words_sees_them_where_they_are(charts):
    """A word is laid on its neighbour, and one is moved out of its picture."""
    page = charts(3, 1280)
    page.evaluate("""() => {
      const [one, other, third] = document.querySelectorAll('#intervals-3 .chart__wide .chart__picture text');
      one.setAttribute('x', other.getAttribute('x')); one.setAttribute('y', other.getAttribute('y')); third.setAttribute('x', '-60');
    }""")
    assert [found for found in page.evaluate(TOUCHING) if found.startswith("intervals-3: ")] != []
    assert [found for found in page.evaluate(CUT) if found.startswith("intervals-3: ")] != []
