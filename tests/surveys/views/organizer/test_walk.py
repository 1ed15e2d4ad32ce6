"""Every page answers, whatever state the study is in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.rounds import finish_study
from tests.surveys.views.organizer.stage import answered, closed, counted, opened, organizer_of, staged

pytestmark = pytest.mark.django_db


def as_imported() -> Study:
    return staged()


def while_open() -> Study:
    study = staged()
    answered(opened(study))
    return study


def while_counting() -> Study:
    study = staged()
    study_round = opened(study)
    answered(study_round)
    closed(study_round)
    return study


def when_counted() -> Study:
    study = staged()
    counted(study)
    return study


def in_round_two() -> Study:
    study = when_counted()
    answered(opened(study))
    return study


def when_finished() -> Study:
    study = when_counted()
    finish_study(study)
    study.refresh_from_db()
    return study


STATES: list[Callable[[], Study]] = [as_imported, while_open, while_counting, when_counted, in_round_two, when_finished]
ALWAYS = ["study", "study-file", "record", "finish", "experts", "panel-upload", "expert-add", "round-open"]
WITH_A_ROUND = ["round-deadline", "round-close", "round-reopen", "messages", "invitations", "reminders", "reasons"]


def pages(study: Study) -> list[str]:
    found = [reverse("surveys:study-list"), *(reverse(f"surveys:{name}", args=[study.slug]) for name in ALWAYS)]
    found.append(reverse("surveys:expert-replace", args=[study.slug, study.panelists.first().pk]))
    found += [reverse(f"surveys:{name}", args=[study.slug, r.number]) for r in study.rounds.all() for name in WITH_A_ROUND]
    found += [reverse("analysis:files", args=[study.slug])]
    return found


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_page_answers_in_every_state(state: Callable[[], Study]) -> None:
    study = state()
    client = organizer_of(study)
    answers = {page: client.get(page).status_code for page in pages(study)}
    assert answers == dict.fromkeys(answers, 200)


def test_results_pages_answer_once_there_are_results() -> None:
    study = when_counted()
    client = organizer_of(study)
    assert client.get(reverse("analysis:latest-results", args=[study.slug])).headers["Location"] == reverse("analysis:results", args=[study.slug, 1])
    items = [reverse("analysis:item-results", args=[study.slug, 1, code]) for code in ("grave", "chance", "aim")]
    for page in [reverse("analysis:results", args=[study.slug, 1]), *items]:
        assert client.get(page).status_code == 200


def test_a_page_that_is_not_there_is_404(client: Client) -> None:
    study = when_counted()
    client = organizer_of(study)
    for page in (reverse("analysis:results", args=[study.slug, 7]), reverse("analysis:item-results", args=[study.slug, 1, "nothing"]),
                 reverse("analysis:file", args=[study.slug, "secrets.csv"]), reverse("surveys:round-close", args=[study.slug, 9])):
        assert client.get(page).status_code == 404, page


def test_roles_are_the_ones_the_tests_know() -> None:
    assert {role.value for role in Role} == {"owner", "organizer", "moderator", "translator", "analyst", "observer"}
