"""convergence.csv: worked out by hand on few experts; nothing fine where few left."""

from typing import Any

import pytest

from tests.analysis.kinds.counted import hold_round, options, study_of
from tests.analysis.tables.counted_rounds import Answers, Row, row_of, table_rows, two_rounds
from tests.factories import a_study, add_experts, public, run_round

pytestmark = pytest.mark.django_db
FINE = ("mean_change", "percent_within_one", "kappa", "weighted_kappa", "p_wilcoxon", "hodges_lehmann", "rank_biserial", "spearman", "sd_ratio",
        "iqr_ratio", "mean_abs_dev_ratio", "p_pitman_morgan", "p_bonett_seier", "p_sd", "p_iqr", "p_mean_abs_dev", "slope_shown", "slope_others",
        "n_toward", "n_away", "n_unmoved", "n_at_median", "movers_without_reason_share")
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]


def rows_of(first: Answers, second: Answers, **more: Any) -> list[Row]:
    return table_rows(two_rounds(first, second, **more), "convergence")


def test_a_panel_of_four_by_hand() -> None:
    rows = rows_of({"us": [1, 2, 3, 5], "jp": [3, 3], "kr": [3, 4]}, {"us": [2, 2, 3, 4], "jp": [3, 3], "kr": [3, 4]}, definition=public())
    us = row_of(rows, "us")
    assert (us["previous_round"], us["n_before"], us["n_after"], us["n_pairs"], us["n_leavers"], us["n_joiners"]) == (1, 4, 4, 4, 0, 0)
    assert (us["percent_changed"], us["mean_change"], us["percent_within_one"]) == (50, 0, 100)
    # One up by 1, one down by 1: no direction
    assert (us["p_wilcoxon"], us["hodges_lehmann"], us["rank_biserial"]) == (1, 0, 0)
    # Sums of squares 8.75 and 2.75; quartiles 1.75, 3.5 and 2, 3.25; distances from 2.5 sum to 5 and to 3
    assert us["sd_ratio"] == pytest.approx((2.75 / 8.75) ** 0.5)
    assert us["iqr_ratio"] == pytest.approx(1.25 / 1.75)
    assert us["mean_abs_dev_ratio"] == pytest.approx(3 / 5)
    # Swapping both movers turns the change round; swapping one leaves squares of 6 and 5, or distances of 4 and 4
    assert (us["p_sd"], us["p_mean_abs_dev"]) == (0.5, 0.5)
    assert (us["permutation_method"], us["permutations"], us["seed"]) == ("exact", 16, None)
    # All eight said 1 2 3 3 3 3 4 5 and were shown 3: gaps 2 1 0 -2 with mean .25, moves 1 0 0 -1
    assert us["shown_median"] == 3
    assert us["slope_shown"] == pytest.approx((1.75 * 1 + 2.25 * 1) / (1.75**2 + 0.75**2 + 0.25**2 + 2.25**2))
    assert (us["n_toward"], us["n_away"], us["n_unmoved"], us["n_at_median"]) == (2, 0, 1, 1)
    # Medians of the others 3 3 2 2: gaps 2 1 -1 -3 with mean -.25
    assert us["slope_others"] == pytest.approx((2.25 * 1 + 2.75 * 1) / (2.25**2 + 1.25**2 + 0.75**2 + 2.75**2))
    # Observed disagreement 2/4, expected 1 - (1x0 + 1x2 + 1x1 + 0x1 + 1x0)/16
    assert us["kappa"] == pytest.approx(1 - (2 / 4) / (13 / 16))
    assert (us["movers_without_reason_share"], us["status"]) == (1, "ok")


def test_changes_of_agreement_come_from_the_two_published_distributions() -> None:
    rows = rows_of({"us": [1, 5], "jp": [1, 5], "kr": [1, 5]}, {"us": [3, 3], "jp": [3, 3], "kr": [3, 3]}, definition=public())
    # From the two ends (A = -1, Cns = 0, one bit of log2 5) to one answer (A = 1, Cns = 1, none); equal weights change nothing here
    for group in ("all", "equal_weight", "us"):
        found = row_of(rows, group)
        assert (found["agreement_change"], found["cns_change"]) == (pytest.approx(2), pytest.approx(1))
        assert found["entropy_change"] == pytest.approx(-1 / 2.321928094887362)


def test_the_first_round_has_no_rows_and_a_panel_that_nobody_left_has_fine_ones() -> None:
    second = two_rounds(dict.fromkeys(("us", "jp", "kr"), TWELVE), dict.fromkeys(("us", "jp", "kr"), TWELVE[1:] + [4]))
    assert table_rows(second.study.rounds.get(number=1), "convergence") == []
    rows = table_rows(second, "convergence")
    assert [row["group"] for row in rows] == ["all", "equal_weight", "us", "jp", "kr"]
    assert {row["group"] for row in rows if row["p_wilcoxon"] is not None} == {"all", "us", "jp", "kr"}
    assert row_of(rows, "equal_weight")["percent_changed"] is not None
    assert (row_of(rows, "all")["permutation_method"], row_of(rows, "all")["permutations"]) == ("drawn", 9999)


