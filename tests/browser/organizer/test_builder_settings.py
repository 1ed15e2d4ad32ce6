"""The builder's settings in a browser: nothing that axe finds, nothing too wide; a rule and an option added with and without a script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from surveys.models import Study
from surveys.workflow.drafts import read_draft
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = ("study/", "panels/", "panels/us/edit/", "theatres/add/", "scales/", "scales/five/edit/", "lists/", "lists/add/", "rules/")


@pytest.fixture
def study() -> Study:
    found = staged()
    found.members.create(user=somebody(email="author@example.org", may_create_studies=True), role="owner")
    return found


def faults_of(page: Page) -> Iterator[str]:
    for scheme, width in (("light", 1280), ("dark", 320)):
        yield from (f"{page.url}, {scheme}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width))
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        yield from [f"{page.url}: {too_wide} px too wide for {width}"] if too_wide > 0 else []


def test_axe_finds_nothing_and_nothing_is_too_wide(live_server: Any, page: Page, study: Study) -> None:
    page.emulate_media(reduced_motion="reduce")  # colours are judged at rest
    come_in(page, live_server.url, "author@example.org")
    faults: list[str] = []
    for path in PATHS:
        page.goto(f"{live_server.url}/studies/staged/build/{path}")
        faults += faults_of(page)
    assert faults == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_list_is_written_option_by_option(live_server: Any, browser: Browser, study: Study, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="en", viewport={"width": 360, "height": 800})
    page = context.new_page()
    come_in(page, live_server.url, "author@example.org")
    page.goto(f"{live_server.url}/studies/staged/build/lists/add/")
    page.get_by_label("Name of the list").fill("functions")
    page.get_by_role("button", name="Add an option").click()
    for number, text in enumerate(("Surveillance", "Mine hunting", "Sealift"), start=1):
        page.get_by_role("group", name=f"Option {number}").get_by_label("English").fill(text)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("link", name="functions").wait_for()
    context.close()
    assert [option["code"] for option in read_draft(study).definition["option_lists"]["functions"]] == ["surveillance", "mine-hunting", "sealift"]


def test_a_rule_is_added_by_keyboard(live_server: Any, page: Page, study: Study) -> None:
    come_in(page, live_server.url, "author@example.org")
    page.goto(f"{live_server.url}/studies/staged/build/rules/")
    rules = page.get_by_role("group", name="Rule of stability").first
    rules.get_by_role("button", name="Add a rule for another level").focus()
    page.keyboard.press("Enter")
    rules.get_by_label("What is looked at").nth(1).select_option("percent_changed")
    rules.get_by_label("For answers of level").nth(1).select_option("nominal")
    rules.get_by_label("Threshold").nth(1).fill("15")
    page.get_by_role("button", name="Save", exact=True).last.press("Enter")
    page.get_by_text("Saved as step").first.wait_for()
    assert read_draft(Study.objects.get(pk=study.pk)).definition["stability"]["nominal"] == {"rule": "percent_changed", "at_most": 15}
