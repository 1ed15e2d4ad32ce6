"""The record's page: who did what, from which state to which; and it says when the record was altered."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import AuditEvent, Rationale, Study
from surveys.views.organizer.acts import ACTS
from surveys.workflow.identities import Person
from surveys.workflow.panels import replace_expert
from surveys.workflow.rationales import decide_rationale
from tests.surveys.views.organizer.stage import counted, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def record(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:record", args=[study.slug])).content.decode()


def test_acts_stand_there_with_who_and_from_which_state(study: Study, client: Client) -> None:
    client.post(reverse("surveys:round-reopen", args=[study.slug, 1]), {"reason": "two experts were cut off"})
    text = record(client, study)
    assert "round reopened" in text
    assert "counted → open" in text
    assert "reason: two experts were cut off" in text
    assert "organizer@example.org" in text
    assert text.index("round reopened") < text.index("study imported")


def test_the_rules_hash_and_a_whole_chain_are_shown(study: Study, client: Client) -> None:
    study.refresh_from_db()
    text = record(client, study)
    assert study.rules_sha256 in text
    assert "The record is whole" in text


def test_an_altered_record_is_told(study: Study, client: Client) -> None:
    AuditEvent.objects.filter(sequence=2).update(act="nothing_happened")
    text = record(client, study)
    assert "The record was altered" in text
    assert "Entry 2" in text


def test_a_removed_entry_is_told(study: Study, client: Client) -> None:
    AuditEvent.objects.filter(sequence=3).delete()
    assert "Entry 3" in record(client, study)


def test_every_act_of_the_workflow_has_words(study: Study) -> None:
    assert {event.act for event in AuditEvent.objects.all()} <= set(ACTS)


@pytest.mark.parametrize("role", ["analyst", "observer"])
def test_those_who_do_not_manage_experts_are_not_told_whom_an_entry_is_about(study: Study, client: Client, role: str) -> None:
    replace_expert(study.panelists.get(code="us-2"), person=Person("Ann Other", "ann@other.example"), language="en")
    rationale = Rationale.objects.filter(response__round__study=study).earliest("pk")
    decide_rationale(rationale.pk, "withheld", by=None, reason="It names the embassy")
    assert "panelist us-2" in record(client, study) and "It names the embassy" in record(client, study)
    text = record(signed_in(somebody(study, role)), study)
    assert "expert replaced" in text and "reason withheld" in text
    assert not any(said in text for said in ("us-", "Ann Other", "It names the embassy"))
