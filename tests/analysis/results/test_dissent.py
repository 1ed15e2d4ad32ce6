"""Which allies stand on which side of a stable dissent: only those that a rule found to agree are counted as agreeing."""

from typing import Any

import pytest

from analysis.results.convergence import PublishedRow
from analysis.results.dissent import DIVIDED, HIGHER, LOWER, UNJUDGED, Camps, sides_of
from analysis.results.dissent_words import where_it_runs

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
    assert where_it_runs(camps) == "The dissent runs between the allies: 2 of 3 panels agree among themselves, and stand on different sides."
