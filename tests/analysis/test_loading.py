"""Rows that are loaded come back as they were, whatever signs stand in them."""

import pytest

from analysis.loading import load
from analysis.models import AnalysisRun, ItemResult
from surveys.models import Round
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts

pytestmark = pytest.mark.django_db
TEXTS = ["", "plain", "tab\tnew\nline\\N", "\\.", 'quote " and \\"', "한국어 日本語 🛡", "\\x41"]


@pytest.fixture
def study_round() -> Round:
    study = a_study()
    add_experts(study, {"us": 1})
    return open_round(study, 1)


def test_what_is_loaded_comes_back(study_round: Round) -> None:
    run = AnalysisRun.objects.create(round=study_round, closing=1)
    asked = study_round.asked_items.get()
    rows = [
        ItemResult(run=run, asked_item=asked, component=text, component_position=place, level="ordinal", group_type="all", group="all",
                   group_position=0, suppressed=place % 2 == 0, pairs_suppressed=True, figures={"modal": text, "mean": 0.1 + 0.2, "n": place, "q1": None})
        for place, text in enumerate(TEXTS)
    ]
    load(ItemResult, rows)
    fields = ("component", "component_position", "suppressed", "figures", "run", "asked_item")
    wanted = [(text, place, place % 2 == 0, {"modal": text, "mean": 0.1 + 0.2, "n": place, "q1": None}, run.pk, asked.pk) for place, text in enumerate(TEXTS)]
    assert list(ItemResult.objects.order_by("component_position").values_list(*fields)) == wanted


def test_nothing_is_loaded_without_rows(study_round: Round) -> None:
    load(ItemResult, [])
    assert not ItemResult.objects.exists()
