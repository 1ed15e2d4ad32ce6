"""social_relations: variance between actors, partners and pairs of a round robin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, social_relations
from tests.analysis.statistics.strategies import few

FIVE = [[None, 5, 6, 7, 8], [3, None, 4, 4, 6], [7, 5, None, 8, 9], [2, 4, 3, None, 5], [6, 6, 7, 5, None]]
COMPONENTS = ("actor", "partner", "relationship", "actor_partner_covariance", "relationship_covariance")

round_robins = st.integers(4, 6).flatmap(
    lambda size: st.lists(st.lists(st.integers(1, 9), min_size=size, max_size=size), min_size=size, max_size=size)
)


def test_components_against_r():
    # R 4.2.2, the moments of Warner, Kenny & Stoto 1979 (J. Pers. Soc. Psychol. 37:1742) as TripleR has them:
    # a <- (n-1)^2/(n*(n-2))*mi + (n-1)/(n*(n-2))*mj - (n-1)/(n-2)*m; g <- M - outer(a, b, "+") - m;
    # D <- sum(((g+t(g))/2)^2)/((n-1)*(n-2)/2-1); E <- sum((g-t(g))^2)/2/((n-1)*(n-2)); s <- (D+E)/2; r <- (D-E)/2
    result = social_relations(FIVE)
    found = [getattr(result, name) for name in COMPONENTS]
    assert found == pytest.approx(
        [2.45, 0.8833333333333332, 0.8166666666666667, 0.4833333333333334, -0.0166666666666667]
    )
    assert result.actor_effects == pytest.approx((0.8, -1.466666666666667, 1.733333333333333, -2, 0.933333333333334))
    assert result.partner_effects == pytest.approx(
        (-0.8, -0.866666666666666, -0.066666666666666, 0, 1.73333333333333), abs=1e-12
    )
    assert (result.mean, result.n) == (5.5, 5)


def test_each_component_is_estimated_without_bias():
    # The estimates are quadratic in the data, so their expectation under a model with covariance L L' is the sum of the
    # estimates over the columns of L: it must return the variances put in.
    n, actor, partner, both, pair, reciprocal = 5, 2.0, 1.5, 0.7, 1.1, 0.4
    cells = [(i, j) for i in range(n) for j in range(n) if i != j]
    covariance = np.array(
        [
            [
                actor * (i == k)
                + partner * (j == m)
                + both * ((i == m) + (j == k))
                + pair * ((i, j) == (k, m))
                + reciprocal * ((i, j) == (m, k))
                for k, m in cells
            ]
            for i, j in cells
        ]
    )
    expected = np.zeros(5)
    for column in np.linalg.cholesky(covariance).T:
        scores = np.zeros((n, n))
        scores[tuple(zip(*cells, strict=True))] = column
        expected += [getattr(social_relations(scores), name) for name in COMPONENTS]
    assert expected == pytest.approx([actor, partner, pair, both, reciprocal])


@pytest.mark.parametrize(
    ("matrix", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[None]], Status.INSUFFICIENT_N),
        ([[None, 1, 2], [3, None, 4], [5, 6, None]], Status.INSUFFICIENT_N),
        ([[None] * 4] * 4, Status.NOT_APPLICABLE),
        ([[None, None, 2, 3], [3, None, 4, 1], [5, 6, None, 2], [1, 2, 3, None]], Status.NOT_APPLICABLE),
    ],
    ids=["empty", "one ally", "three allies", "all missing", "one hole"],
)
def test_edges(matrix, status):
    result = social_relations(matrix)
    assert [getattr(result, name) for name in COMPONENTS] == [None] * 5
    assert (result.status, bool(result.reason)) == (status, True)


def test_all_scores_equal_have_no_variance():
    result = social_relations([[3] * 4] * 4)
    assert [getattr(result, name) for name in COMPONENTS] == pytest.approx([0] * 5)


def test_pure_actors_have_actor_variance_only():
    # Every actor gives everybody the same: variance of 1, 2, 3, 4 is 5/3
    result = social_relations([[level] * 4 for level in (1, 2, 3, 4)])
    assert [getattr(result, name) for name in COMPONENTS] == pytest.approx([5 / 3, 0, 0, 0, 0], abs=1e-12)


def test_malformed_arguments_are_named():
    with pytest.raises(ValueError, match="matrix"):
        social_relations([[1, 2], [3, 4], [5, 6]])


@few
@given(round_robins, st.randoms())
def test_relabelling_changes_nothing_and_transposing_swaps_actor_and_partner(scores, random):
    table = np.array(scores, dtype=float)
    order = list(range(len(table)))
    random.shuffle(order)
    one, moved = social_relations(table), social_relations(table[np.ix_(order, order)])
    turned = social_relations(table.T)
    for name in COMPONENTS:
        assert getattr(moved, name) == pytest.approx(getattr(one, name), abs=1e-9)
    assert (turned.actor, turned.partner) == pytest.approx((one.partner, one.actor), abs=1e-9)
    assert one.relationship >= -1e-9
