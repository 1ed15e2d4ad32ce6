"""Grid: one scale asked for each pair of a row and a column. The role grid, whose rows are the study's panels, is one."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import Level
from surveys.items.base import CANNOT_JUDGE, LIMITS, Component, ItemKind, ItemSpec, Number, Problem
from surveys.items.rating import check_position, points_of

ABOUT = ("role_expectation",)
MOST_CELLS = 400


class Grid(ItemKind):
    name = "grid"
    keys = frozenset({"scale", "rows", "columns", "about", "mirror"})
    required = frozenset({"scale", "rows", "columns"})
    judged_by_component = True
    decides_by = LIMITS

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        if item.get("about") in ABOUT and item.get("rows") != "panels":
            yield Problem("about", _("role_expectation needs rows: panels, for the panels are the targets"))

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        positions = tuple(str(point) for point in range(1, points_of(spec) + 1))
        return tuple(Component(code, Level.ORDINAL, positions) for code in cells_of(spec))

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """Cell code → position, or CANNOT_JUDGE, in the grid's order, for the cells that are answered."""
        given: dict[str, Any] = {}
        for code in cells_of(spec):
            text = raw.get(code, "").strip()
            if text == CANNOT_JUDGE:
                if not spec.cannot_judge:
                    raise ValueError(_("This item needs an answer; “cannot judge” is not offered here."))
                given[code] = CANNOT_JUDGE
            elif text:
                given[code] = check_position(text, points_of(spec))
        return given or None

    def counts(self, spec: ItemSpec, value: Any) -> bool:
        """Each cell counts by itself, so a grid with gaps counts too."""
        return True

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        left = len(cells_of(spec)) - len(value)
        return ngettext("%(left)s cell is still open.", "%(left)s cells are still open.", left) % {"left": left} if left else ""

    def to_components(self, spec: ItemSpec, value: Any) -> dict[str, Number | str]:
        return {code: position for code, position in value.items() if position != CANNOT_JUDGE}

    def not_judged(self, spec: ItemSpec, value: Any) -> frozenset[str]:
        return frozenset(code for code, position in value.items() if position == CANNOT_JUDGE)


def cells_of(spec: ItemSpec) -> list[str]:
    """`row.column` for each cell, row by row. Codes hold no dot, so this can be read back."""
    return [f"{row.code}.{column.code}" for row in spec.rows for column in spec.columns]
