"""Quantiles in a real browser: what is typed is said in words and drawn, by mouse, by keyboard alone, without JavaScript, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from surveys.models import Answer
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import expect_saved, item, open_section
from tests.surveys.views.expert.kinds.interval_studies import GUESSED, IDEA, SPEND, SPENT, a_first_round, a_second_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODES = ("0.05", "0.5", "0.95")
PARTS = ("lower", "best", "upper", "confidence")


def stored() -> list[Any]:
    return list(Answer.objects.values_list("value", flat=True))


def field(page: Page, item_code: str, code: str) -> Locator:
    return item(page, item_code).locator(f'[data-code="{code}"]')


def test_what_is_mended_while_a_refusal_is_on_its_way_is_saved(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round(SPEND)[1][0])
    held: list[Any] = []

    def hold_the_first(route: Any) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/answers/**", hold_the_first)
    for name, value in (("0.05", "3"), ("0.5", "2"), ("0.95", "4")):
        field(page, "spend", name).fill(value)
    expect(item(page, "spend").locator(".saved")).to_have_attribute("data-state", "saving")
    page.wait_for_timeout(1200)  # longer than the pause after typing: the first try is under way
    assert held
    field(page, "spend", "0.05").fill("1")
    held[0].continue_()
    expect_saved(page, "spend")


def test_what_is_typed_is_said_in_words_and_drawn(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round(SPEND)[1][0])
    order, sentence = item(page, "spend").locator(".quantiles__order"), item(page, "spend").locator(".quantiles__sentence")
    drawn = item(page, "spend").locator(".quantiles__drawn")
    expect(sentence).to_have_text("")
    field(page, "spend", "0.05").fill("3")
    field(page, "spend", "0.5").fill("2")
    expect(order).to_have_text("The lower value stands above the middle one.")
    expect(item(page, "spend").locator(".saved")).to_have_attribute("data-state", "refused")
    expect(drawn.locator(".intervals__line")).to_have_count(0)
    field(page, "spend", "0.05").fill("2")
    expect(order).to_have_text("The lower value and the middle one are the same.")
    field(page, "spend", "0.05").fill("１,2")  # a full-width digit and a decimal comma are read as the server reads them
    field(page, "spend", "0.95").fill("3.4")
    expect(order).to_have_text("")
    expect(sentence).to_have_text("You are 90 % sure that it lies between １,2 and 3.4 per cent of GDP. You find it just as likely above 2 as below.")
    line = drawn.locator(".intervals__line")
    assert (line.get_attribute("x1"), line.get_attribute("x2")) == ("6%", "17%")  # on 0 to 20
    assert drawn.locator("circle").get_attribute("cx") == "10%"
    expect_saved(page, "spend")
    assert stored() == [{"0.05": 1.2, "0.5": 2, "0.95": 3.4}]
    page.reload()
    expect(sentence).to_contain_text("between 1.2 and 3.4 per cent of GDP")
    field(page, "spend", "0.95").fill("30")
    expect(sentence).to_have_text("")


def test_an_interval_by_keyboard_alone(page: Page, live_server: Any) -> None:
    """From field to field in IDEA's order; the slider moves by its keys, and the sentence follows."""
    open_section(page, live_server, a_first_round(IDEA)[1][0])
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.code") == "lower":
            break
    for number in ("1", "4", "5"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.code") == "confidence"
    expect(item(page, "idea").locator(".quantiles__order")).to_have_text("Your best guess stands above the highest plausible value.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("2.5")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    for _press in range(20):
        page.keyboard.press("ArrowLeft")
    expect(field(page, "idea", "confidence")).to_have_value("80")
    expect(item(page, "idea").locator(".quantiles__sentence")).to_have_text(
        "You are 80 % sure that it lies between 1 and 4 per cent of GDP; your best guess is 2.5. "
        "Of 100 intervals given like this, you would expect 80 to hold the true value.")
    expect_saved(page, "idea")
    assert stored() == [{"lower": 1, "best": 2.5, "upper": 4, "confidence": 80}]
    assert item(page, "idea").evaluate("article => article.dataset.words") == "1 to 4 per cent of GDP (80 % sure), best guess 2.5"


def test_without_javascript_at_320_px(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round(IDEA)[1][0])
    assert item(page, "idea").locator(".quantiles :is(.slider, svg):visible").count() == 0
    for code, number in zip(PARTS, ("3", "2", "4", "70"), strict=True):
        field(page, "idea", code).fill(number)
    page.get_by_role("button", name="Save and continue").click()
    expect(item(page, "idea").locator(".field__error")).to_have_text("The values must rise from the lowest to the highest; 3 stands before 2.")
    expect(field(page, "idea", "confidence")).to_have_value("70")
    field(page, "idea", "lower").fill("1")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    assert stored() == [{"lower": 1, "best": 2, "upper": 4, "confidence": 70}]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize(("chosen", "codes", "values"), [(SPEND, CODES, SPENT), (IDEA, PARTS, GUESSED)], ids=["quantiles", "interval"])
def test_both_rounds_read_well_on_a_phone_light_and_dark(
    window: OpenWindow, live_server: Any, language: str, chosen: dict[str, Any], codes: tuple[str, ...], values: list[Any],
) -> None:
    """The second round, with the decision open, holds the control of the first; the results page the picture once more."""
    _second, experts = a_second_round(chosen, codes, values, {"us": 12, "jp": 12, "kr": 4})
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        item(page, chosen["code"]).locator('input[value="changed"]').check(force=True)
        for code, number in zip(codes, values[-1], strict=True):
            field(page, chosen["code"], code).fill(str(number))
        for details in item(page, chosen["code"]).locator("summary").all():
            details.click()
        expect(item(page, chosen["code"]).locator(".quantiles__sentence")).not_to_have_text("")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        for control in item(page, chosen["code"]).locator(".quantiles input").all():
            box = control.bounding_box()
            assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= 320
        page.goto(f"{live_server.url}/s/small/results/1/")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
