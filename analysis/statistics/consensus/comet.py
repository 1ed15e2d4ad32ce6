"""The COMET rule: an outcome is in when every stakeholder group calls it critical."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, answered, number_in
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class CometRule(Result):
    """``by_group``: whether each group meets the rule, ``None`` without ratings; the shares run from 0 to 1."""

    by_group: dict[Any, bool | None] = field(default_factory=dict)
    high_share: dict[Any, float | None] = field(default_factory=dict)
    low_share: dict[Any, float | None] = field(default_factory=dict)
    consensus: bool | None = None


def comet_rule(
    groups: Mapping[Any, Any],
    high: tuple[float, float] = (7, 9),
    low: tuple[float, float] = (1, 3),
    at_least: float = 0.70,
    below: float = 0.15,
) -> CometRule:
    """Consensus "in" (Williamson et al. 2017): in every group at least 70 % rate high and fewer than 15 % rate low.

    ``groups`` maps names to ratings; ``high`` and ``low`` are inclusive bands at the two ends of the scale. A group without
    ratings cannot agree: unless another group refuses, the consensus is then ``None``.
    """
    if not isinstance(groups, Mapping):
        raise ValueError(f"groups must map names to ratings, not {type(groups).__name__}")
    upper, lower = _band(high, "high"), _band(low, "low")
    scale = (min(upper[0], lower[0]), max(upper[1], lower[1]))
    required, allowed = number_in(at_least, "at_least", 0, 1), number_in(below, "below", 0, 1)
    ratings = {name: answered(given, f"groups[{name!r}]", scale) for name, given in groups.items()}
    high_share = {name: _share(given, upper) for name, (given, _) in ratings.items()}
    low_share = {name: _share(given, lower) for name, (given, _) in ratings.items()}
    by_group = {name: _meets(high_share[name], low_share[name], required, allowed) for name in ratings}
    return CometRule(
        by_group=by_group,
        high_share=high_share,
        low_share=low_share,
        consensus=_in_every_group(by_group),
        n=sum(given.size for given, _ in ratings.values()),
        n_missing=sum(n_missing for _, n_missing in ratings.values()),
        **_standing(by_group),
    )


def _band(limits: Any, name: str) -> tuple[float, float]:
    if np.shape(limits) != (2,):
        raise ValueError(f"{name} must be a lower and an upper limit")
    first, last = (number_in(limit, name) for limit in limits)
    if first > last:
        raise ValueError(f"{name} must run from its lower to its upper limit")
    return first, last


def _share(ratings: Numbers, band: tuple[float, float]) -> float | None:
    if ratings.size == 0:
        return None
    return float(np.mean((ratings >= band[0]) & (ratings <= band[1])))


def _meets(high: float | None, low: float | None, at_least: float, below: float) -> bool | None:
    if high is None or low is None:
        return None
    return round(high - at_least, DECIMALS_OF_AN_ANSWER) >= 0 and round(low - below, DECIMALS_OF_AN_ANSWER) < 0


def _in_every_group(by_group: dict[Any, bool | None]) -> bool | None:
    if False in by_group.values():
        return False
    return None if not by_group or None in by_group.values() else True


def _standing(by_group: dict[Any, bool | None]) -> dict[str, Any]:
    silent = [str(name) for name, meets in by_group.items() if meets is None]
    if by_group and not silent:
        return {}
    reason = f"No ratings from: {', '.join(silent)}." if silent else "There is no group."
    return {"status": Status.INSUFFICIENT_N, "reason": reason}
