"""permanova: whether groups differ over all items at once."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, permanova
from tests.analysis.statistics.strategies import few, matrices

FIVE = [[1, 2], [2, 1], [5, 6], [6, 5], [5, 5]]
# Twelve experts in three groups, five items; the R values below are of this matrix
PANEL = [
    [3, 4, 2, 5, 1],
    [2, 4, 3, 4, 1],
    [4, 5, 2, 5, 2],
    [3, 3, 1, 4, 1],
    [5, 2, 4, 2, 3],
    [4, 1, 5, 3, 4],
    [5, 2, 3, 1, 3],
    [4, 3, 4, 2, 5],
    [1, 5, 5, 4, 2],
    [2, 4, 4, 3, 3],
    [1, 3, 5, 5, 2],
    [3, 5, 4, 4, 1],
]
GROUPS = ["a"] * 4 + ["b"] * 4 + ["c"] * 4
TICKS = [[1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 1], [1, 0, 1, 1]]


def test_full_enumeration_where_it_is_feasible():
    # R 4.2.2, vegan 2.6-4: adonis2(dist(X) ~ g, permutations = 999): F 45.34286, R2 0.9379432624113, all 119 permutations: 0.1
    result = permanova(FIVE, ["a", "a", "b", "b", "b"])
    assert result.f == pytest.approx(45.34285714285714)
    assert result.r2 == pytest.approx(0.9379432624113)
    assert (result.p_value, result.permutations, result.enumerated, result.seed) == (0.1, 10, True, None)


@pytest.mark.parametrize(
    ("metric", "f", "r2"),
    [
        # R, vegan: adonis2(vegdist(X, m) ~ g), m = "euclidean", "manhattan", "bray"
        ("euclidean", 11.0089285714286, 0.709844559585492),
        ("manhattan", 10.8627906976744, 0.70708446866485),
        ("braycurtis", 11.2012795049506, 0.713399153324979),
    ],
)
def test_three_groups_against_vegan(metric, f, r2):
    result = permanova(PANEL, GROUPS, metric)
    assert result.f == pytest.approx(f)
    assert result.r2 == pytest.approx(r2)


def test_jaccard_on_ticks_against_vegan():
    # R, vegan: adonis2(vegdist(T, "jaccard", binary = TRUE) ~ c("x", "x", "x", "y", "y", "y"))
    result = permanova(TICKS, list("xxxyyy"), "jaccard")
    assert (result.f, result.r2) == pytest.approx((1.98245614035088, 0.331378299120235))


def test_the_seed_stands_in_the_result_and_repeats_it():
    one, again = permanova(PANEL, GROUPS, permutations=500), permanova(PANEL, GROUPS, permutations=500)
    assert one == again
    assert (one.permutations, one.enumerated) == (500, False)
    assert permanova(PANEL, GROUPS, permutations=500, seed=3).seed == 3
    # No division into three fours is as good: the smallest p that 500 permutations can give
    assert one.p_value == pytest.approx(1 / 501)


def test_drawn_p_comes_close_to_the_enumerated_one():
    ratings = [row[:2] for row in PANEL[:8]]
    groups = list("abababab")
    exact = permanova(ratings, groups, permutations=70)
    assert exact.enumerated
    drawn = permanova(ratings, groups, permutations=69)
    assert not drawn.enumerated
    assert permanova(np.tile(ratings, (1, 1)), groups, permutations=69).p_value == drawn.p_value
    assert drawn.p_value == pytest.approx(exact.p_value, abs=0.2)


def test_enumeration_counts_every_division_once():
    groups = np.array(list("aabbb"))
    observed = permanova(FIVE, groups).r2
    others = [
        permanova(FIVE, ["a" if expert in chosen else "b" for expert in range(5)], permutations=0).r2
        for chosen in itertools.combinations(range(5), 2)
    ]
    assert permanova(FIVE, groups).p_value == pytest.approx(np.mean([r2 >= observed - 1e-12 for r2 in others]))


def test_experts_with_holes_or_without_a_group_are_left_out():
    result = permanova([*FIVE, [None, 3], [9, 9]], ["a", "a", "b", "b", "b", "a", None])
    assert (result.n, result.n_missing, result.f) == (5, 2, pytest.approx(45.34285714285714))


@pytest.mark.parametrize(
    ("answers", "groups", "status"),
    [
        ([], [], Status.INSUFFICIENT_N),
        ([[1, 2]], ["a"], Status.INSUFFICIENT_N),
        ([[1, 2], [3, 4]], ["a", "b"], Status.INSUFFICIENT_N),
        ([[1, 2], [3, 4], [5, 6]], ["a", "a", "a"], Status.INSUFFICIENT_N),
        ([[None, 1]] * 4, list("aabb"), Status.INSUFFICIENT_N),
        ([[2, 2]] * 4, list("aabb"), Status.NO_VARIATION),
    ],
)
def test_edges(answers, groups, status):
    result = permanova(answers, groups)
    assert (result.f, result.r2, result.p_value, result.status) == (None, None, None, status)


def test_groups_of_identical_answers_have_no_finite_f():
    result = permanova([[1, 1], [1, 1], [4, 4], [4, 4]], list("aabb"))
    assert (result.f, result.r2, result.p_value) == (None, 1, pytest.approx(2 / 6))


def test_two_experts_who_tick_nothing_are_alike():
    assert permanova([[0, 0], [0, 0], [1, 1], [1, 0]], list("aabb"), "jaccard").r2 == pytest.approx(1 - 0.125 / 1.0625)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (([1, 2], ["a", "b"]), "answers"),
        ((FIVE, ["a", "b"]), "groups"),
        ((FIVE, list("aabbb"), "cosine"), "metric"),
        ((FIVE, list("aabbb"), "jaccard"), "answers"),
        (([[-1, 2], [2, 1], [5, 6]], list("aab"), "braycurtis"), "answers"),
        ((FIVE, list("aabbb"), "euclidean", -1), "permutations"),
        ((FIVE, list("aabbb"), "euclidean", 9, 0.5), "seed"),
    ],
)
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        permanova(*arguments)


@few
@given(matrices(rows=(4, 7)), st.randoms(), st.sampled_from([0.5, 2, 10]))
def test_scaling_and_order_change_nothing(ratings, random, factor):
    groups = ["a" if place % 2 else "b" for place in range(len(ratings))]
    order = list(range(len(ratings)))
    random.shuffle(order)
    one = permanova(ratings, groups)
    moved = [[factor * answer for answer in ratings[place]] for place in order]
    other = permanova(moved, [groups[place] for place in order])
    assert other.r2 == pytest.approx(one.r2)
    assert other.p_value == pytest.approx(one.p_value)
    assert one.r2 is None or -1e-12 <= one.r2 <= 1 + 1e-12
