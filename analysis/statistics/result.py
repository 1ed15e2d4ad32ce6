"""What every statistic gives back: a frozen record that can be stored as JSON as it stands.

A number that is not defined is ``None``, and ``status`` and ``reason`` say why. That is enforced here, once, for all
statistics: whatever numpy leaves in a field (NaN, infinity, its own number types, arrays) is turned into plain Python.
"""

from __future__ import annotations

import dataclasses
import math
from enum import StrEnum
from typing import Any

import numpy as np


class Status(StrEnum):
    """Whether a statistic could be computed, and if not, what kind of obstacle there was."""

    OK = "ok"
    INSUFFICIENT_N = "insufficient_n"
    NO_VARIATION = "no_variation"
    NOT_APPLICABLE = "not_applicable"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Result:
    """Common part of all results; each statistic adds its own fields, all ``None`` unless given."""

    n: int = 0
    n_missing: int = 0
    status: Status = Status.OK
    reason: str = ""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            object.__setattr__(self, field.name, plain(getattr(self, field.name)))

    @property
    def is_ok(self) -> bool:
        return self.status is Status.OK


def finite(value: Any) -> float | None:
    """The value as a float, or ``None`` where it is missing, not a number or infinite."""
    return None if value is None or not math.isfinite(value) else float(value)


def plain(value: Any) -> Any:
    """Plain Python in place of numpy's types, ``None`` in place of anything that is not finite, at any depth."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (np.bool_, np.integer)):
        return value.item()
    if isinstance(value, (float, np.floating)):
        return finite(value)
    return _plain_collection(value)


def _plain_collection(value: Any) -> Any:
    if isinstance(value, (np.ndarray, tuple)):
        return tuple(plain(element) for element in value)
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {name: plain(element) for name, element in value.items()}
    return value
