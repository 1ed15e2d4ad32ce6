"""attrition_decomposition: spread that left with the leavers, and spread that was revised away."""

import pytest
from hypothesis import given

from analysis.statistics import Status, attrition_decomposition
from tests.analysis.statistics.strategies import few, paired_ratings, rating_or_missing

FIELDS = tuple(f"{spread}_change_{part}" for spread in ("iqr", "sd") for part in ("total", "attrition", "revision"))


def parts(result):
    return tuple(getattr(result, field) for field in FIELDS)


def test_leavers_and_revisions_equal_r():
    # R 4.2.2: b <- c(1,5,5,6,9,3,8,4); a <- c(NA,5,5,6,NA,4,7,4); st <- !is.na(a);
    #   IQR(a[st]) - IQR(b); IQR(b[st]) - IQR(b); IQR(a[st]) - IQR(b[st]); the same with sd
    result = attrition_decomposition([1, 5, 5, 6, 9, 3, 8, 4, None], [None, 5, 5, 6, None, 4, 7, 4, 9])
    expected = (-1.25, -1.25, 0, -1.418700653084, -0.865344423165, -0.553356229918)
    assert parts(result) == pytest.approx(expected)
    assert (result.n, result.n_before, result.n_left, result.n_joined) == (6, 8, 2, 1)


def test_pseudo_convergence_is_all_attrition():
    result = attrition_decomposition([1, 5, 5, 5, 9], [None, 5, 5, 5, None])
    assert (result.sd_change_revision, result.iqr_change_revision) == (0, 0)
    assert result.sd_change_attrition == result.sd_change_total == pytest.approx(-(8**0.5))


def test_the_quantile_type_governs_the_quartiles():
    # Type 6 quartiles of 1 2 3 4 5: 1.5 and 4.5; of 1 2 3 4: 1.25 and 3.75
    result = attrition_decomposition([1, 2, 3, 4, 5], [1, 2, 3, 4, None], quantile_type=6)
    assert result.iqr_change_attrition == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("before", "after", "expected", "status"),
    [
        ([], [], (None,) * 6, Status.INSUFFICIENT_N),
        ([None, 2], [1, None], (None,) * 6, Status.INSUFFICIENT_N),
        ([4], [5], (0, 0, 0, None, None, None), Status.OK),
        ([4, 4, 4], [4, 4, None], (0,) * 6, Status.OK),
    ],
    ids=["empty", "nobody stayed", "one expert", "all equal"],
)
def test_edges(before, after, expected, status):
    result = attrition_decomposition(before, after)
    assert (parts(result), result.status) == (expected, status)


@pytest.mark.parametrize(("arguments", "named"), [(([1], [1, 2]), "before and after"), (([1], ["a"]), "after"), (([1], [1], 12), "quantile_type")])
def test_malformed_arguments_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        attrition_decomposition(*arguments)


@few
@given(paired_ratings(rating_or_missing))
def test_the_parts_add_up(answers):
    result = attrition_decomposition(*answers)
    for spread in ("iqr", "sd"):
        total, attrition, revision = (getattr(result, f"{spread}_change_{part}") for part in ("total", "attrition", "revision"))
        if total is not None:
            assert total == pytest.approx(attrition + revision, abs=1e-9)
    assert result.n + result.n_left == result.n_before
