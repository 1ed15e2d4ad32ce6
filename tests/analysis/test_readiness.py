"""Are the further figures there that most files hold? Pages say how far they are, commands work them out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from analysis.blocks import analyse_now
from analysis.models import AnalysisBlock
from analysis.readiness import check_ready, still_missing, work_out
from surveys.exceptions import NotReady
from surveys.models import Study
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts, by_panel, count, run_round

pytestmark = pytest.mark.django_db
TEXT = {"code": "why", "kind": "text", "text": "Why?"}


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 6})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
    return study


def test_nothing_is_missing_once_every_block_is_done(study: Study) -> None:
    analyse_now(study.rounds.get())
    assert still_missing(study) == []
    check_ready(study, "gaps.csv")


def test_what_waits_is_said_without_a_time(study: Study) -> None:
    assert still_missing(study) == ["The further figures of round 1 are being worked out: 0 of 1 items."]


def test_several_minutes_are_said_in_minutes(study: Study) -> None:
    """Half of two items took three minutes, so the other half takes three more."""
    AnalysisBlock.objects.filter(number=0).update(state="running", items_done=1, started_at=timezone.now() - timedelta(seconds=175))
    study.rounds.get().analysis_runs.update(items_total=2)
    assert still_missing(study) == ["The further figures of round 1 are being worked out: 1 of 2 items. They are ready in about 3 minutes."]


def test_a_round_of_before_there_were_further_figures_waits_too(study: Study) -> None:
    AnalysisBlock.objects.all().delete()
    assert still_missing(study) == ["The further figures of round 1 are about to be worked out."]
    work_out(study)
    assert still_missing(study) == []


def test_files_without_further_figures_wait_for_nothing(study: Study) -> None:
    check_ready(study, "items.csv")
    for name in ("aggregates.csv", ""):
        with pytest.raises(NotReady, match="0 of 1 items"):
            check_ready(study, name)


def test_a_round_of_open_questions_alone_has_nothing_to_wait_for() -> None:
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": [TEXT]}])
    add_experts(study, {"us": 6})
    count(open_round(study, 1))
    assert still_missing(study) == []


def test_a_round_that_is_open_again_is_not_waited_for(study: Study) -> None:
    analyse_now(study.rounds.get())
    open_round(study, 2)
    assert still_missing(study) == []
