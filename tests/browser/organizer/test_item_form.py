"""The form of a question in a real browser: by mouse and by keyboard, with and without JavaScript, narrow and wide, light and dark."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.models import Study
from surveys.studyfile.editing import item_of
from surveys.workflow.drafts import create_study, read_draft
from surveys.workflow.rounds import close_round, open_round
from surveys.workflow.wordings import present_versions
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.studyfile.studies import whole
from tests.surveys.views.organizer.stage import somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "author@example.org"


@pytest.fixture
def study() -> Study:
    return create_study({**whole(), "study": "mine"}, by=somebody(email=EMAIL, may_create_studies=True))


def item(study: Study, code: str) -> dict[str, Any]:
    return item_of(read_draft(study).definition, code)


def at(page: Page, base: object, path: str) -> Page:
    come_in(page, str(base), EMAIL)
    page.goto(f"{base}/studies/mine/build/{path}")
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as step").first.wait_for()


def test_a_choice_is_written_with_the_mouse(live_server: object, page: Page, study: Study) -> None:
    at(page, live_server, "sections/first/items/new/?kind=choice")
    page.get_by_role("group", name="Question", exact=True).get_by_label("English").fill("Who speaks first?")
    expect(page.locator("#id_code")).to_have_attribute("placeholder", "who-speaks-first")
    page.locator("#id_options-0-text-en").fill("Seoul")
    page.locator("#id_options-1-text-en").fill("Tokyo")
    page.get_by_role("button", name="Add an option").click()
    expect(page.locator("#id_options-2-text-en")).to_be_focused()
    page.locator("#id_options-2-text-en").fill("Washington")
    page.get_by_role("button", name=re.compile("Up.*Option 3")).click()
    expect(page.locator("#id_options-1-text-en")).to_have_value("Washington")
    expect(page.locator("#id_text-en")).to_have_value("Who speaks first?")
    save(page)
    assert item(study, "who-speaks-first") == {
        "code": "who-speaks-first", "kind": "choice", "text": {"en": "Who speaks first?"},
        "options": [{"code": code.lower(), "text": {"en": code}} for code in ("Seoul", "Washington", "Tokyo")]}


def test_a_rating_is_written_with_the_keyboard_alone(live_server: object, page: Page, study: Study) -> None:
    at(page, live_server, "sections/first/items/new/?kind=rating")
    page.locator("#id_text-en").focus()
    page.keyboard.type("How grave is it?")
    page.keyboard.press("Tab")
    page.keyboard.type("얼마나 심각합니까?")
    page.locator("#id_scale").focus()
    page.keyboard.type("agree")
    page.locator("#id_code").focus()
    page.keyboard.type("grave")
    page.keyboard.press("Enter")
    page.get_by_text("Saved as step").first.wait_for()
    assert item(study, "grave") == {"code": "grave", "kind": "rating", "text": {"en": "How grave is it?", "ko": "얼마나 심각합니까?"}, "scale": "agreement5"}


def test_what_an_earlier_question_can_answer_appears_when_it_is_chosen(live_server: object, page: Page, study: Study) -> None:
    at(page, live_server, "items/asked/")
    page.locator("#id_help-en").fill("Not saved yet")
    page.locator("#id_shown_if-item").select_option("chosen")
    page.get_by_label("Hunting").check()
    expect(page.locator("#id_help-en")).to_have_value("Not saved yet")
    save(page)
    assert item(study, "asked")["shown_if"] == {"item": "chosen", "is": "asw"}


def test_a_rule_is_explained_when_it_is_chosen(live_server: object, page: Page, study: Study) -> None:
    at(page, live_server, "items/rated/")
    page.get_by_text("More", exact=True).click()
    page.locator("#part-consensus").get_by_role("button", name="Give it a rule of its own").click()
    page.locator("#id_consensus-0-rule").select_option("percent_agreement")
    page.get_by_text("The share of experts whose answer lies in a band").wait_for()
    page.locator("#id_consensus-0-band").select_option("top_two")
    page.get_by_label("Threshold, as a share").fill("0.75")
    save(page)
    assert item(study, "rated")["consensus"] == {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}


def test_without_scripts_options_are_added_and_kept(live_server: object, browser: Browser, study: Study) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = at(context.new_page(), live_server, "items/order/")
    page.locator("#id_text-en").fill("Which first?")
    page.get_by_role("button", name="Add an option").click()
    page.locator("#id_options-3-text-en").fill("Delta")
    page.get_by_role("button", name=re.compile("Remove.*Option 1")).click()
    page.locator("#id_options-0-text-en").fill("Bravo")
    page.locator("#id_options-0-text-en").press("Enter")
    page.get_by_text("Saved as step").first.wait_for()
    context.close()
    kept = item(study, "order")
    assert kept["text"] == "Which first?"
    assert [option["code"] for option in kept["options"]] == ["b", "c", "delta"]
    assert kept["options"][0]["text"] == "Bravo"


@pytest.mark.parametrize("code", ["order", "mirrored", "map", "asked"])
def test_no_form_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, page: Page, study: Study, code: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # colours change at once
    at(page, live_server, f"items/{code}/")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    for scheme, width in (("light", 1280), ("dark", 320)):
        assert violations_in(page, scheme, width) == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_controls_are_large_enough_to_touch(live_server: object, page: Page, study: Study) -> None:
    at(page, live_server, "items/order/")
    page.set_viewport_size({"width": 320, "height": 800})
    small = page.locator("[data-item-form] :is(button, select, input:not([type=hidden], [type=checkbox]), label.check):visible").evaluate_all(
        "found => found.filter(one => !one.matches('.visually-hidden') && one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 90))")
    assert small == []


def test_what_is_typed_between_rounds_is_offered_back_after_leaving(live_server: object, page: Page, study: Study) -> None:
    open_round(study, 1)
    close_round(study.rounds.get().pk)
    come_in(page, str(live_server), EMAIL)
    page.goto(f"{live_server}/studies/mine/items/order/edit/")
    page.locator('button[value="options:add:0"]').click()
    page.locator("#id_options-3-text-en").fill("Delta")
    page.locator("#id_reason").fill("Experts missed it")
    page.wait_for_timeout(600)  # the guard waits for a pause in typing
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_server}/studies/mine/")
    page.goto(f"{live_server}/studies/mine/items/order/edit/")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_options-3-text-en")).to_have_value("Delta")
    expect(page.locator("#id_reason")).to_have_value("Experts missed it")
    page.get_by_label("They do not compare").check()
    page.get_by_role("button", name="Make the new version").click()
    page.wait_for_url("**/rounds/open/**")
    assert [option["code"] for option in present_versions(study, "order")[0].definition["options"]] == ["a", "b", "c", "delta"]
