"""Figures between two rounds: the whole-matrix forms give what the one-item functions give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import change, scheibe_change, wilcoxon_signed_rank
from analysis.statistics.matrix import (
    change_tables,
    difference_histograms,
    group_histograms,
    histogram_scheibe_percent,
    move_figures,
    signed_ranks,
)
from tests.analysis.statistics.matrix.rounds import cells, rounds, same
from tests.analysis.statistics.strategies import few


def test_change_tables_by_hand():
    tables = change_tables([[1, 2], [1, None], [3, 2]], [[2, 2], [2, 1], [1, 3]], None, 3)
    assert tables[0, 0].tolist() == [[0, 2, 0], [0, 0, 0], [1, 0, 0]]
    assert tables[0, 1].tolist() == [[0, 0, 0], [0, 1, 1], [0, 0, 0]]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: change_tables([[1]], [[1, 2]], None, 3), "after"),
        (lambda: signed_ranks([1, 2]), "differences"),
        (lambda: signed_ranks([1, 2, 3], "split"), "zero_method"),
        (lambda: histogram_scheibe_percent([1, 2], [1, 2, 3]), "after"),
    ],
)
def test_malformed_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()


@few
@given(rounds(number=2))
def test_moves_and_tables(two_rounds):
    before, after, groups, categories = two_rounds
    differences = difference_histograms(before, after, groups, categories, n_groups=3)
    tables = change_tables(before, after, groups, categories, n_groups=3)
    found = move_figures(differences)
    for place, first, second in cells(before, after, groups=groups):
        expected = change(first, second)
        assert found.n_pairs[place] == expected.n_pairs == tables[place].sum()
        for name in ("percent_changed", "mean_change", "mean_absolute_change", "percent_within_one"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name
        along = [np.trace(tables[place], offset) for offset in range(1 - categories, categories)]
        assert along == differences[place].tolist()


@few
@given(rounds(number=2, rows=(1, 25), groups=1), st.sampled_from(["pratt", "wilcox"]))
def test_wilcoxon(two_rounds, zero_method):
    before, after, groups, categories = two_rounds
    found = signed_ranks(difference_histograms(before, after, groups, categories, n_groups=1), zero_method)
    for place, first, second in cells(before, after, groups=groups, n_groups=1):
        expected = wilcoxon_signed_rank(first, second, zero_method)
        for name in ("statistic", "p_value", "rank_biserial", "hodges_lehmann"):
            assert same(getattr(found, name)[place], getattr(expected, name)), name
        assert (found.n_pairs[place], found.n_nonzero[place]) == (expected.n_pairs, expected.n_nonzero)


def test_wilcoxon_of_many_experts_by_the_normal_law():
    rng = np.random.default_rng(5)
    before, after = rng.integers(1, 8, (2, 300, 1), dtype=np.uint8)
    found = signed_ranks(difference_histograms(before, after, None, 7))
    expected = wilcoxon_signed_rank(before[:, 0], after[:, 0])
    assert found.p_value[0, 0] == pytest.approx(expected.p_value)
    assert found.statistic[0, 0] == expected.statistic


@few
@given(rounds(number=2))
def test_net_change(two_rounds):
    before, after, groups, categories = two_rounds
    first = group_histograms(before, groups, categories, n_groups=3)
    second = group_histograms(after, groups, categories, n_groups=3)
    found = histogram_scheibe_percent(first, second)
    for place in np.ndindex(first.shape[:2]):
        assert same(found[place], scheibe_change(first[place], second[place]).percent)
