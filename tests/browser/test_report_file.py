"""The report's HTML file as a browser shows it: nothing that axe finds, nothing too wide, tables open on paper, nothing asked of any host."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from analysis.report.html import html_of
from tests.analysis.report.documents import document, hostile, large_charts
from tests.browser.accessibility import violations_in

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
HIDDEN_TABLES = "() => [...document.querySelectorAll('details table')].filter(table => !table.checkVisibility({contentVisibilityAuto: true})).length"


def opened(page: Page, folder: Path, content: bytes) -> Page:
    (folder / "report.html").write_bytes(content)
    page.goto((folder / "report.html").as_uri())
    return page


def test_the_file_is_read_by_everybody_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(offline=True, bypass_csp=False)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for made in (document(), large_charts(), hostile()):
        opened(page, tmp_path, html_of(made))
        assert {(scheme, width): violations_in(page, scheme, width) for scheme, width in (("light", 1280), ("dark", 320))} == {
            ("light", 1280): [], ("dark", 320): []}  # fmt: skip
        assert page.evaluate(WIDER) <= 0
    assert len(asked) == 3
    assert all(address.startswith("file://") for address in asked)
    assert said == []
    context.close()


def test_twice_as_large_letters_fit_a_small_window(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser.new_page(), tmp_path, html_of(document()))
    page.set_viewport_size({"width": 640, "height": 900})
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(WIDER) <= 0
    page.close()


def test_paper_shows_each_figure_s_table_in_light_colours(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser.new_page(), tmp_path, html_of(document()))
    assert page.evaluate(HIDDEN_TABLES) == 2
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(f"({HIDDEN_TABLES})() === 0")  # with the next frame
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