def test_where_one_expert_left_no_fine_figure_is_told() -> None:
    first = dict.fromkeys(("us", "jp", "kr"), TWELVE)
    rows = rows_of(first, {"us": [None, *TWELVE[2:], 4], "jp": TWELVE[1:] + [4], "kr": TWELVE[1:] + [4]})
    for group in ("all", "us"):
        found = row_of(rows, group)
        assert (found["n_leavers"], found["paired_coarse"], found["status"]) == (1, "yes", "partly")
        assert found["percent_changed"] in (10, 30, 50, 70, 90)
        assert [found[name] for name in FINE] == [None] * len(FINE)
    assert row_of(rows, "jp")["p_wilcoxon"] is not None
    assert row_of(rows, "us")["reason"] == "Of those who answered twice not every figure may be told."
    assert row_of(rows, "equal_weight")["reason"].startswith("Where panels weigh equally")


def test_p_values_are_corrected_over_the_items_of_a_group() -> None:
    items = [{"code": code, "kind": "rating", "scale": "five", "text": {"en": code}} for code in ("first", "second")]
    study = a_study(public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": items}]))
    experts = [person.code for person in add_experts(study, {"us": 6, "jp": 1, "kr": 1})]
    run_round(study, 1, {code: {"first": 1 + place % 2, "second": 1 + place} for place, code in enumerate(experts[:6]) if place < 5})
    counted = run_round(study, 2, {code: {"first": 3 + place % 2, "second": 1 + place} for place, code in enumerate(experts[:6]) if place < 5})
    rows = [row for row in table_rows(counted, "convergence") if row["group"] == "us"]
    # Five moved up alike: 2 of 32 signs. Nobody moved in the other: p = 1. Holm: twice the smaller, and not below it
    assert [(row["p_wilcoxon"], row["p_wilcoxon_holm"]) for row in rows] == [(0.0625, 0.125), (1, 1)]


def test_options_have_no_order_and_so_no_wilcoxon_but_a_test_of_their_shares() -> None:
    item = {"code": "means", "kind": "choice", "options": options("deny", "punish", "entangle"), "text": "By what?"}
    definition = public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}])
    first = {"us": ["deny"] * 6, "jp": ["punish"], "kr": ["punish"]}
    rows = rows_of(first, {"us": ["punish"] * 4 + ["deny"] * 2, "jp": ["punish"], "kr": ["punish"]}, item="means", definition=definition)
    us = row_of(rows, "us")
    assert (us["p_wilcoxon"], us["mean_change"], us["sd_ratio"]) == (None, None, None)
    # Four went from deny to punish and none back: chi-squared 4 with 1 degree of freedom, R: pchisq(4, 1, lower = FALSE)
    assert us["p_homogeneity"] == pytest.approx(0.0455002639)
    assert us["percent_changed"] == pytest.approx(100 * 4 / 6)


def test_ticks_have_mcnemar() -> None:
    study = study_of([{"code": "where", "kind": "choices", "options": options("air", "sea"), "text": "Where?"}], {"us": 6, "jp": 1})
    for number in (1, 2):
        hold_round(study, number, {f"us-{place}": {"where": {"air": number - 1, "sea": 1}} for place in range(1, 7)})
    air = row_of(table_rows(study.rounds.get(number=2), "convergence"), "us", "air")
    # Six ticked and none took a tick away: twice one half to the sixth
    assert (air["p_mcnemar"], air["mean_change"], air["percent_changed"]) == (0.03125, 1, 100)


def test_of_a_ranking_all_options_have_fine_figures_or_none() -> None:
    study = study_of([{"code": "order", "kind": "ranking", "options": options("air", "sea", "land"), "text": "Order"}], {"us": 12, "jp": 13}, minimum=5)
    orders = [dict(zip(("air", "sea", "land"), ranks, strict=True)) for ranks in ((1, 2, 3), (2, 1, 3), (3, 2, 1))]
    for number in (1, 2):
        said = {f"us-{place}": {"order": orders[place * number % 3]} for place in range(1, 13)}
        hold_round(study, number, said | {f"jp-{place}": {"order": orders[(place + number) % 3]} for place in range(number, 14)})
    rows = table_rows(study.rounds.get(number=2), "convergence")
    told = {group: [row["p_wilcoxon"] is not None for row in rows if row["group"] == group] for group in ("all", "us", "jp")}
    assert told == {"all": [False] * 3, "us": [True] * 3, "jp": [False] * 3}


def test_numbers_have_lins_concordance() -> None:
    item = {"code": "likely", "kind": "probability", "text": {"en": "How likely?"}}
    definition = public(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}])
    before = [10, 20, 30, 40, 50]
    rows = rows_of({"us": before, "jp": [1], "kr": [1]}, {"us": [20, 30, 40, 50, 60], "jp": [1], "kr": [1]}, item="likely", definition=definition)
    # The same spread (variance 200, divided by n), shifted by 10: 2 x 200 / (200 + 200 + 10 x 10)
    assert row_of(rows, "us")["lin_ccc"] == pytest.approx(0.8)
    assert row_of(rows, "us")["percent_within_one"] is None
