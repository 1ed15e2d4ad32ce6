"""Keeping an earlier answer under a wording that compares with the earlier one, but asks less or takes less."""

from typing import Any

import pytest

from surveys.models import Round
from surveys.workflow.responses import Given, record_answers
from surveys.workflow.rounds import open_round
from surveys.workflow.wordings import reword_item
from tests.factories import a_definition, a_study, add_experts, count, questions

pytestmark = pytest.mark.django_db
DAYS = {"code": "days", "kind": "number", "decimals": 1, "confidence": True, "expertise": True, "text": "How many days?"}
MEANS = {"code": "means", "kind": "choices", "text": "Which?", "options": [{"code": code, "text": code} for code in ("cyber", "ships", "mines")]}


def save(study_round: Round, given: Given) -> Any:
    panelist = study_round.study.panelists.get()
    (question,) = questions(study_round).values()
    return record_answers(panelist, study_round, [(question, given)])[question.asked_item_id]


def kept_under(item: dict[str, Any], given: Given, **changes: Any) -> tuple[str, Any]:
    """The refusal of *keep*, and the value, confidence and expertise that are stored then."""
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": "Main", "items": [item]}]))
    add_experts(study, {"us": 1})
    first = open_round(study, 1)
    assert not save(first, given).error
    count(first)
    reword_item(study, item["code"], {**item, "text": "And now?", **changes}, equivalent=True, reason="clearer")
    second = open_round(study, 2)
    error = save(second, Given(decision="kept")).error
    stored = second.responses.get().answers.values_list("value", "confidence", "expertise")
    return error, stored.first()


def test_what_is_kept_is_the_whole_earlier_answer() -> None:
    assert kept_under(DAYS, Given({"": "2.5"}, confidence="70", expertise="4")) == ("", (2.5, 70, 4))


def test_what_is_not_asked_any_more_is_not_kept() -> None:
    assert kept_under(DAYS, Given({"": "2.5"}, confidence="70", expertise="4"), confidence=False) == ("", (2.5, None, 4))


@pytest.mark.parametrize(("item", "given", "changes", "said"), [
    (DAYS, Given({"": "2.5"}), {"decimals": 0}, "Give a whole number."),
    (MEANS, Given({"cyber": "1", "ships": "1"}), {"at_most": 1}, "Tick at most 1 option; 2 are ticked."),
    (DAYS, Given(cannot_judge=True), {"cannot_judge": False}, "This item needs an answer; “cannot judge” is not offered here."),
])
def test_an_answer_that_the_new_wording_does_not_take_cannot_be_kept(item: dict[str, Any], given: Given, changes: dict[str, Any], said: str) -> None:
    assert kept_under(item, given, **changes) == (said, None)
