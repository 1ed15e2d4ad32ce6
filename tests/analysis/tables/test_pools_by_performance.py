"""pools.csv: Cooke's classical model on a round's seeds, and what it must not tell."""

import random

import pytest

from analysis.tables import pools
from analysis.tables.base import Closing, unpacked
from tests.analysis.statistics.pooling.elicitations import TOBACCO, TOBACCO_PROBABILITIES, TOBACCO_REALIZATIONS
from tests.analysis.tables.one_round import counted

pytestmark = pytest.mark.django_db
CODES = [f"{level:g}" for level in TOBACCO_PROBABILITIES]
LEVELS = ["0.05", "0.5", "0.95"]


def figures(published):
    """As they are stored and read again."""
    return list(unpacked(pools.TABLE.packed(pools.TABLE.of_round(Closing(published, lambda _name: iter(()))))))


def value(rows, weighting, figure, **wanted):
    [found] = [row for row in rows if row["weighting"] == weighting and row["figure"] == figure and all(row[name] == wanted[name] for name in wanted)]
    return found["value"]


def tobacco(items=10):
    asked = [{"code": f"seed-{place}", "kind": "quantiles", "quantiles": TOBACCO_PROBABILITIES, "decimals": 3, "truth": TOBACCO_REALIZATIONS[place]}
             for place in range(items)]
    answers = {f"us-{number}": {f"seed-{place}": dict(zip(CODES, expert[place], strict=True)) for place in range(items)}
               for number, expert in enumerate(TOBACCO, start=1)}
    return counted(asked, {"us": len(TOBACCO)}, answers)


def test_the_published_tobacco_elicitation_goes_through_a_whole_round():
    rows = figures(tobacco())
    whole = {"parameter": "10 seeds, no cut-off", "about_item": None}
    # Colson & Cooke 2017, computed with Excalibur: equal weights 0.20, 0.45, 0.09; not optimised 0.66, 0.53, 0.35.
    equal = [round(value(rows, "equal", figure, **whole), 2) for figure in ("calibration", "information_seeds", "combined")]
    performance = [round(value(rows, "performance", figure, **whole), 2) for figure in ("calibration", "information_seeds", "combined")]
    assert (equal, performance) == ([0.20, 0.45, 0.09], [0.66, 0.53, 0.35])
    # Anduryl 1.0: information on the realizations without the first and the last seed.
    without = [value(rows, "performance", "information_seeds", about_item=code, parameter="without this seed, no cut-off") for code in ("seed-0", "seed-9")]
    assert without == pytest.approx([0.4162802351490187, 0.5533121129698745])
    assert {row["reason"] for row in rows} == {"experts who did not answer every seed are left out"}


def test_fewer_than_ten_seeds_say_that_they_are_too_few():
    assert all("too few for a verdict" in row["reason"] for row in figures(tobacco(items=4)))


def a_round(minimum=1, experts=12, misses=None, seeds=3, says=None):
    """Seeds and an open question. `misses`: expert → the seed left out; `says`: expert → that one's quantiles of every seed."""
    chance = random.Random(5)
    asked = [{"code": f"seed-{place}", "kind": "quantiles", "quantiles": [0.05, 0.5, 0.95], "truth": 10 + place} for place in range(seeds)]
    asked.append({"code": "open", "kind": "quantiles", "quantiles": [0.05, 0.5, 0.95]})
    answers = {}
    for number in range(1, experts + 1):
        drawn = {item["code"]: sorted(chance.sample(range(1, 60), 3)) for item in asked}
        drawn.update({item["code"]: says(number) for item in asked if says and "truth" in item})
        answers[f"us-{number}"] = {code: dict(zip(LEVELS, numbers, strict=True)) for code, numbers in drawn.items() if code != (misses or {}).get(number)}
    return counted(asked, {"us": experts}, answers, minimum)


def leaving_out(*numbers):
    return dict.fromkeys(numbers, "seed-0")


def test_without_seeds_there_is_nothing_to_weigh_by():
    assert figures(a_round(seeds=0)) == []


def test_only_those_who_answered_every_seed_count():
    assert {row["n"] for row in figures(a_round(misses=leaving_out(1, 2, 3)))} == {9}


def test_a_pool_without_a_few_people_is_not_told_beside_the_pool_with_them():
    rows = figures(a_round(minimum=3, misses=leaving_out(1, 2)))
    assert {(row["value"], row["status"], row["reason"]) for row in rows} == {(None, "not_applicable", "protected")}


def test_a_pool_without_enough_people_may_be_told():
    assert value(figures(a_round(minimum=3, misses=leaving_out(1, 2, 3, 4))), "equal", "pool", about_item="open", component="0.5") is not None


def test_weights_that_fall_on_one_person_are_not_told_and_equal_weights_are():
    # The first expert's quantiles hold the truths 10, 11 and 12; everybody else's are far off, and weigh next to nothing.
    rows = figures(a_round(minimum=3, says=lambda number: [8, 11, 14] if number == 1 else [40 + number, 60 + number, 80 + number]))
    assert {row["status"] for row in rows if row["weighting"] == "equal"} == {"ok"}
    assert {(row["value"], row["reason"]) for row in rows if row["weighting"] == "performance"} == {(None, "protected")}


def test_weights_that_many_share_are_told():
    rows = figures(a_round(minimum=3, says=lambda number: [8 - number / 10, 11, 14 + number / 10]))
    assert value(rows, "performance", "pool", about_item="open", component="0.5") is not None


def test_nobody_who_answered_every_seed_is_said_where_data_are_public():
    rows = figures(a_round(experts=2, misses={1: "seed-0", 2: "seed-1"}))
    assert {(row["value"], row["status"], row["reason"]) for row in rows} == {(None, "insufficient_n", "no expert answered every seed")}


def test_a_seed_scores_the_pools_that_it_weighs():
    # Everybody says 8, 11, 14 of a truth of 10, 11 and 12: 0.05 * 2 + 0.5 * 1 + 0.05 * 4 for the first.
    rows = figures(a_round(experts=4, says=lambda _number: [8, 11, 14]))
    for weighting in ("equal", "performance"):
        assert value(rows, weighting, "pinball", about_item="seed-0") == pytest.approx(0.05 * 2 + 0.5 * 1 + 0.05 * 4)


def test_neither_a_cut_off_nor_a_single_experts_score_is_told():
    assert {row["figure"] for row in figures(a_round())} == {"pool", "pinball", "calibration", "information", "information_seeds", "combined"}
