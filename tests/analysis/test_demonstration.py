"""The demonstration's small study: a question of every kind, whose round 2 shows each one's feedback, and simulated experts who move or stay."""

import pytest

from analysis.demonstration import load_every_kind
from analysis.models import ItemResult
from surveys.enums import Decision
from surveys.items import KINDS
from surveys.models import Answer, Feedback, Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return load_every_kind()


def test_every_kind_is_asked_and_has_feedback_of_everybody(study: Study) -> None:
    shown = {row.asked_item.item_version.item.kind: row.figures["components"]
             for row in Feedback.objects.filter(round__study=study, round__number=1).select_related("asked_item__item_version__item")}
    assert shown.keys() == KINDS.keys() - {"text"}, "studies/every-kind/study.yaml has a question of every kind: give each one, and a rule for its level"
    assert all(groups.get("all/all", {}).get("n", 0) >= 30 for components in shown.values() for groups in components.values())
    assert not ItemResult.objects.filter(run__round__study=study, group="all", figures__consensus_rule=None).exists()  # a rule for every level


def test_some_keep_and_some_change_their_answer_of_every_kind(study: Study) -> None:
    second = Answer.objects.filter(response__round__study=study, response__round__number=2, cannot_judge=False)
    found = {(answer.asked_item.item_version.item.kind, answer.decision) for answer in second.select_related("asked_item__item_version__item")}
    several = ("choices", "ranking", "allocation", "quantiles", "grid", "plane")
    assert found >= {(kind, decision) for kind in several for decision in (Decision.KEPT, Decision.CHANGED)}
    assert not second.filter(is_complete=False).exists()
