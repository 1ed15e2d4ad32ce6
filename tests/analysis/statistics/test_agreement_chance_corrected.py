"""fleiss_kappa and gwet_ac: agreement of several experts on categories, beyond chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, fleiss_kappa, gwet_ac
from tests.analysis.statistics.strategies import few, matrices, rating_or_missing

WEIGHTS = ["unweighted", "ordinal", "quadratic"]
# Fleiss 1971, Psychological Bulletin 76:378, table 1: 30 patients, six psychiatrists, five diagnoses
DIAGNOSES = [
    *("00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"),
    *("10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"),
    *("00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"),
]
N = None
# Gwet 2014, the data that is cac.raw4raters in R's irrCAC: four raters, twelve units
FOUR_RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


def experts_by_patients(table):
    return np.array([np.repeat(range(5), [int(count) for count in patient]) for patient in table]).T


def test_the_diagnoses_of_fleiss():
    # kappa = .430; R irr: kappam.fleiss(diagnoses): Kappa = 0.43, z = 17.7, p = 0
    result = fleiss_kappa(experts_by_patients(DIAGNOSES))
    assert round(result.kappa, 3) == 0.430
    assert round(result.z, 1) == 17.7
    assert result.p_value < 1e-60
    assert result.raw_agreement == pytest.approx(0.5555555556)  # Fleiss: mean P = .556
    assert (result.n, result.n_categories) == (30, 5)


def test_kappa_by_hand():
    # Two items, three experts: aab, bbb. P = (1/3 + 1)/2 = 2/3; p_a = 1/3, sum p(1-p) = 4/9; kappa = 1 - (1/3)/(4/9) = 1/4.
    # Variance under chance: 2 (16/81 - [2/9 * 1/3 - 2/9 * 1/3]) / (2 * 3 * 2 * 16/81) = 1/6; z = sqrt(6)/4
    result = fleiss_kappa([["a", "b"], ["a", "b"], ["b", "b"]])
    assert (result.kappa, result.raw_agreement) == (pytest.approx(0.25), pytest.approx(2 / 3))
    assert result.z == pytest.approx(6**0.5 / 4)


def test_unequal_numbers_of_answers_are_for_another_coefficient():
    result = fleiss_kappa([[1, 2, 1], [1, None, 2], [1, 2, 2]])
    assert (result.kappa, result.status) == (None, Status.NOT_APPLICABLE)
    assert "Krippendorff" in result.reason


def test_different_experts_per_item_are_fine_if_equally_many():
    assert fleiss_kappa([[1, 2, None], [1, None, 2], [None, 2, 2]]).kappa == 1


@pytest.mark.parametrize(
    ("weights", "ac", "se", "raw"),
    [
        ("unweighted", 0.7754440681, 0.1429499506, 0.8181818182),
        ("ordinal", 0.8989397699, 0.1069035238, 0.9681818182),
        ("quadratic", 0.9140007236, 0.1039622446, 0.9753787879),
    ],
)
def test_gwets_four_raters(weights, ac, se, raw):
    # R irrCAC: gwet.ac1.raw(cac.raw4raters) gives 0.77544, 0.14295; the same and the weighted values to ten digits:
    # Python irrCAC, CAC(raw_4raters(), weights=..., digits=10).gwet()
    result = gwet_ac(FOUR_RATERS, weights)
    assert (result.ac, result.se, result.raw_agreement) == (
        pytest.approx(ac),
        pytest.approx(se),
        pytest.approx(raw),
    )
    assert (result.n, result.n_categories) == (12, 5)


def test_the_prevalence_paradox():
    # 93 of 100 pairs agree, but nearly all in one category: kappa near or below 0, AC1 high
    first, second = [1] * 93 + [1] * 4 + [2] * 3, [1] * 93 + [2] * 4 + [1] * 3
    assert fleiss_kappa([first, second]).kappa < 0
    assert gwet_ac([first, second]).ac > 0.9
    assert gwet_ac([first, second]).raw_agreement == pytest.approx(0.93)


EDGES = pytest.mark.parametrize(
    ("ratings", "status"),
    [
        ([], Status.INSUFFICIENT_N),
        ([[1, 2]], Status.INSUFFICIENT_N),
        ([[None, None], [None, None]], Status.INSUFFICIENT_N),
        ([[3, 3], [3, 3]], Status.NO_VARIATION),
    ],
    ids=["empty", "one expert", "all missing", "all equal"],
)


@EDGES
def test_edges_of_fleiss(ratings, status):
    result = fleiss_kappa(ratings)
    assert (result.kappa, result.z, result.p_value, result.status) == (None, None, None, status)


@EDGES
@pytest.mark.parametrize("weights", WEIGHTS)
def test_edges_of_gwet(ratings, status, weights):
    result = gwet_ac(ratings, weights)
    assert (result.ac, result.se, result.status) == (None, None, status)


@pytest.mark.parametrize("coefficient", [fleiss_kappa, gwet_ac])
@pytest.mark.parametrize("ratings", [[1, 2], [[1, 2], [1]], [[float("inf")], [1]]])
def test_malformed_ratings_are_refused_by_name(coefficient, ratings):
    with pytest.raises(ValueError, match="ratings"):
        coefficient(ratings)


def test_weights_need_numbers_and_a_known_name():
    with pytest.raises(ValueError, match="weights"):
        gwet_ac(FOUR_RATERS, "cubic")
    with pytest.raises(ValueError, match="ratings must be numbers"):
        gwet_ac([["a", "b"], ["a", "b"]], "quadratic")


@few
@given(matrices(), st.randoms())
def test_order_relabelling_and_silent_experts_change_nothing(ratings, random):
    kappa, ac = fleiss_kappa(ratings), gwet_ac(ratings)
    other = [[(7 * answer) % 11 for answer in row] for row in ratings] + [[None] * len(ratings[0])]
    random.shuffle(other)
    assert fleiss_kappa(other).kappa == pytest.approx(kappa.kappa)
    assert gwet_ac(other).ac == pytest.approx(ac.ac)
    assert gwet_ac(other).raw_agreement == pytest.approx(ac.raw_agreement)
    assert all(value is None or value <= 1 + 1e-12 for value in (kappa.kappa, ac.ac))


@few
@given(matrices(rating_or_missing), st.sampled_from(WEIGHTS))
def test_reversing_the_scale_leaves_every_ac(ratings, weights):
    mirrored = [[None if answer is None else 10 - answer for answer in row] for row in ratings]
    result, other = gwet_ac(ratings, weights), gwet_ac(mirrored, weights)
    assert (other.ac, other.se) == (pytest.approx(result.ac), pytest.approx(result.se))


@few
@given(st.lists(st.integers(1, 5), min_size=2, max_size=6).filter(lambda row: len(set(row)) > 1))
def test_identical_experts_agree_perfectly(row):
    assert fleiss_kappa([row] * 3).kappa == pytest.approx(1)
    assert [gwet_ac([row] * 3, weights).ac for weights in WEIGHTS] == [pytest.approx(1)] * 3
