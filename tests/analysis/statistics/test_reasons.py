"""A figure that is not defined says why, even where the others of its result are."""

import pytest

from analysis.statistics import (
    comet_rule,
    concordance,
    gwet_ac,
    intraclass_correlation,
    spread_change,
    two_group_gap,
    within_group_agreement,
)


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
