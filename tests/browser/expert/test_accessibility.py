"""axe finds nothing on any page, light and dark; nothing is cut off at 320 px or at twice the text size; the page is light."""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page

from surveys.workflow.invitations import issue_link
from tests.browser.accessibility import violations, violations_in
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import come_in, item, open_link, open_section
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ("", "consent/", "section/main/", "section/more/", "review/", "results/1/", "my-answers/", "withdraw/")
def in_both_schemes(page: Page) -> dict[str, list[tuple[str, list[str]]]]:
    return {scheme: found for scheme in ("light", "dark") if (found := violations_in(page, scheme))}


def test_axe_finds_nothing_light_and_dark(window: OpenWindow, live_server: Any) -> None:
    _study, _round, experts = a_second_round()
    page = window(reduced_motion="reduce")  # colours are judged at rest, not on their way
    page.goto(f"{live_server.url}/i/{issue_link(experts[0])}/")
    assert in_both_schemes(page) == {}
    open_link(page, live_server, experts[0])
    for path in PAGES:
        page.goto(f"{live_server.url}/s/small/{path}")
        assert (path, in_both_schemes(page)) == (path, {})
    page.goto(f"{live_server.url}/s/small/section/main/")
    item(page, "grave").get_by_text("Change it").click()
    assert in_both_schemes(page) == {}


def test_axe_finds_nothing_on_a_page_with_mistakes(window: OpenWindow, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    page = window(reduced_motion="reduce")
    open_section(page, live_server, experts[0])
    item(page, "days").get_by_role("textbox").fill("many")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("Some answers could not be saved").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.activeElement.id") == "problems"


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_scrolls_sideways(window: OpenWindow, live_server: Any, width: int) -> None:
    _study, _round, experts = a_second_round()
    page = window(width=width)
    come_in(page, live_server, experts[0])
    for path in PAGES:
        page.goto(f"{live_server.url}/s/small/{path}")
        assert (path, page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (path, 0)


def test_every_control_is_usable_at_320_px(window: OpenWindow, live_server: Any) -> None:
    """Tiles, options, decisions and buttons are at least 44 px high and inside the window."""
    _study, _round, experts = a_second_round()
    page = window(width=320)
    open_section(page, live_server, experts[0])
    item(page, "grave").get_by_text("Change it").click()
    for control in page.locator("main :is(.tile, .option, .decision__choice, .button, .check)").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, control.inner_text()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 320, control.inner_text()


def test_twice_the_text_size_cuts_nothing_off(window: OpenWindow, live_server: Any) -> None:
    _study, _round, experts = a_second_round()
    page = window(width=640)
    open_section(page, live_server, experts[0])
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_the_questionnaire_page_is_light(window: OpenWindow, live_server: Any) -> None:
    """At most 6 requests and 60 kB compressed for a page of 20 items, fonts apart."""
    items = [{"code": f"item-{number}", "kind": "rating", "scale": "five", "text": {"en": f"How grave is matter {number} for your country?"},
              "rationale": "optional"} for number in range(20)]
    _study, _round, experts = an_open_round(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}])
    page = window()
    open_link(page, live_server, experts[0])
    fresh = window(storage_state=page.context.storage_state())
    bodies: dict[str, int] = {}
    fresh.on("response", lambda response: bodies.update({response.url: len(gzip.compress(response.body(), 6))}) if "/fonts/" not in response.url else None)
    fresh.goto(f"{live_server.url}/s/small/section/main/", wait_until="networkidle")
    assert fresh.locator(".item").count() == 20
    assert len(bodies) <= 6
    assert sum(bodies.values()) <= 60_000, bodies
