"""A ranking is judged as a whole: Kendall's W, whole orders that change, and options shown or hidden together."""

import pytest

from tests.analysis.kinds.counted import cells, hold_round, options, study_of, table

pytestmark = pytest.mark.django_db
RULES = {"consensus": {"rank": {"rule": "kendall_w", "at_least": 0.7}}, "stability": {"rule": "percent_changed", "at_most": 50}}


def ranking(*codes: str) -> dict[str, object]:
    return {"code": "order", "kind": "ranking", "text": "Rank them", "options": options(*codes)}


def orders(**ranks: str) -> dict[str, dict[str, dict[str, str]]]:
    """Panelist (with _ for -) → ranks of the options a, b, c … in turn."""
    return {panelist.replace("_", "-"): {"order": dict(zip("abcdef", given, strict=False))} for panelist, given in ranks.items()}


def test_w_is_the_one_of_a_published_example() -> None:
    # Siegel, Nonparametric Statistics (1956), chapter 9: six applicants ranked by three executives. The sums of ranks are
    # 8, 14, 11, 11, 11, 8, so s = 25.5 and W = 12 · 25.5 / (3² (6³ − 6)) = .16.
    study = study_of([ranking(*"abcdef")], {"us": 3}, **RULES)
    hold_round(study, 1, orders(us_1="163254", us_2="156423", us_3="632541"))
    rows = table(study, 1, "order")
    assert [component for component, group in rows if group == "all"] == ["", *"abcdef"]
    whole = rows["", "all"]
    assert cells(whole, "level", "n", "rule_value", "consensus_rule", "consensus", "outcome") == [
        "rank", "3", "0.161905", "kendall_w", "not_reached", "not_assessed"]
    assert {name for name, cell in whole.items() if not cell} >= {
        "median", "q1", "q3", "iqr", "mean", "sd", "band_share", "modal", "modal_share", "n_pairs", "percent_changed", "scheibe", "stability_value"}
    first = rows["a", "all"]
    assert cells(first, "n", "mean", "median", "consensus_rule", "consensus", "rule_value") == ["3", "2.666667", "1", "kendall_w", "not_assessed", ""]


def test_alike_orders_have_a_w_of_one_and_panels_of_equal_weight_have_none() -> None:
    study = study_of([ranking(*"abc")], {"us": 2, "jp": 1}, **RULES)
    hold_round(study, 1, orders(us_1="123", us_2="123", jp_1="123"))
    rows = table(study, 1, "order")
    found = {group: cells(rows["", group], "n", "rule_value", "consensus") for group in ("all", "equal_weight", "us", "jp")}
    # One order alone agrees with nobody: W needs two.
    assert found == {"all": ["3", "1", "reached"], "equal_weight": ["3", "", "not_assessed"], "us": ["2", "1", "reached"], "jp": ["1", "", "not_assessed"]}


def test_whole_orders_change_or_stay() -> None:
    study = study_of([ranking(*"abc")], {"us": 2, "jp": 2}, **RULES)
    hold_round(study, 1, orders(us_1="123", us_2="123", jp_1="123", jp_2="321"))
    # us-1 swaps b and c, jp-2 swaps a and b; two of four orders changed. Shares of the ranks 1, 2, 3 before and after:
    # a: (3 0 1)/4 → (3 1 0)/4, b: (0 4 0)/4 → (0 2 2)/4, c: (1 0 3)/4 → (1 1 2)/4, so Scheibe is 25, 50, 25: 33.333333 on average.
    hold_round(study, 2, orders(us_1="132", us_2="123", jp_1="123", jp_2="231"))
    rows = table(study, 2, "order")
    assert cells(rows["", "all"], "n_pairs", "percent_changed", "scheibe", "stability", "stability_value") == ["4", "50", "33.333333", "stable", "50"]
    assert [cells(rows[option, "all"], "percent_changed", "scheibe") for option in "abc"] == [["25", "25"], ["50", "50"], ["25", "25"]]
    # The second round's rank sums are 1+1+1+2 = 5, 3+2+2+3 = 10, 2+3+3+1 = 9: S = 9 + 4 + 1 = 14, W = 12 · 14 / (16 · 24).
    assert cells(rows["", "all"], "rule_value", "consensus", "outcome") == ["0.4375", "not_reached", "stable_dissent"]
    assert cells(rows["", "equal_weight"], "percent_changed", "consensus", "outcome") == ["50", "not_assessed", "not_assessed"]


def test_an_unfinished_order_is_missing() -> None:
    study = study_of([ranking(*"abc")], {"us": 3}, **RULES)
    hold_round(study, 1, {**orders(us_1="123", us_2="12"), "us-3": {"order": {"": "cannot judge"}}})
    for component in ("", *"abc"):
        assert cells(table(study, 1, "order")[component, "all"], "n_submitted", "n", "n_cannot_judge", "n_missing") == ["3", "1", "1", "1"]


def test_one_option_on_which_a_small_panel_agrees_hides_the_panel_everywhere() -> None:
    study = study_of([ranking(*"abc")], {"us": 4, "jp": 7, "kr": 7}, minimum=3, **RULES)
    # All of us put a first, yet differ on the rest; four is fewer than twice three.
    mixed = {f"{panel}_{number}": order for panel in ("jp", "kr") for number, order in enumerate(("123", "213", "321", "132", "231", "312", "123"), start=1)}
    hold_round(study, 1, orders(us_1="123", us_2="132", us_3="123", us_4="132", **mixed))
    rows = table(study, 1, "order")
    hidden = {component: {group for code, group in rows if code == component and rows[code, group]["suppressed"] == "yes"} for component in ("", *"abc")}
    assert "us" in hidden["a"]
    assert hidden[""] == hidden["a"] == hidden["b"] == hidden["c"]


def test_pairs_are_shown_or_hidden_together_too() -> None:
    # The five who answer twice all put a first both times, which is one step for fewer than twice five; the sixth differs in each round,
    # and so the rounds' own rows are shown. The steps of b and c alone would have been shown.
    study = study_of([ranking(*"abc")], {"us": 7}, minimum=5, **RULES)
    stay = {"us_1": "123", "us_2": "132", "us_3": "123", "us_4": "132", "us_5": "123"}
    hold_round(study, 1, orders(**stay, us_6="213"))
    hold_round(study, 2, orders(**stay, us_7="213"))
    rows = table(study, 2, "order")
    assert {tuple(cells(rows[component, "us"], "suppressed", "n", "n_pairs", "percent_changed", "stability")) for component in ("", *"abc")} == {
        ("no", "6", "", "", "not_assessed")}
