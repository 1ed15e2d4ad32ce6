"""measures.csv: everything of one round, for every published row. Expected values are worked out by hand unless a source is named."""

import random

import pytest

from analysis import statistics
from analysis.tables import measures
from tests.analysis.kinds.counted import options
from tests.analysis.tables.one_round import item_of, rating, row, rows_of

pytestmark = pytest.mark.django_db
TOP_TWO = {"consensus": {"ordinal": {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}}}


def told(item):
    return rows_of(measures.TABLE, item)


def test_two_camps_of_ratings_by_hand():
    us = row(told(rating({"us": [1, 1, 3, 5, 5], "jp": [4, 4, 4, 4, 4]})), "us")
    # 24 over 10 pairs; A: pattern 10101 with 3 of 5 answers is worth -10/18 * 1/2, pattern 10001 with 2 of 5 is worth -1.
    expected = {
        "mean_abs_dev_median": 1.6, "median_abs_dev": 2, "gini_mean_difference": 2.4, "van_der_eijk_a": 0.6 * -10 / 36 - 0.4,
        "polarization": (1 + 0.6 * 10 / 36 + 0.4) / 2, "leik_d": 0.8, "rwg_raw": -1, "rwg": 0, "ad_mean": 1.6,
    }
    assert {name: us[name] for name in expected} == pytest.approx(expected)
    assert us["polarised"] == "yes"
    assert (us["status"], us["median_low"], us["van_der_eijk_a_low"]) == ("insufficient_n", None, None)
    assert us["reason"] == "the median's interval needs 6 answers; resampling needs 8 answers"


def test_the_mean_has_the_interval_of_student():
    """R: t.test(c(1, 1, 3, 5, 5))$conf.int, whose 3 ± 2.776445 · 2/√5; none for equal answers, and none for panels of equal weight."""
    found = told(rating({"us": [1, 1, 3, 5, 5], "jp": [4, 4, 4, 4, 4]}))
    us, jp = row(found, "us"), row(found, "jp")
    assert (us["mean_low"], us["mean_high"]) == pytest.approx((0.516672, 5.483328), abs=1e-6)
    assert (jp["mean_low"], jp["mean_high"]) == (None, None)
    assert all(other["mean_low"] is None for other in found if other["group_type"] == "equal_weight")


def test_the_band_has_an_interval_and_content_validity():
    us = row(told(rating({"us": [1, 1, 3, 5, 5]}, **TOP_TWO)), "us")
    # R: prop.test(2, 5, correct = FALSE)$conf.int; coin flips: 26/32 give two or more of five, 10/32 exactly two.
    assert (us["band_share_low"], us["band_share_high"]) == pytest.approx((0.1176208, 0.7692757), abs=1e-6)
    assert (us["cvr"], us["i_cvi"], us["content_validity_p"]) == pytest.approx((-0.2, 0.4, 26 / 32))
    assert us["modified_kappa"] == pytest.approx((0.4 - 10 / 32) / (1 - 10 / 32))


def test_the_larger_end_has_an_interval_but_no_content_validity_for_it_was_chosen_afterwards():
    rule = {"consensus": {"ordinal": {"rule": "percent_agreement", "band": "either_end", "at_least": 0.75}}}
    us = row(told(rating({"us": [1, 1, 2, 3, 5]}, **rule)), "us")
    # R: prop.test(3, 5, correct = FALSE)$conf.int, the mirror of 2 of 5.
    assert (us["band_share_low"], us["band_share_high"]) == pytest.approx((0.2307243, 0.8823792), abs=1e-6)
    assert us["cvr"] is None


def test_equal_answers_have_no_variation_and_no_shape():
    us = row(told(rating({"us": [4] * 8})), "us")
    assert (us["status"], us["skewness"], us["bimodality"]) == ("no_variation", None, None)
    assert (us["van_der_eijk_a"], us["cns"], us["rwg"], us["polarised"]) == (1, 1, 1, "no")
    assert (us["median_low"], us["median_high"]) == (4, 4)


