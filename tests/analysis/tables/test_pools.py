"""pools.csv: experts' probabilities, quantiles and intervals as one. Expected values are worked out by hand unless a source is named."""

import random

import pytest

from analysis import statistics
from analysis.tables import pools
from tests.analysis.tables.one_round import item_of, row, rows_of

pytestmark = pytest.mark.django_db
QUARTILES = {"kind": "quantiles", "quantiles": [0.25, 0.5, 0.75], "minimum": 0, "maximum": 100}
IDEA = {"kind": "quantiles", "interval": "idea", "minimum": 0, "maximum": 100}


def told(kind, values, **more):
    return rows_of(pools.TABLE, item_of(kind, values, **more))


def value(rows, group, method, figure="pool", **wanted):
    return row(rows, group, method=method, figure=figure, **wanted)["value"]


def quartiles(*numbers):
    return dict(zip(("0.25", "0.5", "0.75"), numbers, strict=True))


def test_probabilities_by_hand():
    rows = told({"kind": "probability"}, {"us": [10, 50]})
    # Odds 1/9 and 1: geometric mean 1/3; to the power of 1.5 0.19245. R 4.2.2: pnorm(mean(qnorm(c(.1, .5)))).
    expected = {"linear": 30, "median": 30, "trimmed": 30, "geometric_mean_of_odds": 25, "logarithmic": 25, "extremized": 100 * 0.1924501 / 1.1924501}
    assert {method: value(rows, "us", method) for method in expected} == pytest.approx(expected, abs=1e-5)
    assert value(rows, "us", "probit") == pytest.approx(26.0834184606624)
    assert row(rows, "us", method="extremized")["parameter"] == "a = 1.5"
    assert {found["n"] for found in rows} == {2}


def test_panels_of_equal_weight_weigh_panels():
    rows = told({"kind": "probability"}, {"us": [20, 20, 20], "jp": [60]})
    assert (value(rows, "all", "linear"), value(rows, "equal_weight", "linear")) == pytest.approx((30, 40))
    assert {found["weighting"] for found in rows if found["group"] == "equal_weight"} == {"panels"}


@pytest.mark.parametrize(("truth", "brier", "log_score"), [(100, 0.49, 1.2039728), (1, 0.49, 1.2039728), (0, 0.09, 0.3566749)])
def test_an_event_known_to_have_happened_or_not_scores_the_pools(truth, brier, log_score):
    # The linear pool says 0.3: (0.3 - 1)^2 and -ln 0.3, or 0.3^2 and -ln 0.7.
    rows = told({"kind": "probability", "truth": truth}, {"us": [10, 50]})
    assert (value(rows, "us", "linear", "brier"), value(rows, "us", "linear", "log_score")) == pytest.approx((brier, log_score))


def test_a_pool_that_ruled_out_what_happened_has_no_log_score():
    found = row(told({"kind": "probability", "truth": 100}, {"us": [0, 0]}), "us", method="linear", figure="log_score")
    assert (found["value"], found["status"]) == (None, "not_applicable")


def test_a_known_answer_that_is_no_outcome_scores_nothing():
    assert {found["figure"] for found in told({"kind": "probability", "truth": 37}, {"us": [10, 50]})} == {"pool"}


def test_quantiles_by_hand():
    rows = told(QUARTILES, {"us": [quartiles(10, 20, 30), quartiles(20, 30, 40)]})
    assert [value(rows, "us", "quantile_average", probability=level) for level in (0.25, 0.5, 0.75)] == [15, 25, 35]
    # At 20 the first has 0.5 and the second 0.25, at 30 0.75 and 0.5: half-way there 0.5. The range is 7 to 43: at 10 the second has
    # 0.25 * 3/13, so the pool passes 0.25 between 10 (0.1538) and 20 (0.375).
    at_10 = (0.25 + 0.25 * 3 / 13) / 2
    low = 10 + 10 * (0.25 - at_10) / (0.375 - at_10)
    assert [value(rows, "us", "linear_pool", probability=level) for level in (0.25, 0.5, 0.75)] == pytest.approx([low, 25, 50 - low])


def test_a_known_answer_scores_the_pooled_quantiles():
    rows = told({**QUARTILES, "truth": 27}, {"us": [quartiles(10, 20, 30), quartiles(20, 30, 40)]})
    # 0.25 * 12 + 0.5 * 2 + 0.25 * 8 around 15, 25 and 35.
    assert value(rows, "us", "quantile_average", "pinball") == pytest.approx(6)


def test_intervals_are_standardised_and_averaged():
    rows = told(IDEA, {"us": [{"lower": 40, "best": 50, "upper": 60, "confidence": 80}, {"lower": 20, "best": 30, "upper": 90, "confidence": 60}]})
    # The second one's arms grow by 80/60: 16.667 to 110, which is cut at 100.
    found = [value(rows, "us", "idea_mean", component=bound) for bound in ("lower", "best", "upper")]
    assert found == pytest.approx([(40 + 30 - 40 / 3) / 2, 40, (60 + 100) / 2])


def test_a_known_answer_scores_the_pooled_interval():
    answer = {"lower": 40, "best": 50, "upper": 60, "confidence": 80}
    # Width 20, and 2 / 0.2 for each of the 5 beyond.
    assert value(told({**IDEA, "truth": 65}, {"us": [answer, answer]}), "us", "idea_mean", "interval_score") == pytest.approx(70)


def test_protected_groups_are_not_pooled():
    values = {"us": [10, 20, 30, 40, 50, 60], "jp": [90, 5], "kr": [15, 25, 35, 45, 55, 65], "au": [70, 80, 20, 30, 10, 50]}
    item = item_of({"kind": "probability"}, values, minimum=3)
    shown = {group.code for group in item.components[0].groups}
    assert "jp" not in shown
    assert {found["group"] for found in rows_of(pools.TABLE, item)} == shown


@pytest.mark.parametrize("seed", [1, 2])
def test_every_pool_is_that_of_the_one_item_function(seed):
    chance = random.Random(seed)
    values = {panel: [chance.randint(1, 99) for _expert in range(size)] for panel, size in (("us", 12), ("jp", 5))}
    rows = told({"kind": "probability"}, values)
    for group, given in (("all", [*values["us"], *values["jp"]]), ("us", values["us"])):
        expected = statistics.pool_probabilities([number / 100 for number in given], extremize=1.5)
        for method in ("linear", "median", "trimmed", "geometric_mean_of_odds", "logarithmic", "probit", "extremized", "neyman_roughgarden"):
            assert value(rows, group, method) == pytest.approx(100 * getattr(expected, method))
