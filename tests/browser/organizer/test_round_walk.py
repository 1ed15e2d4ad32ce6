"""The walk to the next round on a phone, by keyboard alone, with and without scripts; nothing that axe finds on its way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.enums import Role
from surveys.models import RoundDecision, Study
from tests.browser.accessibility import violations_in
from tests.browser.conftest import watch
from tests.browser.organizer.conftest import MEANT, come_in
from tests.factories import count
from tests.surveys.views.organizer.stage import answered, counted, opened, somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=request.param, reduced_motion="reduce", locale="en")
    problems: list[str] = []
    yield watch(context.new_page(), problems, MEANT)
    context.close()
    assert problems == []


def a_study_after_two_rounds() -> Study:
    """Everybody answered the same twice: all three questions are stable, and proposed to be dropped."""
    study = staged()
    somebody(study, Role.ORGANIZER)
    counted(study)
    second = opened(study)
    answered(second)
    count(second)
    return study


def pressed(page: Page, key: str, until: str) -> None:
    """A key, again and again, until the focus is where it is wanted."""
    for _ in range(40):
        if page.locator(f"{until}:focus").count():
            return
        page.keyboard.press(key)
    raise AssertionError(f"the focus never came to {until}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_three_questions_are_decided_by_keyboard_on_a_phone(live_server: object, phone: Page) -> None:
    study = a_study_after_two_rounds()
    come_in(phone, str(live_server), "organizer@example.org")
    phone.goto(f"{live_server}/studies/{study.slug}/rounds/open/")
    pressed(phone, "Tab", ".next a.button")
    enter(phone)  # the first question: as proposed
    pressed(phone, "Tab", "input[value=drop]")
    enter(phone)

    pressed(phone, "Tab", "input[value=drop]")  # the second: something else, with its reason
    phone.keyboard.press("ArrowUp")
    pressed(phone, "Tab", "textarea")
    phone.keyboard.press("Control+A")
    phone.keyboard.type("A blockade was declared")
    pressed(phone, "Tab", "button.button:not(.button--secondary)")
    enter(phone)

    expect(phone.get_by_role("heading", level=1)).to_have_text("How does the challenger mean to change the order?")
    pressed(phone, "Tab", "input[value=drop]")
    enter(phone)

    expect(phone.get_by_role("heading", name="Everything is decided")).to_be_visible()
    assert {decision.item.code: (decision.act, decision.reason) for decision in RoundDecision.objects.filter(round__number=3)} == {
        "grave": ("drop", ""), "chance": ("carry", "A blockade was declared"), "aim": ("drop", "")}
    pressed(phone, "Tab", ".next a.button")
    enter(phone)
    pressed(phone, "Tab", "main button.button")
    enter(phone)
    expect(phone.get_by_text("1 item is asked.")).to_be_visible()
    pressed(phone, "Tab", "main button.button")
    enter(phone)
    expect(phone.get_by_text("Round 3 is open.")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360), ("light", 320)])
def test_no_page_of_the_walk_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, page: Page, scheme: str, width: int) -> None:
    study = a_study_after_two_rounds()
    come_in(page, str(live_server), "organizer@example.org")
    start = f"{live_server}/studies/{study.slug}/rounds/open/"
    faults = []

    def look() -> None:
        faults.extend(f"{page.url}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width))
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults.extend([f"{page.url}: {too_wide} px too wide"] if too_wide > 0 else [])

    page.goto(start)
    look()
    page.get_by_role("link", name="Begin with this question").click()
    look()
    page.get_by_text("Ask it again as it is").click()
    page.get_by_role("button", name="Keep this, and on to the next").click()
    look()  # refused: it departs from the proposal without a reason
    page.get_by_label("Reason").fill("A blockade was declared")
    page.get_by_role("button", name="Keep this, and on to the next").click()
    page.goto(start)
    page.get_by_role("button", name="Accept all proposals").click()
    look()
    page.get_by_role("link", name="Go on to the deadline").click()
    look()
    page.get_by_role("button", name="See what will happen").click()
    look()
    page.get_by_role("button", name="Open round 3").click()
    page.goto(f"{live_server}/studies/{study.slug}/record/")
    look()
    assert faults == []
