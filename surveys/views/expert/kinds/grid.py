"""A grid: a table of small scales to answer, a heat table of the group's middle answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.items import CANNOT_JUDGE, ItemSpec, Option
from surveys.items.grid import cells_of
from surveys.views.expert.kinds.base import Audience, KindPage
from surveys.views.expert.kinds.grid_picture import WIDE_FROM, GridShape, grid_shape
from surveys.views.expert.kinds.rating import position_in_words, scale_context
from surveys.views.expert.wording import Phrase, Wording

MOST_TILES = 9  # points of a scale that is answered by tiles; of a longer one each cell is a list
MOST_POINTS, MOST_COLUMNS = 5, 8  # a table of tiles fits a laptop; with more of either
LONG_COLUMNS = 3  # only so many columns leave room
MOST_IN_LINE = 18  # tiles side by side in a row of the table; of more each cell has two lines
MOST_LISTED = 12  # cells that are told one by one; of a larger grid the words say how often each answer was given


@dataclass(frozen=True)
class ControlCell:
    """`state` and `before` are the names under which the expert's state has the cell's present and earlier value."""

    code: str
    column: str
    text: Phrase

    @property
    def state(self) -> str:
        return f"value.{self.code}"

    @property
    def before(self) -> str:
        return f"before_value.{self.code}"


@dataclass(frozen=True)
class ControlRow:
    code: str
    name: Phrase
    cells: tuple[ControlCell, ...]


class GridPage(KindPage):
    picture = "surveys/pictures/grid.html"
    script = "js/kind-grid.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        scale = scale_context(spec.scale, wording)
        points = named_points(scale)
        choices = [(str(position), str(position), label) for position, label in points]
        if spec.cannot_judge:
            choices.append((CANNOT_JUDGE, "?", _("Cannot judge")))
        uses_tiles = len(points) <= MOST_TILES
        return {
            "named_points": [(position, label) for position, label in points if label], "choices": choices, "uses_tiles": uses_tiles,
            "look": look_of(len(points), len(choices), len(spec.columns)),
            "columns": [(option.code, wording(option.text)) for option in spec.columns], "rows": control_rows(spec, wording),
        }

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        cells = cells_of(spec)
        said = {code: cell_in_words(spec, value[code], wording) for code in cells if code in value}
        if len(cells) <= MOST_LISTED:
            return self.words_in_full(spec, value, wording)
        counted = Counter(said[code] for code in sorted(said, key=lambda code: place_of(value[code])))
        counts = ", ".join(_("%(count)s × %(answer)s") % {"count": count, "answer": text} for text, count in counted.items())
        return _("%(answered)s of %(total)s cells answered: %(counts)s") % {"answered": len(said), "total": len(cells), "counts": counts}

    def words_in_full(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        said = {code: cell_in_words(spec, value[code], wording) for code in cells_of(spec) if code in value}
        return "; ".join(row_in_words(spec, row, said, wording) for row in spec.rows if any(code.startswith(f"{row.code}.") for code in said))

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        """“Japan · ISR”"""
        named = zip((spec.rows, spec.columns), code.split("."), strict=True)
        return " · ".join(next((wording(option.text).plain for option in options if option.code == part), part) for options, part in named)

    def shape(self, spec: ItemSpec, audience: Audience) -> GridShape | None:
        names = {code: self.component(spec, code, audience.wording) for code in cells_of(spec)}
        return grid_shape(spec, audience, names) if audience.groups else None

    def own_marks(self, spec: ItemSpec, value: Any, places: Any) -> dict[str, str]:
        """`you.CODE`: the own earlier position, "?" for "cannot judge"."""
        return {f"you.{code}": "?" if position == CANNOT_JUDGE else str(position) for code, position in value.items()}


def named_points(scale: Mapping[str, Any]) -> list[tuple[int, Any]]:
    """Positions with the names that they have: each its label, or only the two ends."""
    points, ends = scale["points"], scale["ends"]
    if scale["labelled"] or not ends:
        return list(points)
    return [(position, {1: ends[0], len(points): ends[1]}.get(position, "")) for position, _label in points]


def look_of(points: int, choices: int, columns: int) -> str:
    """Classes: lists; cards on every page; or a table, with how many tiles of a cell stand side by side (all, or two or more lines of them)."""
    wide = ["grid--wide"] if columns > WIDE_FROM else []
    if points > MOST_TILES:
        return " ".join(["grid--lists", *wide])
    is_long = points > MOST_POINTS
    if columns > (LONG_COLUMNS if is_long else MOST_COLUMNS):
        return " ".join(["grid--cards", f"grid--points-{points}"])
    fits_a_line = choices <= 3 or choices * columns <= MOST_IN_LINE
    across = choices if fits_a_line else (choices + 1) // 2
    return " ".join([f"grid--points-{points}", f"grid--across-{across}", *wide])


def control_rows(spec: ItemSpec, wording: Wording) -> list[ControlRow]:
    columns = [(option.code, wording(option.text)) for option in spec.columns]
    return [
        ControlRow(row.code, wording(row.text), tuple(ControlCell(f"{row.code}.{column}", column, text) for column, text in columns))
        for row in spec.rows
    ]


def row_in_words(spec: ItemSpec, row: Option, said: Mapping[str, str], wording: Wording) -> str:
    """“Japan · ISR: Lead, Logistics: Support”, for the cells that are answered."""
    cells = [(column, f"{row.code}.{column.code}") for column in spec.columns]
    parts = [f"{wording(column.text).plain}: {said[code]}" for column, code in cells if code in said]
    return f"{wording(row.text).plain} · {', '.join(parts)}"


def place_of(position: int | str) -> float:
    """Positions in their order, "cannot judge" after them."""
    return float("inf") if isinstance(position, str) else position


def cell_in_words(spec: ItemSpec, position: int | str, wording: Wording) -> str:
    if isinstance(position, str):
        return _("Cannot judge")
    labels = wording.labels(spec.scale)
    return labels[position - 1].plain if labels else position_in_words(spec.scale, position, wording)
