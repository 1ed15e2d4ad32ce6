"""individual_stability: whether an expert's answer in one round tells the answer in the next."""

import pytest
from hypothesis import given

from analysis.statistics import Status, individual_stability
from tests.analysis.statistics.strategies import few, square_tables

TABLE = [[10, 2, 1], [3, 12, 4], [0, 5, 9]]


def test_chi_square_equals_r_and_lambda_is_by_hand():
    # R 4.2.2: chisq.test(t4, correct = FALSE): 28.34219491, df 4, p 1.06313293e-05
    # lambda: rows' maxima 10 + 12 + 9, columns' maxima the same; modes 19 and 19 of 46: (62 - 38)/(92 - 38) = 24/54
    result = individual_stability(TABLE)
    assert (result.chi2, result.df) == (pytest.approx(28.34219491), 4)
    assert result.p_value == pytest.approx(1.06313293e-05)
    assert result.lambda_symmetric == pytest.approx(24 / 54)
    assert (result.percent_unchanged, result.n) == (pytest.approx(3100 / 46), 46)


def test_reshuffled_answers_depend_on_the_first_ones_without_staying():
    result = individual_stability([[0, 5, 0], [0, 0, 5], [5, 0, 0]])
    assert (result.lambda_symmetric, result.percent_unchanged) == (1, 0)
    assert result.chi2 == pytest.approx(30)


@pytest.mark.parametrize(
    ("table", "unchanged", "status"),
    [
        ([], None, Status.INSUFFICIENT_N),
        ([[0, 0], [0, 0]], None, Status.INSUFFICIENT_N),
        ([[4, 0], [0, 0]], 100, Status.NO_VARIATION),
        ([[1, 3], [0, 0]], 25, Status.NO_VARIATION),
        ([[0, 1], [0, 0]], 0, Status.NO_VARIATION),
    ],
    ids=["empty", "no pair", "all equal", "one category before", "one expert"],
)
def test_edges(table, unchanged, status):
    result = individual_stability(table)
    assert (result.chi2, result.df, result.p_value) == (None, None, None)
    assert (result.percent_unchanged, result.status) == (unchanged, status)


def test_two_categories():
    # By hand: 2 x 2 with margins 4 and 4: (3 - 2)^2 / 2 * 4 = 2
    assert individual_stability([[3, 1], [1, 3]]).chi2 == pytest.approx(2)


@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [2, 3]]])
def test_malformed_tables_are_refused_by_name(table):
    with pytest.raises(ValueError, match="table"):
        individual_stability(table)


@few
@given(square_tables())
def test_swapped_rounds_and_reversed_categories_change_nothing(table):
    result = individual_stability(table)
    for other in ([list(row) for row in zip(*table, strict=True)], [row[::-1] for row in table[::-1]]):
        swapped = individual_stability(other)
        for field in ("chi2", "df", "p_value", "lambda_symmetric", "percent_unchanged"):
            assert getattr(swapped, field) == pytest.approx(getattr(result, field))
    assert result.lambda_symmetric is None or 0 <= result.lambda_symmetric <= 1
