"""Operators' pages: what they need, never answers, reasons, names or links; roles change through the workflow."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import AuditEvent, Message, Study, StudyMember
from surveys.workflow.invitations import queue_messages
from surveys.workflow.record import first_broken_entry
from tests.surveys.views.organizer.stage import answered, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    study_round = opened(study)
    answered(study_round)
    queue_messages(study_round, "invitation")
    return study


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="operator@example.org", is_staff=True, is_superuser=True))


def test_answers_reasons_names_and_links_are_not_there() -> None:
    shown = {model.__name__ for model in admin.site._registry}
    assert {"User", "Study", "StudyMember", "Round", "Message", "AuditEvent", "AnalysisRun"} <= shown
    assert not shown & {"Answer", "Response", "Rationale", "Identity", "AccessLink", "Panelist", "Feedback", "ItemResult", "Snapshot", "Invitation"}


@pytest.mark.parametrize("model", ["study", "round", "message", "auditevent", "studymember"])
def test_every_list_and_page_answers_without_a_person_in_it(study: Study, client: Client, model: str) -> None:
    StudyMember.objects.create(study=study, user=somebody(email="owner@example.org"), role=Role.OWNER)
    listed = client.get(reverse(f"admin:surveys_{model}_changelist"))
    first = listed.context["cl"].result_list[0]
    page = client.get(reverse(f"admin:surveys_{model}_change", args=[first.pk]))
    assert (listed.status_code, page.status_code) == (200, 200)
    text = listed.content.decode() + page.content.decode()
    assert not any(said in text for said in ("us-1", "Expert 1", "@staged.example", "Because of geography"))


def test_what_the_workflow_writes_can_only_be_looked_at(study: Study, client: Client) -> None:
    rows = {"study": study.pk, "round": study.rounds.get().pk, "message": Message.objects.first().pk, "auditevent": AuditEvent.objects.first().pk}
    for model, pk in rows.items():
        assert client.get(reverse(f"admin:surveys_{model}_add")).status_code == 403
        assert client.post(reverse(f"admin:surveys_{model}_delete", args=[pk]), {"post": "yes"}).status_code == 403
        assert client.post(reverse(f"admin:surveys_{model}_change", args=[pk]), {}).status_code == 403


def test_a_role_given_and_taken_back_stands_in_the_record(study: Study, client: Client) -> None:
    user = somebody(email="analyst@example.org")
    client.post(reverse("admin:surveys_studymember_add"), {"study": study.pk, "user": user.pk, "role": "analyst"})
    member = StudyMember.objects.get()
    assert (member.user, member.role) == (user, "analyst")
    client.post(reverse("admin:surveys_studymember_delete", args=[member.pk]), {"post": "yes"})
    assert not StudyMember.objects.exists()
    assert list(AuditEvent.objects.filter(act__endswith="_member").values_list("act", "by__email")) == [
        ("add_member", "operator@example.org"), ("remove_member", "operator@example.org")]
    assert first_broken_entry(study) is None


def test_who_is_no_operator_does_not_get_in() -> None:
    assert signed_in(somebody(may_create_studies=True)).get(reverse("admin:index")).status_code == 302
