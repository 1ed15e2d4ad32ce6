"""Grids in a real browser: a table on a laptop, cards on a phone; by mouse, by keyboard alone, without JavaScript, in three languages."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Answer, Panelist
from surveys.workflow.rounds import open_round
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.factories import add_experts
from tests.surveys.views.expert.kinds.grid_studies import a_grid_study, a_second_grid_round, large

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_first_round(**changes: Any) -> Panelist:
    study = a_grid_study(**changes)
    expert = add_experts(study, {"jp": 1})[0]
    open_round(study, 1)
    return expert


def cell(page: Page, row: str, column: str) -> Locator:
    return item(page, "roles").get_by_role("group", name=f"{row} {column}")


def row_of(page: Page, name: str) -> Locator:
    return item(page, "roles").locator("tbody tr", has=page.locator("th", has_text=name))


def stored() -> Any:
    return Answer.objects.values_list("value", flat=True).get()


def is_inside(control: Locator, width: int) -> bool:
    box = control.bounding_box()
    return box is not None and box["height"] >= 44 and box["width"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_by_mouse_and_a_row_at_once(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round())
    said, opener = row_of(page, "South Korea").get_by_role("status"), page.get_by_role("button", name="Fill the row: South Korea")
    cell(page, "Japan your country", "ISR").get_by_role("radio", name="5 Lead").check()
    expect_saved(page, "roles")
    expect(item(page, "roles").locator(".item__open")).to_have_text("8 cells are still open.")
    cell(page, "South Korea", "Logistics").get_by_role("radio", name="Cannot judge").check()
    opener.click()
    page.get_by_role("group", name="Put one answer in all open cells of South Korea").get_by_role("button", name="3 Support").click()
    expect(said).to_have_text("Cells filled: 2, with 3 Support")
    expect(page.get_by_role("button", name="Undo: South Korea")).to_be_focused()
    expect(item(page, "roles").locator(".item__open")).to_have_text("5 cells are still open.")
    assert item(page, "roles").get_attribute("data-words") == "4 of 9 cells answered"
    assert stored() == {"jp.isr": 5, "kr.isr": 3, "kr.asw": 3, "kr.log": "cannot_judge"}
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    expect(item(page, "roles").locator(".item__open")).to_have_text("7 cells are still open.")
    assert stored() == {"jp.isr": 5, "kr.log": "cannot_judge"}
    opener.click()
    row_of(page, "South Korea").get_by_role("button", name="Clear the row").click()
    expect(said).to_have_text("Cells cleared: 1")
    expect(item(page, "roles").locator(".item__open")).to_have_text("8 cells are still open.")
    page.reload()
    expect(cell(page, "Japan your country", "ISR").get_by_role("radio", name="5 Lead")).to_be_checked()
    assert stored() == {"jp.isr": 5}


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round())
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''").endswith("-value.us.isr"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Fill the row: United States")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Fill the row: United States")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row_of(page, "United States").get_by_role("status")).to_have_text("Cells filled: 1, with 1 No role")
    expect_saved(page, "roles")
    assert stored() == {"us.isr": 2, "us.asw": "cannot_judge", "us.log": 1}


def test_without_javascript_at_320_px(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round())
    assert page.get_by_role("button", name="Fill the row").count() == 0
    cell(page, "United States", "ISR").get_by_role("radio", name="4 Contribute").check()
    cell(page, "South Korea", "Anti-submarine warfare").get_by_role("radio", name="Cannot judge").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    expect(page.get_by_text("United States · ISR: Contribute; South Korea · Anti-submarine warfare: Cannot judge")).to_be_visible()
    assert stored() == {"us.isr": 4, "kr.asw": "cannot_judge"}


@pytest.mark.parametrize("columns", [3, 8])
def test_the_same_fields_are_a_table_on_a_laptop_and_cards_on_a_phone(window: OpenWindow, live_server: Any, columns: int) -> None:
    expert = a_first_round(**large(columns, 6))
    for width in (1280, 800, 320):
        page = window(width=width)
        open_section(page, live_server, expert)
        first, second = cell(page, "Contingency 1", "Instrument of power 1"), cell(page, "Contingency 1", "Instrument of power 2")
        one, other = first.bounding_box(), second.bounding_box()
        assert one is not None and other is not None
        assert (one["y"] == other["y"]) == (width == 1280)
        assert item(page, "roles").locator(".grid [type=radio]").count() == 6 * columns * 6
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert all(is_inside(radio, width) for radio in second.get_by_role("radio").all())


@pytest.mark.parametrize(("columns", "width", "is_table"), [(3, 1280, True), (4, 1280, False), (3, 360, False)])
def test_nine_points_are_one_tap_each(window: OpenWindow, live_server: Any, columns: int, width: int, is_table: bool) -> None:
    page = window(width=width)
    open_section(page, live_server, a_first_round(scale="nine", **large(columns, rows=1)))
    first, second = cell(page, "Contingency 1", "Instrument of power 1"), cell(page, "Contingency 1", "Instrument of power 2")
    one, other = first.bounding_box(), second.bounding_box()
    assert one is not None and other is not None and (one["y"] == other["y"]) == is_table
    tiles = [radio.bounding_box() for radio in second.get_by_role("radio").all()]
    assert len(tiles) == 10 and all(tile is not None and min(tile["width"], tile["height"]) >= 44 for tile in tiles)
    assert len({(tile["x"], tile["y"]) for tile in tiles if tile}) == 10
    second.get_by_role("radio", name="9 Existential").click()
    expect_saved(page, "roles")
    assert stored() == {"r1.c2": 9}
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    assert violations(page) == []


def test_a_list_in_each_cell_is_filled_too(window: OpenWindow, live_server: Any) -> None:
    page = window(width=360)
    open_section(page, live_server, a_first_round(scale="ten"))
    item(page, "roles").get_by_role("combobox", name="South Korea ISR").select_option(label="10 Existential")
    page.get_by_role("button", name="Fill the row: South Korea").click()
    row_of(page, "South Korea").get_by_role("button", name="Cannot judge").click()
    expect_saved(page, "roles")
    assert stored() == {"kr.isr": 10, "kr.asw": "cannot_judge", "kr.log": "cannot_judge"}
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_second_round_reads_well_light_and_dark(window: OpenWindow, live_server: Any, language: str) -> None:
    """With the decision open, it holds the control of the first round too."""
    _study, _second, experts = a_second_grid_round({"us": 6, "jp": 6, "kr": 4})
    for scheme, width in (("light", 320), ("dark", 320), ("dark", 1280)):
        page = window(width=width, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        roles = item(page, "roles")
        roles.locator('input[value="changed"]').check(force=True)
        for details in roles.locator("summary").all()[:1] + roles.locator("summary").all()[2:]:
            details.click()
        roles.locator(".grid__opener").first.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert all(is_inside(button, width) for button in roles.locator(".grid button:visible").all())
        assert all(is_inside(radio, width) for radio in roles.locator(".grid tbody tr").first.get_by_role("radio").all())
