"""roles.csv: the role-expectation gap. For each ally and function, what its own experts expect of it minus what the others expect."""

from collections.abc import Iterator
from typing import Any

from analysis.published import PublishedItem
from analysis.rules import NOT_ASSESSED
from analysis.tables.base import Table, Values, number, text
from analysis.tables.role_changes import RoleChanges
from analysis.tables.role_gaps import SIGNIFICANT, RoleGaps
from analysis.tables.role_grids import INSUFFICIENT, NO_VARIATION, OK, PROTECTED, SMALL, RoleGrid, is_role_grid, whole

COLUMNS = (
    text("component", "the grid's cell: target.function"),
    text("target", "the ally of whom a role is expected: a panel's code"),
    text("function", "the code of the function"),
    number("self_n", "valid answers of the target's own experts; empty where their row is protected"),
    number("self_mean", "mean of their positions, 1 = the first role level"),
    number("self_median", "median of their positions"),
    number("n_others_panels", "other panels in others_mean: those with answers whose row is shown"),
    text("left_out", "other panels that are not in others_mean, because their row is protected; joined by |"),
    number("others_n", "valid answers of the panels in others_mean"),
    number("others_mean", "mean of the other panels' means: each ally counts once"),
    number("pooled_n", "valid answers of all other experts; empty where that may not be told"),
    number("pooled_mean", "mean of their positions, every answer once"),
    number("pooled_median", "median of their positions"),
    number("gap", "self_mean - others_mean; negative: more is expected of the target than it means to do"),
    number("gap_low", "lower end of the gap's 95 % interval (Student's t, Satterthwaite's degrees of freedom, panels as strata)"),
    number("gap_high", "upper end"),
    number("pooled_gap", "self_mean - pooled_mean"),
    number("p_mann_whitney", "the target's own experts against all others, every answer once; asymptotic, two-sided, from 5 answers a side"),
    number("p_holm", "corrected over all targets and functions of the item (Holm)"),
    number("margin", "a tenth of the scale's range: smaller gaps do not matter"),
    number("p_equivalence", "two one-sided tests of the gap against the margin; below 0.05: the 90 % interval lies within it"),
    text("verdict", "as_expected: p_equivalence below 0.05; else over_expected, under_expected: p_holm below 0.05 and the interval on that side "
                    "of 0; else undecided; not_assessed below 5 answers a side or where a side is protected"),
    text("consensus", "of the cell over all experts, as in aggregates.csv"),
    text("stability", "the same"),
    text("outcome", "the same"),
    number("previous_round", "the latest earlier round that asked the same wording"),
    number("previous_gap", "the gap there"),
    number("gap_change", "gap - previous_gap; empty unless the same other panels are compared in both rounds"),
    number("gap_change_low", "lower end of its 95 % interval at its widest: the standard errors of both rounds' gaps added up, as if each expert's answers "
                             "moved against each other; Student's t, the fewer degrees of freedom"),
    number("gap_change_high", "upper end"),
    text("narrowing", "of the gap's size. narrows, widens: it shrank or grew by more than half the interval's length; turned: gap_change is clear, "
                      "the change of size is not, for the gap went over to the other side of 0; else no_clear_change; not_assessed below 5 answers "
                      "a side in either round or without gap_change; not corrected over cells"),
    text("status", "ok; protected; insufficient_n; no_variation"),
    text("reason", "why a figure is empty"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    if is_role_grid(item):
        grid, earlier = RoleGrid.of(item), RoleGrid.before(item)
        gaps = RoleGaps.of(grid)
        changes = RoleChanges(gaps, RoleGaps.of(earlier)) if earlier else None
        for place, column, target, function in grid.cells():
            yield {
                "component": f"{target}.{function}", "target": target, "function": function,
                **expectations(gaps, (place, column)), **tested(gaps, (place, column)), **verdicts(item, f"{target}.{function}"),
                "previous_round": item.previous_round, **(changes.of((place, column)) if changes else {"narrowing": NOT_ASSESSED}),
                **obstacle(gaps, (place, column)),
            }


def expectations(gaps: RoleGaps, cell: tuple[int, int]) -> Values:
    grid = gaps.grid
    compared = grid.compared(*cell)
    return {
        "self_n": whole(gaps.own_n[cell]), "self_mean": gaps.own.mean[cell], "self_median": gaps.own_median[cell],
        "n_others_panels": len(compared), "left_out": "|".join(grid.hidden(*cell)), "others_n": whole(gaps.others_n[cell]),
        "others_mean": gaps.others.mean[cell],
        "pooled_n": whole(gaps.pooled_n[cell]), "pooled_mean": gaps.pooled.mean[cell], "pooled_median": gaps.pooled_median[cell],
    }


def tested(gaps: RoleGaps, cell: tuple[int, int]) -> Values:
    return {
        "gap": gaps.gap.mean[cell], "gap_low": gaps.interval[0][cell], "gap_high": gaps.interval[1][cell],
        "pooled_gap": gaps.own.mean[cell] - gaps.pooled.mean[cell],
        "p_mann_whitney": gaps.p_mann_whitney[cell], "p_holm": gaps.p_holm[cell],
        "margin": gaps.margin, "p_equivalence": gaps.p_equivalence[cell], "verdict": verdict(gaps, cell),
    }


def verdict(gaps: RoleGaps, cell: tuple[int, int]) -> str:
    """A difference is claimed only where both ways to count the others support it; one too small to matter is none."""
    if not gaps.is_assessed[cell]:
        return NOT_ASSESSED
    gap, (low, high) = gaps.gap.mean[cell], gaps.interval_or_point
    if gaps.is_equivalent[cell]:
        return "as_expected"
    if gaps.p_holm[cell] < SIGNIFICANT and (low[cell] > 0 or high[cell] < 0):
        return "under_expected" if gap > 0 else "over_expected"
    return "undecided"


def verdicts(item: PublishedItem, code: str) -> Values:
    """Of the cell over all experts, from their published row."""
    component = item.component(code)
    everybody = component.group("all", "all") if component else None
    if component is None or everybody is None:
        return {}
    figures = component.figures(everybody)
    return {name: figures[name] for name in ("consensus", "stability", "outcome")}


def obstacle(gaps: RoleGaps, cell: tuple[int, int]) -> dict[str, Any]:
    own, others = whole(gaps.own_n[cell]), whole(gaps.others_n[cell])
    if own is None:
        return {"status": PROTECTED, "reason": "the row of the target's own experts is protected"}
    if not others and gaps.grid.hidden(*cell):
        return {"status": PROTECTED, "reason": "the rows of all other panels with answers are protected"}
    if not gaps.is_large_enough[cell]:
        return {"status": INSUFFICIENT, "reason": SMALL if own and others else "a side has no answers"}
    if whole(gaps.pooled_n[cell]) is None:
        return {"status": PROTECTED, "reason": "the row of all experts is protected"}
    if not gaps.gap.squared_error[cell] > 0:
        return {"status": NO_VARIATION, "reason": "neither side varies, so there is no interval"}
    return {"status": OK}


TABLE = Table("roles", COLUMNS, of_item=rows)
