"""influence.csv: does the gap between the allies narrow without one of them, and what is expected of the others without it."""

from collections.abc import Iterable
from typing import Any

import pytest

from surveys.models import Round
from tests.analysis.tables.counted_rounds import Answers, Row, table_rows, two_rounds
from tests.analysis.tables.role_studies import a_role_study, a_round, with_experts
from tests.factories import a_definition, public

pytestmark = pytest.mark.django_db

THEATRES = [{"code": "pacific", "name": {"en": "Pacific"}}, {"code": "atlantic", "name": {"en": "Atlantic"}}]
WITHIN = {"us": ["pacific", "atlantic"], "jp": ["pacific"], "kr": ["pacific"], "no": ["atlantic"]}
PANELS = [{"code": code, "name": {"en": code}, "theatres": theatres} for code, theatres in WITHIN.items()]
LOW, HIGH = [1, 1, 1, 2, 2, 2], [4, 4, 4, 5, 5, 5]
GAPS = ("disagreement", "disagreement_without", "disagreement_changes")


def found(rows: Iterable[Row], *, of_items: bool) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(group, ally) → whether the gap narrows, with and without the ally, and whether that differs."""
    chosen = [row for row in rows if bool(row["level"]) == of_items]
    return {(row["group"], row["without"]): tuple(row[name] for name in GAPS) for row in chosen}


def test_a_gap_that_narrows_because_one_ally_came_over() -> None:
    first: Answers = {"us": LOW, "jp": LOW, "kr": HIGH, "no": HIGH}
    second: Answers = {**first, "kr": LOW}
    rows = table_rows(two_rounds(first, second, definition=public(panels=PANELS, theatres=THEATRES)), "influence")
    narrows, alone = ("narrows", "narrows", "no"), ("narrows", "no_clear_change", "yes")
    still = ("no_clear_change", None, None)
    # kr came from no's side to that of us and jp. Without kr nobody moved. Without no, in the pacific and in all, three panels come to be alike.
    # All four: before two against two, after three against one: C of 6 pairs, four unlike before and three after: it narrows, whoever else is missing
    # but us or jp: then two pairs of three are unlike, before and after (kr and no like, then kr and us), and nothing changes.
    expected = {("all", "us"): alone, ("all", "jp"): alone, ("all", "kr"): alone, ("all", "no"): narrows,
                **dict.fromkeys([("equal_weight", ally) for ally in WITHIN], (None, None, None)),
                ("pacific", "us"): narrows, ("pacific", "jp"): narrows, ("pacific", "kr"): alone,
                ("atlantic", "us"): still, ("atlantic", "no"): still}
    assert found(rows, of_items=True) == expected
    assert found(rows, of_items=False) == expected
    [overall] = [row for row in rows if not row["level"] and (row["group"], row["without"]) == ("pacific", "kr")]
    assert (overall["n_disagreement_judged"], overall["n_disagreement_changed"], overall["n_roles_judged"]) == (1, 1, 0)


def test_only_allies_of_which_all_may_be_told_are_compared_and_missed() -> None:
    """One of us left: the change is not about us, so neither is what it would be without it."""
    first: Answers = {"us": LOW * 2, "jp": LOW * 2, "kr": HIGH * 2, "no": LOW * 2}
    second: Answers = {**first, "us": [None, *LOW[1:], *LOW], "kr": LOW * 2}
    rows = table_rows(two_rounds(first, second, definition=a_definition(panels=PANELS, theatres=THEATRES)), "influence")
    of_item = found(rows, of_items=True)
    assert {ally: of_item["all", ally] for ally in WITHIN} == {
        "us": ("narrows", None, None), "jp": ("narrows", "narrows", "no"), "kr": ("narrows", "no_clear_change", "yes"), "no": ("narrows", "narrows", "no")}


ISR = {"us": [3] * 6, "jp": [5] * 7, "kr": [3] * 5, "no": [3] * 6}
ASW = {"us": [4, 4, 4, 5, 4, 4], "jp": [1, 2, 1, 1, 1, 1, 1], "kr": [1, 1, 2, 1, 1], "no": [1, 1, 1, 1, 2, 1]}
SAID = {f"{target}.{function}": by_panel for target in WITHIN for function, by_panel in (("isr", ISR), ("asw", ASW))}
BEFORE = {cell: {**by_panel, "jp": [3] * 7} for cell, by_panel in SAID.items()}
SIZES = {panel: len(given) for panel, given in ISR.items()}


def role_rounds(slug: str, absent: str = "") -> Round:
    study = with_experts(a_role_study(panels=tuple(WITHIN), study=slug), SIZES)
    for number, said in ((1, BEFORE), (2, SAID)):
        counted = a_round(study, number, {cell: {panel: given for panel, given in by_panel.items() if panel != absent} for cell, by_panel in said.items()})
    return counted


def test_role_verdicts_are_those_of_a_study_in_which_the_ally_said_nothing() -> None:
    rows = [row for row in table_rows(role_rounds("whole"), "influence") if row["level"] and row["group"] == "all" and row["without"] == "jp"]
    without = {row["component"]: (row["role_gap_without"], row["role_narrowing_without"]) for row in rows}
    for row in table_rows(role_rounds("less", absent="jp"), "roles"):
        told = (None, None) if row["target"] == "jp" else (row["verdict"], row["narrowing"])
        assert (row["component"], without[row["component"]]) == (row["component"], told)
    # jp alone expects 5 of us where it means 3, and all others with it; before, jp did too. Nobody differs from a colleague, so that the gap itself
    # judges: from 0 to 3 - 11/3, and without jp still 0. With jp the test against all others, corrected over eight cells, is not clear
    [isr] = [row for row in rows if row["component"] == "us.isr"]
    assert (isr["role_gap"], isr["role_gap_without"], isr["role_narrowing"], isr["role_narrowing_without"], isr["role_changes"]) == (
        "undecided", "as_expected", "widens", "no_clear_change", "yes")
