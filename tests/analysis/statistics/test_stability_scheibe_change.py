"""scheibe_change: the net share of the histogram that moved between two rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, scheibe_change
from tests.analysis.statistics.strategies import few


def test_net_person_changes_by_hand():
    # Shares .1 .2 .4 .3 and .1 .3 .5 .1: half of 0 + .1 + .1 + .2 = 20 %. In persons of ten: two net changes.
    result = scheibe_change([1, 2, 4, 3], [1, 3, 5, 1])
    assert (result.percent, result.stable) == (20, False)
    assert (result.n_before, result.n_after) == (10, 10)


def test_rounds_of_different_size_are_compared_by_shares():
    assert scheibe_change([2, 4, 2], [1, 2, 1]).percent == 0


def test_the_threshold_itself_is_not_stable():
    # 3 of 20 moved: exactly 15 %
    assert scheibe_change([10, 10], [7, 13]).percent == 15
    assert scheibe_change([10, 10], [7, 13]).stable is False
    assert scheibe_change([10, 10], [7, 13], threshold=15.1).stable is True


@pytest.mark.parametrize(
    ("before", "after", "percent", "stable", "status"),
    [
        ([], [], None, None, Status.INSUFFICIENT_N),
        ([0, 0], [1, 2], None, None, Status.INSUFFICIENT_N),
        ([1, 2], [0, 0], None, None, Status.INSUFFICIENT_N),
        ([1, 0], [0, 1], 100, False, Status.OK),
        ([0, 8, 0], [0, 7, 0], 0, True, Status.OK),
    ],
    ids=["empty", "none before", "none after", "one expert, two categories", "all equal"],
)
def test_edges(before, after, percent, stable, status):
    result = scheibe_change(before, after)
    assert (result.percent, result.stable, result.status) == (percent, stable, status)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], [1, 2, 3]), "histogram_after"),
        (([1, -2], [1, 2]), "histogram_before"),
        (([1, 2], [1, 2], -1), "threshold"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        scheibe_change(*arguments)


counts = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)


@few
@given(counts, counts, counts)
def test_it_is_a_distance_between_0_and_100(first, second, third):
    there = scheibe_change(first, second).percent
    assert 0 <= there <= 100
    assert scheibe_change(second, first).percent == there
    assert scheibe_change(first, first).percent == 0
    assert there <= scheibe_change(first, third).percent + scheibe_change(third, second).percent + 1e-9
    weighted = scheibe_change([count / 7 for count in first], second).percent
    assert weighted == pytest.approx(there)
