"""Two organizers press the same button in the same moment: it happens once, and both are told how things stand."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import AuditEvent, Message, RoundDecision, Study
from surveys.workflow.record import first_broken_entry
from tests.surveys.views.organizer.stage import counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db(transaction=True)


def both(study: Study, press: Callable[[Client], Any]) -> list[Any]:
    """What each of two organizers gets who press together."""
    clients = [signed_in(somebody(study, Role.OWNER)), signed_in(somebody(study, Role.ORGANIZER))]
    together = Barrier(len(clients), timeout=30)

    def pressed(client: Client) -> Any:
        together.wait()
        try:
            return press(client)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(pressed, clients))


def messages_of(response: Any) -> list[str]:
    """Out of the page itself: the test client's own context mixes what two threads render."""
    said = response.content.decode().split('<div class="messages"')[1].split("</div>")[0]
    return re.findall(r'<p class="notice[^>]*>([^<]*)</p>', said)


def test_a_round_closed_by_two_is_closed_once() -> None:
    study = staged()
    opened(study)
    url = reverse("surveys:round-close", args=[study.slug, 1])
    answers = both(study, lambda client: client.post(url, follow=True))
    told = sorted(text for answer in answers for text in messages_of(answer))
    assert told == ["Round 1 is closed. Its answers are being counted.", "Round 1 was closed already; nothing changed."]
    assert AuditEvent.objects.filter(act="close_round").count() == 1
    assert (study.rounds.get().closing, first_broken_entry(study)) == (1, None)


def test_a_round_opened_by_two_is_opened_once() -> None:
    study = staged()
    url = reverse("surveys:round-open", args=[study.slug])
    form = {"step": "confirm", "number": "1", "items": ["grave"], "deadline": ""}
    answers = both(study, lambda client: client.post(url, form, follow=True))
    told = sorted(text for answer in answers for text in messages_of(answer))
    assert told[0] == "Round 1 is open."
    assert told[1].startswith("Round 1 was opened already; nothing changed.")
    assert AuditEvent.objects.filter(act="open_round").count() == 1


def test_a_reminder_sent_by_two_goes_out_once() -> None:
    study = staged()
    opened(study)
    url = reverse("surveys:reminders", args=[study.slug, 1])
    both(study, lambda client: client.post(url, {"number": "1"}, follow=True))
    assert Message.objects.filter(kind="reminder").count() == 15


def test_a_study_finished_by_two_is_finished_once() -> None:
    study = staged()
    counted(study)
    answers = both(study, lambda client: client.post(reverse("surveys:finish", args=[study.slug]), follow=True))
    assert {answer.status_code for answer in answers} == {200}
    assert AuditEvent.objects.filter(act="finish_study").count() == 1


def test_proposals_accepted_by_two_are_decided_once() -> None:
    study = staged()
    counted(study)
    url = reverse("surveys:round-open", args=[study.slug])
    seen = signed_in(somebody(study, Role.ORGANIZER, email="reader@example.org")).get(url).context["walk"].seen
    answers = both(study, lambda client: client.post(url, {"seen": seen}))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert RoundDecision.objects.filter(round__study=study, round__number=2).count() == 3
    assert study.rounds.filter(number=2).count() == 1


def test_an_item_decided_by_two_is_decided_by_the_first_and_the_second_is_told() -> None:
    study = staged()
    counted(study)
    url = reverse("surveys:round-decide", args=[study.slug, "grave"])
    seen = signed_in(somebody(study, Role.ORGANIZER, email="reader@example.org")).get(url).context["step"].seen
    answers = both(study, lambda client: client.post(url, {"seen": seen, "act": "carry", "reason": "A new event"}))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert RoundDecision.objects.filter(round__study=study, round__number=2).count() == 1


def forms_of_two(study: Study, url: str, ending: str) -> list[dict[str, str]]:
    """The form as both have opened it, each with a word of their own added to the first English text."""
    form = signed_in(somebody(study, Role.OWNER, email="reader@example.org")).get(url).context["form"]
    held = {**{name: form[name].value() or "" for name in form.fields}, "compares": "yes", "reason": "experts misread it"}
    typed = next(name for name in form.places[next(iter(form.places))] if name.endswith(ending))
    return [{**held, typed: held[typed] + sign} for sign in (".", "!")]


@pytest.mark.parametrize(("name", "arguments", "is_open", "act"), [
    ("item-reword", ["grave"], False, "reword_item"), ("text-correct", [1, "grave"], True, "correct_text"),
    ("shared-text", ["scales.five"], False, "reword_list"), ("shared-text", ["scales.five"], True, "correct_shared_text"),
])
def test_of_two_who_change_the_same_words_one_does_and_the_other_is_told(name: str, arguments: list[Any], is_open: bool, act: str) -> None:
    study = staged()
    if is_open:
        opened(study)
    else:
        counted(study)
    url = reverse(f"surveys:{name}", args=[study.slug, *arguments])
    forms = forms_of_two(study, url, ".en")
    answers = both(study, lambda client: client.post(url, forms.pop()))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert AuditEvent.objects.filter(act=act).count() == 1
