"""How many queries each page takes, literally, and never more than six; a further panel, round, question or expert costs none.

Each number counts the session with its user, and the study with the user's roles: one of each.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study, StudyMember
from surveys.views.organizer.urls import urlpatterns
from surveys.workflow.rounds import finish_study
from tests.surveys.views.organizer.page_queries import (
    MOST,
    NOT_NOW,
    Address,
    before_round_three,
    being_written,
    in_round_two,
    named_pages,
    queries_of,
)
from tests.surveys.views.organizer.stage import opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


def page(number: int, *more: Any, query: str = "") -> Address:
    return number, list(more), query


# Every address that GET serves, with its queries while round 2 is open.
PAGES: dict[str, Address] = {
    "study-list": (3, lambda _study: [], ""),
    "study-upload": (1, lambda _study: [], ""),
    "study-start": (1, lambda _study: [], ""),
    "study": page(6),
    "study-file": page(4),
    "build": page(5),
    "build-section-new": page(5),
    "build-section": page(5, "threats"),
    "build-kinds": page(5, "threats"),
    "build-file": page(5),
    "build-download": page(5),
    "build-preview": page(5),
    "build-preview-frame": page(5),
    "build-history": page(6),
    "build-item": page(5, "grave"),
    "build-item-new": page(5, "threats", query="?kind=rating"),
    "build-head": page(5),
    "build-panels": page(5),
    "build-panels-new": page(5),
    "build-panels-edit": page(5, "us"),
    "build-theatres-new": page(5),
    "build-theatres-edit": page(5, "europe"),
    "build-lists": page(5),
    "build-list-new": page(5),
    "build-list": page(5, "steps"),
    "build-rules": page(5),
    "build-scales": page(5),
    "build-scale-new": page(5),
    "build-scale": page(5, "five"),
    "build-translations": page(6),
    "build-translations-file": page(6, "ko"),
    "build-translations-upload": page(5, "ko"),
    "record": page(6),
    "finish": page(3),
    "webhooks": page(3),
    "members": page(3),
    "experts": page(6),
    "panel-upload": page(3),
    "expert-add": page(4),
    "expert-replace": (4, lambda study: [study.slug, study.panelists.first().pk], ""),
    "round-open": page(4),
    "round-summary": page(4),
    "round-decide": page(4, "grave"),
    "item-add": page(4),
    "item-add-form": page(6, query="?kind=rating"),
    "item-edit": page(6, "grave"),
    "item-reword": page(4, "grave"),
    "item-whole": page(4, "grave"),
    "shared-texts": page(5),
    "shared-text": page(5, "scales.five"),
    "corrections": page(4, 2),
    "text-correct": page(4, 2, "grave"),
    "round-deadline": page(4, 2),
    "round-close": page(6, 2),
    "round-reopen": page(3, 2),
    "messages": page(6, 2),
    "invitations": page(5, 2),
    "reminders": page(6, 2),
    "reasons": page(6, 2),
}
BUTTONS = {
    "webhook-trial", "webhook-remove", "member-remove",
    "message-resend", "reason-decide", "open-answer-decide",
    "build-undo", "build-redo", "build-panels-act", "build-theatres-act", "build-list-remove", "build-scale-remove",
}
LITERAL = {name: number for name, (number, _more, _query) in PAGES.items()}


def test_every_address_is_here() -> None:
    """A new page says how many queries it takes."""
    assert named_pages(urlpatterns) == {*PAGES, *BUTTONS}
    assert not PAGES.keys() & BUTTONS


def test_no_page_takes_more_than_six() -> None:
    assert {name: number for name, number in LITERAL.items() if number > MOST} == {}


@pytest.mark.parametrize("size", [{"panels": 8}, {"panels": 3, "more": 4}, {"panels": 3, "rounds": 2}], ids=["panels", "questions", "rounds"])
def test_a_page_takes_so_many_queries_whatever_is_on_it(size: dict[str, int]) -> None:
    study = in_round_two(**size)
    latest = size.get("rounds", 1) + 1
    here = {name: (number, [latest if part == 2 else part for part in more] if isinstance(more, list) else more, query)
            for name, (number, more, query) in PAGES.items()}
    assert queries_of(study, "surveys", here) == LITERAL


def finished() -> Study:
    study = before_round_three()
    finish_study(study)
    return study


@pytest.mark.parametrize("state", [being_written, before_round_three, finished], ids=lambda state: str(state.__name__))
def test_no_page_takes_more_than_six_in_any_state_of_the_study(state: Callable[[], Study]) -> None:
    """Pages that are not there in this state take none to speak of."""
    found = queries_of(state(), "surveys", PAGES, answers=NOT_NOW)
    assert {name: number for name, number in found.items() if number > MOST} == {}


@pytest.mark.parametrize("questions", [1, 6])
def test_the_walk_to_the_next_round_takes_six_whatever_it_asks(questions: int) -> None:
    """Rounds; items with what was asked, came out and was decided; verdicts; for the summary panels and translations."""
    walk = {name: PAGES[name] for name in ("round-open", "round-summary", "round-decide")}
    assert queries_of(before_round_three(3, questions), "surveys", walk) == {"round-open": 5, "round-summary": 6, "round-decide": 5}


@pytest.mark.parametrize("studies", [1, 3])
def test_the_list_of_studies_takes_three_queries(studies: int, django_assert_num_queries: Callable[..., Any]) -> None:
    user = somebody()
    for number in range(studies):
        study = staged(study=f"staged-{number}")
        StudyMember.objects.create(study=study, user=user, role=Role.OWNER)
        opened(study)
    client: Client = signed_in(user)
    with django_assert_num_queries(3):
        assert client.get(reverse("surveys:study-list")).status_code == 200
