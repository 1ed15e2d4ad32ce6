"""The JSON that the study's page polls: counts of people, never of answers, and a version that changes with them."""

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from surveys.enums import Role
from surveys.models import Study
from tests.factories import count, questions
from tests.surveys.views.organizer.stage import answer, answered, closed, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.OBSERVER))


def progress(client: Client, study: Study) -> dict[str, object]:
    return client.get(reverse("analysis:api-progress", args=[study.slug])).json()


def test_before_the_first_round_there_is_nothing_to_wait_for(study: Study, client: Client) -> None:
    found = progress(client, study)
    assert (found["round"], found["live"]) == (None, False)


def test_an_open_round_in_counts(study: Study, client: Client) -> None:
    study_round = opened(study)
    asked = questions(study_round)
    first, second = study.panelists.filter(panel__code="us").order_by("pk")[:2]
    answer(first, study_round, asked, 0)
    answer(second, study_round, asked, 1, submit=False)
    found = progress(client, study)
    assert found["round"] == {"number": 1, "state": "open", "closing": 0, "deadline_at": None}
    assert found["panels"] == [
        {"panel": "us", "invited": 5, "submitted": 1, "started": 1, "silent": 3},
        {"panel": "jp", "invited": 5, "submitted": 0, "started": 0, "silent": 5},
        {"panel": "kr", "invited": 5, "submitted": 0, "started": 0, "silent": 5},
    ]
    assert (found["live"], found["counting"]) == (True, None)


def test_panels_come_in_the_order_of_the_study(study: Study, client: Client) -> None:
    """Not in the order in which the database finds them."""
    opened(study)
    for position, panel in enumerate(reversed(study.panels.all())):
        study.panels.filter(pk=panel.pk).update(position=position)
    assert [row["panel"] for row in progress(client, study)["panels"]] == ["kr", "jp", "us"]


def test_the_version_changes_with_what_is_told_and_only_then(study: Study, client: Client) -> None:
    study_round = opened(study)
    before = progress(client, study)["version"]
    assert progress(client, study)["version"] == before
    answer(study.panelists.first(), study_round, questions(study_round), 0)
    assert progress(client, study)["version"] != before


def test_counting_is_told_until_it_is_done(study: Study, client: Client) -> None:
    study_round = opened(study)
    answered(study_round)
    closed(study_round)
    found = progress(client, study)
    assert (found["live"], found["counting"]) == (True, {"state": "waiting", "items_done": 0, "items_total": 0})
    count(study_round)
    assert progress(client, study)["live"]  # the further figures follow
    analyse_now(study_round)
    found = progress(client, study)
    assert (found["live"], found["counting"]) == (False, {"state": "done", "items_done": 3, "items_total": 3})


def test_no_pseudonym_and_no_answer_stands_in_it(study: Study, client: Client) -> None:
    study_round = opened(study)
    answered(study_round)
    text = client.get(reverse("analysis:api-progress", args=[study.slug])).content.decode()
    assert not any(said in text for said in ("us-1", "Because", "grave", "median", "value"))
