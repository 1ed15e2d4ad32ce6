"""sensitivity.csv: each item under every common rule, the registered one marked. Expected values by hand."""

import random

import numpy as np
import pytest

from analysis.tables import sensitivity
from analysis.tables.base import Closing
from analysis.tables.sensitivity.lines import places
from tests.analysis.kinds.counted import options
from tests.analysis.tables.one_round import counted, item_of, rating, row, rows_of

pytestmark = pytest.mark.django_db
RULES = [
    {"rule": "percent_agreement", "band": "either_end", "at_least": 0.75}, {"rule": "percent_agreement", "band": [3, 5], "at_least": 0.6},
    {"rule": "iqr", "at_most": 1}, {"rule": "iqr", "below": 2}, {"rule": "sd", "at_most": 1.2}, {"rule": "relative_iqr", "at_most": 0.4}, {"rule": "rand"},
    {"rule": "van_der_eijk", "at_least": 0.6}, {"rule": "modal_share", "at_least": 0.5}, {"rule": "kendall_w", "at_least": 0.7},
]


def told(item):
    return rows_of(sensitivity.TABLE, item)


def verdict(rows, group, rule, parameters, points=None):
    found = row(rows, group, rule=rule, parameters=parameters, points=points)
    return found["consensus"], found["value"]


def test_ratings_under_the_common_rules_by_hand():
    rows = told(rating({"us": [4, 4, 5, 5, 5, 5, 5, 1, 1, 4]}))
    assert verdict(rows, "all", "percent_agreement", "top two positions, at least 0.8") == ("reached", pytest.approx(0.8))
    assert verdict(rows, "all", "percent_agreement", "bottom two positions, at least 0.51") == ("not_reached", pytest.approx(0.2))
    assert verdict(rows, "all", "percent_agreement", "the larger of both ends, at least 0.75") == ("reached", pytest.approx(0.8))
    assert verdict(rows, "all", "modal_share", "at least 0.51") == ("not_reached", pytest.approx(0.5))
    assert verdict(rows, "all", "iqr", "at most 1") == ("reached", 1)
    assert verdict(rows, "all", "iqr", "at most 0.8") == ("not_reached", 1)
    assert verdict(rows, "all", "sd", "at most 1") == ("not_reached", pytest.approx(1.595131, abs=1e-6))


def test_the_studys_own_rule_is_marked_once():
    common = told(rating({"us": [4, 4, 5]}))
    assert [found["parameters"] for found in common if found["registered"] == "yes" and found["group"] == "all"] == ["at most 1"]
    own = told(rating({"us": [4, 4, 5]}, study="again", consensus={"rule": "percent_agreement", "band": [3, 4], "at_least": 0.6}))
    assert [found["parameters"] for found in own if found["registered"] == "yes" and found["group"] == "all"] == ["positions 3 to 4, at least 0.6"]


def test_a_shorter_scale_cuts_both_halves_alike():
    assert places(9, 5).tolist() == [1, 1, 2, 2, 3, 4, 4, 5, 5]
    assert places(9, 7).tolist() == [1, 2, 2, 3, 4, 5, 6, 6, 7]
    for size in range(6, 22):
        for points in (5, 7, 9):
            assert np.array_equal(places(size, points)[::-1], points + 1 - places(size, points))


def test_answers_on_nine_points_are_also_looked_at_on_five():
    rows = told(rating({"us": [8, 9, 8, 9, 6, 7, 1, 9]}, "nine"))
    # On five points 5, 5, 5, 5, 4, 4, 1, 5.
    assert verdict(rows, "all", "percent_agreement", "top two positions, at least 0.8", 5) == ("reached", pytest.approx(7 / 8))
    assert verdict(rows, "all", "percent_agreement", "top two positions, at least 0.8") == ("not_reached", pytest.approx(5 / 8))
    assert verdict(rows, "all", "iqr", "at most 1", 5) == ("reached", 1)
    assert not [found for found in rows if found["points"] and found["rule"] == "rand"]


def test_comet_asks_all_panels_and_stands_in_everybodys_lines_alone():
    rows = told(rating({"us": [7, 8, 9], "jp": [1, 9, 9]}, "nine"))
    assert [(found["group"], found["consensus"], found["value"]) for found in rows if found["rule"] == "comet"] == [("all", "not_reached", 0.5)]


