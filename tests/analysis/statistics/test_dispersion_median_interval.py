"""median_interval: a distribution-free interval of the median."""

import pytest
from hypothesis import given

from analysis.statistics import Status, median_interval
from tests.analysis.statistics.strategies import complete_ratings, few

ANSWERS = [44, 48, 50, 51, 52, 55, 58, 60, 61, 66, 70, 75, 80, 82, 90]


def test_the_order_statistics_of_the_binomial_law():
    # R 4.2.2: k <- qbinom(.025, 15, .5) = 4; x[4], x[12]; 1 - 2*pbinom(3, 15, .5)
    result = median_interval(ANSWERS)
    assert (result.median, result.low, result.high) == (60, 51, 75)
    assert result.coverage == pytest.approx(1 - 2 * 576 / 2**15)  # by hand: 1 + 15 + 105 + 455 = 576 in each tail


@pytest.mark.parametrize(("n", "rank", "coverage"), [(6, 1, 0.96875), (8, 1, 0.9921875), (9, 2, 0.9609375), (10, 2, 0.978515625)])
def test_ranks_of_the_published_tables(n, rank, coverage):
    # Hollander & Wolfe 1999, table of the sign test's interval; by hand 1 - 2 P(Bin(n, 1/2) < rank)
    result = median_interval(range(1, n + 1))
    assert (result.low, result.high, result.coverage) == (rank, n + 1 - rank, coverage)


@pytest.mark.parametrize(
    ("x", "median", "reason"),
    [
        ([], None, "no answer"),
        ([None, None], None, "no answer"),
        ([4], 4, "1 answers"),
        ([1, 2, 3, 4, 5], 3, "5 answers"),
    ],
    ids=["empty", "all missing", "one expert", "five experts"],
)
def test_too_few_answers_give_a_median_at_most(x, median, reason):
    result = median_interval(x)
    assert (result.median, result.low, result.high, result.coverage) == (median, None, None, None)
    assert result.status == Status.INSUFFICIENT_N
    assert reason in result.reason


def test_a_lower_level_needs_fewer_answers():
    # n = 5: 1 - 2/32
    result = median_interval([1, 2, 3, 4, 5], level=0.9)
    assert (result.low, result.high, result.coverage) == (1, 5, 0.9375)


@pytest.mark.parametrize("x", [[3] * 7, [1, 1, 1, 9, 9, 9]], ids=["all equal", "two categories"])
def test_ties_everywhere(x):
    result = median_interval(x)
    assert (result.low, result.high, result.status) == (min(x), max(x), Status.OK)


@pytest.mark.parametrize(("arguments", "named"), [(([1], 1.5), "level"), (([[1]],), "x"), ((["a"],), "x")])
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        median_interval(*arguments)


@few
@given(complete_ratings)
def test_the_interval_holds_the_median_and_keeps_its_promise(x):
    result = median_interval(x, level=0.8)
    if result.status == Status.OK:
        assert result.low <= result.median <= result.high
        assert result.coverage >= 0.8
    mirrored = median_interval([10 - answer for answer in x], level=0.8)
    assert mirrored.low == (None if result.high is None else 10 - result.high)
