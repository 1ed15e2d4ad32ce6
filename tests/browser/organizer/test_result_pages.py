"""Every page of results: no fault that axe finds, nothing wider than the screen, light and dark."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from analysis.blocks import analyse_now
from surveys.models import Study
from tests.analysis.tables.role_studies import a_role_study, a_round, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES
from tests.analysis.views.test_roles import BELIEVED
from tests.browser.organizer.looking import faults_on, owner_of, staged_studies
from tests.surveys.views.organizer.stage import answered, counted, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def studies() -> dict[str, Study]:
    """One in round 2, with every table of round 1, and one of roles."""
    found = staged_studies("second")
    found["roles"] = a_role_study(study="roles")
    owner_of(found.values())
    analyse_now(counted(found["second"]))
    answered(opened(found["second"]))
    a_round(with_experts(found["roles"], SIZES), 1, SAID, BELIEVED)
    return found


def addresses() -> Iterator[str]:
    yield from (reverse("analysis:results", args=["second", 1]), reverse("analysis:results-items", args=["second", 1]))
    yield from (reverse(f"analysis:{name}", args=["second"]) for name in ("files", "report"))
    yield reverse("analysis:report-read", args=["second", "en"])
    yield from (reverse(f"analysis:results-{name}", args=["second", 1]) for name in ("convergence", "gaps", "maps", "record"))
    yield reverse("analysis:results-pools", args=["second", 1])
    yield from (reverse("analysis:results-roles", args=["second", 1]), reverse("analysis:results-roles", args=["roles", 1]))
    yield from (reverse("analysis:item-results", args=["second", 1, item]) for item in ("grave", "chance", "aim"))
    yield reverse("analysis:item-results", args=["roles", 1, "roles"])


def test_no_page_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, browser: Browser) -> None:
    studies()
    assert faults_on(addresses(), str(live_server), browser) == []
