"""Opening, closing, reopening, moving the deadline, finishing: by form, in words, and harmless when it holds already."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.enums import Role
from surveys.models import AuditEvent, Message, Round, Study
from tests.factories import count, questions
from tests.surveys.views.organizer.stage import answer, answered, counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def act(client: Client, name: str, study: Study, *arguments: Any, **data: Any) -> str:
    return client.post(reverse(f"surveys:{name}", args=[study.slug, *arguments]), data, follow=True).content.decode()


OPEN_ONE = {"step": "confirm", "number": "1", "items": ["grave", "chance"], "deadline": ""}


def test_the_form_offers_every_item_and_names_incomplete_languages(study: Study, client: Client) -> None:
    text = client.get(reverse("surveys:round-open", args=[study.slug])).content.decode()
    assert text.count('name="items"') == text.count(' checked') == 3
    assert "ko: 7 % translated (missing 12, outdated 0)" in text


def test_the_review_says_what_will_happen_and_opens_nothing(study: Study, client: Client) -> None:
    text = act(client, "round-open", study, **{**OPEN_ONE, "step": "review", "deadline": "2031-03-01T18:00"})
    assert "2 items are asked." in text
    assert "15 experts take part." in text
    assert "March 1, 2031, 6 p.m. (Asia/Seoul)" in text
    assert "Experts can answer in: en." in text
    assert "rules are locked" in text
    assert not Round.objects.exclude(state="draft").exists()


def test_confirming_opens_the_round_with_its_items_deadline_and_languages(study: Study, client: Client) -> None:
    act(client, "round-open", study, **{**OPEN_ONE, "deadline": "2031-03-01T18:00", "allow_incomplete": "ko"})
    found = study.rounds.get()
    assert found.is_open
    assert found.deadline_at == datetime(2031, 3, 1, 9, 0, tzinfo=UTC)  # 18:00 in Seoul, nine hours ahead
    assert found.languages == ["en", "ko"]
    assert [asked.item_version.item.code for asked in found.asked_items.all()] == ["grave", "chance"]


def test_the_second_organizer_to_open_is_told_that_it_is_open(study: Study, client: Client) -> None:
    second = signed_in(somebody(study, Role.OWNER))
    act(client, "round-open", study, **OPEN_ONE)
    text = act(second, "round-open", study, **{**OPEN_ONE, "items": ["aim"]})
    assert "Round 1 was opened already; nothing changed." in text
    assert [asked.item_version.item.code for asked in study.rounds.get().asked_items.all()] == ["grave", "chance"]


@pytest.mark.parametrize(("changes", "said"), [
    ({"items": []}, "Choose at least one item."),
    ({"items": ["no-such-item"]}, "Select a valid choice"),
    ({"deadline": "2001-01-01T00:00"}, "The deadline lies in the past."),
    ({"deadline": "soon"}, "Write date and time like 2027-03-01T18:00."),
    ({"deadline": "0001-01-01T00:00"}, "Choose a nearer date."),
    ({"allow_incomplete": "fr"}, "Select a valid choice"),
])
def test_what_does_not_fit_is_said_and_nothing_opens(study: Study, client: Client, changes: dict[str, Any], said: str) -> None:
    assert said in act(client, "round-open", study, **{**OPEN_ONE, **changes})
    assert not Round.objects.exclude(state="draft").exists()


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    study = staged(study="berlin", time_zone="Europe/Berlin")  # on 28 March 2027 the clocks go from 2:00 to 3:00
    text = act(organizer_of(study), "round-open", study, **{**OPEN_ONE, "deadline": "2027-03-28T02:30"})
    assert "The clocks are put forward over this time." in text


@pytest.mark.parametrize("state", ["open", "closed"])
def test_the_next_round_does_not_open_before_the_last_is_counted(study: Study, client: Client, state: str) -> None:
    study_round = opened(study)
    if state == "closed":
        act(client, "round-close", study, 1)
    page = client.get(reverse("surveys:round-open", args=[study.slug])).content.decode()
    assert ("is open already" if state == "open" else "is being counted") in page
    act(client, "round-open", study, **{**OPEN_ONE, "number": "2"})
    assert list(study.rounds.exclude(state="draft")) == [study_round]


def test_closing_says_what_happens_and_then_does_it(study: Study, client: Client) -> None:
    study_round = opened(study)
    answer(study.panelists.first(), study_round, questions(study_round), 0, submit=False)
    page = client.get(reverse("surveys:round-close", args=[study.slug, 1])).content.decode()
    assert "0 of 15 experts have submitted." in page
    assert "1 response that is not submitted yet counts with what is saved in it" in page
    assert "Round 1 is closed. Its answers are being counted." in act(client, "round-close", study, 1)
    study_round.refresh_from_db()
    assert (study_round.state, study_round.closed_by.email) == ("closed", "organizer@example.org")


def test_the_second_organizer_to_close_is_told_that_it_is_closed(study: Study, client: Client) -> None:
    opened(study)
    second = signed_in(somebody(study, Role.OWNER))
    act(client, "round-close", study, 1)
    assert "Round 1 was closed already; nothing changed." in act(second, "round-close", study, 1)
    assert AuditEvent.objects.filter(act="close_round").count() == 1
    assert study.rounds.get().closing == 1


def test_reopening_needs_a_reason_and_hides_the_results(study: Study, client: Client) -> None:
    counted(study)
    assert "This field is required." in act(client, "round-reopen", study, 1, reason=" ")
    assert "Round 1 is open again." in act(client, "round-reopen", study, 1, reason="Two experts were cut off")
    assert client.get(reverse("analysis:results", args=[study.slug, 1])).status_code == 404
    assert AuditEvent.objects.get(act="reopen_round").details["reason"] == "Two experts were cut off"
    assert "was open already" in act(client, "round-reopen", study, 1, reason="Again")


def test_a_round_before_the_last_is_not_reopened(study: Study, client: Client) -> None:
    counted(study)
    opened(study)
    assert "has opened, so round 1 can&#x27;t be reopened" in act(client, "round-reopen", study, 1, reason="Late")
    assert study.rounds.get(number=1).state == "released"


def test_moving_the_deadline_tells_those_who_have_not_submitted(study: Study, client: Client) -> None:
    study_round = opened(study, deadline_at=timezone.now() + timedelta(days=2))
    answer(study.panelists.first(), study_round, questions(study_round), 0)
    page = client.get(reverse("surveys:round-deadline", args=[study.slug, 1])).content.decode()
    assert "14 experts who have not submitted are told by e-mail." in page
    assert "The deadline is set." in act(client, "round-deadline", study, 1, deadline="2031-03-01T18:00")
    assert Message.objects.filter(kind="deadline").count() == 14


def test_the_deadline_of_a_closed_round_is_not_moved(study: Study, client: Client) -> None:
    counted(study)
    assert "Only an open round has a deadline to move." in act(client, "round-deadline", study, 1, deadline="2031-03-01T18:00")


def test_finishing_needs_a_counted_round_and_holds(study: Study, client: Client) -> None:
    study_round = opened(study)
    answered(study_round)
    assert "when its last round is closed and counted" in act(client, "finish", study)
    count(study_round)
    assert "The study is finished." in act(client, "finish", study)
    assert "The study was finished already; nothing changed." in act(client, "finish", study)
    study.refresh_from_db()
    assert study.finished_at is not None
    assert study.rounds.get().state == "released"
