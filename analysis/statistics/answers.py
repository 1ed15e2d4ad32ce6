"""What statistics accept: any array-like of numbers in which ``None`` or NaN stands for a missing answer.

Every function here takes the argument's name, so that a ``ValueError`` can tell the caller which argument was wrong.
Experts are rows and items are columns. Infinite values are refused: no answer is infinite.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Array = NDArray[Any]
"""Counts, ranks, masks: arrays whose type of number does not matter."""

DECIMALS_OF_AN_ANSWER = 10
"""Computed answers (0.1 + 0.2) are rounded to this before ranking, or false non-ties would appear."""


_READ_BY_NUMPY = {int, float, bool, type(None), np.float64, np.int64}


def numbers(x: Any, name: str, scale: tuple[float, float] | None = None) -> Numbers:
    """One answer per expert as a float vector with NaN for missing ones; ``scale`` is the inclusive range allowed."""
    vector = _as_floats(x, name)
    if vector.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, not {vector.ndim}-dimensional")
    check_scale(vector, name, scale)
    return vector


def answered(x: Any, name: str, scale: tuple[float, float] | None = None) -> tuple[Numbers, int]:
    """The answers that are there, and how many are missing."""
    vector = numbers(x, name, scale)
    present = vector[~np.isnan(vector)]
    return present, vector.size - present.size


def matrix(x: Any, name: str, scale: tuple[float, float] | None = None) -> Numbers:
    """Experts x items as a float matrix with NaN for missing answers; an empty list is a panel without experts."""
    rows = _as_floats(x, name)
    if rows.ndim == 1 and rows.size == 0:
        rows = rows.reshape(0, 0)
    if rows.ndim != 2:
        raise ValueError(f"{name} must be two-dimensional (experts x items), not {rows.ndim}-dimensional")
    check_scale(rows, name, scale)
    return rows


def pairs(before: Any, after: Any, names: tuple[str, str] = ("before", "after")) -> tuple[Numbers, Numbers, int]:
    """Both answers of every expert who gave both, in the order of the experts, and how many pairs are incomplete."""
    first, second = numbers(before, names[0]), numbers(after, names[1])
    if first.size != second.size:
        raise ValueError(f"{names[0]} and {names[1]} must have one entry per expert: {first.size} and {second.size}")
    complete = ~np.isnan(first) & ~np.isnan(second)
    return first[complete], second[complete], int((~complete).sum())


def frequencies(x: Any, name: str) -> Numbers:
    """Counts (or weights) per category of the full scale, zeros included; none missing, none negative."""
    counts = numbers(x, name)
    _check_counts(counts, name)
    return counts


def square_table(x: Any, name: str) -> Numbers:
    """A table of counts (or weights): before in rows, after in columns, over the same full set of categories."""
    table = matrix(x, name)
    if table.shape[0] != table.shape[1]:
        raise ValueError(f"{name} must be square, not {table.shape[0]} x {table.shape[1]}")
    _check_counts(table, name)
    return table


def weights_for(x: Any, values: Numbers, name: str = "weights") -> Numbers:
    """One non-negative weight per answer; the weight of a missing answer may itself be missing."""
    weights = numbers(x, name)
    if weights.size != values.size:
        raise ValueError(f"{name} must have one entry per answer: {weights.size} and {values.size}")
    if np.isnan(weights[~np.isnan(values)]).any():
        raise ValueError(f"{name} must not be missing where there is an answer")
    if (weights < 0).any():
        raise ValueError(f"{name} must not be negative")
    return weights


def probabilities_in(x: Any, name: str = "probabilities") -> Numbers:
    """Probabilities from 0 to 1; a single number is taken as one."""
    levels = numbers([x] if np.ndim(x) == 0 else x, name, scale=(0.0, 1.0))
    if np.isnan(levels).any():
        raise ValueError(f"{name} must not be missing")
    return levels


def level_in(level: Any, name: str = "level") -> float:
    """A confidence level strictly between 0 and 1."""
    number = _as_floats(level, name)
    if number.ndim != 0 or not 0 < float(number) < 1:
        raise ValueError(f"{name} must lie between 0 and 1")
    return float(number)


def number_in(value: Any, name: str, low: float = -math.inf, high: float = math.inf) -> float:
    """A single number within the inclusive range."""
    number = _as_floats(value, name)
    if number.ndim != 0 or np.isnan(number):
        raise ValueError(f"{name} must be one number")
    if not low <= float(number) <= high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}, not {float(number):g}")
    return float(number)


def whole_number_in(value: Any, name: str, low: float = 0) -> int:
    """A single whole number from ``low`` on."""
    number = number_in(value, name, low)
    if not number.is_integer():
        raise ValueError(f"{name} must be a whole number, not {number:g}")
    return int(number)


def total_of(counts: Numbers) -> Any:
    """The sum of counts: a whole number where it is one, else the sum of weights."""
    total = float(counts.sum())
    return int(total) if total.is_integer() else total


def one_of(value: Any, name: str, allowed: Sequence[Any]) -> Any:
    """The value, if it is one of those allowed."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, allowed))}, not {value!r}")
    return value


