"""What owners can do in each state of a study: done as the pages do it, against a table written by hand; and the table of acts says the same."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from surveys.exceptions import Refused
from surveys.models import AuditEvent, DraftStep, Message, Round, Study
from surveys.permissions import ACTS
from surveys.workflow.drafts import edit_draft
from surveys.workflow.identities import Person
from surveys.workflow.invitations import messages_due
from surveys.workflow.members import add_member
from surveys.workflow.open_answers import decide_open_answer, undecided_open_answers
from surveys.workflow.panels import add_expert
from surveys.workflow.rounds import close_round, finish_study, move_deadline, open_round, reopen_round
from surveys.workflow.translations import Written, save_translations
from surveys.workflow.wordings import correct_text, reword_item
from tests.deterrence_delphi.access.scene import STATES, study_in, undone
from tests.factories import a_user
from tests.surveys.views.organizer.stage import signed_in, somebody

pytestmark = pytest.mark.django_db
SUCCEEDS: dict[str, set[str]] = {
    "open_round": {"draft", "aggregated"},
    "move_deadline": {"open", "reopened"},
    "close_round": {"open", "reopened"},
    "reopen_round": {"closed", "aggregated"},
    "finish_study": {"aggregated"},
    "send_messages": {"open", "reopened"},
    "manage_panel": {"draft", "open", "reopened", "closed", "aggregated"},
    "edit_study": {"draft", "open", "reopened", "closed", "aggregated"},
    "translate": {"draft", "closed", "aggregated"},  # while experts answer, a text is corrected by an organizer, with a reason
    "moderate": {"open", "reopened", "closed", "aggregated", "finished"},  # at last the answers to open questions alone
    "manage_members": {"draft", "open", "reopened", "closed", "aggregated", "finished"},
}


def latest(study: Study) -> Round:
    return study.rounds.exclude(state="draft").latest("number")


def invite(study: Study) -> None:
    """Nobody is written to twice, so the first invitations are taken away; that a round is closed is the page's to say."""
    Message.objects.filter(round=latest(study)).delete()
    owner = signed_in(somebody(study, "owner"))
    owner.post(reverse("surveys:invitations", args=[study.slug, latest(study).number]), {"number": messages_due(latest(study), "invitation")[0]})


def edit(study: Study) -> None:
    if not study.rounds.exclude(state="draft").exists():
        edit_draft(study, "head", lambda definition: {**definition, "title": {"en": "Another title"}})
        return
    if latest(study).is_open:
        correct_text(latest(study), "grave", {"text": {"en": "How grave is a blockade for your country ?"}}, reason="A typing error")
        return
    before = study.items.get(code="grave").versions.latest("number").definition
    reword_item(study, "grave", {**before, "text": {"en": "How grave would it be?"}}, equivalent=True, reason="Clearer")


def translate(study: Study) -> None:
    save_translations(study, "ko", {"panel:us": Written("미국")})


def add_somebody(study: Study) -> None:
    add_expert(study, panel=study.panels.get(code="us"), person=Person("Ann Other", "ann@other.example"), language="en")


DOINGS: dict[str, Callable[[Study], Any]] = {
    "open_round": lambda study: open_round(study, study.rounds.exclude(state="draft").count() + 1),
    "move_deadline": lambda study: move_deadline(latest(study).pk, timezone.now() + timedelta(days=9)),
    "close_round": lambda study: close_round(latest(study).pk),
    "reopen_round": lambda study: reopen_round(latest(study).pk, reason="Some had no time"),
    "finish_study": finish_study,
    "send_messages": invite,
    "manage_panel": add_somebody,
    "edit_study": edit,
    "translate": translate,
    "moderate": lambda study: decide_open_answer(
        undecided_open_answers().filter(response__round__study=study).earliest("pk").pk, "approved", by=a_user("moderator@house.example")),
    "manage_members": lambda study: add_member(study, a_user("new@house.example"), "observer"),
}


def has_done(study: Study, act: str) -> bool:
    """Did it change anything? Whatever does is in the record, or among the steps of the draft."""
    before = written_down()
    try:
        with transaction.atomic():
            DOINGS[act](study)
            return written_down() != before
    except (Refused, ObjectDoesNotExist):  # there is no round, or nothing that waits
        return False


def written_down() -> tuple[int, int]:
    return AuditEvent.objects.count(), DraftStep.objects.count()


def succeeding(study: Study) -> set[str]:
    found = set()
    for act in DOINGS:
        with undone():
            if has_done(Study.objects.get(pk=study.pk), act):
                found.add(act)
    return found


@pytest.mark.parametrize("state", STATES)
def test_in_a_state_these_acts_succeed_and_no_others(state: str) -> None:
    assert succeeding(study_in(state)) == {act for act, states in SUCCEEDS.items() if state in states}


def test_the_table_of_acts_says_the_same() -> None:
    assert {act: ACTS[act].states for act in SUCCEEDS} == {act: states - {"reopened"} for act, states in SUCCEEDS.items()}
