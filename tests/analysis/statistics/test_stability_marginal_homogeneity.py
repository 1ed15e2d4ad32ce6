"""marginal_homogeneity and mcnemar: whether the shares changed, from the paired table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, marginal_homogeneity, mcnemar
from tests.analysis.statistics.strategies import few, square_tables

# Stuart 1955, Biometrika 42:412: unaided distance vision of 7,477 women, right by left eye
VISION = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
FIELDS = ("stuart_maxwell_chi2", "stuart_maxwell_p", "bhapkar_chi2", "bhapkar_p", "bowker_chi2", "bowker_p")


def test_stuarts_vision_data():
    # Stuart: 11.96 on 3 df; Bhapkar 1966: 11.98; Bowker 19.11 on 6 df. To more digits: statsmodels 0.15,
    # SquareTable(VISION, shift_zeros=False).homogeneity(), .homogeneity(method="bhapkar"), .symmetry()
    result = marginal_homogeneity(VISION)
    assert result.stuart_maxwell_chi2 == pytest.approx(11.95656962298254)
    assert result.stuart_maxwell_p == pytest.approx(0.007533425054800591)
    assert result.bhapkar_chi2 == pytest.approx(11.97572015552566)
    assert result.bhapkar_p == pytest.approx(0.007466797469724007)
    assert result.bowker_chi2 == pytest.approx(19.106550215266772)
    assert result.bowker_p == pytest.approx(0.003987419840428568)
    assert (result.stuart_maxwell_df, result.bowker_df, result.n) == (3, 6, 7477)


def test_pairs_that_nobody_used_do_not_count():
    # By hand: moves 1->2 3, 2->1 1, 2->3 2, 3->2 0; the pair 1-3 is empty: 4/4 + 4/2 = 3 on 2 df
    result = marginal_homogeneity([[5, 3, 0], [1, 5, 2], [0, 0, 5]])
    assert (result.bowker_chi2, result.bowker_df) == (pytest.approx(3), 2)


def test_a_category_that_nobody_chose_changes_nothing():
    wider = [[1520, 0, 266, 124, 66], [0] * 5, [234, 0, 1512, 432, 78], [117, 0, 362, 1772, 205], [36, 0, 82, 179, 492]]
    result, expected = marginal_homogeneity(wider), marginal_homogeneity(VISION)
    assert [getattr(result, field) for field in FIELDS] == pytest.approx([getattr(expected, field) for field in FIELDS])
    assert (result.stuart_maxwell_df, result.bowker_df) == (3, 6)


def test_two_categories_give_mcnemars_statistic():
    # R 4.2.2: m <- matrix(c(20, 5, 15, 30), 2); mcnemar.test(m, correct = FALSE); binom.test(5, 20)$p.value
    result = mcnemar([[20, 15], [5, 30]])
    assert (result.chi2, result.p_value) == (5, pytest.approx(0.0253473187))
    assert result.p_exact == pytest.approx(0.041389465332)
    wide = marginal_homogeneity([[20, 15], [5, 30]])
    assert (wide.stuart_maxwell_chi2, wide.bowker_chi2) == (pytest.approx(5), pytest.approx(5))


def test_everybody_moving_one_way_has_no_bhapkar():
    result = marginal_homogeneity([[0, 4], [0, 0]])
    assert (result.stuart_maxwell_chi2, result.bhapkar_chi2, result.bhapkar_p) == (pytest.approx(4), None, None)
    assert "Bhapkar" in result.reason


@pytest.mark.parametrize(
    ("table", "status"),
    [([], Status.INSUFFICIENT_N), ([[0, 0], [0, 0]], Status.INSUFFICIENT_N), ([[3, 0], [0, 4]], Status.NO_VARIATION)],
    ids=["empty", "no pair", "nobody moved"],
)
def test_edges(table, status):
    result = marginal_homogeneity(table)
    assert [getattr(result, field) for field in FIELDS] == [None] * 6
    assert (result.stuart_maxwell_df, result.bowker_df, result.status) == (None, None, status)


@pytest.mark.parametrize(
    ("table", "chi2", "p_exact", "status"),
    [
        ([[0, 0], [0, 0]], None, None, Status.INSUFFICIENT_N),
        ([[7, 0], [0, 2]], None, 1, Status.NO_VARIATION),
        ([[0, 1], [0, 0]], 1, 1, Status.OK),
        ([[0, 3], [3, 0]], 0, 1, Status.OK),
        ([[0, 0.5], [0.25, 1]], pytest.approx(1 / 12), None, Status.OK),
    ],
    ids=["no pair", "nobody moved", "one expert", "even moves", "weighted"],
)
def test_edges_of_mcnemar(table, chi2, p_exact, status):
    result = mcnemar(table)
    assert (result.chi2, result.p_exact, result.status) == (chi2, p_exact, status)


@pytest.mark.parametrize("statistic", [marginal_homogeneity, mcnemar])
@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [2, 3]], [[None, 1], [1, 1]]])
def test_malformed_tables_are_refused_by_name(statistic, table):
    with pytest.raises(ValueError, match="table"):
        statistic(table)


def test_mcnemar_takes_two_categories_only():
    with pytest.raises(ValueError, match="table must be 2 x 2"):
        mcnemar(VISION)


@few
@given(square_tables(sizes=(2, 4)), st.randoms())
def test_swapped_rounds_and_relabelled_categories_change_nothing(table, random):
    result = marginal_homogeneity(table)
    order = list(range(len(table)))
    random.shuffle(order)
    other = marginal_homogeneity([[table[column][row] for column in order] for row in order])
    assert other.status == result.status
    assert (other.stuart_maxwell_df, other.bowker_df) == (result.stuart_maxwell_df, result.bowker_df)
    for field in FIELDS:
        assert getattr(other, field) == pytest.approx(getattr(result, field), abs=1e-7)


@few
@given(square_tables())
def test_whoever_stayed_does_not_matter_to_stuart_and_bowker(table):
    emptied = [[0 if row == column else count for column, count in enumerate(counts)] for row, counts in enumerate(table)]
    if any(map(any, emptied)):
        result, other = marginal_homogeneity(table), marginal_homogeneity(emptied)
        assert other.stuart_maxwell_chi2 == pytest.approx(result.stuart_maxwell_chi2)
        assert other.bowker_chi2 == pytest.approx(result.bowker_chi2)
