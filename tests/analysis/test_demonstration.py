"""The demonstration: what is loaded, that a second start keeps it, and that every kind is asked, answered, kept and changed by simulated experts."""

from typing import Any

import pytest
from django.conf import settings

from analysis.demonstration import THREAT_PERCEPTION, load_demo, load_threat_perception
from analysis.models import ItemResult
from analysis.simulated_rounds import simulate_study
from surveys.enums import Decision, Role
from surveys.items import KINDS
from surveys.models import Answer, AuditEvent, Feedback, Rationale, Study
from surveys.studyfile import read_study
from surveys.workflow.invitations import find_link
from surveys.workflow.simulated import remove_simulation
from surveys.workflow.studies import import_study
from tests.factories import add_experts

pytestmark = pytest.mark.django_db
EVERY_KIND = {"us": 9, "jp": 8, "kr": 9, "pl": 7, "no": 4}


@pytest.fixture
def study() -> Study:
    """A question of every kind, in round 2."""
    study, _changed = import_study(read_study((settings.BASE_DIR / "studies" / "every-kind" / "study.yaml").read_bytes()))
    simulate_study(study, EVERY_KIND, 2, 2027, leave_open=True)
    return study


def test_every_kind_is_asked_and_has_feedback_of_everybody(study: Study) -> None:
    shown = {row.asked_item.item_version.item.kind: row.figures["components"]
             for row in Feedback.objects.filter(round__study=study, round__number=1).select_related("asked_item__item_version__item")}
    assert shown.keys() == KINDS.keys() - {"text"}, "studies/every-kind/study.yaml has a question of every kind: give each one, and a rule for its level"
    assert all(groups.get("all/all", {}).get("n", 0) >= 20 for components in shown.values() for groups in components.values())
    assert not ItemResult.objects.filter(run__round__study=study, group="all", figures__consensus_rule=None).exists()  # a rule for every level


def test_some_keep_and_some_change_their_answer_of_every_kind(study: Study) -> None:
    second = Answer.objects.filter(response__round__study=study, response__round__number=2, cannot_judge=False)
    found = {(answer.asked_item.item_version.item.kind, answer.decision) for answer in second.select_related("asked_item__item_version__item")}
    several = ("choices", "ranking", "allocation", "quantiles", "grid", "plane")
    assert found >= {(kind, decision) for kind in several for decision in (Decision.KEPT, Decision.CHANGED)}
    assert not second.filter(is_complete=False).exists()


def test_three_studies_are_loaded_with_links_for_three_allies_and_a_second_start_keeps_everything() -> None:
    people = load_demo({})
    check_links(people)
    assert {study.slug: (study.is_simulated, study.finished_at is not None, study.rounds.order_by("number").last().state) for study in Study.objects.all()} == {
        "replicats": (False, True, "released"), "deterrence-labour": (True, True, "released"), "threat-perception": (True, False, "open"),
    }
    assert {study.slug: study.rounds.count() for study in Study.objects.all()} == {"replicats": 2, "deterrence-labour": 3, "threat-perception": 2}
    counts = (Answer.objects.count(), AuditEvent.objects.count(), ItemResult.objects.count())
    assert load_demo(people) == people
    assert (Answer.objects.count(), AuditEvent.objects.count(), ItemResult.objects.count()) == counts
    assert all(set(study.members.values_list("role", flat=True)) == {Role.OWNER, Role.ANALYST} for study in Study.objects.all())


def check_links(people: dict[str, Any]) -> None:
    """The first expert of three allies is left to whoever tries it: round 1 is answered, round 2 is not."""
    for entry, (panel, language) in zip(people["experts"], (("us", "en"), ("kr", "ko"), ("jp", "ja")), strict=True):
        link = find_link(entry["link"].strip("/").split("/")[-1])
        assert link is not None and (link.panelist.code, link.panelist.language) == (f"sim-{panel}-1", language)
        assert list(link.panelist.responses.values_list("round__number", flat=True)) == [1] and link.panelist.consented_at is None


def test_some_reasons_wait_for_a_moderator_and_each_says_that_it_is_simulated() -> None:
    study = load_threat_perception()
    reasons = Rationale.objects.filter(response__round__study=study)
    assert set(reasons.filter(response__round__number=1).values_list("state", flat=True)) == {"approved"}
    assert set(reasons.filter(response__round__number=2).values_list("state", flat=True)) == {"pending"}
    assert all(text.startswith(("(simulated) ", "(모의 응답) ", "（模擬回答）")) for text in reasons.values_list("text", flat=True))
    assert reasons.filter(text="(simulated) Insurers would stop sailing long before a navy had to.").count() == 1


def test_a_simulation_that_was_removed_on_purpose_stays_removed() -> None:
    remove_simulation(load_threat_perception())
    study = load_threat_perception()
    assert not study.is_simulated and not study.panelists.exists()


def test_a_study_that_somebody_made_real_is_left_alone() -> None:
    study, _changed = import_study(read_study((settings.BASE_DIR / "studies" / THREAT_PERCEPTION.slug / "study.yaml").read_bytes()))
    add_experts(study, {"us": 3})
    load_threat_perception()
    study.refresh_from_db()
    assert not study.is_simulated and study.panelists.count() == 3 and not study.rounds.exists()
