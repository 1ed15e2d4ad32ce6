"""krippendorff_alpha: agreement beyond chance with any pattern of holes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, krippendorff_alpha
from tests.analysis.statistics.strategies import few, matrices, rating_or_missing

LEVELS = ["nominal", "ordinal", "interval", "ratio"]
N = None
# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C: four observers, twelve units
CANONICAL = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_the_canonical_data(level, alpha):
    result = krippendorff_alpha(CANONICAL, level)
    assert round(result.alpha, 3) == alpha
    assert (result.n, result.n_units, result.n_missing) == (4, 11, 7)


def test_labels_are_categories_too():
    named = [[None if code is None else "abcde"[code - 1] for code in row] for row in CANONICAL]
    assert krippendorff_alpha(named, "nominal").alpha == krippendorff_alpha(CANONICAL, "nominal").alpha


def test_two_observers_without_holes_by_hand():
    # Krippendorff 2011, section A: binary data, ten units, 0.095
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert round(krippendorff_alpha([first, second], "nominal").alpha, 3) == 0.095


def test_the_bootstrap_is_seeded_and_tells_its_seed():
    result = krippendorff_alpha(CANONICAL, "interval", bootstrap=200, seed=7)
    assert result == krippendorff_alpha(CANONICAL, "interval", bootstrap=200, seed=7)
    assert (result.bootstrap, result.seed) == (200, 7)
    assert result.low < result.alpha < result.high <= 1
    assert krippendorff_alpha(CANONICAL, "interval").low is None


def test_resamples_without_variation_are_dropped():
    # Two units: half of the resamples repeat one unit, whose answers are all equal
    result = krippendorff_alpha([[1, 2], [1, 2]], "nominal", bootstrap=100, seed=1)
    assert (result.alpha, result.low, result.high) == (1, 1, 1)
    assert 20 < result.bootstrap < 80


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("ratings", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[1, 2, 3]], Status.INSUFFICIENT_N),
        ([[None, None], [None, None]], Status.INSUFFICIENT_N),
        ([[1, None], [None, 2]], Status.INSUFFICIENT_N),
        ([[4, 4], [4, 4]], Status.NO_VARIATION),
        ([[0, 0], [0, 0]], Status.NO_VARIATION),
    ],
    ids=["empty", "one expert", "all missing", "no unit in common", "all equal", "all zero"],
)
def test_edges(ratings, status, level):
    result = krippendorff_alpha(ratings, level)
    assert (result.alpha, result.low, result.high, result.status) == (None, None, None, status)
    assert result.reason


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((CANONICAL, "likert"), "level"),
        (([1, 2], "nominal"), "ratings"),
        (([["a", "b"]], "interval"), "ratings"),
        (([[-1, 2], [1, 2]], "ratio"), "ratings"),
        ((CANONICAL, "nominal", -1), "bootstrap"),
        ((CANONICAL, "nominal", 5, -3), "seed"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        krippendorff_alpha(*arguments)


@few
@given(matrices(rating_or_missing), st.sampled_from(LEVELS), st.randoms())
def test_order_and_silent_experts_change_nothing_and_alpha_is_1_at_most(ratings, level, random):
    result = krippendorff_alpha(ratings, level)
    shuffled = [*ratings, [None] * len(ratings[0])]
    random.shuffle(shuffled)
    columns = [list(column) for column in zip(*shuffled, strict=True)]
    random.shuffle(columns)
    other = krippendorff_alpha([list(row) for row in zip(*columns, strict=True)], level)
    assert (other.status, other.n) == (result.status, result.n)
    assert other.alpha == pytest.approx(result.alpha, abs=1e-9)
    assert result.alpha is None or result.alpha <= 1 + 1e-12


@few
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6).filter(lambda row: len(set(row)) > 1), st.sampled_from(LEVELS))
def test_identical_experts_agree_perfectly(row, level):
    assert krippendorff_alpha([row, row, row], level).alpha == pytest.approx(1)


@few
@given(matrices())
def test_relabelling_leaves_nominal_and_a_shift_leaves_interval_alpha(ratings):
    relabelled = [[(7 * answer) % 11 for answer in row] for row in ratings]
    shifted = [[3 * answer + 100 for answer in row] for row in ratings]
    assert krippendorff_alpha(relabelled, "nominal").alpha == pytest.approx(krippendorff_alpha(ratings, "nominal").alpha)
    assert krippendorff_alpha(shifted, "interval").alpha == pytest.approx(krippendorff_alpha(ratings, "interval").alpha)
    assert krippendorff_alpha(shifted, "ordinal").alpha == pytest.approx(krippendorff_alpha(ratings, "ordinal").alpha)


@few
@given(matrices(st.integers(0, 1)))
def test_on_two_categories_nominal_ordinal_and_interval_agree(ratings):
    alphas = [krippendorff_alpha(ratings, level).alpha for level in ("nominal", "ordinal", "interval")]
    assert alphas[1:] == [pytest.approx(alphas[0])] * 2
