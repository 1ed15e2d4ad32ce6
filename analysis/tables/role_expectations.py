"""role_expectations.csv: what each panel's experts expect of each ally in each function, themselves included."""

from collections.abc import Iterator

from analysis.published import PublishedItem
from analysis.statistics.matrix import histogram_moments
from analysis.tables.base import Table, Values, number, text
from analysis.tables.role_grids import INSUFFICIENT, OK, PROTECTED, RoleGrid, is_role_grid, medians_of, whole

COLUMNS = (
    text("component", "the grid's cell: target.function"),
    text("target", "the ally of whom a role is expected: a panel's code"),
    text("function", "the code of the function"),
    text("rater", "the panel whose experts expect it"),
    text("is_self", "yes: the target's own experts"),
    number("n", "valid answers"),
    number("mean", "mean of the positions, 1 = the first role level"),
    number("median", "median of the positions"),
    number("sd", "standard deviation (n - 1)"),
    text("status", "ok; protected: the panel's row may not be shown; insufficient_n: nobody of the panel answered"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    if is_role_grid(item):
        yield from rows_of_grid(RoleGrid.of(item))


def rows_of_grid(grid: RoleGrid) -> Iterator[Values]:
    moments = histogram_moments(grid.counts)
    medians = medians_of(grid.counts)
    for place, column, target, function in grid.cells():
        for row, rater in enumerate(grid.panels):
            cell = (row, place, column)
            n = whole(grid.n[cell])
            yield {
                "component": f"{target}.{function}", "target": target, "function": function, "rater": rater,
                "is_self": "yes" if rater == target else "no", "n": n, "mean": moments.mean[cell], "median": medians[cell],
                "sd": moments.sd[cell], "status": PROTECTED if n is None else OK if n else INSUFFICIENT,
            }


TABLE = Table("role_expectations", COLUMNS, of_item=rows)
