"""Whether it hangs on a single ally that the gap narrows, in words."""

from typing import Any

from analysis.results.gaps import PerceptionGaps
from analysis.results.influence_words import influence_in_words

PANELS = {"us": "United States", "kr": "Korea"}


def said(*rows: tuple[str, str, str]) -> list[str]:
    influence: list[dict[str, Any]] = [
        {"without": panel, "disagreement_without": without, "disagreement_changes": changes} for panel, without, changes in rows]
    return influence_in_words(PerceptionGaps({}, (), (), (), True, influence), PANELS)


def test_every_ally_that_the_verdict_hangs_on_is_named() -> None:
    assert said(("us", "narrows", "no"), ("kr", "no_clear_change", "yes")) == ["Without Korea: no clear change."]
    assert said(("us", "widens", "yes"), ("gone", "narrows", "yes")) == [
        "Without United States: farther apart.", "Without gone: closer to each other."]


def test_a_verdict_that_holds_without_each_of_them_says_so_and_one_that_may_not_be_told_nothing() -> None:
    assert said(("us", "narrows", "no")) == ["Of the panels that can be left out, none decides whether the allies have come closer."]
    assert said() == []
