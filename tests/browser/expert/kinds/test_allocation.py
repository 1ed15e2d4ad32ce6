"""Allocation in a real browser: by mouse, by keyboard alone, without JavaScript, on a narrow phone, in three languages."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Answer
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.surveys.views.expert.kinds.functions_studies import ALLOCATION, CODES, ORDERS, POINTS, a_first_round, a_later_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str, times: int = 1) -> None:
    for _press in range(times):
        item(page, "burden").get_by_role("button", name=name, exact=True).click()


def field(page: Page, name: str) -> Locator:
    return item(page, "burden").get_by_label(name, exact=True)


def typed(page: Page) -> list[str]:
    return item(page, "burden").locator(".allocation input").evaluate_all("fields => fields.map((field) => field.value)")


def left(page: Page) -> Locator:
    return item(page, "burden").locator(".allocation__left")


def said(page: Page) -> Locator:
    return item(page, "burden").locator(".allocation [role=status]")


def stored() -> list[int | float]:
    value = Answer.objects.get(asked_item__item_version__item__code="burden").value
    return [value[code] for code in CODES if code in value]


def test_by_mouse(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    assert typed(page) == ["", "", "", ""]
    expect(left(page)).to_have_text("Left to give out: 100 of 100")
    press(page, "More points: Force mobility", 3)
    press(page, "Fewer points: Force mobility")
    assert typed(page) == ["10", "", "", ""]
    expect(said(page)).to_have_text("Force mobility: 10. Left to give out: 90 of 100")
    expect(item(page, "burden").locator(".allocation__part").first).to_have_attribute("width", "10%")
    field(page, "Missile defence").fill("88")
    expect(left(page)).to_have_text("Left to give out: 2 of 100")
    press(page, "More points: Early warning")
    assert typed(page) == ["10", "88", "2", ""]
    expect(left(page)).to_have_text("All 100 points are given out.")
    expect(item(page, "burden").get_by_role("button", name="Share the rest equally")).to_have_attribute("aria-disabled", "true")
    expect_saved(page, "burden")
    assert stored() == [10, 88, 2, 0]
    press(page, "More points: Early warning")
    expect(left(page)).to_have_text("Too many by 5: 105 are given out, the total is 100.")
    expect_saved(page, "burden")
    assert stored() == [10, 88, 7]
    page.reload()
    assert typed(page) == ["10", "88", "7", ""]
    expect(left(page)).to_have_text("Too many by 5: 105 are given out, the total is 100.")
    expect(item(page, "burden").locator(".item__open")).to_be_hidden()
    assert item(page, "burden").evaluate("article => article.dataset.words") == "Force mobility 10 · Missile defence 88 · Early warning 7"


def test_the_rest_is_shared_among_the_options_without_points_and_can_be_taken_back(page: Page, live_server: Any) -> None:
    """50 left for three options: 17, 17 and 16; then, with none empty, 1 left goes to the first."""
    open_section(page, live_server, a_first_round()[2][0])
    field(page, "Missile defence").fill("50")
    press(page, "Share the rest equally")
    assert typed(page) == ["17", "50", "17", "16"]
    expect(said(page)).to_have_text("The rest is shared equally. All 100 points are given out.")
    press(page, "Take the sharing back")
    assert typed(page) == ["", "50", "", ""]
    press(page, "Share the rest equally")
    expect_saved(page, "burden")
    assert stored() == [17, 50, 17, 16]
    field(page, "Missile defence").fill("49")
    press(page, "Share the rest equally")
    assert typed(page) == ["18", "49", "17", "16"]


def test_hundredths_add_up(page: Page, live_server: Any) -> None:
    item_with_hundredths = {**ALLOCATION, "total": 1, "decimals": 2}
    sections = [{"section": "main", "title": {"en": "Main"}, "items": [item_with_hundredths]}]
    open_section(page, live_server, a_first_round(questionnaire=sections)[2][0])
    field(page, "Force mobility").fill("0,1")
    field(page, "Missile defence").fill("0.2")
    expect(left(page)).to_have_text("Left to give out: 0.7 of 1")
    press(page, "More points: Missile defence")
    press(page, "Share the rest equally")
    assert typed(page) == ["0,1", "0.21", "0.35", "0.34"]
    expect(left(page)).to_have_text("All 1 points are given out.")
    expect_saved(page, "burden")
    assert stored() == [0.1, 0.21, 0.35, 0.34]


def test_a_thousand_counts_for_nothing_until_it_is_typed_clearly(page: Page, live_server: Any) -> None:
    """Neither 1 nor 1000: the server refuses 1,000 too. Wide digits and signs count."""
    item_with_thousands = {**ALLOCATION, "total": 2000, "decimals": 1}
    sections = [{"section": "main", "title": {"en": "Main"}, "items": [item_with_thousands]}]
    open_section(page, live_server, a_first_round(questionnaire=sections)[2][0])
    field(page, "Force mobility").fill("1,000")
    expect(left(page)).to_have_text("Left to give out: 2,000 of 2,000")
    expect(item(page, "burden").locator(".saved")).to_have_text("“1,000” is not a number. Type digits only.")
    field(page, "Force mobility").fill("１０００．５")
    expect(left(page)).to_have_text("Left to give out: 999.5 of 2,000")
    expect_saved(page, "burden")
    assert stored() == [1000.5]


def test_signs_of_money_in_an_option_s_name_are_read_out_as_they_stand(page: Page, live_server: Any) -> None:
    options = [{"code": "move", "text": "US$$ and $& {points}"}, {"code": "shield", "text": "<b>Shield</b>"}, *ALLOCATION["options"][2:]]
    sections = [{"section": "main", "title": {"en": "Main"}, "items": [{**ALLOCATION, "options": options}]}]
    open_section(page, live_server, a_first_round(questionnaire=sections)[2][0])
    press(page, "More points: US$$ and $& {points}")
    expect(said(page)).to_have_text("US$$ and $& {points}: 5. Left to give out: 95 of 100")
    press(page, "More points: <b>Shield</b>")
    expect(said(page)).to_have_text("<b>Shield</b>: 5. Left to give out: 90 of 100")


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    field(page, "Force mobility").focus()
    page.keyboard.type("40")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")  # more points: Force mobility
    page.keyboard.press("Tab")  # fewer points: Missile defence
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # more points: Missile defence
    for _press in range(7):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Share the rest equally"
    page.keyboard.press("Enter")
    assert typed(page) == ["45", "30", "13", "12"]
    expect_saved(page, "burden")
    assert stored() == [45, 30, 13, 12]


def test_points_are_not_read_out_at_every_key(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[2][0])
    page.evaluate("""() => { window.heard = []; const status = document.querySelector('.allocation [role=status]');
        new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true }); }""")
    field(page, "Force mobility").press_sequentially("12.", delay=20)
    field(page, "Force mobility").press("Backspace")
    expect(said(page)).to_have_text("Left to give out: 88 of 100")
    assert page.evaluate("window.heard") == ["Left to give out: 88 of 100"]


def test_without_javascript_at_320_px(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round()[2][0])
    expect(item(page, "burden").locator(".allocation__bar").first).to_be_hidden()
    field(page, "Force mobility").fill("60")
    field(page, "Missile defence").fill("a lot")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("“a lot” is not a number. Type digits only.").first).to_be_visible()
    assert typed(page) == ["60", "a lot", "", ""]
    field(page, "Missile defence").fill("50")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("10 points too many are given out; the total is 100.")).to_be_visible()
    page.goto(f"{live_server.url}/s/small/section/main/")
    assert typed(page) == ["60", "50", "", ""]
    field(page, "Missile defence").fill("40")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Force mobility 60 · Missile defence 40 · Early warning 0 · Cyber operations 0")).to_be_visible()
    assert stored() == [60, 40, 0, 0]


def test_the_earlier_points_are_where_a_change_may_start(page: Page, live_server: Any) -> None:
    """us-1 gave 40, 30, 20 and 10. The study marks earlier answers and does not fill them in."""
    open_section(page, live_server, a_later_round(feedback={"previous_answer": "marked"})[2][0])
    item(page, "burden").get_by_text("Change it").click()
    press(page, "Start from my earlier points")
    assert typed(page) == ["40", "30", "20", "10"]
    press(page, "Fewer points: Force mobility")
    press(page, "More points: Cyber operations")
    expect_saved(page, "burden")
    answer = Answer.objects.get(asked_item__item_version__item__code="burden", asked_item__round__number=2, response__panelist__code="us-1")
    assert (answer.value, answer.decision) == (dict(zip(CODES, (35, 30, 20, 15), strict=True)), "changed")


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_both_rounds_read_well_on_a_phone_light_and_dark(window: OpenWindow, live_server: Any, language: str) -> None:
    """The second round, with the decision open and too much given out, holds the control of the first."""
    small = slice(1, 5)
    orders = {"us": ORDERS["us"] * 2, "jp": ORDERS["jp"] * 2, "kr": ORDERS["kr"][small]}
    _study, _round, experts = a_later_round(orders, {"us": POINTS["us"] * 2, "jp": POINTS["jp"] * 2, "kr": POINTS["kr"][small]})
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        item(page, "burden").locator('input[value="changed"]').check(force=True)
        for details in item(page, "burden").locator("summary").all():
            details.click()
        for place in (0, 1):
            item(page, "burden").locator(".allocation input").nth(place).fill("70")
        expect(left(page)).to_have_attribute("data-over", "yes")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        for control in item(page, "burden").locator(".allocation :is(button, input)").all():
            if control.is_visible():
                box = control.bounding_box()
                assert box is not None and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 320
