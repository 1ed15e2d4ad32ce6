"""Which reasons experts see: of answers that count, under keys that tell nothing."""

import pytest

from surveys.models import Feedback, Rationale
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.responses import Given, record_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts, by_panel, count, csv_text, give, questions

pytestmark = pytest.mark.django_db
WITH_REASON = [{"section": "main", "items": [{"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?", "rationale": "optional"}]}]


def test_a_draft_that_the_study_leaves_out_gives_no_reason() -> None:
    study = a_study(questionnaire=WITH_REASON, rounds={"unsubmitted": "leave_out"})
    experts = add_experts(study, {"us": 7})
    first = open_round(study, 1)
    give(first, by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
    record_answers(experts[6], first, [(questions(first)["grave"], Given(raw={"": "3"}, rationale="not submitted"))])
    for reason in Rationale.objects.all():
        decide_rationale(reason.pk, "approved", by=None)
    count(first)
    open_round(study, 2)
    assert [feedback.reasons for feedback in Feedback.objects.filter(round=first)] == [[]]


def test_the_key_of_a_reason_does_not_tell_when_it_was_written() -> None:
    study = a_study(questionnaire=WITH_REASON)
    add_experts(study, {"us": 12})
    first = open_round(study, 1)
    rows = [{"panelist": f"us-{n}", "item": "grave", "value": 3, "rationale": f"reason {n:02}"} for n in range(1, 13)]
    import_answers(first, csv_text(["panelist", "item", "value", "rationale"], rows))
    texts = list(Rationale.objects.order_by("pk").values_list("text", flat=True))
    assert len(texts) == 12
    assert texts != sorted(texts)  # by chance once in 479,001,600 runs
    assert all(0 < pk < 2**53 for pk in Rationale.objects.values_list("pk", flat=True))
