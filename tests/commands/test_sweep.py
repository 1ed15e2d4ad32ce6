"""sweep: what the clock and the workers would do, on a machine without them; safe to run at any time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.models import ItemResult
from surveys.enums import RoundState
from surveys.models import Round, Study
from surveys.workflow.rounds import close_round, open_round
from tests.commands.running import Ran, run
from tests.factories import a_study, add_experts, by_panel, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 5})
    give(open_round(study, 1), by_panel("grave", {"us": [1, 2, 3, 4, 5]}))
    return study


def test_nothing_to_do_is_nothing_done(study: Study) -> None:
    assert run("sweep") == Ran(0, "", "")
    assert Round.objects.get().state == RoundState.OPEN


def test_a_round_past_its_deadline_is_closed_and_counted(study: Study) -> None:
    Round.objects.update(deadline_at=timezone.now() - timedelta(seconds=1))
    run("sweep")
    assert Round.objects.get().state == RoundState.AGGREGATED
    assert ItemResult.objects.get(group="all").figures["n"] == 5


def test_a_round_whose_counting_never_began_is_counted_once(study: Study) -> None:
    close_round(Round.objects.get().pk)
    for _time in range(2):
        assert run("sweep").status == 0
    assert Round.objects.get().state == RoundState.AGGREGATED
    assert ItemResult.objects.filter(group="all").count() == 1


def test_a_pause_that_is_no_number_is_refused(study: Study) -> None:
    assert run("sweep", "--every", "often").status == 1
