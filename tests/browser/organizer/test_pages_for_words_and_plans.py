"""Pages to word questions between rounds, to plan and to try a study, and for other programs: no fault that axe finds, nothing too wide, light and dark."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from surveys.models import Study
from surveys.workflow.simulated import Plan, copy_for_dry_run
from surveys.workflow.webhooks import add_webhook, queue_trial
from tests.browser.organizer.looking import faults_on, owner_of, staged_studies
from tests.surveys.views.organizer.stage import answered, counted, opened, planned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def studies() -> dict[str, Study]:
    """One fresh with its dry run, one counted, one in round 2."""
    found = staged_studies("fresh", "counted", "second")
    user = owner_of(found.values())
    for slug in ("counted", "second"):
        counted(found[slug])
    planned(found["second"])
    queue_trial(add_webhook(found["second"], "https://hooks.example/a-rather-long-path-that-has-to-be-broken-somewhere-on-a-phone"))
    answered(opened(found["second"]))
    copy_for_dry_run(found["fresh"], Plan(5, 2, 1), by=user)
    return found


def addresses(found: dict[str, Study]) -> Iterator[str]:
    yield from (found["second"].get_absolute_url(), reverse("surveys:item-add", args=["counted"]))
    yield from (reverse("surveys:item-reword", args=["counted", item]) for item in ("grave", "aim"))
    yield from (reverse("surveys:item-whole", args=["counted", "aim"]), reverse("surveys:shared-texts", args=["counted"]))
    yield from (reverse("surveys:shared-text", args=["counted", part]) for part in ("scales.five", "study"))
    yield from (f"{reverse('surveys:item-add-form', args=['counted'])}?kind=grid", reverse("surveys:item-edit", args=["counted", "aim"]))
    yield from (reverse("surveys:corrections", args=["second", 2]), reverse("surveys:text-correct", args=["second", 2, "aim"]))
    yield from (reverse("analysis:plans", args=["second"]), reverse("analysis:plan", args=["second", found["second"].plan_runs.get().pk]))
    yield from (reverse("analysis:dry-run", args=["fresh"]), reverse("surveys:study", args=["fresh-dry-run"]))
    yield reverse("analysis:simulation-remove", args=["fresh-dry-run"])
    yield from (reverse("surveys:webhooks", args=["second"]), reverse("accounts:tokens"))


def test_no_page_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, browser: Browser) -> None:
    found = studies()
    assert faults_on(addresses(found), str(live_server), browser) == []
