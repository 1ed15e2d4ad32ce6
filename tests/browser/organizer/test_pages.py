"""The pages of a study's rounds, and of accounts: no fault that axe finds, nothing wider than the screen, light and dark.

Pages of results, and those for words, plans and other programs, have files of their own beside this one.
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from analysis.models import AnalysisRun
from surveys.models import Study
from surveys.workflow.invitations import queue_messages
from tests.browser.organizer.conftest import sign_in
from tests.browser.organizer.looking import EMAIL, faults_on, owner_of, staged_studies
from tests.surveys.views.organizer.stage import answered, closed, counted, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def studies() -> dict[str, Study]:
    """One fresh, one being counted, one counted, one in round 2."""
    found = staged_studies("fresh", "counting", "counted", "second")
    owner_of(found.values())
    study_round = opened(found["counting"])
    answered(study_round)
    closing = closed(study_round).closing
    AnalysisRun.objects.create(round=study_round, closing=closing, state="failed", items_done=1, items_total=3, problem="MemoryError while counting")
    counted(found["counted"])
    in_round_two(found["second"])
    return found


def in_round_two(study: Study) -> None:
    counted(study)
    second = opened(study)
    answered(second)
    queue_messages(second, "invitation")


def addresses(found: dict[str, Study]) -> Iterator[str]:
    yield from ("/studies/", "/studies/new/", "/accounts/2fa/", "/accounts/password/change/")
    yield from (study.get_absolute_url() for study in found.values())
    yield from (reverse(f"surveys:{name}", args=["fresh"]) for name in ("round-open", "experts", "panel-upload", "expert-add", "record"))
    yield from (reverse(f"surveys:{name}", args=["counted"]) for name in ("round-open", "finish"))
    yield from (reverse(f"surveys:{name}", args=["counted", 1]) for name in ("reasons", "round-reopen"))
    yield from (reverse(f"surveys:{name}", args=["second", 2]) for name in ("round-close", "round-deadline", "messages", "reminders"))
    yield from (reverse("analysis:results", args=["second", 1]), reverse("analysis:files", args=["second"]))
    yield reverse("analysis:item-results", args=["second", 1, "grave"])


def test_no_page_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, browser: Browser) -> None:
    found = studies()
    assert faults_on(addresses(found), str(live_server), browser, before_signing_in=["/accounts/login/"]) == []


def test_pages_work_without_scripts(live_server: object, browser: Browser) -> None:
    study = staged_studies("second")["second"]
    owner_of([study])
    in_round_two(study)
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, str(live_server), EMAIL)
    page.goto(f"{live_server}{study.get_absolute_url()}")
    page.get_by_role("link", name="Close round 2").click()
    page.get_by_role("button", name="Close round 2").click()
    assert "Round 2 is closed." in page.content()
    context.close()
