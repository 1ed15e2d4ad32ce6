"""A counting that failed: said, with a button; pressed twice it is counted once."""

import pytest
from django.test import Client
from django.urls import reverse

from analysis.aggregation import rounds_to_count
from analysis.models import AnalysisRun
from surveys.models import AuditEvent, Round, Study
from tests.surveys.views.organizer.stage import answered, closed, opened, organizer_of, staged

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
    answered(found)
    return closed(found)


def run_in(study_round: Round, state: str, **fields: object) -> AnalysisRun:
    return AnalysisRun.objects.create(round=study_round, closing=study_round.closing, state=state, **fields)


def shown(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:study", args=[study.slug])).content.decode()


def test_a_round_waiting_for_a_worker_says_so(study: Study, client: Client, study_round: Round) -> None:
    assert "Waiting for a worker" in shown(client, study)


def test_a_running_count_shows_items_done(study: Study, client: Client, study_round: Round) -> None:
    run_in(study_round, "running", items_done=7, items_total=20)
    assert "7 of 20 items counted" in shown(client, study)


def test_a_failed_count_offers_another_try(study: Study, client: Client, study_round: Round) -> None:
    run_in(study_round, "failed", attempts=3, problem="MemoryError while counting")
    text = shown(client, study)
    assert "The count failed" in text
    assert "MemoryError while counting" in text
    assert "Count again" in text


def test_another_try_puts_it_back_on_the_list_once(study: Study, client: Client, study_round: Round) -> None:
    run_in(study_round, "failed", attempts=3, problem="MemoryError while counting")
    assert rounds_to_count() == []
    url = reverse("analysis:recount", args=[study.slug, 1])
    first, second = (client.post(url, follow=True).content.decode() for _ in range(2))
    assert rounds_to_count() == [(study_round.pk, 1)]
    assert "The counting starts again." in first
    assert "There is no failed counting to repeat." in second
    assert AuditEvent.objects.filter(act="retry_counting").count() == 1
