"""bradley_terry: abilities from pairwise comparisons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, bradley_terry
from tests.analysis.statistics.strategies import few

# Stigler 1994, Statistical Science 9:94 (R: BradleyTerry2::citations, turned: who is cited wins):
# Biometrika, Communications in Statistics, JASA, JRSS-B
CITED = [[714, 730, 498, 221], [33, 425, 68, 17], [320, 813, 1072, 142], [284, 276, 325, 188]]
# Agresti 2002, p. 438 (R: BradleyTerry2::baseball): American League 1987, home and away together;
# Baltimore, Boston, Cleveland, Detroit, Milwaukee, New York, Toronto
BASEBALL = [
    [0, 1, 7, 4, 2, 3, 1],
    [12, 0, 7, 2, 6, 7, 6],
    [6, 6, 0, 4, 4, 6, 5],
    [9, 11, 9, 0, 6, 5, 7],
    [11, 7, 9, 7, 0, 7, 9],
    [10, 6, 7, 8, 6, 0, 6],
    [12, 7, 8, 6, 4, 7, 0],
]

ring = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 6), min_size=size, max_size=size), min_size=size, max_size=size)
)


def test_stiglers_citations():
    # R 4.2.2, BradleyTerry2 1.1.2: coef(BTm(cbind(win1, win2), journal1, journal2, data = countsToBinomial(citations))):
    # -2.949072496844, -0.479569769752, 0.268954055819 against Biometrika; standard errors centred:
    # C %*% vcov %*% t(C), C <- diag(4) - 1/4. The diagonal (self-citations) is ignored.
    result = bradley_terry(CITED)
    ability = np.array(result.log_ability)
    assert ability[1:] - ability[0] == pytest.approx([-2.949072496844, -0.479569769752, 0.268954055819], abs=1e-9)
    assert ability == pytest.approx([0.789922052694, -2.159150444150, 0.310352282942, 1.058876108514], abs=1e-9)
    assert result.se == pytest.approx([0.0433304686873, 0.0725797434598, 0.0416410155199, 0.0530469881931], abs=1e-6)
    assert result.worth == pytest.approx(np.exp(ability) / np.exp(ability).sum())


def test_baseball():
    # R, BradleyTerry2: BTabilities(BTm(cbind(home.wins, away.wins), home.team, away.team, data = baseball)), centred
    result = bradley_terry(BASEBALL)
    assert result.log_ability == pytest.approx(
        [
            -1.05020253600378,
            0.05749516936856,
            -0.36634976685051,
            0.386205895802,
            0.5311533406509,
            0.1974153091311,
            0.24428258790155,
        ],
        abs=1e-8,
    )
    assert result.se == pytest.approx(
        [
            0.23246199465969,
            0.20091903195183,
            0.20504427775644,
            0.20415650793954,
            0.2074194261002,
            0.20160370591078,
            0.20206147749943,
        ],
        abs=1e-5,
    )
    assert result.n == 273


def test_two_items_by_hand():
    # Odds 3:1, so log abilities are plus and minus ln 3 / 2; information of the difference 4 * 3/4 * 1/4
    result = bradley_terry([[0, 3], [1, 0]])
    assert result.log_ability == pytest.approx([np.log(3) / 2, -np.log(3) / 2])
    assert result.worth == pytest.approx([0.75, 0.25])
    assert result.se == pytest.approx([np.sqrt(4 / 3) / 2] * 2)


@pytest.mark.parametrize(
    ("wins", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[5]], Status.INSUFFICIENT_N),
        ([[0, 0], [0, 0]], Status.INSUFFICIENT_N),
        ([[0, 3], [0, 0]], Status.NOT_APPLICABLE),
        ([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], Status.NOT_APPLICABLE),
    ],
    ids=["empty", "one item", "no comparison", "undefeated", "not connected"],
)
def test_edges(wins, status):
    result = bradley_terry(wins)
    assert (result.log_ability, result.worth, result.se, result.status) == (None, None, None, status)


def test_all_comparisons_balanced():
    assert bradley_terry([[0, 2, 2], [2, 0, 2], [2, 2, 0]]).worth == pytest.approx([1 / 3] * 3)


def test_one_win_against_many():
    result = bradley_terry([[0, 500], [1, 0]])
    assert result.log_ability[0] - result.log_ability[1] == pytest.approx(np.log(500))


@pytest.mark.parametrize("wins", [[[1, 2]], [[0, -1], [1, 0]], [[0, None], [1, 0]], [1, 2]])
def test_malformed_wins_are_named(wins):
    with pytest.raises(ValueError, match="wins"):
        bradley_terry(wins)


@few
@given(ring, st.randoms())
def test_expected_wins_equal_observed_ones_and_labels_do_not_matter(wins, random):
    table = np.array(wins, dtype=float)
    np.fill_diagonal(table, 0)
    result = bradley_terry(table)
    if result.status != Status.OK:
        return
    ability = np.array(result.log_ability)
    chances = 1 / (1 + np.exp(-np.subtract.outer(ability, ability)))
    expected = ((table + table.T) * chances).sum(axis=1)
    assert expected == pytest.approx(table.sum(axis=1), abs=1e-6)
    assert ability.sum() == pytest.approx(0, abs=1e-9)
    order = list(range(len(table)))
    random.shuffle(order)
    assert bradley_terry(table[np.ix_(order, order)]).log_ability == pytest.approx(ability[order], abs=1e-6)
