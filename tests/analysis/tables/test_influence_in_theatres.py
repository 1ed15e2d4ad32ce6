"""influence.csv: each theatre's verdicts without each of its own allies, by hand, and none that would tell of a protected panel."""

from typing import Any

import pytest

from tests.analysis.tables.counted_rounds import Row, table_rows, two_rounds
from tests.factories import a_definition, a_study, add_experts, by_panel, public, run_round

pytestmark = pytest.mark.django_db

THEATRES = [{"code": code, "name": {"en": code}} for code in ("pacific", "atlantic", "arctic")]
WITHIN = {"us": ["pacific", "atlantic"], "jp": ["pacific"], "kr": ["pacific"], "uk": ["atlantic", "arctic"]}
PANELS = [{"code": code, "name": {"en": code}, "theatres": theatres} for code, theatres in WITHIN.items()]
TWELVE = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3]


def one_round(answers: dict[str, list[int]], definition: dict[str, Any]) -> list[Row]:
    study = a_study(definition)
    add_experts(study, {panel: len(given) for panel, given in answers.items()})
    return table_rows(run_round(study, 1, by_panel("grave", answers)), "influence")


def of_theatres(rows: list[Row], *names: str) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(theatre, ally) → these figures, of the item's rows."""
    return {(row["group"], row["without"]): tuple(row[name] for name in names)
            for row in rows if row["group_type"] == "theatre" and row["level"]}


def test_consensus_that_one_ally_stands_against_in_one_theatre_and_not_in_the_other() -> None:
    rows = one_round({"us": [1] * 4, "jp": [3] * 3, "kr": [3] * 2, "uk": [1] * 4}, public(panels=PANELS, theatres=THEATRES))
    # Pacific: quartiles of 1 1 1 1 3 3 3 3 3 are 1 and 3; without us all is 3; 1 1 1 1 3 3 has 1 and 2.5, 1 1 1 1 3 3 3 has 1 and 3.
    # Atlantic: all is 1. The arctic is uk alone, so nobody would be left.
    assert of_theatres(rows, "consensus", "consensus_without", "changes", "status") == {
        ("pacific", "us"): ("not_reached", "reached", "yes", "ok"),
        ("pacific", "jp"): ("not_reached", "not_reached", "no", "ok"),
        ("pacific", "kr"): ("not_reached", "not_reached", "no", "ok"),
        ("atlantic", "us"): ("reached", "reached", "no", "ok"),
        ("atlantic", "uk"): ("reached", "reached", "no", "ok"),
    }
    overall = {(row["group"], row["without"]): (row["n_judged"], row["n_changed"], row["n_consensus_gained"], row["n_consensus_lost"])
               for row in rows if row["group_type"] == "theatre" and not row["level"]}
    assert overall == {("pacific", "us"): (1, 1, 1, 0), **dict.fromkeys(
        [("pacific", "jp"), ("pacific", "kr"), ("atlantic", "us"), ("atlantic", "uk")], (1, 0, 0, 0))}


@pytest.mark.parametrize("rule", [{"rule": "scheibe", "below": 15}, {"rule": "percent_changed", "at_most": 15}])
def test_stability_without_the_ally_that_moved(rule: dict[str, Any]) -> None:
    first = {"us": [1] * 4, "jp": [3] * 4, "kr": [3] * 4, "uk": [1] * 4}
    second = two_rounds(first, first | {"jp": [2] * 4}, definition=public(panels=PANELS, theatres=THEATRES, stability=rule))
    # A third of the pacific moved; without jp nobody did, without us half did. In the atlantic nobody did.
    # Quartiles of 1 1 1 1 2 2 2 2 3 3 3 3 are 1 and 3; without us 2 and 3, without kr 1 and 2: consensus is gained there
    assert of_theatres(table_rows(second, "influence"), "stability", "stability_without", "outcome_without", "changes") == {
        ("pacific", "us"): ("unstable", "unstable", "unstable_consensus", "yes"),
        ("pacific", "jp"): ("unstable", "stable", "stable_dissent", "yes"),
        ("pacific", "kr"): ("unstable", "unstable", "unstable_consensus", "yes"),
        ("atlantic", "us"): ("stable", "stable", "stable_consensus", "no"),
        ("atlantic", "uk"): ("stable", "stable", "stable_consensus", "no"),
    }


def test_a_theatre_less_an_ally_does_not_tell_of_a_protected_panel() -> None:
    # kr has four answers: jp is hidden with it, so that the pacific less us tells of both together, and of neither alone
    rows = one_round({"us": TWELVE, "jp": TWELVE, "kr": [1, 1, 2, 5], "uk": TWELVE[:6] * 2}, a_definition(panels=PANELS, theatres=THEATRES))
    found = of_theatres(rows, "consensus_without", "stability_without", "changes", "status")
    assert [found["pacific", ally][3] for ally in ("jp", "kr")] == ["protected"] * 2
    assert [found["pacific", ally][:3] for ally in ("jp", "kr")] == [(None, None, None)] * 2
    assert found["atlantic", "uk"] == ("not_reached", "not_assessed", "no", "ok")


def test_a_theatre_of_a_small_ally_and_another_tells_of_neither() -> None:
    within = {"us": ["pacific"], "jp": [], "kr": ["pacific"], "uk": []}
    panels = [{"code": code, "name": {"en": code}, "theatres": theatres} for code, theatres in within.items()]
    rows = one_round({"us": TWELVE, "jp": TWELVE, "kr": [1, 1, 2, 5], "uk": TWELVE}, a_definition(panels=panels, theatres=THEATRES[:1]))
    assert set(of_theatres(rows, "consensus_without", "stability_without", "status").values()) == {(None, None, "protected")}
