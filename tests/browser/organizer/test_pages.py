"""Every page of organizers, analysts and accounts: no fault that axe finds, nothing wider than the screen, light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from analysis.blocks import analyse_now
from analysis.models import AnalysisRun
from surveys.enums import Role
from surveys.models import Study, StudyMember
from surveys.workflow.invitations import queue_messages
from surveys.workflow.simulated import Plan, copy_for_dry_run
from surveys.workflow.webhooks import add_webhook, queue_trial
from tests.analysis.tables.role_studies import a_role_study, a_round, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES
from tests.analysis.views.test_roles import BELIEVED
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in, sign_in
from tests.surveys.views.organizer.stage import answered, closed, counted, opened, planned, somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def studies() -> dict[str, Study]:
    """One fresh and its dry run, one being counted, one counted, one in round 2, one of roles."""
    user = somebody(email="organizer@example.org", may_create_studies=True)
    found = {slug: staged(study=slug) for slug in ("fresh", "counting", "counted", "second")}
    found["roles"] = a_role_study(study="roles")
    for study in found.values():
        StudyMember.objects.create(study=study, user=user, role=Role.OWNER)
    study_round = opened(found["counting"])
    answered(study_round)
    closing = closed(study_round).closing
    AnalysisRun.objects.create(round=study_round, closing=closing, state="failed", items_done=1, items_total=3, problem="MemoryError while counting")
    counted(found["counted"])
    analyse_now(counted(found["second"]))
    a_round(with_experts(found["roles"], SIZES), 1, SAID, BELIEVED)
    planned(found["second"])
    queue_trial(add_webhook(found["second"], "https://hooks.example/a-rather-long-path-that-has-to-be-broken-somewhere-on-a-phone"))
    second = opened(found["second"])
    answered(second)
    queue_messages(second, "invitation")
    copy_for_dry_run(found["fresh"], Plan(5, 2, 1), by=user)
    return found


def addresses(found: dict[str, Study]) -> Iterator[str]:
    yield from ("/studies/", "/studies/new/", "/accounts/2fa/", "/accounts/password/change/")
    yield from (study.get_absolute_url() for study in found.values())
    yield from (reverse(f"surveys:{name}", args=["fresh"]) for name in ("round-open", "experts", "panel-upload", "expert-add", "record"))
    yield from (reverse(f"surveys:{name}", args=["counted"]) for name in ("round-open", "finish", "item-add"))
    yield from (reverse("surveys:item-reword", args=["counted", item]) for item in ("grave", "aim"))
    yield from (reverse("surveys:item-whole", args=["counted", "aim"]), reverse("surveys:shared-texts", args=["counted"]))
    yield from (reverse("surveys:shared-text", args=["counted", part]) for part in ("scales.five", "study"))
    yield from (f"{reverse('surveys:item-add-form', args=['counted'])}?kind=grid", reverse("surveys:item-edit", args=["counted", "aim"]))
    yield from (reverse("surveys:corrections", args=["second", 2]), reverse("surveys:text-correct", args=["second", 2, "aim"]))
    yield from (reverse(f"surveys:{name}", args=["counted", 1]) for name in ("reasons", "round-reopen"))
    yield from (reverse(f"surveys:{name}", args=["second", 2]) for name in ("round-close", "round-deadline", "messages", "reminders"))
    yield from (reverse("analysis:results", args=["second", 1]), reverse("analysis:results-items", args=["second", 1]))
    yield from (reverse(f"analysis:{name}", args=["second"]) for name in ("files", "report"))
    yield reverse("analysis:report-read", args=["second", "en"])
    yield from (reverse(f"analysis:results-{name}", args=["second", 1]) for name in ("convergence", "gaps", "maps", "record"))
    yield reverse("analysis:results-pools", args=["second", 1])
    yield from (reverse("analysis:results-roles", args=["second", 1]), reverse("analysis:results-roles", args=["roles", 1]))
    yield from (reverse("analysis:plans", args=["second"]), reverse("analysis:plan", args=["second", found["second"].plan_runs.get().pk]))
    yield from (reverse("analysis:dry-run", args=["fresh"]), reverse("surveys:study", args=["fresh-dry-run"]))
    yield reverse("analysis:simulation-remove", args=["fresh-dry-run"])
    yield from (reverse("surveys:webhooks", args=["second"]), reverse("accounts:tokens"))
    yield from (reverse("analysis:item-results", args=["second", 1, item]) for item in ("grave", "chance", "aim"))
    yield reverse("analysis:item-results", args=["roles", 1, "roles"])


def test_no_page_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, browser: Browser) -> None:
    found = studies()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en")
    context.add_init_script(Axe().axe_script)  # sent once, not with each of the pages
    page = context.new_page()
    page.goto(f"{live_server}/accounts/login/")
    faults = faults_of(page)
    come_in(page, str(live_server), "organizer@example.org")
    for address in addresses(found):
        page.goto(f"{live_server}{address}")
        faults += faults_of(page)
    context.close()
    assert faults == []


def faults_of(page: Page) -> list[str]:
    """On a laptop in light colours, then on a phone in dark ones."""
    faults = []
    for scheme, width in (("light", 1280), ("dark", 360)):
        faults += [f"{page.url}, {scheme}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width)]
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [f"{page.url}: {too_wide} px too wide for {width}"] if too_wide > 0 else []
    return faults


def test_pages_work_without_scripts(live_server: object, browser: Browser) -> None:
    study = studies()["second"]
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    sign_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}{study.get_absolute_url()}")
    page.get_by_role("link", name="Close round 2").click()
    page.get_by_role("button", name="Close round 2").click()
    assert "Round 2 is closed." in page.content()
    context.close()
