"""Which allies stand on which side of a stable dissent: only those that a rule found to agree are counted as agreeing."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.results.convergence import Convergence, PublishedRow, Tracked
from analysis.results.dissent import DIVIDED, HIGHER, LOWER, MIDDLE, UNJUDGED, Camps, sides_of
from analysis.results.dissent_words import poles, where_it_runs
from analysis.results.rule_words import asked

MEDIANS = {"us": (1.0, "reached"), "jp": (5.0, "reached"), "kr": (5.0, "not_reached"), "au": (1.0, "not_assessed")}


def row(group: str, **figures: Any) -> PublishedRow:
    return PublishedRow(2, 1, "", "ordinal", "panel", group, False, {"n": 8, **figures}, None)


@pytest.fixture
def camps() -> Camps:
    everybody = row("all", median=3.0)
    sides = sides_of(everybody, [row(panel, median=median, consensus=consensus) for panel, (median, consensus) in MEDIANS.items()])
    return Camps(None, everybody, sides, ())  # type: ignore[arg-type]


def test_a_panel_with_too_few_answers_for_the_rule_is_neither_united_nor_divided(camps: Camps) -> None:
    assert {side: [found.group for found in rows] for side, rows in camps.sides.items()} == {
        LOWER: ["us"], HIGHER: ["jp"], DIVIDED: ["kr"], UNJUDGED: ["au"]}
    assert [found.group for found in camps.united] == ["us", "jp"]


def test_the_sentence_counts_the_panels_that_were_judged(camps: Camps) -> None:
    assert where_it_runs(camps) == (
        "The dissent runs between the allies: 2 of the 3 panels that can be judged agree among themselves, but not all with each other.")


def under(rule: dict[str, Any], panels: dict[str, tuple[list[int], str]]) -> Camps:
    """`panels`: quartiles and verdict of each, on five points."""
    registered = asked(rule)
    rows = [row(panel, q1=low, median=middle, q3=high, consensus=consensus) for panel, ((low, middle, high), consensus) in panels.items()]
    everybody = row("all", median=3.5, iqr=1.0)
    return Camps(None, everybody, sides_of(everybody, rows, registered, 5), (), registered)  # type: ignore[arg-type]


def places(camps: Camps) -> dict[str, list[str]]:
    return {side: [found.group for found in rows] for side, rows in camps.sides.items()}


def test_who_stands_in_the_band_that_counts_as_agreement_stands_together() -> None:
    """us all say 3 and jp 4, both within 3 to 4; kr is halved between 1 and 5."""
    camps = under({"rule": "percent_agreement", "band": [3, 4], "at_least": 0.75},
                  {"us": ([3, 3, 3], "reached"), "jp": ([4, 4, 4], "reached"), "kr": ([1, 3, 5], "not_reached")})
    assert places(camps) == {MIDDLE: ["us", "jp"], DIVIDED: ["kr"]}
    assert where_it_runs(camps) == "Neither between the allies nor through most of them: 1 of the 3 panels that can be judged does not agree among itself."


def test_a_panel_that_stands_beside_the_band_as_one_is_not_called_divided() -> None:
    top = {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}
    apart = under(top, {"us": ([4, 5, 5], "reached"), "kr": ([1, 1, 2], "not_reached")})
    assert places(apart) == {LOWER: ["kr"], MIDDLE: ["us"]}
    assert where_it_runs(apart).startswith("The dissent runs between the allies: 2 of the 2 panels that can be judged stand mostly in one part of the scale")
    together = under(top, {"us": ([1, 2, 2], "not_reached"), "kr": ([1, 1, 2], "not_reached")})
    assert where_it_runs(together) == "All 2 panels that can be judged stand mostly in the same part of the scale, but not where the rule looks."


def test_answers_that_lie_close_together_may_still_be_too_few_in_the_band() -> None:
    """Half lie within one step: that tells neither that all are outside the band nor that there are no camps."""
    camps = under({"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}, {"us": ([3, 4, 4], "not_reached")})
    calm = replace(camps, item=SimpleNamespace(measures=None))  # type: ignore[arg-type]
    assert poles(calm) == (
        "Half of the answers or more lie within one step of each other, but too few of all answers lie in the band that the rule asks for.")


def test_each_end_is_a_place_of_its_own_where_either_counts() -> None:
    camps = under({"rule": "percent_agreement", "band": "either_end", "at_least": 0.75},
                  {"us": ([1, 1, 2], "reached"), "jp": ([4, 5, 5], "reached"), "kr": ([3, 3, 3], "not_reached"), "au": ([1, 3, 5], "not_reached")})
    assert places(camps) == {LOWER: ["us"], MIDDLE: ["kr"], HIGHER: ["jp"], DIVIDED: ["au"]}


def test_medians_within_a_step_are_no_two_places() -> None:
    rule = {"rule": "iqr", "at_most": 1}
    near = under(rule, {"us": ([3, 3, 3], "reached"), "jp": ([4, 4, 4], "reached"), "kr": ([1, 3, 5], "not_reached")})
    far = under(rule, {"us": ([3, 3, 3], "reached"), "jp": ([5, 5, 5], "reached"), "kr": ([1, 3, 5], "not_reached")})
    assert (near.is_between, far.is_between) == (False, True)


def test_a_question_that_is_divided_in_some_parts_is_neither_divided_as_a_whole_nor_left_out() -> None:
    """Three cells of a grid stay divided, one agreed."""
    outcomes = {"a.x": "stable_consensus", "a.y": "stable_dissent", "b.x": "stable_dissent", "b.y": "stable_dissent"}
    cells = [PublishedRow(2, 1, cell, "ordinal", "all", "all", False, {"outcome": outcome}, None) for cell, outcome in outcomes.items()]
    held = SimpleNamespace(item_version=SimpleNamespace(item=None, definition={}))
    grid = Tracked(held, {}, 2, {2: cells})  # type: ignore[arg-type]
    found = Convergence(2, [grid])
    assert (found.dissenting, found.divided_in_parts) == ([], [grid])
    assert grid.question.is_settled
