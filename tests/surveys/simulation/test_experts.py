"""A simulated expert through the rounds: conditions, practice, what cannot be judged, who leaves, who moves where."""

from statistics import fmean, median
from typing import Any

import pytest

from surveys.items import CANNOT_JUDGE, ItemSpec, resolve_item
from surveys.simulation import Expert, Model, SimulatedAnswer, answers_of, has_left

SETTINGS = {"languages": ["en"], "panels": [], "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}}}}
US = Expert("sim-us-1", "us")


def specs(*items: dict[str, Any]) -> list[ItemSpec]:
    return [resolve_item({"text": "?", "scale": "five", "kind": "rating", **item}, SETTINGS) for item in items]


def everybody(number: int = 400, panel: str = "us") -> list[Expert]:
    return [Expert(f"sim-{panel}-{place}", panel) for place in range(number)]


def given(asked: list[ItemSpec], model: Model, shown: list[Any] | None = None, seed: int = 1) -> list[dict[str, SimulatedAnswer]]:
    return [answers_of(expert, asked, shown or [], seed, model) for expert in everybody()]


def test_an_item_that_waits_is_answered_by_those_whose_answer_passes_alone() -> None:
    asked = specs({"code": "first"}, {"code": "second", "shown_if": {"item": "first", "at_least": 4}},
                  {"code": "third", "shown_if": {"item": "second", "at_least": 1}})
    found = given(asked, Model(left_out=0, unjudged=0))
    passing = [answers for answers in found if int(answers["first"].values[""]) >= 4]
    assert 0 < len(passing) < len(found)
    assert all(("second" in answers) == ("third" in answers) == (answers in passing) for answers in found)


def test_who_cannot_judge_the_first_is_not_asked_the_second() -> None:
    asked = specs({"code": "first"}, {"code": "second", "shown_if": {"item": "first", "at_least": 1}})
    found = given(asked, Model(left_out=0, unjudged=1))
    assert all(answers.keys() == {"first"} and answers["first"].cannot_judge for answers in found)


def test_practice_is_never_answered() -> None:
    assert given(specs({"code": "first", "practice": True}), Model()) == [{}] * 400


def test_where_it_is_not_offered_nobody_says_cannot_judge() -> None:
    found = given(specs({"code": "first", "cannot_judge": False}), Model(left_out=0, unjudged=1))
    assert not any(answers["first"].cannot_judge for answers in found)


def test_cells_of_a_grid_are_left_unjudged_one_by_one_but_never_all() -> None:
    options = [{"code": code, "text": code} for code in "ab"]
    asked = specs({"code": "grid", "kind": "grid", "rows": options, "columns": options})
    cells = [answers["grid"].values for answers in given(asked, Model(left_out=0, unjudged=0.3)) if not answers["grid"].cannot_judge]
    assert any(CANNOT_JUDGE in values.values() for values in cells)
    assert all(len(values) == 4 and set(values.values()) != {CANNOT_JUDGE} for values in cells)


def test_confidence_expertise_and_reasons_are_given_where_they_are_asked_for() -> None:
    asked = specs({"code": "bare"}, {"code": "full", "confidence": True, "expertise": True, "rationale": "required"})
    for answers in given(asked, Model(left_out=0, unjudged=0)):
        assert (answers["bare"].confidence, answers["bare"].expertise, answers["bare"].reason) == ("", "", "")
        full = answers["full"]
        assert 30 <= int(full.confidence) <= 90 and 1 <= int(full.expertise) <= 5 and full.reason.startswith("(simulated) ")


def test_reasons_are_in_the_experts_language_and_marked_in_it() -> None:
    asked = specs({"code": "full", "rationale": "required"})
    for language, mark in (("ko", "(모의 응답) "), ("ja", "（模擬回答）"), ("fr", "(simulated) ")):
        answers = answers_of(Expert("sim-x-1", "x", language=language), asked, [], 1, Model(left_out=0, unjudged=0))
        assert answers["full"].reason.startswith(mark)


@pytest.mark.parametrize("shown", [1, 5])
def test_later_answers_lie_nearer_to_the_median_that_was_shown(shown: int) -> None:
    asked, model = specs({"code": "first"}), Model(left_out=0, unjudged=0)
    feedback = {"first": {"": {"median": shown}}}
    distances = [
        fmean(abs(int(answers["first"].values[""]) - shown) for answers in given(asked, model, [feedback] * rounds)) for rounds in range(3)
    ]
    assert distances[0] > distances[1] > distances[2]


def test_spread_shrinks_toward_the_groups_own_median_and_some_stay() -> None:
    asked, model = specs({"code": "first"}), Model(left_out=0, unjudged=0)
    first = [int(answers["first"].values[""]) for answers in given(asked, model)]
    second = [int(answers["first"].values[""]) for answers in given(asked, model, [{"first": {"": {"median": median(first)}}}])]
    middle = median(first)
    assert fmean(abs(value - middle) for value in second) < fmean(abs(value - middle) for value in first)
    assert any(a == b != middle for a, b in zip(first, second, strict=True)) and any(a != b for a, b in zip(first, second, strict=True))


def test_who_has_left_stays_away_and_panels_lose_what_the_model_says() -> None:
    model = Model(attrition=0.1)
    experts = [expert for panel in range(100) for expert in everybody(40, f"p{panel}")]
    left = [[expert for expert in experts if has_left(expert, number, 1, model)] for number in (1, 2, 3)]
    assert left[0] == [] and set(left[1]) < set(left[2])
    # each panel's own rate lies between 5 and 15 per cent, 10 on average; three standard errors over 100 panels of 40:
    # √(0.029² / 100 + 0.09 / 4000) · 3 = 0.017
    assert len(left[1]) / len(experts) == pytest.approx(0.1, abs=0.017)
    assert len(left[2]) / len(experts) == pytest.approx(1 - 0.9**2, abs=0.03)
    rates = [sum(expert.panel == f"p{panel}" for expert in left[1]) / 40 for panel in range(100)]
    assert min(rates) < 0.06 < 0.14 < max(rates)


def test_the_same_seed_gives_the_same_answers_and_another_one_others() -> None:
    asked = specs({"code": "first", "rationale": "optional", "confidence": True})
    assert given(asked, Model()) == given(asked, Model())
    assert given(asked, Model()) != given(asked, Model(), seed=2)


def test_adding_an_item_changes_no_other_answer() -> None:
    alone, both = specs({"code": "first"}), specs({"code": "new"}, {"code": "first"})
    assert [answers.get("first") for answers in given(alone, Model())] == [answers.get("first") for answers in given(both, Model())]


def test_answers_of_one_expert_hold_for_the_code_alone() -> None:
    asked = specs({"code": "first"})
    assert answers_of(US, asked, [], 1, Model()) == answers_of(Expert("sim-us-1", "us"), asked, [], 1, Model())
