"""An item's page and the estimates drawn together, in a browser: the parts of an answer by a plain form, folds, the same without scripts."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from analysis.blocks import analyse_now
from surveys.enums import Role
from surveys.models import Study, StudyMember
from tests.analysis.kinds.counted import hold_round, options, study_of
from tests.browser.organizer.conftest import sign_in
from tests.surveys.views.organizer.stage import somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEMS = [
    {"code": "burden", "kind": "allocation", "total": 10, "options": options("isr", "asw"), "text": "Share", "rationale": "optional"},
    {"code": "chance", "kind": "probability", "text": "Does it happen?"},
]


@pytest.fixture
def study() -> Study:
    study = study_of(ITEMS, {"us": 2, "jp": 2})
    hold_round(study, 1, {person: {"burden": {"isr": isr, "asw": 10 - isr}, "chance": {"": 10 * isr}}
                          for person, isr in (("us-1", 4), ("us-2", 6), ("jp-1", 2), ("jp-2", 3))})
    analyse_now(study.rounds.get())
    StudyMember.objects.create(study=study, user=somebody(email="organizer@example.org"), role=Role.ANALYST)
    return study


def words_of(page: Page) -> str:
    """Once its style sheets say which of two widths is shown."""
    page.wait_for_load_state("load")
    return page.locator("main").inner_text()


def walk(page: Page, base: str, study: Study) -> list[str]:
    """The main part of each page on the way, in words."""
    seen = []
    sign_in(page, base, "organizer@example.org")
    page.goto(base + reverse("analysis:results-items", args=[study.slug, 1]))
    page.get_by_role("link", name="Share").click()
    page.wait_for_url("**/items/burden/**")
    seen.append(words_of(page))
    page.get_by_label("Part", exact=True).select_option("asw")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**component=asw*")
    assert page.get_by_role("heading", name="ASW", exact=True).is_visible()
    rules = page.get_by_role("region", name="The verdict on agreement under common rules")
    assert not rules.is_visible()
    page.get_by_text("Show every rule").click()
    assert rules.is_visible()
    seen.append(words_of(page))
    page.goto(base + reverse("analysis:results", args=[study.slug, 1]))
    page.get_by_role("link", name="Estimates drawn together").click()
    page.get_by_text("Show as table").first.click()
    assert page.get_by_role("cell", name="37.5", exact=True).first.is_visible()  # the mean of 40, 60, 20 and 30
    seen.append(words_of(page))
    return seen


def test_scripts_make_no_difference(live_server: Any, browser: Browser, study: Study) -> None:
    said = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, locale="en", viewport={"width": 360, "height": 800})
        said.append(walk(context.new_page(), str(live_server), study))
        context.close()
    assert said[0] == said[1]
    assert "The middle half of the 4 answers lies between 5.5 and 7.25" in said[0][1]  # 4, 6, 7, 8: quartiles of type 7
