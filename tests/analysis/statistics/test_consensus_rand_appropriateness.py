"""rand_appropriateness: the RAND/UCLA verdict on one indication rated from 1 to 9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import Status, rand_appropriateness
from tests.analysis.statistics.strategies import few, rating


def test_the_published_criterion_of_bmj_open():
    # Basger, Chen & Moles 2012, BMJ Open 2:e001431, table 1: 15 panellists, five 7s, five 8s, two 9s and three single
    # ratings below 7; IPR 1.0, IPRAS 6.1, no disagreement, median 7, at most four outside the region of the median.
    result = rand_appropriateness([4, 5, 6, *[7] * 5, *[8] * 5, 9, 9])
    assert (result.median, result.ipr, result.ipras) == (7, 1, pytest.approx(6.1))
    assert (result.disagreement, result.classic_agreement, result.classification) == (False, True, "appropriate")
    assert result.disagreement_index == pytest.approx(1 / 6.1)


def test_a_split_panel_disagrees():
    # By hand: P30 = 1 + ..., ten ratings 1 1 1 1 1 9 9 9 9 9: P30 = 1, P70 = 9, IPRCP = 5, IPRAS = 2.35 < IPR = 8
    result = rand_appropriateness([1] * 5 + [9] * 5)
    assert (result.ipr, result.ipras, result.disagreement) == (8, 2.35, True)
    assert (result.classic_disagreement, result.classic_agreement) == (True, False)
    assert (result.median, result.classification) == (5, "uncertain")


def test_the_quantile_type_can_flip_the_verdict():
    # Nine ratings 1 2 2 3 5 5 6 7 8. Type 7: P30 at 3.4 -> 2.4, P70 at 6.6 -> 5.6; IPR 3.2, AI 1, IPRAS 3.85: no.
    # Type 6: P30 at 3 -> 2, P70 at 7 -> 6; IPR 4, IPRCP 4, AI 1, IPRAS 3.85: disagreement.
    ratings = [1, 2, 2, 3, 5, 5, 6, 7, 8]
    assert rand_appropriateness(ratings).disagreement is False
    assert rand_appropriateness(ratings, quantile_type=6).disagreement is True


@pytest.mark.parametrize(
    ("median", "expected"),
    [(3, "inappropriate"), (3.5, "uncertain"), (6, "uncertain"), (6.5, "appropriate"), (9, "appropriate")],
)
def test_a_median_on_the_border_belongs_to_the_higher_class(median, expected):
    low, high = int(median), int(median + 0.5)
    assert rand_appropriateness([low, high]).classification == expected


@pytest.mark.parametrize(("size", "needed"), [(8, 3), (10, 3), (11, 4), (13, 4), (14, 5), (16, 5)], ids=lambda value: str(value))
def test_the_classic_counts_grow_with_the_panel(size, needed):
    # Fitch et al. 2001, chapter 8
    split = [1] * needed + [9] * needed + [5] * (size - 2 * needed)
    assert rand_appropriateness(split).classic_disagreement is True
    assert rand_appropriateness([5, *split[1:]]).classic_disagreement is False
    outliers = needed - 1
    assert rand_appropriateness([8] * (size - outliers) + [1] * outliers).classic_agreement is True
    assert rand_appropriateness([8] * (size - needed) + [1] * needed).classic_agreement is False


@pytest.mark.parametrize("size", [1, 7, 17])
def test_the_classic_rule_is_silent_outside_panels_of_8_to_16(size):
    result = rand_appropriateness([8] * size)
    assert (result.classic_disagreement, result.classic_agreement) == (None, None)
    assert "8 to 16" in result.reason


@pytest.mark.parametrize(
    ("ratings", "median", "classification", "status", "n_missing"),
    [
        ([], None, None, Status.INSUFFICIENT_N, 0),
        ([None] * 3, None, None, Status.INSUFFICIENT_N, 3),
        ([8], 8, "appropriate", Status.OK, 0),
        ([2] * 9, 2, "inappropriate", Status.OK, 0),
        ([1, 9], 5, "uncertain", Status.OK, 0),
    ],
    ids=["empty", "all missing", "one expert", "all equal", "two categories"],
)
def test_edges(ratings, median, classification, status, n_missing):
    result = rand_appropriateness(ratings)
    assert (result.median, result.classification, result.status) == (median, classification, status)
    assert result.n_missing == n_missing


@pytest.mark.parametrize("off_scale", [0, 10, 0.5, -1])
def test_ratings_off_the_scale_are_refused(off_scale):
    with pytest.raises(ValueError, match="ratings must lie on the scale from 1 to 9"):
        rand_appropriateness([5, off_scale])


@few
@given(st.lists(rating, min_size=1, max_size=18), st.randoms())
def test_reversing_the_scale_mirrors_the_median_and_keeps_the_disagreement(ratings, random):
    result = rand_appropriateness(ratings)
    mirrored = [10 - answer for answer in ratings]
    random.shuffle(mirrored)
    other = rand_appropriateness(mirrored)
    assert other.median == 10 - result.median
    assert (other.ipr, other.ipras) == (pytest.approx(result.ipr), pytest.approx(result.ipras))
    assert (other.disagreement, other.classic_disagreement) == (result.disagreement, result.classic_disagreement)


@few
@given(st.lists(rating, min_size=1, max_size=18))
def test_equal_weights_give_the_unweighted_verdict(ratings):
    weighted, plain = rand_appropriateness(ratings, weights=[0.2] * len(ratings)), rand_appropriateness(ratings)
    assert weighted.ipr == pytest.approx(plain.ipr, abs=1e-9)
    assert (weighted.median, weighted.classification) == (plain.median, plain.classification)
    assert weighted.classic_disagreement is None
