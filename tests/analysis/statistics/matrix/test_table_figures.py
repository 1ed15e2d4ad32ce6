"""Change tables of all groups at once: what the one-item functions give for the experts behind them."""

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import kappa, marginal_homogeneity, movement_to_median, rank_correlation, spread_change, wilcoxon_signed_rank
from analysis.statistics.matrix import paired_figures, table_figures
from tests.analysis.statistics.strategies import few, square_tables

# Six experts on a scale of three: 1 to 1, 1 to 2 (twice), 2 to 2, 3 to 2, 3 to 3
TABLE = [[1, 2, 0], [0, 1, 0], [0, 1, 1]]


def test_a_small_table_by_hand():
    [found] = table_figures([1, 2, 3], [TABLE])
    assert (found.change.n_pairs, found.change.percent_changed, found.change.percent_within_one) == (6, 50, 100)
    assert found.change.mean_change == pytest.approx(1 / 6)
    # Two rose and one fell by 1: with three equal ranks no assignment of signs is nearer to even
    assert (found.signed_rank.p_value, found.signed_rank.rank_biserial) == (1, pytest.approx(1 / 3))
    # Median of 1 1 1 2 3 3 is 1.5: gaps .5 (1 stayed, 2 rose), -.5 (stayed), -1.5 (one fell, one stayed)
    toward = found.toward_shown
    assert (toward.n_toward, toward.n_away, toward.n_unmoved, toward.n_at_median) == (3, 0, 3, 0)
    assert found.kappa.percent_unchanged == 50
    # Observed disagreement 3/6; expected 1 - (3x1 + 1x4 + 2x1)/36 = 27/36
    assert found.kappa.kappa == pytest.approx(1 - (3 / 6) / (27 / 36))
    # Quadratic: observed 3/6, expected (3x4x1 + 3x1x4 + 1x1x1 + 1x1x1 + 2x1x4 + 2x4x1)/36 = 42/36
    assert found.kappa_quadratic.kappa == pytest.approx(1 - (3 / 6) / (42 / 36))


def test_leavers_stand_in_the_medians_of_the_others_and_in_no_pair():
    # Before: 1 1 2 and, gone, 3 3. For the first expert the others said 1 2 3 3: their median is 2.5
    [found] = table_figures([1, 2, 3], [[[1, 0, 1], [0, 1, 0], [0, 0, 0]]], histograms=[[2, 1, 2]])
    expected = movement_to_median([1, 1, 2, 3, 3], [1, 3, 2, None, None], [2.5, 2.5, 2, 1.5, 1.5])
    assert found.toward_others == expected
    assert (found.change.n_pairs, found.change.n_missing) == (3, 2)


@few
@given(square_tables(), st.sampled_from([None, 2.0]), st.randoms(use_true_random=False))
def test_the_figures_of_a_table_are_those_of_its_experts(table, shown, random):
    size = len(table)
    experts = [(i + 1, j + 1) for i in range(size) for j in range(size) for _ in range(table[i][j])]
    random.shuffle(experts)
    before, after = zip(*experts, strict=True)
    [found] = table_figures(range(1, size + 1), [table], shown=shown)
    assert agree(found.signed_rank, wilcoxon_signed_rank(before, after))
    assert agree(found.rank_correlation, rank_correlation(before, after))
    assert agree(found.spread, spread_change(before, after))
    assert agree(found.toward_shown, movement_to_median(before, after, shown))
    assert agree(found.toward_others, movement_to_median(before, after, "leave_one_out"))
    assert found.kappa_linear == kappa(table, "linear")
    assert found.homogeneity == marginal_homogeneity(table)


def test_experts_given_one_by_one_need_no_table():
    before, after = [10.5, 3.25, None, 7.0], [9.5, 3.25, 4.0, None]
    found = paired_figures(before, after, shown=7.0)
    assert (found.change.n_pairs, found.change.n_missing, found.change.mean_change) == (2, 2, -0.5)
    assert found.toward_shown == movement_to_median(before, after, 7.0)


def test_groups_come_one_by_one_and_an_empty_one_has_no_figures():
    nobody, somebody = table_figures([1, 2, 3], [np.zeros((3, 3)), TABLE])
    assert nobody.change.percent_changed is None
    assert nobody.spread.p_iqr is None
    assert somebody == table_figures([1, 2, 3], [TABLE])[0]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], [TABLE]), "tables"),
        (([1, 2, 3], TABLE), "tables"),
        (([1, 2, 3], [TABLE], [[1, 1, 1]]), "histograms"),
        (([1, 2, 3], [TABLE], [[3, 1]]), "histograms"),
    ],
    ids=["another scale", "no groups", "fewer than pairs", "another size"],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        table_figures(*arguments)


def agree(one, other):
    """Sums in another order differ in their last digits."""
    found, expected = asdict(one), asdict(other)
    return all(
        found[name] == expected[name] or found[name] == pytest.approx(expected[name], rel=1e-9, abs=1e-12) for name in expected
    )
