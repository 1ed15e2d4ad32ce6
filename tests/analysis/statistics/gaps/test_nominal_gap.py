"""nominal_gap: whether groups choose different options."""

import pytest
from hypothesis import given
from scipy import stats

from analysis.statistics import Status, nominal_gap
from tests.analysis.statistics.strategies import few, square_tables

# Agresti 2002, p. 57: job satisfaction by income (R: example of ?fisher.test)
JOB = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
# Snee 1974, The American Statistician 28:9 (R: apply(HairEyeColor, c(1, 2), sum))
HAIR_BY_EYES = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]


def test_job_satisfaction():
    # R 4.2.2: chisq.test(Job, correct = FALSE): 5.9655145887704, p 0.743364725052551; fisher.test(Job): 0.782684938965639
    result = nominal_gap(JOB)
    assert result.chi2 == pytest.approx(5.9655145887704)
    assert (result.df, result.n) == (9, 96)
    assert result.p_value == pytest.approx(0.743364725052551)
    assert result.p_fisher == pytest.approx(0.782684938965639, rel=1e-9)
    assert (result.permutations, result.seed) == (0, None)
    # R: sqrt(x/n/3) and Bergsma 2013, J. Korean Stat. Soc. 42:323; phi squared 0.0621 is below its bias 9/95
    assert result.cramers_v == pytest.approx(0.143922174532347)
    assert result.cramers_v_corrected == 0


def test_a_corrected_v_of_nothing_is_nothing_whatever_rounding_leaves():
    # By hand: chi squared 4 (2 - 0)^2 / (1 3 2 2) = 4/3, phi squared 1/3, which is its bias (2 - 1)(2 - 1) / (4 - 1)
    assert nominal_gap([[1, 0], [1, 2]]).cramers_v_corrected == 0


def test_hair_and_eyes():
    # R: chisq.test(H): 138.289841626, df = 9; V and Bergsma's V by formula: 0.279044623342658, 0.270483152912316
    result = nominal_gap(HAIR_BY_EYES)
    assert result.chi2 == pytest.approx(138.289841626)
    assert result.cramers_v == pytest.approx(0.279044623342658)
    assert result.cramers_v_corrected == pytest.approx(0.270483152912316)


def test_the_lady_tasting_tea():
    # Fisher 1935; R: fisher.test(matrix(c(3, 1, 1, 3), 2)): p-value = 0.4857142857 = 34/70
    assert nominal_gap([[3, 1], [1, 3]]).p_fisher == pytest.approx(34 / 70, rel=1e-12)


def test_a_larger_table_against_r():
    # R: fisher.test(matrix(c(10,20,30,20,30,10,5,5,9), 3, byrow = TRUE)): 0.00132349428935238
    assert nominal_gap([[10, 20, 30], [20, 30, 10], [5, 5, 9]]).p_fisher == pytest.approx(0.00132349428935238, rel=1e-9)


def test_where_enumeration_takes_too_long_the_sample_is_seeded_and_says_so():
    one, again = nominal_gap(HAIR_BY_EYES, seed=7), nominal_gap(HAIR_BY_EYES, seed=7)
    assert one == again
    assert (one.permutations, one.seed) == (99_999, 7)
    # None of 99,999 tables is as improbable: R: fisher.test(H, simulate.p.value = TRUE, B = 99999): 1e-05
    assert one.p_fisher == pytest.approx(1e-5)


def test_empty_rows_and_columns_say_nothing():
    result = nominal_gap([[3, 0, 1], [0, 0, 0], [1, 0, 3]])
    assert (result.df, result.p_fisher) == (1, pytest.approx(34 / 70))


@pytest.mark.parametrize(
    ("table", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[0, 0], [0, 0]], Status.INSUFFICIENT_N),
        ([[3, 2], [0, 0]], Status.INSUFFICIENT_N),
        ([[3, 0], [2, 0]], Status.NO_VARIATION),
    ],
    ids=["empty", "no counts", "one group", "one option"],
)
def test_edges(table, status):
    result = nominal_gap(table)
    assert (result.chi2, result.p_fisher, result.cramers_v, result.status) == (None, None, None, status)


def test_one_expert_in_each_of_two_groups():
    result = nominal_gap([[1, 0], [0, 1]])
    assert (result.chi2, result.p_fisher, result.cramers_v, result.cramers_v_corrected) == (2, 1, 1, None)


def test_weights_have_no_exact_test():
    result = nominal_gap([[1.5, 2], [2, 1]])
    assert (result.p_fisher, result.status, bool(result.reason)) == (None, Status.OK, True)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2],), "table"),
        (([[1, -1], [1, 1]],), "table"),
        (([[1, None], [1, 1]],), "table"),
        (([[1, 2], [3, 4]], -1), "seed"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        nominal_gap(*arguments)


@few
@given(square_tables(largest=4, sizes=(2, 3)))
def test_order_of_groups_and_options_and_their_exchange_change_nothing(table):
    one, turned = nominal_gap(table), nominal_gap([list(column) for column in zip(*table, strict=True)][::-1])
    assert turned.chi2 == pytest.approx(one.chi2)
    if one.permutations == turned.permutations == 0:
        assert turned.p_fisher == pytest.approx(one.p_fisher)
    assert turned.cramers_v == pytest.approx(one.cramers_v)
    assert one.cramers_v is None or 0 <= one.cramers_v <= 1
    assert one.cramers_v_corrected is None or 0 <= one.cramers_v_corrected <= 1


@few
@given(square_tables(sizes=(2, 2)))
def test_two_by_two_agrees_with_scipy(table):
    result = nominal_gap(table)
    if result.status == Status.OK:
        assert result.p_fisher == pytest.approx(stats.fisher_exact(table).pvalue)
        assert result.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
