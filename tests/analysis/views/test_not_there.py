"""Answers that were erased before the further figures were worked out: pages and report say so, for good."""

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock, AnalysisRun
from analysis.report.facts import facts_of
from analysis.report.material import material_of
from analysis.report.writing import write_report
from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.responses import withdraw
from tests.factories import a_member, a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
PAGES = ("results", "results-gaps", "results-convergence")
LOST, FAILED = "This can’t be worked out any more", "This could not be worked out. An organizer can try again"


@pytest.fixture
def study() -> Study:
    """Two rounds that were seen, then somebody withdraws before any block of the second was worked out."""
    study = a_study()
    add_experts(study, {"us": 8, "jp": 8})
    answers = by_panel("grave", {"us": [1, 2, 3, 4, 5, 3, 3, 2], "jp": [3, 3, 4, 4, 5, 5, 4, 4]})
    analyse_now(run_round(study, 1, answers))
    second = run_round(study, 2, answers)
    what_is_shown(study)
    withdraw(study.panelists.first())
    analyse_now(second)
    study.refresh_from_db()
    return study


def pages(study: Study) -> list[str]:
    client = Client()
    client.force_login(a_member(study, Role.ANALYST))
    addresses = [reverse(f"analysis:{name}", args=[study.slug, 2]) for name in PAGES]
    return [client.get(address).content.decode() for address in [*addresses, reverse("analysis:item-results", args=[study.slug, 2, "grave"])]]


def test_pages_do_not_promise_what_will_never_be_there(study: Study) -> None:
    for text in pages(study):
        assert LOST in text
        assert "in a moment" not in text


def test_what_failed_can_be_tried_again(study: Study) -> None:
    AnalysisBlock.objects.filter(run__round__number=2).update(state=AnalysisRun.State.FAILED)
    assert all(FAILED in text for text in pages(study))


def test_the_report_names_the_rounds_and_claims_nothing_of_them(study: Study) -> None:
    document = write_report(study, "en")
    assert any("Some answers were erased before all was worked out." in said and "(rounds: 2)" in said for said in document.cautions)
    assert not facts_of(material_of(study), ()).is_complete
