"""change: how many experts revised, and by how much."""

import pytest
from hypothesis import given

from analysis.statistics import Status, change
from tests.analysis.statistics.strategies import few, paired_ratings


def test_every_figure_by_hand():
    # moves 0, +1, -2, +3, 0 of five complete pairs; two experts left or came
    result = change([5, 5, 5, 5, 5, 7, None], [5, 6, 3, 8, 5, None, 2])
    assert (result.n_pairs, result.n_missing) == (5, 2)
    assert (result.percent_changed, result.percent_within_one) == (60, 60)
    assert (result.mean_change, result.mean_absolute_change) == (pytest.approx(0.4), pytest.approx(1.2))


def test_a_rounding_error_is_no_revision():
    assert change([0.3], [0.1 + 0.2]).percent_changed == 0


def test_weights_turn_shares_into_weighted_shares():
    result = change([1, 1, 1, None], [1, 2, 4, 4], weights=[1, 2, 1, None])
    assert (result.percent_changed, result.percent_within_one) == (75, 75)
    assert (result.mean_change, result.n_pairs) == (1.25, 3)


@pytest.mark.parametrize(
    ("before", "after", "percent_changed", "status"),
    [
        ([], [], None, Status.INSUFFICIENT_N),
        ([None, 1], [1, None], None, Status.INSUFFICIENT_N),
        ([4], [5], 100, Status.OK),
        ([4, 4, 4], [4, 4, 4], 0, Status.OK),
        ([0, 1, 0, 1], [0, 1, 1, 0], 50, Status.OK),
    ],
    ids=["empty", "no pair", "one expert", "all equal", "two categories"],
)
def test_edges(before, after, percent_changed, status):
    result = change(before, after)
    assert (result.percent_changed, result.status) == (percent_changed, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(([1, 2], [1]), "before and after"), (([1], ["x"]), "after"), (([1, 2], [1, 2], [1]), "weights")],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        change(*arguments)


@few
@given(paired_ratings())
def test_swapping_the_rounds_turns_the_sign(answers):
    before, after = answers
    there, back = change(before, after), change(after, before)
    assert back.mean_change == pytest.approx(-there.mean_change)
    assert back.percent_changed == there.percent_changed
    assert abs(there.mean_change) <= there.mean_absolute_change + 1e-12
