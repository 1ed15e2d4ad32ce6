"""Had the leavers stayed: the bounds are those of all ways in which they could have answered, and verdicts those of a round."""

from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.figures import Selection, round_figures
from analysis.tables.stayed_verdicts import filled_up, verdicts_of_histograms, ways_to_answer, ways_to_number

RULES: list[tuple[str, dict[str, Any]]] = [
    ("ordinal", {"rule": "iqr", "at_most": 1}),
    ("ordinal", {"rule": "sd", "below": 0.9}),
    ("ordinal", {"rule": "percent_agreement", "band": [4, 5], "at_least": 0.7}),
    ("ordinal", {"rule": "percent_agreement", "band": "either_end", "at_least": 0.6}),
    ("ordinal", {"rule": "modal_share", "at_least": 0.4}),
    ("nominal", {"rule": "modal_share", "at_least": 0.5}),
    ("binary", {"rule": "percent_agreement", "at_least": 0.75}),
]
several = settings(max_examples=80, deadline=None)
NAMES = ["-".join([level, *map(str, rule.values())]) for level, rule in RULES]


def sizes(level: str) -> int:
    return 2 if level == "binary" else 5


def every_way(size: int, n_left: int) -> Any:
    return np.array([np.bincount(chosen, minlength=size) for chosen in combinations_with_replacement(range(size), n_left)])


@pytest.mark.parametrize(("level", "rule"), RULES, ids=NAMES)
@several
@given(data=st.data())
def test_the_ways_looked_at_bring_out_whatever_any_way_would(level: str, rule: dict[str, Any], data: st.DataObject) -> None:
    size = sizes(level)
    answers = np.array(data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size).filter(lambda counts: sum(counts) > 2)))
    n_left = data.draw(st.integers(1, 5))
    looked_at = verdicts_of_histograms(rule, level, answers + np.array(list(ways_to_answer(answers, n_left))), 7)
    assert set(looked_at) == set(verdicts_of_histograms(rule, level, answers + every_way(size, n_left), 7))


@pytest.mark.parametrize(("level", "rule"), [*RULES, ("ordinal", {"rule": "van_der_eijk", "at_least": 0.6}), ("ordinal", {"rule": "rand"})])
@several
@given(data=st.data())
def test_a_verdict_is_that_of_a_round_with_those_answers(level: str, rule: dict[str, Any], data: st.DataObject) -> None:
    size = 9 if rule["rule"] == "rand" else sizes(level)
    histogram = np.array(data.draw(st.lists(st.integers(0, 6), min_size=size, max_size=size).filter(any)))
    first = 1 if level == "ordinal" else 0
    component = {"level": level, "categories": [str(first + place) for place in range(size)], "minimum": None, "maximum": None}
    answers = np.repeat(np.arange(size) + float(first), histogram)
    expected = round_figures(component, Selection(answers, None), rule, 7)["consensus"]
    assert verdicts_of_histograms(rule, level, histogram[None, :], 7) == [expected]


@several
@given(st.lists(st.integers(0, 6), min_size=2, max_size=5), st.integers(1, 12))
def test_filling_up_makes_the_largest_count_as_small_as_it_can_be(counts: list[int], n_left: int) -> None:
    given_counts = np.array(counts)
    added = filled_up(given_counts, n_left)
    assert added.sum() == n_left and (added >= 0).all()
    # Nobody can do better than the larger of what is there already and the even share of all
    assert (given_counts + added).max() == max(given_counts.max(), -(-(given_counts.sum() + n_left) // len(counts)))


@pytest.mark.parametrize("rule", ["iqr", "sd"])
@several
@given(st.lists(st.integers(0, 10), min_size=3, max_size=8), st.integers(1, 3))
def test_no_way_to_answer_spreads_numbers_more_or_less_than_those_looked_at(rule: str, answers: list[int], n_left: int) -> None:
    component = {"level": "interval", "categories": [], "minimum": 0, "maximum": 10}

    def spread(further: Any) -> float:
        chosen = Selection(np.concatenate((answers, further)).astype(float), None)
        return float(round_figures(component, chosen, {"rule": rule, "at_most": 1}, 7)["rule_value"])

    looked_at = [spread(way) for way in ways_to_number(np.array(answers, dtype=float), (0, 10), n_left)]
    every = [spread(np.array(way)) for way in combinations_with_replacement(range(11), n_left)]
    assert min(looked_at) <= min(every) + 1e-9 and max(looked_at) >= max(every) - 1e-9
