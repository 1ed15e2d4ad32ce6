"""hierarchical_stopping: where a question stands after its rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, hierarchical_stopping
from tests.analysis.statistics.strategies import few, histogram


@pytest.mark.parametrize(
    ("histogram_", "stage"),
    [
        ([0, 12, 0, 0], "unanimity"),
        ([1, 9, 1, 1], "consensus"),
        ([1, 8, 2, 1], "majority"),
        ([6, 0, 0, 6], "bipolarity"),
        ([5, 1, 1, 5], "bipolarity"),
        ([6, 4, 1, 1], "plurality"),
        ([4, 4, 4, 0], "disagreement"),
        ([3, 3, 3, 3], "disagreement"),
    ],
)
def test_the_stages_of_dajani_in_their_order(histogram_, stage):
    # Dajani, Sincoff & Talley 1979, Technological Forecasting and Social Change 13:83: the hierarchy, with thresholds
    # as chosen here: consensus from 75 %, majority over half
    result = hierarchical_stopping([histogram_, histogram_])
    assert (result.stable, result.stage, result.percent) == (True, stage, 0)


def test_only_the_last_transition_counts_and_instability_comes_first():
    first, second, third = [10, 0, 0], [4, 6, 0], [4, 6, 0]
    assert hierarchical_stopping([first, second, third]).stage == "majority"
    result = hierarchical_stopping([second, third, first])
    assert (result.stable, result.stage, result.percent) == (False, "unstable", 60)


def test_thresholds_are_the_studys():
    rounds = [[7, 3], [6, 4]]
    assert hierarchical_stopping(rounds).stage == "majority"
    assert hierarchical_stopping(rounds, consensus=0.6).stage == "consensus"
    assert hierarchical_stopping(rounds, threshold=10).stage == "unstable"


@pytest.mark.parametrize("histograms", [[], [[3, 4]], [[0, 0], [3, 4]], [[3, 4], [0, 0]]], ids=["empty", "one round", "none before", "none after"])
def test_edges(histograms):
    result = hierarchical_stopping(histograms)
    assert (result.stable, result.stage, result.status) == (None, None, Status.INSUFFICIENT_N)


def test_one_expert_and_two_categories():
    assert hierarchical_stopping([[0, 1], [0, 1]]).stage == "unanimity"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([[1, 2], [1, 2, 3]],), "histograms"),
        (([[1, -2], [1, 2]],), "histograms"),
        ((5,), "histograms"),
        (([[1, 2]], -1), "threshold"),
        (([[1, 2]], 15, 75), "consensus"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        hierarchical_stopping(*arguments)


@few
@given(histogram, st.sampled_from([0.5, 2, 7]))
def test_reversing_the_scale_and_weighting_all_alike_change_nothing(counts, weight):
    result = hierarchical_stopping([counts, counts])
    other = [weight * count for count in reversed(counts)]
    assert hierarchical_stopping([other, other]).stage == result.stage
