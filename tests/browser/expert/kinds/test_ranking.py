"""Ranking in a real browser: by mouse, touch, keyboard alone, without JavaScript, on a narrow phone, in three languages."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Answer
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.surveys.views.expert.kinds.functions_studies import ORDERS, POINTS, a_first_round, a_later_round, ranks_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    item(page, "first").get_by_role("button", name=name, exact=True).click()


def order(page: Page) -> list[str]:
    """What stands in the ordered list: labels, and "4 free" for a free position."""
    return [" ".join(row.split()) for row in item(page, "first").locator(".ranking__order > li").evaluate_all(
        "rows => rows.map((row) => row.querySelector('label')?.firstChild.textContent ?? `${row.children[0].textContent} free`)")]


def stored() -> dict[str, int]:
    return Answer.objects.get(asked_item__item_version__item__code="first").value


def said(page: Page) -> Locator:
    return item(page, "first").locator(".ranking [role=status]")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")


def test_by_mouse(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    assert order(page) == ["1 free"]
    press(page, "Put next: Early warning")
    expect(said(page)).to_have_text("Early warning: now 1 of 4")
    assert focused(page) == "Take out: Early warning"
    item(page, "first").get_by_text("Cyber operations").click(force=True)  # the whole row puts it next
    expect(said(page)).to_have_text("Cyber operations: now 2 of 4")
    assert order(page) == ["Early warning", "Cyber operations", "3 free"]
    press(page, "Move up: Cyber operations")
    expect(said(page)).to_have_text("Cyber operations: now 1 of 4")
    assert focused(page) == "Move up: Cyber operations"
    expect(item(page, "first").get_by_role("button", name="Move up: Cyber operations")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert order(page) == ["Cyber operations", "Early warning", "3 free"]
    expect_saved(page, "first")
    expect(item(page, "first").locator(".item__open")).to_have_text("2 options have no position yet.")
    assert stored() == {"watch": 2, "cyber": 1}
    press(page, "Put next: Force mobility")
    press(page, "Put next: Missile defence")
    press(page, "Move down: Cyber operations")
    assert order(page) == ["Early warning", "Cyber operations", "Force mobility", "Missile defence"]
    expect_saved(page, "first")
    expect(item(page, "first").locator(".item__open")).to_have_text("")
    assert stored() == ranks_of("watch cyber move shield")
    page.reload()
    assert order(page) == ["Early warning", "Cyber operations", "Force mobility", "Missile defence"]
    assert item(page, "first").evaluate("article => article.dataset.words") == (
        "1. Early warning · 2. Cyber operations · 3. Force mobility · 4. Missile defence")


def test_taking_out_starting_over_and_bringing_back(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    for name in ("Force mobility", "Missile defence", "Early warning"):
        press(page, f"Put next: {name}")
    press(page, "Take out: Missile defence")
    expect(said(page)).to_have_text("Missile defence: taken out of the order")
    assert focused(page) == "Put next: Missile defence"
    assert order(page) == ["Force mobility", "2 free", "Early warning", "4 free"]
    press(page, "Put next: Cyber operations")
    assert order(page) == ["Force mobility", "Cyber operations", "Early warning", "4 free"]
    press(page, "Start over")
    expect(said(page)).to_have_text("No option has a position now.")
    assert (order(page), focused(page)) == (["1 free"], "Bring my order back")
    expect(item(page, "first").locator(".saved")).to_have_text("Taken back")
    press(page, "Bring my order back")
    assert order(page) == ["Force mobility", "Cyber operations", "Early warning", "4 free"]
    expect_saved(page, "first")
    assert stored() == {"move": 1, "watch": 3, "cyber": 2}


def test_the_position_field_moves_an_option_and_the_others_make_room(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    field = item(page, "first").get_by_label("Cyber operations", exact=True)
    field.select_option("4")
    assert order(page) == ["1 free", "2 free", "3 free", "Cyber operations"]
    for name in ("Force mobility", "Missile defence", "Early warning"):
        press(page, f"Put next: {name}")
    field.select_option("2")
    expect(said(page)).to_have_text("Cyber operations: now 2 of 4")
    assert order(page) == ["Force mobility", "Cyber operations", "Missile defence", "Early warning"]
    item(page, "first").get_by_label("Force mobility", exact=True).select_option("3")
    assert order(page) == ["Cyber operations", "Missile defence", "Force mobility", "Early warning"]
    field.select_option("–")
    assert order(page) == ["1 free", "Missile defence", "Force mobility", "Early warning"]
    expect_saved(page, "first")
    assert stored() == {"move": 3, "shield": 2, "watch": 4}


def drag(page: Page, label: str, target: Locator) -> None:
    handle = item(page, "first").locator(".ranking__row", has_text=label).locator(".ranking__handle").bounding_box()
    goal = target.bounding_box()
    assert handle is not None and goal is not None
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, goal["y"] + goal["height"] / 2, steps=4)
    expect(item(page, "first").locator(".ranking__target")).to_have_count(1)
    page.mouse.up()


def test_dragging_by_mouse_and_by_touch(window: OpenWindow, live_server: Any) -> None:
    page = window(has_touch=True, height=1200)
    open_section(page, live_server, a_first_round()[2][0])
    rows = item(page, "first").locator(".ranking__order > li")
    drag(page, "Early warning", rows.first)
    drag(page, "Cyber operations", rows.first)
    assert order(page) == ["Cyber operations", "Early warning", "3 free"]
    drag(page, "Cyber operations", item(page, "first").locator(".ranking__rest"))
    expect(said(page)).to_have_text("Cyber operations: taken out of the order")
    press(page, "Put next: Force mobility")
    press(page, "Put next: Cyber operations")
    touch = page.context.new_cdp_session(page)
    handle, goal = rows.nth(2).locator(".ranking__handle").bounding_box(), rows.first.bounding_box()
    assert handle is not None and goal is not None
    x, start, end = handle["x"] + 8, handle["y"] + 8, goal["y"] + 8
    for kind, y in (("touchStart", start), ("touchMove", (start + end) / 2), ("touchMove", end), ("touchEnd", None)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if y is None else [{"x": x, "y": y}]})
    expect(said(page)).to_have_text("Cyber operations: now 1 of 4")
    assert order(page) == ["Cyber operations", "Force mobility", "Early warning", "4 free"]
    expect_saved(page, "first")
    assert stored() == {"cyber": 1, "move": 2, "watch": 3}


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    """Tab and Enter put one option after the other; arrows in the position field and the buttons move it."""
    open_section(page, live_server, a_first_round()[2][0])
    item(page, "first").get_by_label("Force mobility", exact=True).focus()
    for name in ("Force mobility", "Missile defence", "Early warning", "Cyber operations"):
        page.keyboard.press("Tab")
        assert focused(page) == f"Put next: {name}"
        page.keyboard.press("Enter")
        assert focused(page) == f"Take out: {name}"
        page.keyboard.press("Tab")
    for _press in range(3):
        page.keyboard.press("Shift+Tab")
    assert focused(page) == "Move up: Cyber operations"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(said(page)).to_have_text("Cyber operations: now 2 of 4")
    assert (order(page), focused(page)) == (["Force mobility", "Cyber operations", "Missile defence", "Early warning"], "Move up: Cyber operations")
    expect_saved(page, "first")
    assert stored() == ranks_of("move cyber shield watch")


def test_without_javascript_at_320_px(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round()[2][0])
    for name, position in (("Force mobility", "2"), ("Missile defence", "1"), ("Early warning", "2"), ("Cyber operations", "3")):
        item(page, "first").get_by_label(name, exact=True).select_option(position)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Two options stand at position 2. Give each position once.").first).to_be_visible()
    expect(item(page, "first").get_by_label("Missile defence", exact=True)).to_have_value("1")
    item(page, "first").get_by_label("Early warning", exact=True).select_option("4")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("1. Missile defence · 2. Force mobility · 3. Cyber operations · 4. Early warning")).to_be_visible()
    assert stored() == ranks_of("shield move cyber watch")


def test_an_order_kept_on_the_device_comes_back(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    page.context.set_offline(True)
    press(page, "Put next: Early warning")
    press(page, "Put next: Force mobility")
    expect(item(page, "first").locator(".saved")).to_have_attribute("data-state", "waiting")
    page.context.set_offline(False)
    page.reload()
    assert order(page) == ["Early warning", "Force mobility", "3 free"]
    expect_saved(page, "first")
    assert stored() == {"move": 2, "watch": 1}


def test_the_earlier_order_is_where_a_change_may_start(page: Page, live_server: Any) -> None:
    """us-1 said: mobility, defence, warning, cyber. The study marks earlier answers and does not fill them in."""
    open_section(page, live_server, a_later_round(feedback={"previous_answer": "marked"})[2][0])
    expect(item(page, "first").locator(".slope__line")).to_have_count(4)
    item(page, "first").get_by_text("Change it").click()
    press(page, "Start from my earlier order")
    assert order(page) == ["Force mobility", "Missile defence", "Early warning", "Cyber operations"]
    expect(item(page, "first").get_by_role("button", name="Start from my earlier order")).to_be_hidden()
    press(page, "Move up: Early warning")
    expect_saved(page, "first")
    answer = Answer.objects.get(asked_item__item_version__item__code="first", asked_item__round__number=2, response__panelist__code="us-1")
    assert (answer.value, answer.decision) == (ranks_of("move watch shield cyber"), "changed")


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_both_rounds_read_well_on_a_phone_light_and_dark(window: OpenWindow, live_server: Any, language: str) -> None:
    """The second round, with the decision open and two options in order, holds the control of the first."""
    small = slice(1, 5)
    orders = {"us": ORDERS["us"] * 2, "jp": ORDERS["jp"] * 2, "kr": ORDERS["kr"][small]}
    _study, _round, experts = a_later_round(orders, {"us": POINTS["us"] * 2, "jp": POINTS["jp"] * 2, "kr": POINTS["kr"][small]})
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        item(page, "first").locator('input[value="changed"]').check(force=True)
        for details in item(page, "first").locator("summary").all():
            details.click()
        for toggle in item(page, "first").locator(".ranking__toggle").all()[:2]:
            toggle.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        for control in item(page, "first").locator(".ranking :is(button, select)").all():
            if control.is_visible():
                box = control.bounding_box()
                assert box is not None and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320
