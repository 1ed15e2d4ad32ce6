"""provenance.json says what was decided on each item before a round, as its record has it."""

import json

import pytest

from analysis.blocks import ERASED, analyse_now
from analysis.exports.provenance import provenance_json
from analysis.exports.shown import what_is_shown
from surveys.models import Study
from surveys.workflow.decisions import accept_proposals, decide_item
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round, prepare_round, reopen_round
from surveys.workflow.wordings import add_item
from tests.factories import RATING, a_study, a_user, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db
ANSWERS = by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]})


def test_decisions_are_told_with_proposal_and_reason_and_without_names() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    run_round(study, 1, ANSWERS)
    run_round(study, 2, ANSWERS)
    decide_item(study, "grave", "carry", reason="A new event", by=a_user())
    accept_proposals(study)
    third = open_round(study, 3)
    give(third, ANSWERS)
    count(third)
    content = provenance_json(study)
    first, second, last = json.loads(content)["rounds"]
    assert first["decisions"] == []
    assert [(entry["item"], entry["act"], entry["way"]) for entry in second["decisions"]] == [("grave", "carry", "command")]
    assert last["decisions"] == [{"item": "grave", "act": "carry", "proposal": "drop", "ground": "stable_dissent", "reason": "A new event", "way": "each"}]
    assert b"organizer@example.org" not in content
    assert provenance_json(study) == content


def test_items_whose_further_figures_are_gone_with_somebodys_answers_are_named() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    study_round = run_round(study, 1, ANSWERS)
    what_is_shown(study)
    withdraw(study.panelists.first())  # before any block was worked out
    analyse_now(study_round)
    found = json.loads(provenance_json(study))["rounds"][0]["not_worked_out"]
    assert [(entry["items"], entry["why"]) for entry in found] == [(["grave"], ERASED), ("all together", ERASED)]


def test_usually_everything_is_worked_out() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    analyse_now(run_round(study, 1, ANSWERS))
    assert json.loads(provenance_json(study))["rounds"][0]["not_worked_out"] == []


def test_a_closing_whose_results_were_replaced_is_named() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    study_round = run_round(study, 1, ANSWERS)
    assert json.loads(provenance_json(study))["rounds"][0]["superseded_closings"] == []
    reopen_round(study_round.pk, reason="somebody was cut off")  # nobody has seen the first results
    count(study_round)
    found = json.loads(provenance_json(study))["rounds"][0]
    assert (found["shown_closing"], found["superseded_closings"]) == (2, [1])


def test_departures_from_the_registered_rules_are_named() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    run_round(study, 1, ANSWERS)
    add_item(study, "main", {**RATING, "code": "new", "stability": {"rule": "scheibe", "below": 20}}, reason="It was missing")
    prepare_round(study, 2, items=["grave", "new"])
    run_round(study, 2, ANSWERS)
    [found] = json.loads(provenance_json(Study.objects.get()))["deviations"]
    assert (found["item"], found["version"], found["round"], found["what"]) == ("new", 1, 2, "added")
    assert found["now"]["stability"] == {"rule": "scheibe", "below": 20}