def test_rankings_are_judged_as_a_whole():
    orders = [{"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 1, "c": 3}]
    rows = told(item_of({"kind": "ranking", "options": options("a", "b", "c")}, {"us": orders}, consensus={"rule": "kendall_w", "at_least": 0.7}))
    whole = [found for found in rows if found["component"] == "" and found["group"] == "all"]
    assert [(found["parameters"], found["consensus"], found["registered"]) for found in whole] == [
        ("at least 0.5", "reached", "no"), ("at least 0.7", "reached", "yes")]
    assert whole[0]["value"] == pytest.approx(7 / 9)
    assert {found["consensus"] for found in rows if found["component"] == "" and found["group"] == "equal_weight"} == {"not_assessed"}


def test_numbers_have_widths_of_their_range():
    rows = told(item_of({"kind": "number", "minimum": 0, "maximum": 50}, {"us": [10, 12, 14, 20]}))
    assert verdict(rows, "all", "iqr", "at most 10") == ("reached", 4)
    assert verdict(rows, "all", "cv", "at most 0.3")[0] == "not_reached"  # SD 4.320 over mean 14
    assert not [found for found in told(item_of({"kind": "number"}, {"us": [1, 2]}, study="again")) if found["rule"] == "iqr"]


@pytest.mark.parametrize("seed", range(6))
def test_the_registered_line_is_what_aggregates_say(seed):
    chance = random.Random(seed)
    sizes = {"us": chance.randint(1, 9), "jp": chance.randint(3, 9), "kr": chance.randint(3, 9)}
    items = [
        {"code": "five", "kind": "rating", "scale": "five"}, {"code": "nine", "kind": "rating", "scale": "nine"},
        {"code": "number", "kind": "number", "minimum": 0, "maximum": 50}, {"code": "chance", "kind": "probability"},
        {"code": "choice", "kind": "choice", "options": options("a", "b", "c")}, {"code": "order", "kind": "ranking", "options": options("a", "b", "c")},
    ]
    for item in items:
        item["consensus"] = chance.choice(RULES)
    answers = {f"{panel}-{number}": random_answers(chance) for panel, size in sizes.items() for number in range(1, size + 1)}
    for item in counted(items, sizes, answers, chance.choice([1, 3]), {"west": ["us", "jp"], "east": ["us", "kr"]}).items:
        published = {(component.code, found.kind, found.code): component.figures(found) for component in item.components for found in component.groups}
        published.update({("", found.group.kind, found.group.code): found.figures for found in item.whole if not found.suppressed})
        registered = [found for found in told(item) if found["registered"] == "yes"]
        assert {found["group_type"] for found in registered} <= {"all", "equal_weight", "theatre"}
        for found in registered:
            figures = published[found["component"], found["group_type"], found["group"]]
            assert (found["value"], found["consensus"], found["rule"]) == (figures["rule_value"], figures["consensus"], figures["consensus_rule"])


def random_answers(chance):
    return {
        "five": {"": chance.choice([2, 4, 4, 5])}, "nine": {"": chance.choice([1, 7, 8, 8, 9])}, "number": {"": chance.randint(0, 50)},
        "chance": {"": chance.randint(0, 100)}, "choice": {"": chance.choice("aab")}, "order": dict(zip("abc", chance.sample([1, 2, 3], 3), strict=True)),
    }


def test_the_round_counts_items_by_rule_and_how_often_the_registered_rule_says_the_same():
    items = [{"code": code, "kind": "rating", "scale": "five"} for code in ("alike", "apart")]
    answers = {"us-1": {"alike": {"": 4}, "apart": {"": 1}}, "us-2": {"alike": {"": 5}, "apart": {"": 5}}, "us-3": {"alike": {"": 5}, "apart": {"": 4}}}
    published = counted(items, {"us": 3}, answers)
    closing = Closing(published, lambda _name: ({**found, "item": item.code} for item in published.items for found in told(item)))
    rows = [found for found in sensitivity.TABLE.of_round(closing) if found["group"] == "all" and found["points"] is None]
    # IQR at most 1 (registered): 0.5 and 2. Top two: 3 of 3 and 2 of 3, so at 0.51 both agree and at 0.7 one.
    counted_by = {(found["rule"], found["parameters"]): [found[name] for name in ("n_judged", "n_consensus", "n_compared", "n_agreeing")] for found in rows}
    assert counted_by["registered", ""] == [2, 1, 2, 2]
    assert counted_by["percent_agreement", "top two positions, at least 0.51"] == [2, 2, 2, 1]
    assert counted_by["percent_agreement", "top two positions, at least 0.7"] == [2, 1, 2, 2]
