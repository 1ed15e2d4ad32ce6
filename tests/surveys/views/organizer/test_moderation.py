"""Moderating reasons in the browser: without name or panel, decided once, on the record."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import AuditEvent, Rationale, Round, Study
from surveys.views.organizer.moderation import digest_of
from tests.factories import count, questions
from tests.surveys.views.organizer.stage import answer, answered, opened, organizer_of, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


@pytest.fixture
def study_round(study: Study) -> Round:
    found = opened(study)
    answered(found, reason="Geography")
    return count(found)


def queue(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:reasons", args=[study.slug, 1])).content.decode()


def decide(client: Client, study: Study, rationale: Rationale, **data: str) -> tuple[int, str]:
    form = {"seen": digest_of(rationale.text), **data}
    response = client.post(reverse("surveys:reason-decide", args=[study.slug, 1, rationale.pk]), form, follow=True)
    rationale.refresh_from_db()
    return response.status_code, response.content.decode()


def test_the_queue_shows_reasons_under_their_item_without_name_or_pseudonym(study: Study, client: Client, study_round: Round) -> None:
    text = queue(client, study)
    assert text.count("Approve as it is") == 3
    assert "How grave is a blockade for your country?" in text
    assert "3 wait" in text
    assert not any(said in text for said in ("us-1", "jp-1", "kr-1", "Expert 1", "@staged.example", "South Korea"))


def test_the_order_is_shuffled_each_time(study: Study, client: Client) -> None:
    found = opened(study)
    asked = questions(found)
    for place, panelist in enumerate(study.panelists.order_by("pk")):
        answer(panelist, found, asked, place, reason=f"reason number {place:02}")
    orders = {tuple(sorted(range(15), key=lambda place: text.index(f"reason number {place:02}"))) for text in (queue(client, study) for _ in range(4))}
    assert len(orders) > 1  # four equal shuffles of fifteen: once in 15!³


def test_approving_publishes_the_text_as_it_is(study: Study, client: Client, study_round: Round) -> None:
    rationale = Rationale.objects.first()
    decide(client, study, rationale, decision="approved")
    assert (rationale.state, rationale.published_text, rationale.decided_by.email) == ("approved", rationale.text, "organizer@example.org")
    assert "2 wait" in queue(client, study)


def test_approving_a_part_needs_a_ground_and_publishes_that_part(study: Study, client: Client, study_round: Round) -> None:
    rationale = Rationale.objects.first()
    status, text = decide(client, study, rationale, decision="redacted", published_text="Geography")
    assert (status, "Say why; it becomes part of the record." in text, rationale.state) == (422, True, "pending")
    decide(client, study, rationale, decision="redacted", published_text="Geography", reason="names a panel")
    assert (rationale.state, rationale.published_text, rationale.decision_reason) == ("redacted", "Geography", "names a panel")
    assert AuditEvent.objects.get(act="redacted_reason").details == {"rationale": rationale.pk, "reason": "names a panel"}


def test_withholding_publishes_nothing(study: Study, client: Client, study_round: Round) -> None:
    rationale = Rationale.objects.first()
    decide(client, study, rationale, decision="withheld", reason="insults somebody")
    assert (rationale.state, rationale.published_text) == ("withheld", "")


def test_what_was_typed_stands_again_when_refused(study: Study, client: Client, study_round: Round) -> None:
    _status, text = decide(client, study, Rationale.objects.first(), decision="redacted", published_text="My careful cut")
    assert "My careful cut" in text


def test_a_text_changed_while_reading_is_not_decided(study: Study, client: Client, study_round: Round) -> None:
    rationale = Rationale.objects.first()
    status, text = decide(client, study, rationale, decision="approved", seen=digest_of("what I read"))
    assert (status, rationale.state) == (422, "pending")
    assert "The expert changed this reason while you were reading it." in text


@pytest.mark.parametrize("decision", ["", "released", "<script>"])
def test_a_decision_that_does_not_exist_is_refused(study: Study, client: Client, study_round: Round, decision: str) -> None:
    rationale = Rationale.objects.first()
    assert decide(client, study, rationale, decision=decision)[0] == 422
    assert rationale.state == "pending"


def test_a_released_round_is_not_moderated_any_more(study: Study, client: Client, study_round: Round) -> None:
    opened(study)
    rationale = Rationale.objects.first()
    status, text = decide(client, study, rationale, decision="approved")
    assert (status, rationale.state) == (422, "pending")
    assert "This round is released; what was decided on its reasons stands." in text


def test_hostile_reasons_are_shown_as_texts(study: Study, client: Client) -> None:
    found = opened(study)
    answer(study.panelists.first(), found, questions(found), 0, reason="</textarea><script>alert(1)</script>")
    assert "<script>alert" not in queue(client, study)
