"""Departures from the rules that were registered when round 1 opened."""

import pytest

from surveys.models import ItemVersion, Study
from surveys.workflow.deviations import Deviation, deviations_of
from surveys.workflow.rounds import open_round, prepare_round
from surveys.workflow.wordings import add_item, reword_item
from tests.factories import RATING, a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
ANSWERS = by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]})
OWN_RULE = {"rule": "iqr", "at_most": 2}


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 6})
    run_round(study, 1, ANSWERS)
    return Study.objects.get()


def test_a_study_that_keeps_to_its_rules_has_none(study: Study) -> None:
    reword_item(study, "grave", {**RATING, "text": {"en": "How grave would it be?"}}, equivalent=True, reason="Clearer")
    open_round(study, 2)
    assert deviations_of(study) == []


def test_before_the_rules_are_registered_there_are_none() -> None:
    assert deviations_of(a_study()) == []


def test_an_item_added_since_is_one(study: Study) -> None:
    add_item(study, "main", {**RATING, "code": "new", "text": {"en": "How soon?"}, "consensus": OWN_RULE}, reason="It was missing")
    assert deviations_of(study) == []  # nobody was asked it yet
    prepare_round(study, 2, items=["grave", "new"])
    open_round(study, 2)
    assert deviations_of(study) == [Deviation("new", 1, 2, "added", {}, {"scale": "five", "consensus": OWN_RULE})]


def test_an_item_that_is_judged_by_another_rule_is_one(study: Study) -> None:
    """No page and no command changes a locked rule; whoever has the database can."""
    version = ItemVersion.objects.get(item__study=study)
    version.definition = {**version.definition, "consensus": OWN_RULE}
    version.save()
    assert deviations_of(study) == [Deviation("grave", 1, 1, "changed", {"scale": "five"}, {"scale": "five", "consensus": OWN_RULE})]
