"""How much the performance-weighted pool hangs on a single seed: obligatory beside every use of Cooke's model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.statistics.pooling.classical_model import DecisionMaker, cooke
from analysis.statistics.result import Result, Status


@dataclass(frozen=True, kw_only=True)
class CookeRobustness(Result):
    """For each seed (its place among the items) the decision maker found without it; ``n`` counts the seeds."""

    left_out: tuple[int, ...] = ()
    decision_makers: tuple[DecisionMaker | None, ...] = ()


def cooke_robustness(
    probabilities: Any,
    assessments: Any,
    realizations: Any,
    scales: Any,
    overshoot: float = 0.1,
    alpha: float | None = None,
    weights: str = "global",
) -> CookeRobustness:
    """``cooke`` again and again with one seed left out as an item; ``weights``: ``global``, ``item`` or ``equal``."""
    if weights not in ("global", "item", "equal"):
        raise ValueError(f"weights must be one of 'global', 'item', 'equal', not {weights!r}")
    whole = cooke(probabilities, assessments, realizations, scales, overshoot, alpha)
    seeds = [item for item, known in enumerate(realizations) if known is not None and known == known]
    if len(seeds) < 2 or not whole.is_ok:
        reason = whole.reason or "Needs two seeds, so that one is left."
        return CookeRobustness(n=len(seeds), status=Status.INSUFFICIENT_N, reason=reason)
    makers = []
    for seed in seeds:
        without = cooke(
            probabilities,
            [_without(list(expert), seed) for expert in assessments],
            _without(list(realizations), seed),
            _without(list(scales), seed),
            overshoot,
            alpha,
        )
        makers.append(without.decision_makers.get(weights))
    return CookeRobustness(left_out=tuple(seeds), decision_makers=tuple(makers), n=len(seeds))


def _without(entries: list[Any], place: int) -> list[Any]:
    return entries[:place] + entries[place + 1 :]
