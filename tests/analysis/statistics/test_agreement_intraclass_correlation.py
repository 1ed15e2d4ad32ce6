"""intraclass_correlation: the six coefficients of Shrout & Fleiss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, intraclass_correlation
from tests.analysis.statistics.strategies import few, matrices

COEFFICIENTS = ("icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k")
# Shrout & Fleiss 1979, Psychological Bulletin 86:420, table 2: six targets (here columns), four judges (rows)
TARGETS = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]


def values(result):
    return tuple(getattr(result, name) for name in COEFFICIENTS)


def test_the_table_of_shrout_and_fleiss():
    # Printed there: .17 .29 .71 .44 .62 .91; R psych: ICC(t(TARGETS), lmer = FALSE)
    result = intraclass_correlation(TARGETS)
    assert tuple(round(value, 2) for value in values(result)) == (0.17, 0.29, 0.71, 0.44, 0.62, 0.91)
    in_r = (0.165741768405, 0.289763779528, 0.714840714841, 0.442797133679, 0.620050547599, 0.909315542377)
    assert values(result) == pytest.approx(in_r)
    assert (result.n, result.n_items) == (4, 6)


def test_items_with_holes_and_silent_experts_are_left_out():
    holed = [[*TARGETS[0], None], *[[*row, 3] for row in TARGETS[1:]], [None] * 7]
    result = intraclass_correlation(holed)
    assert values(result) == pytest.approx(values(intraclass_correlation(TARGETS)))
    assert (result.n, result.n_items, result.n_missing) == (4, 6, 1)


def test_negative_values_are_legal():
    # Experts who contradict each other: no variance between the items' means. By hand with [1 2],[2 1]: items MS 0,
    # within MS 1/2, residual MS 1, experts MS 0: icc1 = (0 - .5)/(0 + .5), icc3 = (0 - 1)/(0 + 1)
    result = intraclass_correlation([[1, 2], [2, 1]])
    assert (result.icc1, result.icc3) == (pytest.approx(-1), pytest.approx(-1))
    assert (result.icc1k, result.icc3k) == (None, None)


@pytest.mark.parametrize(
    ("ratings", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[1, 2, 3]], Status.INSUFFICIENT_N),
        ([[1], [2]], Status.INSUFFICIENT_N),
        ([[None, None], [None, None]], Status.INSUFFICIENT_N),
        ([[0.1, 0.1], [0.1, 0.1]], Status.NO_VARIATION),
    ],
    ids=["empty", "one expert", "one item", "all missing", "all equal"],
)
def test_edges(ratings, status):
    result = intraclass_correlation(ratings)
    assert (values(result), result.status) == ((None,) * 6, status)


@pytest.mark.parametrize("ratings", [[1, 2], [["a", 1], [2, 3]]])
def test_malformed_ratings_are_refused_by_name(ratings):
    with pytest.raises(ValueError, match="ratings"):
        intraclass_correlation(ratings)


@few
@given(matrices(), st.randoms())
def test_order_unit_and_origin_change_nothing(ratings, random):
    result = intraclass_correlation(ratings)
    other = [[2 * answer + 30 for answer in row] for row in ratings]
    random.shuffle(other)
    assert values(intraclass_correlation(other)) == pytest.approx(values(result), abs=1e-6, nan_ok=True)
    # icc2 and icc2k can leave the range where experts differ less than the residual: their denominator then nears 0
    assert all(value is None or value <= 1 + 1e-9 for value in (result.icc1, result.icc3, result.icc1k, result.icc3k))


@few
@given(st.lists(st.integers(1, 9), min_size=2, max_size=6).filter(lambda row: len(set(row)) > 1))
def test_identical_experts_have_1(row):
    assert values(intraclass_correlation([row] * 3)) == pytest.approx((1,) * 6)


@few
@given(matrices(), st.integers(1, 5))
def test_a_lenient_expert_lowers_agreement_and_leaves_consistency(ratings, leniency):
    lenient = [[answer + leniency for answer in ratings[0]], *ratings[1:]]
    result, other = intraclass_correlation(ratings), intraclass_correlation(lenient)
    if None not in (result.icc3, other.icc3):
        assert other.icc3 == pytest.approx(result.icc3, abs=1e-6)
