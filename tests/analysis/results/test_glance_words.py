"""Whether the gap between the allies narrows, and why, in words; and what is said where that may not be told."""

from typing import Any

import pytest

from analysis.results.glance import MIXED, NOT_ASSESSED, PROTECTED, Question, Together, class_of
from analysis.results.glance_words import (
    CLASSES,
    between_in_words,
    is_outside,
    next_in_words,
    on_average,
    parts_in_words,
    stillness_in_words,
)

SHARES = {"between_share": 0.3, "between_share_low": 0.2, "between_share_high": 0.4}
LAST = "Since the questions were last asked"


@pytest.mark.parametrize(("verdict", "cause", "status", "narrowing", "why"), [
    (None, None, None, "", ""),
    ("narrows", "left", "ok", f"{LAST} the allies have come closer to each other.", "Mainly because of who left."),
    ("widens", None, "insufficient_n", f"{LAST} the allies have moved apart.",
     "Why can’t be told: of a panel, fewer than two experts answered in both rounds."),
    ("no_clear_change", None, "no_clear_change", f"{LAST}, how far the allies lie apart has not clearly changed.", ""),
    ("not_assessed", None, "not_assessed",
     "Whether that changed since the questions were last asked can’t be judged: no two panels have enough answers in both rounds.", ""),
    (None, None, "protected", "Whether that changed since the questions were last asked can’t be told without giving somebody away.", ""),
])
def test_each_verdict_has_its_sentence_and_an_unknown_cause_its_reason(verdict: Any, cause: Any, status: Any, narrowing: str, why: str) -> None:
    found = between_in_words(Together({**SHARES, "verdict": verdict, "main_cause": cause, "cause_status": status}, {}, True))
    assert found is not None
    assert (str(found["narrowing"]), str(found["cause"])) == (narrowing, why)


@pytest.mark.parametrize(("classes", "said"), [
    (["stable_consensus", "stable_dissent"], "By the registered rules every question is settled."),
    (["stable_consensus", PROTECTED], "By the registered rules every question that may be told is settled."),
    ([PROTECTED], "Nothing may be told of the questions without giving somebody away. More answers from each panel could change that."),
    (["stable_consensus", NOT_ASSESSED], "Of 1 question it can’t be told whether the answers have settled."),
    (["unstable_consensus"], "1 of 1 question could still change in another round. It stands under “Agreed, still moving”."),
    ([], ""),
    (["unstable_consensus", PROTECTED], "1 of 2 questions could still change in another round. It stands under “Agreed, still moving”."),
])
def test_what_is_protected_is_not_told_as_settled(classes: list[str], said: str) -> None:
    assert next_in_words({name: [Question(None, {}, [] if name == PROTECTED else [{"outcome": name}])] for name in classes}) == said


def test_parts_that_differ_in_agreement_alone_are_as_settled_as_any_question() -> None:
    agreed, divided, moving = ({"outcome": name} for name in ("stable_consensus", "stable_dissent", "unstable_dissent"))
    settled, mixed = Question(None, {}, [agreed, divided]), Question(None, {}, [agreed, moving])
    assert next_in_words({MIXED: [settled]}) == "By the registered rules every question is settled."
    assert next_in_words({MIXED: [settled, mixed]}) == (
        "1 of 2 questions could still change in another round. It stands under “Different from part to part”.")


def test_of_several_parts_it_says_how_many_are_settled_once_that_can_be_judged() -> None:
    # the six parts of a budget, all agreed, of which three still move
    parts = [{"consensus": "reached", "stability": verdict} for verdict in ("stable", "unstable") for _part in range(3)]
    assert parts_in_words(Question(None, {}, parts)) == "6 of 6 parts agreed, 3 settled"
    assert parts_in_words(Question(None, {}, [{"consensus": "reached", "stability": "not_assessed"}] * 2)) == "2 of 2 parts agreed"


@pytest.mark.parametrize(("share", "band", "consensus", "is_told"), [
    (0.78, 0.15, "not_reached", True), (0.4, 0.15, "not_reached", False), (0.6, 0.7, "not_reached", False), (0.8, 0.8, "reached", False),
])
def test_that_most_gave_one_answer_outside_the_band_of_the_rule_is_not_kept_back(share: float, band: float, consensus: str, is_told: bool) -> None:
    assert is_outside({"consensus_rule": "percent_agreement", "consensus": consensus, "modal_share": share, "rule_value": band}) is is_told


def test_a_settled_class_tells_of_the_answers_as_a_whole_not_of_each_experts_own() -> None:
    """Half went from 3 to 4 and half from 4 to 3: the distribution is the same, and everybody changed."""
    for name in ("stable_consensus", "stable_dissent"):
        assert "as a whole hardly changed" in str(CLASSES[name][1])


@pytest.mark.parametrize(("figures", "name"), [
    ({"consensus": "reached"}, "reached"), ({"consensus": "reached", "previous_round": 1}, "reached_again"),
    ({"consensus": "not_reached", "outcome": "not_assessed", "previous_round": 1}, "not_reached_again"),
    ({"consensus": "not_assessed", "previous_round": 1}, NOT_ASSESSED), ({"consensus": "reached", "outcome": "stable_consensus"}, "stable_consensus"),
])
def test_a_question_that_was_asked_before_is_not_told_to_wait_for_being_asked_twice(figures: dict[str, Any], name: str) -> None:
    assert class_of(figures) == name
    assert ("asked twice" in str(CLASSES[name][1])) is (name == "reached")


def test_parts_that_are_protected_are_not_counted_as_parts_that_did_not_agree() -> None:
    assert parts_in_words(Question(None, {}, [{"consensus": "reached"}] * 3, protected=1)) == "3 of 3 parts agreed (1 protected)"
    assert parts_in_words(Question(None, {}, [], protected=4)) == ""


def test_a_mean_over_parts_is_not_told_as_people() -> None:
    """Each of four parts was changed by another quarter of the experts: everybody changed the answer."""
    assert on_average(Question(None, {}, [{"percent_changed": 25.0}] * 4), "25 %") == "25 %, on average over its parts"
    assert on_average(Question(None, {}, [{"percent_changed": 25.0}]), "25 %") == "25 %"


@pytest.mark.parametrize(("figures", "said"), [
    ({"percent_changed": 0.0, "previous_round": 1}, "On no question, as far as that can be told, did anybody who answered twice change the answer."),
    ({"percent_changed": None, "previous_round": 1}, "How many changed their answers can’t be told."),
    ({}, "Movement shows when the same questions are asked again."),
])
def test_where_nothing_moved_it_says_why(figures: dict[str, Any], said: str) -> None:
    assert stillness_in_words([Question(None, {}, [figures])]) == said


@pytest.mark.parametrize(("low", "high", "said"), [
    (-0.09, -0.02, "Taken together, the experts of the panels compared have moved closer to each other."),
    (0.01, 0.2, "Taken together, the experts of the panels compared have moved apart."),
    (-0.01, 0.2, "Taken together, the experts of the panels compared have clearly moved neither closer nor apart."),
    (None, None, ""),
])
def test_whether_experts_came_closer_is_told_beside_whether_allies_did(low: float | None, high: float | None, said: str) -> None:
    row = {**SHARES, "verdict": "no_clear_change", "main_cause": None, "cause_status": "no_clear_change", "total_change_low": low, "total_change_high": high}
    found = between_in_words(Together(row, {}, True))
    assert found is not None
    assert str(found["together"]) == said
