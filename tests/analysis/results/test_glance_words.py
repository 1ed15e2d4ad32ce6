"""Whether the gap between the allies narrows, and why, in words; and what is said where that may not be told."""

from typing import Any

import pytest

from analysis.results.glance import MIXED, PROTECTED, Question, Together
from analysis.results.glance_words import between_in_words, is_outside, next_in_words, parts_in_words

SHARES = {"between_share": 0.3, "between_share_low": 0.2, "between_share_high": 0.4}
LAST = "Since the last round"


@pytest.mark.parametrize(("verdict", "cause", "status", "narrowing", "why"), [
    (None, None, None, "", ""),
    ("narrows", "left", "ok", f"{LAST} the allies have come closer to each other.", "Mainly because of who left."),
    ("widens", None, "insufficient_n", f"{LAST} the allies have moved apart.",
     "Why can’t be told: of a panel, fewer than two experts answered in both rounds."),
    ("no_clear_change", None, "no_clear_change", f"{LAST} that has not clearly changed.", ""),
    ("not_assessed", None, "not_assessed", "Whether that changed since the last round can’t be judged: no two panels have enough answers in both rounds.", ""),
    (None, None, "protected", "Whether that changed since the last round can’t be told without giving somebody away.", ""),
])
def test_each_verdict_has_its_sentence_and_an_unknown_cause_its_reason(verdict: Any, cause: Any, status: Any, narrowing: str, why: str) -> None:
    found = between_in_words(Together({**SHARES, "verdict": verdict, "main_cause": cause, "cause_status": status}, {}, True))
    assert found is not None
    assert (str(found["narrowing"]), str(found["cause"])) == (narrowing, why)


@pytest.mark.parametrize(("classes", "said"), [
    (["stable_consensus", "stable_dissent"], "Every question is settled. Another round would bring little."),
    (["stable_consensus", PROTECTED], "Every question that may be told is settled. Another round would bring little."),
    ([PROTECTED], "Nothing may be told of the questions without giving someone away. More answers from each panel would change that."),
    (["unstable_consensus", PROTECTED], "1 of 2 questions could still change in another round. It stands under “Agreed, still moving”."),
])
def test_what_is_protected_is_not_told_as_settled(classes: list[str], said: str) -> None:
    assert next_in_words({name: [Question(None, {}, [] if name == PROTECTED else [{"outcome": name}])] for name in classes}) == said


def test_parts_that_differ_in_agreement_alone_are_as_settled_as_any_question() -> None:
    agreed, divided, moving = ({"outcome": name} for name in ("stable_consensus", "stable_dissent", "unstable_dissent"))
    settled, mixed = Question(None, {}, [agreed, divided]), Question(None, {}, [agreed, moving])
    assert next_in_words({MIXED: [settled]}) == "Every question is settled. Another round would bring little."
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
