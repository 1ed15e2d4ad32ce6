"""Items that wait for an earlier answer: whoever was not asked is missing there, along a chain, and after a change of mind."""

import pytest

from surveys.models import Panelist, Round
from surveys.workflow.responses import Given, record_answers, submit_response
from surveys.workflow.rounds import open_round
from tests.analysis.kinds.counted import cells, count, hold_round, options, study_of, table
from tests.factories import questions

pytestmark = pytest.mark.django_db
ITEMS = [
    {"code": "means", "kind": "choices", "options": options("cyber", "blockade"), "text": "Which?"},
    {"code": "ports", "kind": "probability", "text": "Ports stop", "shown_if": {"item": "means", "includes": "blockade"}},
    {"code": "days", "kind": "number", "minimum": 0, "maximum": 365, "text": "How long?", "shown_if": {"item": "ports", "at_least": 50}},
]


def test_who_was_not_asked_is_missing_along_the_chain() -> None:
    study = study_of(ITEMS, {"us": 4})
    hold_round(study, 1, {
        "us-1": {"means": {"blockade": 1}, "ports": {"": 50}, "days": {"": 7}},
        "us-2": {"means": {"blockade": 1}, "ports": {"": 49.9}, "days": {"": 14}},  # asked for the ports only
        "us-3": {"means": {"cyber": 1}, "ports": {"": 80}, "days": {"": 30}},  # asked neither, for the ports do not count
        "us-4": {"means": {"": "cannot judge"}, "ports": {"": "cannot judge"}, "days": {"": 3}},
    })
    found = {item: cells(table(study, 1, item)["", "all"], "n_submitted", "n", "n_cannot_judge", "n_missing", "mean") for item in ("ports", "days")}
    assert found == {"ports": ["4", "2", "0", "2", "49.95"], "days": ["4", "1", "0", "3", "7"]}


def answer(panelist: Panelist, study_round: Round, item: str, raw: dict[str, str], decision: str = "") -> None:
    question = questions(study_round)[item]
    saved = record_answers(panelist, study_round, [(question, Given(raw, decision=decision))])
    assert not saved[question.asked_item_id].error


def test_an_answer_hidden_afterwards_does_not_count_and_makes_no_pair() -> None:
    study = study_of(ITEMS, {"us": 2})
    hold_round(study, 1, {f"us-{number}": {"means": {"blockade": 1}, "ports": {"": 60}, "days": {"": 7}} for number in (1, 2)})
    second = open_round(study, 2)
    experts = list(study.panelists.order_by("code"))
    for panelist in experts:
        answer(panelist, second, "means", {}, "kept")
        answer(panelist, second, "ports", {"": "70"}, "changed")
        answer(panelist, second, "days", {}, "kept")
    answer(experts[0], second, "means", {"cyber": "1"}, "changed")  # a change of mind: no blockade, so neither ports nor days were asked
    for panelist in experts:
        submit_response(panelist, second, list(questions(second).values()))
    count(second)
    found = {item: cells(table(study, 2, item)["", "all"], "n", "n_missing", "n_pairs", "percent_changed", "median") for item in ("ports", "days")}
    assert found == {"ports": ["1", "1", "1", "100", "70"], "days": ["1", "1", "1", "0", "7"]}
    assert second.responses.get(panelist=experts[0]).answers.count() == 3  # kept for the expert all the same


def test_a_row_is_hidden_where_the_row_of_what_it_waits_for_is() -> None:
    """All six of us chose force, which is protected. That six were asked about force, and none about law, would tell it."""
    study = study_of([
        {"code": "means", "kind": "choice", "options": options("law", "force"), "text": "Which?"},
        {"code": "forced", "kind": "probability", "text": "How likely?", "shown_if": {"item": "means", "is": "force"}},
        {"code": "lawful", "kind": "probability", "text": "How likely?", "shown_if": {"item": "means", "is": "law"}},
        {"code": "longer", "kind": "probability", "text": "And longer?", "shown_if": {"item": "forced", "at_least": 0}},
    ], {"us": 6, "jp": 12, "kr": 12}, minimum=5)
    sheets: dict[str, dict[str, dict[str, object]]] = {}
    for panel, size in (("us", 6), ("jp", 12), ("kr", 12)):
        for number in range(1, size + 1):
            likely, is_forced = {"": 5 * number}, panel == "us" or number % 2 == 0
            then: dict[str, dict[str, object]] = {"forced": likely, "longer": likely} if is_forced else {"lawful": likely}
            sheets[f"{panel}-{number}"] = {"means": {"": "force" if is_forced else "law"}, **then}
    hold_round(study, 1, sheets)
    shown = {item: [group for (_component, group), row in table(study, 1, item).items() if row["suppressed"] == "no"]
             for item in ("means", "forced", "lawful", "longer")}
    assert set(map(tuple, shown.values())) == {("all", "jp")}  # kr goes along with us, and equal_weight with both
