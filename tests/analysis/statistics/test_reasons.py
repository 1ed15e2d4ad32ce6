"""A figure that is not defined says why, even where the others of its result are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    change,
    comet_rule,
    concordance,
    equivalence,
    gwet_ac,
    intraclass_correlation,
    spread_change,
    two_group_gap,
    wilcoxon_signed_rank,
    within_group_agreement,
)
from tests.analysis.statistics.strategies import few


@pytest.mark.parametrize(
    ("result", "missing"),
    [
        (two_group_gap([2, 4], [1, 4]), "hodges_lehmann_interval"),
        (concordance([1, 2, 3], [1, 2, 3]), "low"),
        (concordance([1, 1, 1], [1, 2, 3]), "high"),
        (spread_change([1, 3, 5], [1, 3, 5]), "pitman_morgan_t"),
        (spread_change([1, 2], [1, 5]), "pitman_morgan_p"),
        (spread_change([1, 1, 1], [1, 2, 5]), "sd_ratio"),
        (gwet_ac([[1], [1], [2]]), "se"),
        (intraclass_correlation([[1, 2], [2, 1]]), "icc3k"),
        (within_group_agreement([1, 1, 2], 5), "awg"),
    ],
)
def test_what_is_not_defined_has_a_reason(result, missing):
    assert getattr(result, missing) is None
    assert result.reason


@pytest.mark.parametrize("band", [7, (7,), (1, 2, 3), (9, 7)])
def test_a_band_has_a_lower_and_an_upper_limit(band):
    with pytest.raises(ValueError, match="high"):
        comet_rule({"allies": [7, 8]}, high=band)
    with pytest.raises(ValueError, match="low"):
        comet_rule({"allies": [7, 8]}, low=band)


@few
@given(st.lists(st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 2), max_size=6))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_numbers_too_large_or_too_small_for_squares_do_not_raise(answers):
    first, second = [a for a, _ in answers], [b for _, b in answers]
    for statistic in (change, concordance, spread_change, two_group_gap, wilcoxon_signed_rank):
        assert statistic(first, second) is not None
    assert equivalence(first, second, margin=0.5) is not None