def test_nine_points_have_the_rand_class_by_hand():
    us = row(told(rating({"us": [7, 7, 8, 8, 9, 9, 9, 8, 7]}, "nine")), "us")
    # P30 = 7.4 and P70 = 8.6; their middle lies 3 from 5.
    assert (us["ipr"], us["ipras"], us["disagreement_index"]) == pytest.approx((1.2, 6.85, 1.2 / 6.85))
    assert (us["rand_class"], us["rand_classic_disagreement"], us["rand_classic_agreement"]) == ("appropriate", "no", "yes")


def test_comet_asks_every_panel():
    rows = told(rating({"us": [7, 8, 9, 9, 5], "jp": [8, 8, 7, 2, 3]}, "nine"))
    assert (row(rows, "all")["comet"], row(rows, "all")["comet_not_met_by"]) == ("no", "jp")
    assert row(rows, "us")["comet"] is None
    assert row(told(rating({"us": [7, 8, 9, 9, 5], "jp": [8, 8, 7, 9, 7]}, "nine", study="again")), "all")["comet"] == "yes"


def test_a_protected_panel_cannot_say_yes_to_comet_but_another_can_say_no():
    large, small, varied = [7, 8, 9, 9, 8, 7], [8, 9], [7, 9, 8, 7, 9, 8]
    agreed = row(told(rating({"us": large, "jp": small, "kr": varied, "au": large}, "nine", minimum=3)), "all")
    assert (agreed["comet"], agreed["comet_not_met_by"]) == (None, "")
    refused = row(told(rating({"us": large, "jp": small, "kr": [1, 2, 3, 9, 8, 7], "au": large}, "nine", minimum=3, study="again")), "all")
    assert (refused["comet"], refused["comet_not_met_by"]) == ("no", "kr")


def test_rankings_have_a_row_of_whole_orders():
    orders = [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 1, "c": 3}]
    rows = told(item_of({"kind": "ranking", "options": options("a", "b", "c")}, {"us": orders}))
    whole = row(rows, "all", component="")
    # Rank sums 4, 5, 9 around 6: W = 12 * 14 / (9 * 24).
    assert (whole["kendall_w"], whole["kendall_chi2"], whole["mean_spearman"]) == pytest.approx((7 / 9, 14 / 3, 2 / 3))
    assert (whole["kemeny"], row(rows, "us", component="")["kemeny"]) == ("a>b>c", None)
    assert row(rows, "equal_weight", component="")["status"] == "not_applicable"
    found = {code: row(rows, "all", component=code) for code in "abc"}
    assert [found[code]["borda"] for code in "abc"] == [5, 4, 0]
    assert [found[code]["copeland"] for code in "abc"] == [2, 0, -2]
    assert [found[code]["top_half_share"] for code in "abc"] == pytest.approx([2 / 3, 1 / 3, 0])


def test_choices_say_how_many_are_ticked_and_how_alike():
    ticks = [{"a": 1, "b": 1}, {"a": 1, "b": 0}, {"a": 0, "b": 0}]
    rows = told(item_of({"kind": "choices", "options": options("a", "b")}, {"us": ticks}))
    assert [(found["mean_ticked"], found["mean_jaccard"]) for found in rows if found["group"] == "all"] == [pytest.approx((1, 1 / 6))] * 2
    assert row(rows, "equal_weight", component="a")["mean_jaccard"] is None
    # R: prop.test(2, 3, correct = FALSE)$conf.int
    assert (row(rows, "all", component="a")["ticked_share_low"], row(rows, "all", component="a")["ticked_share_high"]) == pytest.approx(
        (0.2076596, 0.9385081), abs=1e-6)


def test_allocations_have_a_compositional_centre():
    points = [{"a": 50, "b": 50}, {"a": 20, "b": 80}]
    rows = told(item_of({"kind": "allocation", "total": 100, "options": options("a", "b")}, {"us": points}))
    # Geometric means 0.3162 and 0.6325; log-ratios to the centre 0 and -0.6931 for a, the opposite for b.
    assert [row(rows, "all", component=code)["compositional_centre"] for code in "ab"] == pytest.approx([1 / 3, 2 / 3])
    assert row(rows, "us", component="a")["total_variance"] == pytest.approx(0.480453, abs=1e-6)


