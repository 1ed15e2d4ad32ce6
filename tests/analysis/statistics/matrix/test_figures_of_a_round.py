"""Figures of one round: the whole-matrix forms give what the one-item functions give, ties and holes included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    kendall_w,
    nominal_agreement,
    ordinal_agreement,
    quantiles,
    resampled_median,
    resampled_median_gap,
    spread,
    weighted_quantiles,
)
from analysis.statistics.matrix import (
    band_shares,
    coded_answers,
    group_histograms,
    histogram_cns,
    histogram_entropy_bits,
    histogram_modal_share,
    histogram_moments,
    histogram_quantiles,
    histogram_van_der_eijk,
    kendall_w_by_group,
    median_gap_intervals,
    median_laws,
    weighted_histogram_quantiles,
)
from tests.analysis.statistics.matrix.rounds import cells, rounds, same
from tests.analysis.statistics.strategies import few

HOLED = [[1, None, 3], [3, 2, None], [float("nan"), 3, 3]]


def test_the_lists_of_the_one_item_functions_are_understood():
    counts = group_histograms(HOLED, [0, 0, 1], 3)
    assert counts.tolist() == [[[1, 0, 1], [0, 1, 0], [0, 0, 1]], [[0, 0, 0], [0, 0, 1], [0, 0, 1]]]
    assert coded_answers(HOLED, 3).tolist() == [[1, 0, 3], [3, 2, 0], [0, 3, 3]]


def test_more_experts_than_fit_a_byte():
    answers = np.tile(np.array([[1, 2], [2, 2], [3, 0]], dtype=np.uint8), (400, 1))
    counts = group_histograms(answers, None, 3)
    assert counts.tolist() == [[[400, 400, 400], [0, 800, 0]]]


def test_an_expert_of_no_group_counts_nowhere_and_an_empty_group_is_there():
    counts = group_histograms([[1], [2]], [-1, 0], 2, n_groups=3)
    assert counts[:, 0].tolist() == [[0, 1], [0, 0], [0, 0]]
    assert np.isnan(histogram_quantiles(counts, 0.5)[1:]).all()


@pytest.mark.parametrize("experts", [0, 1])
def test_hardly_any_experts(experts):
    answers, groups = np.full((experts, 2), 3, dtype=np.uint8), np.zeros(experts, dtype=int)
    counts = group_histograms(answers, groups, 5, n_groups=2)
    assert counts.sum() == 2 * experts
    assert np.isnan(kendall_w_by_group(answers, groups, 5, n_groups=2).w).all()
    gaps = median_gap_intervals(counts)
    assert np.isnan(gaps.difference).all()
    assert np.isnan(gaps.low).all()


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: group_histograms([[1, 4]], None, 3), "answers"),
        (lambda: group_histograms([[1.5]], None, 3), "answers"),
        (lambda: group_histograms(np.array([[4]], dtype=np.uint8), None, 3), "answers"),
        (lambda: group_histograms([[1]], [0, 1], 3), "groups"),
        (lambda: group_histograms([[1]], ["a"], 3), "groups"),
        (lambda: group_histograms([[1]], [-2], 3), "groups"),
        (lambda: group_histograms([[1]], [3], 3, n_groups=2), "groups"),
        (lambda: group_histograms([[1]], None, 300), "n_categories"),
        (lambda: band_shares([1, 2, 3], 0, 2), "low"),
        (lambda: histogram_quantiles([1, 2], 1.5), "probabilities"),
        (lambda: histogram_quantiles([1, 2], 0.5, 10), "quantile_type"),
        (lambda: median_gap_intervals([[1, 2]]), "counts"),
    ],
)
def test_malformed_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=named):
        call()


@few
@given(rounds(), st.integers(1, 9))
def test_quantiles_and_moments(round_of_answers, quantile_type):
    answers, groups, categories = round_of_answers
    counts = group_histograms(answers, groups, categories, n_groups=3)
    found = histogram_quantiles(counts, [0.25, 0.5, 0.75, 0.3], quantile_type)
    moments = histogram_moments(counts)
    for place, column in cells(answers, groups=groups):
        expected = quantiles(column, [0.25, 0.5, 0.75, 0.3], quantile_type)
        assert all(same(*pair) for pair in zip(found[place], expected.values, strict=True))
        figures = spread(column)
        assert moments.n[place] == figures.n
        assert same(moments.mean[place], figures.mean)
        assert same(moments.sd[place], figures.sd)


@few
@given(rounds(scale=(1, 6)))
def test_concentration(round_of_answers):
    answers, groups, categories = round_of_answers
    counts = group_histograms(answers, groups, categories, n_groups=3)
    a, cns, bits = histogram_van_der_eijk(counts), histogram_cns(counts), histogram_entropy_bits(counts)
    modal, upper = histogram_modal_share(counts), band_shares(counts, categories, categories)
    for place, column in cells(answers, groups=groups):
        figures, options = ordinal_agreement(counts[place]), nominal_agreement(counts[place])
        present = column[~np.isnan(column)]
        assert same(upper[place], (present == categories).mean() if present.size else None)
        if categories > 1:
            assert same(a[place], figures.van_der_eijk_a)
            assert same(cns[place], figures.cns)
            assert same(bits[place], figures.entropy_bits)
            assert same(modal[place], options.modal_share)


@few
@given(st.lists(st.floats(0, 5), min_size=15, max_size=17).filter(any))
def test_van_der_eijk_on_long_scales_and_weights(weights):
    assert same(histogram_van_der_eijk([weights])[0], ordinal_agreement(weights).van_der_eijk_a)
    short = [*weights[:5], 1.0]
    assert same(histogram_van_der_eijk([short])[0], ordinal_agreement(short).van_der_eijk_a)


@few
@given(rounds(groups=3, scale=(3, 5)), st.sampled_from([0.25, 0.5, 0.9]))
def test_weighted_quantiles_of_panels_of_equal_weight(round_of_answers, probability):
    answers, groups, categories = round_of_answers
    counts = group_histograms(answers, groups, categories, n_groups=3)
    sizes = counts.sum(axis=2)
    with np.errstate(divide="ignore"):
        weight = np.where(sizes > 0, 1 / sizes, 0.0)
    weights = (counts * weight[:, :, None]).sum(axis=0)
    effective = (sizes > 0).sum(axis=0) ** 2 / np.maximum((sizes * weight**2).sum(axis=0), 1e-300)
    found = weighted_histogram_quantiles(weights, effective, probability)
    for item in range(answers.shape[1]):
        chosen = (groups >= 0) & (answers[:, item] > 0)
        own = weight[groups[chosen], item]
        expected = weighted_quantiles(answers[chosen, item].astype(float), own, probability)
        assert same(found[item, 0], expected.values[0])


@few
@given(rounds(rows=(1, 10), columns=(1, 5)))
def test_kendalls_w(round_of_answers):
    answers, groups, categories = round_of_answers
    found = kendall_w_by_group(answers, groups, categories, n_groups=3)
    for group in range(3):
        rows = answers[groups == group].astype(float)
        rows[rows == 0] = np.nan
        expected = kendall_w(rows)
        for name in ("w", "w_uncorrected", "chi2", "p_value", "mean_spearman"):
            assert same(getattr(found, name)[group], getattr(expected, name)), name
        if expected.w is not None:
            assert (found.n_experts[group], found.n_items[group]) == (expected.n_experts, expected.n_items)
            assert all(same(*pair) for pair in zip(found.mean_ranks[group], expected.mean_ranks, strict=True))


@few
@given(rounds(rows=(2, 14)), st.sampled_from([0.5, 0.9, 0.95]))
def test_gaps_between_medians(round_of_answers, level):
    answers, groups, categories = round_of_answers
    counts = group_histograms(answers, groups, categories, n_groups=3)
    found = median_gap_intervals(counts, level)
    assert found.pairs == [(0, 1), (0, 2), (1, 2)]
    for place, (a, b) in enumerate(found.pairs):
        for item in range(answers.shape[1]):
            expected = resampled_median_gap(counts[a, item], counts[b, item], level)
            assert same(found.difference[place, item], expected.difference)
            assert same(found.low[place, item], expected.low)
            assert same(found.high[place, item], expected.high)


@few
@given(rounds())
def test_laws_of_medians(round_of_answers):
    answers, groups, categories = round_of_answers
    counts = group_histograms(answers, groups, categories, n_groups=3)
    laws = median_laws(counts)
    for place in np.ndindex(counts.shape[:2]):
        expected = np.zeros(2 * categories - 1)
        one = resampled_median(counts[place])
        expected[[round(2 * value) - 2 for value in one.values]] = one.probabilities
        assert laws[place] == pytest.approx(expected, abs=1e-12)


@few
@given(rounds(rows=(2, 14)), st.integers(1, 13))
def test_blocks_of_experts_add_up_to_the_whole(round_of_answers, cut):
    answers, groups, categories = round_of_answers
    parts = [
        group_histograms(answers[piece], groups[piece], categories, n_groups=3)
        for piece in (slice(cut), slice(cut, None))
    ]
    assert (sum(parts) == group_histograms(answers, groups, categories, n_groups=3)).all()


@few
@given(rounds(rows=(2, 14)), st.randoms())
def test_the_order_of_experts_changes_nothing(round_of_answers, random):
    answers, groups, categories = round_of_answers
    order = list(range(len(answers)))
    random.shuffle(order)
    assert (
        group_histograms(answers[order], groups[order], categories) == group_histograms(answers, groups, categories)
    ).all()
    one, other = (kendall_w_by_group(answers[rows], groups[rows], categories).w for rows in (order, slice(None)))
    assert one == pytest.approx(other, nan_ok=True)
