"""How many queries each of the analysts' pages takes, literally, session and roles among them, and never more than six."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.urls import urlpatterns
from surveys.models import Study
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

pytestmark = pytest.mark.django_db


def page(number: int, *more: Any) -> Address:
    return number, list(more), ""


def of_plan(number: int) -> Address:
    return number, lambda study: [study.slug, study.plan_runs.get().pk], ""


# Every page, with its queries while round 2 is open.
PAGES: dict[str, Address] = {
    "latest-results": page(3),  # leads to the results
    "results": page(6, 1),
    "results-items": page(6, 1),
    "item-results": page(5, 1, "grave"),
    "results-convergence": page(6, 1),
    "results-maps": page(5, 1),
    "results-gaps": page(5, 1),
    "results-pools": page(4, 1),
    "results-roles": page(4, 1),
    "results-record": page(6, 1),
    "files": page(4),
    "report": page(5),
    "plans": page(5),
    "plan": of_plan(3),
    "plan-file": of_plan(3),
    "dry-run": page(4),
    "simulation-remove": page(5),
    "api-progress": page(5),
    "api-files": page(4),
}
# Files are no pages: they are put together round by round, some rows at a time, and take as long as they take.
FILES = {"chart", "report-read", "report-file", "file", "archive", "api-file", "api-table"}
BUTTONS = {"recount"}
OF_NO_STUDY = {"api-documentation", "api-schema", "api-unknown"}
LITERAL = {name: number for name, (number, _more, _query) in PAGES.items()}


def test_every_address_is_here() -> None:
    """A new page says how many queries it takes."""
    assert named_pages(urlpatterns) == {*PAGES, *FILES, *BUTTONS, *OF_NO_STUDY}


def test_no_page_takes_more_than_six() -> None:
    assert {name: number for name, number in LITERAL.items() if number > MOST} == {}


@pytest.mark.parametrize("size", [{"panels": 8}, {"panels": 3, "more": 4}, {"panels": 3, "rounds": 2}], ids=["panels", "questions", "rounds"])
def test_a_page_takes_so_many_queries_whatever_is_on_it(size: dict[str, int]) -> None:
    study = in_round_two(**size)
    assert queries_of(study, "analysis", PAGES, answers=(200, 302)) == LITERAL


@pytest.mark.parametrize("state", [being_written, before_round_three], ids=lambda state: str(state.__name__))
def test_no_page_takes_more_than_six_in_any_state_of_the_study(state: Callable[[], Study]) -> None:
    found = queries_of(state(), "analysis", PAGES, answers=NOT_NOW)
    assert {name: number for name, number in found.items() if number > MOST} == {}
