"""The map of a plane in a real browser: always in step with its two scales, by mouse, by keyboard alone, without JavaScript, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Answer
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.surveys.views.expert.kinds.interval_studies import MAP, PLACED, a_first_round, a_second_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def stored() -> list[Any]:
    return list(Answer.objects.values_list("value", flat=True))


def cell(page: Page, x: int, y: int) -> Locator:
    """Rows come from the top: 5 of 5 is the first."""
    return item(page, "map").locator(".plane__row").nth(5 - y).locator(".plane__cell").nth(x - 1)


def chosen(page: Page) -> list[str | None]:
    return [radio.get_attribute("value") for radio in item(page, "map").locator(".plane__scale input:checked").all()]


def test_a_click_on_the_map_and_one_on_a_scale_say_the_same(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round(MAP)[1][0])
    words, point = item(page, "map").locator(".plane__words"), item(page, "map").locator('.plane__cell[aria-selected="true"]')
    expect(point).to_have_count(0)
    cell(page, 7, 4).click()
    expect(words).to_have_text("Severity: 7 of 9; Cost: Much (4 of 5)")
    assert chosen(page) == ["7", "4"]
    expect_saved(page, "map")
    assert stored() == [{"x": 7, "y": 4}]
    item(page, "map").locator(".tile", has_text="Little").click()
    expect(words).to_have_text("Severity: 7 of 9; Cost: Little (2 of 5)")
    expect(point).to_have_attribute("aria-label", "Severity: 7 of 9; Cost: Little (2 of 5)")
    item(page, "map").get_by_label("Cannot judge").check()
    expect(item(page, "map").locator(".saved")).to_have_attribute("data-state", "saved")
    cell(page, 1, 1).click()
    expect(item(page, "map").get_by_label("Cannot judge")).not_to_be_checked()
    expect_saved(page, "map")
    page.reload()
    expect(point).to_have_attribute("aria-label", "Severity: 1 of 9; Cost: None (1 of 5)")
    box, frame = point.bounding_box(), item(page, "map").locator(".plane__grid").bounding_box()
    assert box is not None and frame is not None
    assert abs(box["x"] - frame["x"]) < 3 and abs(box["y"] + box["height"] - frame["y"] - frame["height"]) < 3  # lowest, leftmost


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    """The arrow keys look around until Enter puts the point; then they move it. Tab passes the map in one step."""
    open_section(page, live_server, a_first_round(MAP)[1][0])
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.role || document.activeElement.getAttribute('role')") == "gridcell":
            break
    assert chosen(page) == []
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == []
    page.keyboard.press("Enter")
    assert chosen(page) == ["6", "4"]  # from the middle, 5 and 3
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # the map ends at 5
    page.keyboard.press("ArrowLeft")
    assert chosen(page) == ["5", "5"]
    page.keyboard.press("Home")
    assert chosen(page) == ["1", "5"]
    expect_saved(page, "map")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # on the scale itself
    expect(item(page, "map").locator(".plane__words")).to_have_text("Severity: 2 of 9; Cost: Extreme (5 of 5)")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Severity: 2 of 9; Cost: Extreme (5 of 5)"
    expect_saved(page, "map")
    assert stored() == [{"x": 2, "y": 5}]


def test_without_javascript_the_scales_stand_alone(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round(MAP)[1][0])
    expect(item(page, "map").locator(".plane__map")).to_be_hidden()
    item(page, "map").locator(".tile", has_text="7").click()
    item(page, "map").locator(".tile", has_text="Some").click()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    assert stored() == [{"x": 7, "y": 3}]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_both_rounds_read_well_on_a_phone_light_and_dark(window: OpenWindow, live_server: Any, language: str) -> None:
    """The map is as wide as the item lets it; its cells may be small because the scales are its equal."""
    _second, experts = a_second_round(MAP, ("x", "y"), PLACED, {"us": 12, "jp": 12, "kr": 4})
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        item(page, "map").locator('input[value="changed"]').check(force=True)
        cell(page, 2, 2).click()
        for details in item(page, "map").locator("summary").all():
            details.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        for tile in item(page, "map").locator(".plane .tile").all():
            box = tile.bounding_box()
            assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= 320
        first, grid = cell(page, 1, 1).bounding_box(), item(page, "map").locator(".plane__grid").bounding_box()
        assert first is not None and grid is not None
        assert first["width"] >= 24 and first["height"] >= 24 and grid["width"] >= 250
        page.goto(f"{live_server.url}/s/small/results/1/")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
