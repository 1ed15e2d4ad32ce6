"""gaps.csv: the intervals that need resampling, of one component."""

import numpy as np
import pytest

from analysis import statistics
from tests.analysis.tables.test_gaps import a_round, item_rows, one

pytestmark = pytest.mark.django_db

FIRST, SECOND = [1, 1, 2, 2, 3, 3, 2, 1, 2, 4], [3, 3, 4, 4, 5, 5, 4, 2, 4, 5]
NAMES = ("difference_medians_low", "difference_medians_high", "difference_medians_method", "emd_low", "emd_high", "draws", "seed")


def test_the_gap_of_medians_has_its_exact_interval_and_the_distance_a_drawn_one() -> None:
    a_round({"grave": {"jp": FIRST, "no": SECOND}}, sizes={"us": 1, "jp": 10, "kr": 1, "no": 10})
    row = one(item_rows("grave"), "jp", "no", first_type="panel")
    law = statistics.resampled_median_gap(np.bincount(FIRST, minlength=6)[1:], np.bincount(SECOND, minlength=6)[1:])
    assert (row["difference_medians_low"], row["difference_medians_high"], row["difference_medians_method"]) == (law.low, law.high, "exact")
    # Everybody moves by 1.8 on the mean and nobody back, so the distance is 3.9 - 2.1 = 1.8. Its errors are those of the means as far as they are
    # sure: variances 0.989 and 0.989 over 10, so 0.4447, t on 18 df 2.1009: about 1.8 -+ 0.934. Who of the two says 5 or 1 more
    # often is not sure of ten, so the lower limit is lower
    assert row["emd"] == pytest.approx(1.8)
    assert 1.8 - 0.934 - 0.2 < row["emd_low"] < 1.8 - 0.934
    assert row["emd_high"] == pytest.approx(1.8 + 0.934, abs=0.1)
    assert (row["emd_normalised_low"], row["emd_normalised_high"]) == pytest.approx((row["emd_low"] / 4, row["emd_high"] / 4))
    assert (row["draws"], row["seed"]) == (999, statistics.sampling.DEFAULT_SEED)


def test_below_five_answers_and_where_neither_side_varies_there_is_none() -> None:
    a_round({"grave": {"us": FIRST, "jp": FIRST[:4], "kr": [2] * 8, "no": [5] * 8}}, sizes={"us": 10, "jp": 4, "kr": 8, "no": 8})
    few, one_varies, constant = (one(item_rows("grave"), *pair, first_type="panel") for pair in (("us", "jp"), ("us", "kr"), ("kr", "no")))
    assert [few[name] for name in NAMES] == [constant[name] for name in NAMES] == [None] * len(NAMES)
    assert (constant["emd"], constant["status"]) == (3, "ok")
    assert one_varies["emd_low"] is not None
    assert one_varies["difference_medians_low"] == -1  # of ten resampled answers whose median may be 1 to 3


def test_numbers_off_a_short_lattice_are_drawn_and_have_no_scale_to_be_normalised_by() -> None:
    numbers = [10, 17.25, 31.7, 44, 59.81, 75, 96.4, 120]
    a_round({"much": {"jp": numbers, "no": [9 * number for number in numbers]}}, sizes={"us": 1, "jp": 8, "kr": 1, "no": 8})
    row = one(item_rows("much"), "jp", "no", first_type="panel")
    assert row["difference_medians_method"] == "drawn"
    assert row["difference_medians_low"] < row["difference_medians"] < row["difference_medians_high"]
    assert (row["emd_normalised_low"], row["emd_normalised_high"]) == (None, None)
    assert row["emd_low"] < row["emd"] < row["emd_high"]
