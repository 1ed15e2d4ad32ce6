"""All pairs of groups at once: each pair has the figures of the one-pair functions, on scales and on any numbers."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import distribution_distance, equivalence, quantiles, two_group_gap
from analysis.statistics.gaps.shift import interval_rank
from analysis.statistics.matrix import pair_gaps, pair_shifts, value_histograms
from analysis.statistics.matrix.shift_ranks import shift_rank
from tests.analysis.statistics.matrix.rounds import same
from tests.analysis.statistics.strategies import few

# Brunner & Munzel 2000, Biometrical Journal 42:17: pain scores after surgery, two treatments
PAIN_Y = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
PAIN_N = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
# Hollander & Wolfe 1973, p. 69f: permeability constants of the placental membrane
AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
EARLY = [1.15, 0.88, 0.90, 0.74, 1.21]

SCALE = 7
ratings = st.lists(st.integers(1, SCALE), max_size=12)
numbers = st.lists(st.one_of(st.integers(-5, 5), st.floats(-1e3, 1e3, allow_subnormal=False).map(lambda x: round(x, 4))), max_size=12)
irregular = st.lists(st.sampled_from([0.0, 0.1 + 0.2, 0.3, 2**0.5, 3**0.5, 1e5 + 0.123456789]), max_size=10)


def gaps_of(groups, **options):
    answers = [answer for group in groups for answer in group]
    numbered = [place for place, group in enumerate(groups) for _ in group]
    return pair_gaps(*value_histograms(answers, numbered, len(groups)), **options)


def assert_as_one_pair(found, place, first, second):
    expected = two_group_gap(first, second)
    low, high = expected.hodges_lehmann_interval or (None, None)
    delta_low, delta_high = expected.cliffs_delta_interval or (None, None)
    assert same(found.shifts.hodges_lehmann[place], expected.hodges_lehmann)
    assert same(found.shifts.low[place], low)
    assert same(found.shifts.high[place], high)
    assert same(found.dominance.cliffs_delta[place], expected.cliffs_delta)
    assert same(found.dominance.delta_low[place], delta_low)
    assert same(found.dominance.delta_high[place], delta_high)
    assert same(found.dominance.p_mann_whitney[place], expected.p_mann_whitney)
    assert same(found.dominance.p_brunner_munzel[place], expected.p_brunner_munzel)
    assert same(found.mean_differences.p_welch[place], expected.p_welch)
    assert same(found.difference_of_medians[place], difference_of_medians(first, second))


def difference_of_medians(first, second):
    return quantiles(first, 0.5).values[0] - quantiles(second, 0.5).values[0] if first and second else None


def test_pain_scores_published_and_by_r():
    found = gaps_of([PAIN_Y, PAIN_N])
    # Brunner & Munzel 2000; R 4.2.2: wilcox.test(x, y, correct = FALSE, exact = FALSE), t.test(x, y), median(outer(x, y, "-"))
    assert found.dominance.p_brunner_munzel[0] == pytest.approx(0.005786, abs=5e-7)
    assert found.dominance.p_mann_whitney[0] == pytest.approx(0.00707198948222, rel=1e-10)
    assert found.mean_differences.p_welch[0] == pytest.approx(0.00947890168716, rel=1e-10)
    assert found.shifts.hodges_lehmann[0] == -2
    assert found.difference_of_medians[0] == -2


@pytest.mark.parametrize(("level", "interval"), [(0.95, (-0.15, 0.76)), (0.80, (-0.05, 0.70))])
def test_hollander_and_wolfes_shift(level, interval):
    # R: wilcox.test(x, y, conf.int = TRUE, exact = TRUE, conf.level = level)
    found = gaps_of([AT_TERM, EARLY], level=level).shifts
    assert found.hodges_lehmann[0] == pytest.approx(0.305)
    assert (found.low[0], found.high[0]) == pytest.approx(interval)


def test_cliffs_interval():
    # Hogarty & Kromrey 1999: delta -.25 (-.7266, .3890); groups apart as in test_two_group_gap, by R
    found = gaps_of([[10, 10, 20, 20, 20, 30, 30, 30, 40, 50], [10, 20, 30, 40, 40, 50], [120, 130, 140, 150, 150, 160]]).dominance
    assert (found.delta_low[0], found.delta_high[0]) == pytest.approx((-0.726584588889944, 0.389006190198743))
    first = gaps_of([[10, 20, 20, 20, 30, 30, 30, 40, 50, 100], [120, 130, 140, 150, 150, 160]]).dominance
    assert (first.cliffs_delta[0], first.delta_low[0], first.delta_high[0]) == pytest.approx((-1, -1, -0.946802881746484))
    assert np.isnan(first.p_brunner_munzel[0])


def test_welchs_interval_and_equivalence_by_hand():
    # Means 3 and 5, both variances 2.5 over 5 answers: error 1, df 8; tables of Student's t: 2.306004 (97.5 %), 1.859548 (95 %)
    found = gaps_of([[1, 2, 3, 4, 5], [3, 4, 5, 6, 7]], margin=3.9)
    assert found.mean_differences.difference[0] == pytest.approx(-2)
    assert (found.mean_differences.low[0], found.mean_differences.high[0]) == pytest.approx((-4.306004, 0.306004))
    assert (found.equivalences.low[0], found.equivalences.high[0]) == pytest.approx((-3.859548, -0.140452), abs=1e-6)
    assert found.equivalences.equivalent[0] == 1
    assert gaps_of([[1, 2, 3, 4, 5], [3, 4, 5, 6, 7]], margin=3.8).equivalences.equivalent[0] == 0


def test_distances_of_numbers_are_in_their_unit():
    # Half of the first group's answers move from 0 to 10, the other half from 2 to 10: (10 + 8) / 2
    found = gaps_of([[0, 2], [10, 10]], span=100).distances
    assert (found.emd[0], found.emd_normalised[0], found.total_variation[0]) == pytest.approx((9, 0.09, 1))
    assert np.isnan(gaps_of([[0, 2], [10, 10]]).distances.emd_normalised[0])


@few
@given(st.lists(ratings, min_size=2, max_size=4))
def test_every_pair_of_ratings_is_as_by_itself(groups):
    counts = np.array([[group.count(value) for value in range(1, SCALE + 1)] for group in groups])
    found = pair_gaps(range(1, SCALE + 1), counts, span=SCALE - 1, margin=0.5)
    for place, (one, other) in enumerate(combinations(range(len(groups)), 2)):
        assert (found.first[place], found.second[place]) == (one, other)
        assert_as_one_pair(found, place, groups[one], groups[other])
        distance, alike = distribution_distance(counts[one], counts[other]), equivalence(groups[one], groups[other], 0.5)
        assert same(found.distances.emd[place], distance.emd)
        assert same(found.distances.emd_normalised[place], distance.emd_normalised)
        assert same(found.distances.total_variation[place], distance.total_variation)
        assert same(found.equivalences.p_value[place], alike.p_value)
        assert same(found.equivalences.low[place], alike.low)
        assert same(found.equivalences.high[place], alike.high)
        assert same(found.equivalences.equivalent[place], alike.equivalent)


@few
@given(st.lists(numbers, min_size=2, max_size=3))
def test_every_pair_of_numbers_is_as_by_itself(groups):
    found = gaps_of(groups)
    for place, (one, other) in enumerate(combinations(range(len(groups)), 2)):
        assert_as_one_pair(found, place, groups[one], groups[other])


@few
@given(irregular, irregular)
def test_numbers_off_every_lattice_are_as_by_themselves(first, second):
    assert_as_one_pair(gaps_of([first, second]), 0, first, second)


@few
@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 2**32 - 1), st.sampled_from([0.01, 1, 37]))
def test_searching_finds_what_the_lattice_finds(n_first, n_second, seed, unit):
    drawn = np.random.default_rng(seed).integers(0, 500, n_first + n_second) * unit
    values, counts = value_histograms(drawn, [0] * n_first + [1] * n_second, 2)
    one, other = np.array([0]), np.array([1])
    lattice = pair_shifts.lattice_of(values)
    assert lattice is not None
    ranks = np.unique(np.linspace(1, n_first * n_second, 4).astype(int))[None]
    on_lattice = pair_shifts._on_lattice(lattice, counts, one, other, ranks)
    assert pair_shifts._searched(values, counts, one, other, ranks) == pytest.approx(on_lattice, abs=1e-8)


def test_hundreds_of_different_numbers_each_are_as_by_themselves():
    generator = np.random.default_rng(4)
    first, second = generator.lognormal(3, 2, 300), generator.lognormal(3.4, 2, 280)
    assert_as_one_pair(gaps_of([first.tolist(), second.tolist()]), 0, first.tolist(), second.tolist())


@pytest.mark.parametrize(("smaller", "larger"), [(22, 22), (22, 300), (50, 49), (64, 81), (117, 203), (250, 251)])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99, 0.999])
def test_the_rank_of_the_limits_is_that_of_the_exact_law(smaller, larger, level):
    assert shift_rank(smaller, larger, level) == interval_rank(smaller, larger, level)


def test_pairs_may_be_named():
    found = pair_gaps([1, 2], [[1, 3], [2, 2], [3, 0]], [2, 0], [0, 2])
    assert found.mean_differences.difference.tolist() == pytest.approx([-0.75, 0.75])
    assert found.shifts.hodges_lehmann.tolist() == [-1, 1]


def test_no_answer_at_all():
    found = pair_gaps([], np.zeros((3, 0)), span=4)
    assert np.isnan(found.shifts.hodges_lehmann).all()
    assert np.isnan(found.distances.emd).all()
    assert np.isnan(found.dominance.p_mann_whitney).all()
    assert found.first.size == 3


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 1], [[1, 2]]), "values"),
        (([1, 2], [[1, 2, 3]]), "histograms"),
        (([1, 2], [[1, 0.5]]), "histograms"),
        (([1, 2], [[1, -1]]), "histograms"),
        (([1, 2], [[1, 1]], [0], [1]), "first"),
        (([1, 2], [[1, 1]], [0], []), "second"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        pair_gaps(*arguments)


def test_a_margin_must_be_positive():
    with pytest.raises(ValueError, match="margin"):
        pair_gaps([1, 2], [[1, 1], [2, 2]], margin=0)
