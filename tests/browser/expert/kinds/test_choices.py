"""Choices in a real browser: by mouse, by keyboard alone, without JavaScript, on a narrow phone, in three languages."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Answer
from surveys.workflow.rounds import open_round
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import choose, expect_saved, item, open_section
from tests.factories import a_definition, a_study, add_experts
from tests.surveys.views.expert.kinds.test_choices import MEANS, round_two

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_first_round() -> Any:
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [MEANS]}]))
    experts = add_experts(study, {"us": 2})
    open_round(study, 1)
    return experts


def ticked(page: Page) -> list[str]:
    return [box.get_attribute("name").partition("-")[2] for box in item(page, "means").locator(".choices input:checked").all()]  # type: ignore[union-attr]


def stored() -> list[Any]:
    return list(Answer.objects.values_list("value", flat=True))


def test_by_mouse(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[0])
    count = item(page, "means").locator(".choices__count")
    choose(page, "means", "Area denial")
    choose(page, "means", "Cyber operations")
    expect(count).to_have_text("2 of 2 ticked")
    expect_saved(page, "means")
    choose(page, "means", "Maritime militia")
    expect(count).to_have_text("3 ticked, 1 too many. Untick 1, and your answer is saved.")
    expect(item(page, "means").locator(".saved")).to_have_attribute("data-state", "refused")
    choose(page, "means", "Area denial")
    expect(count).to_have_text("2 of 2 ticked")
    expect_saved(page, "means")
    choose(page, "means", "None of these")
    expect(count).to_have_text("“None of these” is ticked, the options are unticked.")
    assert ticked(page) == ["value"]
    choose(page, "means", "Cyber operations")
    expect(count).to_have_text("“None of these” is unticked. 1 of 2 ticked")
    assert ticked(page) == ["value.cyber"]
    expect_saved(page, "means")
    page.reload()
    assert ticked(page) == ["value.cyber"]
    expect(count).to_have_text("1 of 2 ticked")
    assert stored() == [["cyber"]]


def test_by_keyboard_alone(page: Page, live_server: Any) -> None:
    open_section(page, live_server, a_first_round()[0])
    page.keyboard.press("Tab")
    for _press in range(40):
        if page.evaluate("document.activeElement.name || ''").endswith("-value.a2ad"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert ticked(page) == ["value.a2ad", "value.militia"]
    expect_saved(page, "means")
    assert stored() == [["a2ad", "militia"]]


def test_without_javascript_at_320_px(window: OpenWindow, live_server: Any) -> None:
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, a_first_round()[0])
    choose(page, "means", "None of these")
    choose(page, "means", "Maritime militia")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Tick options, or “none of these”, not both.").first).to_be_visible()
    assert ticked(page) == ["value.militia", "value"]
    choose(page, "means", "None of these")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    assert stored() == [["militia"]]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_both_rounds_read_well_on_a_phone_light_and_dark(window: OpenWindow, live_server: Any, language: str) -> None:
    """The second round, with the decision open, holds the control of the first."""
    _second, experts = round_two({"us": 6, "jp": 6, "kr": 4})
    for scheme in ("light", "dark"):
        page = window(width=320, color_scheme=scheme, reduced_motion="reduce")
        open_section(page, live_server, experts[0])
        page.context.add_cookies([{"name": "delphi_language", "value": language, "url": live_server.url}])
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", language)
        item(page, "means").locator('input[value="changed"]').check(force=True)
        for details in item(page, "means").locator("summary").all():
            details.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        for control in item(page, "means").locator(".option").all():
            box = control.bounding_box()
            assert box is not None and box["height"] >= 44 and box["x"] + box["width"] <= 320
