"""Heat tables: rows × columns of published medians on one scale, each cell's shade a step between the scale's ends.

The number always stands in its cell; the shade only helps to find high and low ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from surveys.strip.shapes import FormatNumber, Published, plain_number

SHADES = 7


@dataclass(frozen=True)
class HeatCell:
    """One cell of one group. Protected: nothing of it is shown. `shade` from 0 to 6; None where nobody answered.

    `half` is the middle half as "3–5", or the one number where both ends are the same.
    """

    code: str
    is_protected: bool = False
    n: int = 0
    n_cannot_judge: int = 0
    median: str = ""
    half: str = ""
    shade: int | None = None


@dataclass(frozen=True)
class HeatRow:
    code: str
    name: Any
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatTable:
    """One group's cells. `lowest` and `highest` are its extreme medians; None where no cell has one."""

    rows: tuple[HeatRow, ...]
    lowest: float | None = None
    highest: float | None = None

    @property
    def cells(self) -> dict[str, HeatCell]:
        return {cell.code: cell for row in self.rows for cell in row.cells}

    @property
    def most(self) -> int:
        """How many experts answered the cell that most of them answered."""
        return max((cell.n for row in self.rows for cell in row.cells), default=0)

    @property
    def has_protected(self) -> bool:
        return any(cell.is_protected for row in self.rows for cell in row.cells)

    @property
    def is_protected(self) -> bool:
        """Nothing of the whole table is shown."""
        return all(cell.is_protected for row in self.rows for cell in row.cells)


def heat_table(
    rows: Sequence[tuple[str, Any]], columns: Sequence[str], points: int, figures: Mapping[str, Published | None],
    format_number: FormatNumber = plain_number,
) -> HeatTable:
    """`rows`: code and name; `figures`: "row.column" → what is published of it; None or missing where it is protected."""
    lines = tuple(
        HeatRow(row, name, tuple(heat_cell(code, figures.get(code), points, format_number) for code in (f"{row}.{column}" for column in columns)))
        for row, name in rows
    )
    medians = [found.median for found in figures.values() if found and found.median is not None]
    return HeatTable(lines, min(medians, default=None), max(medians, default=None))


def heat_cell(code: str, figures: Published | None, points: int, format_number: FormatNumber = plain_number) -> HeatCell:
    if figures is None:
        return HeatCell(code, is_protected=True)
    if figures.median is None:
        return HeatCell(code, n=figures.n, n_cannot_judge=figures.n_cannot_judge)
    return HeatCell(code, False, figures.n, figures.n_cannot_judge, format_number(figures.median), half_in_short(figures, format_number),
                    shade_of(figures.median, points))


def half_in_short(figures: Published, format_number: FormatNumber) -> str:
    if figures.q1 is None or figures.q3 is None:
        return ""
    low, high = format_number(figures.q1), format_number(figures.q3)
    return low if low == high else f"{low}–{high}"


def shade_of(value: float, points: int) -> int:
    """The nearest of the evenly spaced shades; half way between two, the darker one."""
    return floor((SHADES - 1) * (value - 1) / (points - 1) + 0.5) if points > 1 else 0
