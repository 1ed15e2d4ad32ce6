"""Names of groups, experts or options, one per answer; ``None``, NaN and pandas' NA are missing names."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

_MISSING_TYPES = {"NAType", "NaTType"}


def labels(x: Any, name: str) -> list[Any]:
    """The names in their order, ``None`` where missing; numpy's scalars become plain Python."""
    if isinstance(x, (str, bytes)) or not isinstance(x, Iterable):
        raise ValueError(f"{name} must be a sequence of labels")
    return [_label(cell, name) for cell in x]


def in_order(names: Iterable[Any]) -> list[Any]:
    """Different names, sorted; by their text where they cannot be compared, as 1 and "a" cannot."""
    different = list(dict.fromkeys(names))
    try:
        return sorted(different)
    except TypeError:
        return sorted(different, key=lambda label: (str(label), type(label).__name__))


def _label(cell: Any, name: str) -> Any:
    if isinstance(cell, np.generic):
        cell = cell.item()
    if cell is None or type(cell).__name__ in _MISSING_TYPES or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if not isinstance(cell, Hashable):
        raise ValueError(f"{name} must contain one label per answer, not {cell!r}")
    return cell