def category_codes(x: Any, name: str) -> tuple[Numbers, tuple[Any, ...]]:
    """A matrix of labels as codes 0, 1, … (NaN where missing), and the labels in their order.

    Nominal statistics do not need numbers: ``"deter"`` and ``"assure"`` are categories as good as 1 and 2.
    """
    cells = _as_objects(x, name)
    if not any(isinstance(cell, str) for cell in cells.flat):
        values = np.round(matrix(x, name), DECIMALS_OF_AN_ANSWER)
        labels = tuple(np.unique(values[~np.isnan(values)]))
        return np.where(np.isnan(values), np.nan, np.searchsorted(labels, values).astype(float)), labels
    labels = tuple(sorted({str(cell) for cell in cells.flat if not _is_missing(cell)}))
    place = {label: float(code) for code, label in enumerate(labels)}
    codes = [[np.nan if _is_missing(cell) else place[str(cell)] for cell in row] for row in cells]
    return np.array(codes, dtype=float).reshape(cells.shape), labels


def check_scale(values: Numbers, name: str, scale: tuple[float, float] | None) -> None:
    """Refuse answers outside the inclusive range ``scale``."""
    if scale is None:
        return
    low, high = scale
    outside = values[(values < low) | (values > high)]
    if outside.size:
        raise ValueError(f"{name} must lie on the scale from {low:g} to {high:g}, not {outside[0]:g}")


def _check_counts(counts: Numbers, name: str) -> None:
    if np.isnan(counts).any():
        raise ValueError(f"{name} must not contain missing counts")
    if (counts < 0).any():
        raise ValueError(f"{name} must not contain negative counts")


def _as_floats(x: Any, name: str) -> Numbers:
    if isinstance(x, np.ndarray) and not np.ma.isMaskedArray(x) and x.dtype.kind in "fiub":
        values = x.astype(np.float64)
    else:
        values = _objects_as_floats(_as_objects(x, name, any_shape=True), name)
    if np.isinf(values).any():
        raise ValueError(f"{name} must be finite")
    return values


def _as_objects(x: Any, name: str, any_shape: bool = False) -> NDArray[Any]:
    if isinstance(x, np.ma.MaskedArray):
        hidden, x = np.ma.getmaskarray(x), x.data.astype(object)
        x[hidden] = None
    try:
        cells = np.array(x, dtype=object)
    except ValueError as error:
        raise ValueError(f"{name} must be rectangular: its rows differ in length") from error
    if not any_shape and cells.ndim != 2:
        return cells.reshape(0, 0) if cells.size == 0 else _refuse_dimensions(cells, name)
    return cells


def _refuse_dimensions(cells: NDArray[Any], name: str) -> NDArray[Any]:
    raise ValueError(f"{name} must be two-dimensional (experts x items), not {cells.ndim}-dimensional")


def _objects_as_floats(cells: NDArray[Any], name: str) -> Numbers:
    """Cell by cell only where a cell may be refused: numpy reads plain numbers and None by itself, and much faster."""
    if set(map(type, cells.flat)) <= _READ_BY_NUMPY:
        return cells.astype(np.float64)
    values = np.full(cells.shape, np.nan)
    for index, cell in np.ndenumerate(cells):
        if not _is_missing(cell):
            values[index] = _number(cell, name)
    return values


def _number(cell: Any, name: str) -> float:
    if _is_row(cell):
        raise ValueError(f"{name} must be rectangular: its rows differ in length")
    if _is_text(cell):
        raise ValueError(f"{name} must contain numbers, not {cell!r}")
    try:
        return float(cell)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must contain numbers, not {cell!r}") from error


def _is_row(cell: Any) -> bool:
    return isinstance(cell, (list, tuple, np.ndarray))


def _is_text(cell: Any) -> bool:
    return isinstance(cell, (str, bytes))


def _is_missing(cell: Any) -> bool:
    """None, NaN, and pandas' own NA, told by its type's name because pandas need not be there."""
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return True
    return isinstance(cell, (float, np.floating)) and math.isnan(cell)
