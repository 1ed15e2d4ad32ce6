"""quantiles and weighted_quantiles: the nine definitions, and type 7 for weighted answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, quantiles, weighted_quantiles
from tests.analysis.statistics.strategies import complete_ratings, few

ANSWERS = [1, 3, 4, 4, 7, 8, 9, 12]

# R 4.2.2: for (t in 1:9) quantile(c(1,3,4,4,7,8,9,12), c(.1,.3,.5,.77), type = t)
R_QUANTILES = {
    1: [1, 4, 4, 9],
    2: [1, 4, 5.5, 9],
    3: [1, 3, 4, 8],
    4: [1, 3.4, 4, 8.16],
    5: [1.6, 3.9, 5.5, 8.66],
    6: [1, 3.7, 5.5, 8.93],
    7: [2.4, 4, 5.5, 8.39],
    8: [1.33333333333, 3.83333333333, 5.5, 8.75],
    9: [1.4, 3.85, 5.5, 8.7275],
}


@pytest.mark.parametrize(("quantile_type", "expected"), R_QUANTILES.items())
def test_all_nine_types_equal_r(quantile_type, expected):
    assert quantiles(ANSWERS, [0.1, 0.3, 0.5, 0.77], quantile_type).values == pytest.approx(expected, abs=1e-10)


def test_a_position_that_is_whole_in_truth_gives_that_answer():
    # h = 10 * 0.3 + 1 = 4 exactly: the fourth answer of eleven, with no trace of its neighbours
    assert quantiles(range(1, 12), [0.3, 0.7]).values == (4.0, 8.0)


@pytest.mark.parametrize(
    ("x", "values", "status", "n", "n_missing"),
    [
        ([], (None,), Status.INSUFFICIENT_N, 0, 0),
        ([None, None], (None,), Status.INSUFFICIENT_N, 0, 2),
        ([7], (7.0,), Status.OK, 1, 0),
        ([3, 3, 3, None], (3.0,), Status.OK, 3, 1),
        ([1, 1, 2, 2], (1.5,), Status.OK, 4, 0),
    ],
    ids=["empty", "all missing", "one expert", "all equal", "ties and two categories"],
)
def test_edges(x, values, status, n, n_missing):
    result = quantiles(x, [0.5])
    assert (result.values, result.status, result.n, result.n_missing) == (values, status, n, n_missing)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1], [1.5]), "probabilities"),
        (([1], [None]), "probabilities"),
        (([1], [0.5], 10), "quantile_type"),
        (([1], [0.5], True), "quantile_type"),
        (([[1]], [0.5]), "x"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        quantiles(*arguments)


@few
@given(complete_ratings, st.integers(1, 9), st.randoms())
def test_the_order_of_experts_is_irrelevant_and_quantiles_never_fall(x, quantile_type, random):
    levels = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]
    found = quantiles(x, levels, quantile_type).values
    random.shuffle(x)
    assert quantiles(x, levels, quantile_type).values == found
    assert list(found) == sorted(found)
    assert min(x) <= found[0] and found[-1] <= max(x)


NUMPY_METHODS = [
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
]


@few
@given(complete_ratings, st.sampled_from([0.013, 0.27, 0.3333, 0.5001, 0.77]))
def test_every_type_equals_numpys(x, probability):
    for number, method in enumerate(NUMPY_METHODS, start=1):
        expected = np.quantile(x, probability, method=method)
        assert quantiles(x, [probability], number).values[0] == pytest.approx(expected)


def test_weighted_quantiles_follow_their_definition_by_hand():
    # Weights 1, 1, 2: n* = 16/6 = 8/3. First quartile: h = 0.25 * 5/3 + 1 = 17/12; uniform on [5/32, 17/32] (length 3/8).
    # Cumulative weights 1/4, 1/2, 1: masses (1/4 - 5/32), (1/2 - 1/4), (17/32 - 1/2) of 3/8 = 1/4, 2/3, 1/12
    # -> 1/4 * 1 + 2/3 * 2 + 1/12 * 3 = 11/6. Median: [5/16, 11/16]: masses 1/2 on 2, 1/2 on 3 -> 2.5.
    assert weighted_quantiles([1, 2, 3], [1, 1, 2], [0.25, 0.5]).values == pytest.approx([11 / 6, 2.5], abs=1e-10)


def test_answers_without_weight_do_not_count_as_positions():
    assert weighted_quantiles([1, 5, 9], [1, 0, 1], [0.25, 0.5]).values == (3.0, 5.0)


@pytest.mark.parametrize(
    ("x", "weights", "status"),
    [
        ([], [], Status.INSUFFICIENT_N),
        ([None], [1], Status.INSUFFICIENT_N),
        ([3, 4], [0, 0], Status.INSUFFICIENT_N),
        ([3], [0.2], Status.OK),
        ([3, None], [1, None], Status.OK),
    ],
)
def test_weighted_edges(x, weights, status):
    result = weighted_quantiles(x, weights, [0.5])
    assert result.status == status
    assert result.values == ((3.0,) if status == Status.OK else (None,))


@pytest.mark.parametrize("weights", [[1], [1, -1], [1, None]])
def test_weights_are_one_per_answer_and_not_negative(weights):
    with pytest.raises(ValueError, match="weights"):
        weighted_quantiles([3, 4], weights, [0.5])


@few
@given(complete_ratings, st.sampled_from([1 / 3, 1, 7.0]))
def test_equal_weights_give_type_7(x, weight):
    levels = [0, 0.25, 0.3, 0.5, 0.7, 0.75, 1]
    weighted = weighted_quantiles(x, [weight] * len(x), levels).values
    assert weighted == pytest.approx(quantiles(x, levels).values, abs=1e-9)


@few
@given(complete_ratings, st.data())
def test_weighted_quantiles_ignore_the_unit_of_the_weights(x, data):
    weights = data.draw(st.lists(st.integers(1, 5), min_size=len(x), max_size=len(x)))
    levels = [0.1, 0.25, 0.5, 0.9]
    scaled = weighted_quantiles(x, [w / 7 for w in weights], levels).values
    assert weighted_quantiles(x, weights, levels).values == pytest.approx(scaled)
    assert list(scaled) == sorted(scaled)