def test_numbers_have_a_trimmed_mean_and_a_coefficient_of_variation():
    us = row(told(item_of({"kind": "number", "minimum": 0, "maximum": 1000}, {"us": [1, 2, 3, 4, 5, 6, 7, 8, 9, 100]})), "us")
    assert us["trimmed_mean"] == 5.5
    assert us["cv"] == pytest.approx(30.150 / 14.5, abs=1e-3)
    # Binomial(10, 1/2): the 2nd smallest and the 2nd largest hold the median with 1 - 22/1024.
    assert (us["median_low"], us["median_high"], us["median_coverage"]) == pytest.approx((2, 9, 1 - 22 / 1024))
    assert us["iqr_bootstrap_low"] < 4.5 < us["iqr_bootstrap_high"]


def test_single_choices_have_their_concentration():
    us = row(told(item_of({"kind": "choice", "options": options("a", "b", "c", "d")}, {"us": ["a", "a", "b", "b"]})), "us")
    assert (us["entropy_bits"], us["entropy_normalised"], us["gini_simpson"], us["iqv"]) == pytest.approx((1, 0.5, 0.5, 2 / 3))
    assert us["median_low"] is None


def test_panels_of_equal_weight_have_what_weights_can_say():
    rows = told(rating({"us": [1, 1, 1, 1], "jp": [5]}))
    weighted = row(rows, "equal_weight")
    # One panel on either end, however many experts: A = -1, Cns = 0.
    assert (weighted["van_der_eijk_a"], weighted["cns"]) == pytest.approx((-1, 0))
    assert (weighted["status"], weighted["median_low"], weighted["rwg"], weighted["polarised"]) == ("ok", None, None, None)


def test_what_is_protected_has_no_row():
    item = rating({"us": [1, 2, 3, 4, 5, 5], "jp": [1, 5], "kr": [2, 2, 3, 3, 4, 4], "au": [5, 4, 5, 4, 1, 1]}, minimum=3)
    shown = {group.code for group in item.components[0].groups}
    assert "jp" not in shown
    assert {found["group"] for found in told(item)} == shown


def test_a_panel_without_answers_says_so():
    found = row(told(rating({"us": [1, 2], "jp": [None]})), "jp")
    assert (found["status"], found["reason"], found["cns"], found["rand_class"]) == ("insufficient_n", "no answer", None, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_of_ratings_is_that_of_the_one_item_function(seed):
    chance = random.Random(seed)
    item = rating({panel: [chance.choice([1, 2, 3, 5, 8, 9, 9]) for _expert in range(size)] for panel, size in (("us", 9), ("jp", 12), ("kr", 3))}, "nine")
    for found in told(item):
        component = item.components[0]
        group = component.group(found["group_type"], found["group"])
        if group is not None and group.kind != "equal_weight":
            assert {name: found[name] for name in expected(component.answers(group))} == pytest.approx(expected(component.answers(group)))


def expected(answers):
    histogram = [int((answers == position).sum()) for position in range(1, 10)]
    spread, shape, agreement = statistics.spread(answers), statistics.bimodality(answers), statistics.ordinal_agreement(histogram)
    within, interval = statistics.within_group_agreement(answers, 9), statistics.median_interval(answers)
    modal, resampled = statistics.percent_agreement(max(histogram), len(answers)), statistics.resampled_median(histogram)
    return {
        "mean_abs_dev_median": spread.mean_abs_dev_median, "median_abs_dev": spread.median_abs_dev,
        "gini_mean_difference": spread.gini_mean_difference, "skewness": shape.skewness, "excess_kurtosis": shape.excess_kurtosis,
        "bimodality": shape.coefficient, "van_der_eijk_a": agreement.van_der_eijk_a, "cns": agreement.cns, "dissent": agreement.dissent,
        "entropy_bits": agreement.entropy_bits, "entropy_normalised": agreement.entropy_normalised, "leik_d": agreement.leik_d,
        "rwg": within.rwg, "rwg_raw": within.rwg_raw, "ad_mean": within.ad_mean, "median_low": interval.low, "median_high": interval.high,
        "modal_share_low": modal.low, "modal_share_high": modal.high,
        "median_bootstrap_low": resampled.low if len(answers) >= 8 else None, "median_bootstrap_high": resampled.high if len(answers) >= 8 else None,
    }
