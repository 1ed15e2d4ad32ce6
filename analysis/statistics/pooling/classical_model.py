"""Cooke's classical model: experts weighted by how well they did on questions whose answers are known."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis.statistics.answers import Array, number_in
from analysis.statistics.pooling.elicitation import elicitation_in, in_units
from analysis.statistics.pooling.performance import Elicitation, mean_over
from analysis.statistics.result import Result, Status, plain

Table = tuple[tuple[float | None, ...], ...]

_SAME_CALIBRATION = 1e-9
"""Experts whose seeds fell into mirrored bins are equally calibrated; a rounding error must not cut one of them off."""


@dataclass(frozen=True, kw_only=True)
class DecisionMaker:
    """The pool under one scheme of weights, scored as if it were an expert; ``combined`` = calibration x information on
    the seeds. ``alpha``: experts with a lower calibration have no weight."""

    quantiles: Table = ()
    weights: Any = None
    alpha: float | None = None
    calibration: float | None = None
    information: float | None = None
    information_seeds: float | None = None
    combined: float | None = None

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            object.__setattr__(self, name, plain(getattr(self, name)))


@dataclass(frozen=True, kw_only=True)
class Cooke(Result):
    """Scores per expert, weights that sum to 1 (global weights), and quantiles as items x probabilities.

    ``decision_makers`` has the entries ``equal``, ``global`` and ``item``.
    """

    calibration: tuple[float | None, ...] = ()
    information: tuple[float | None, ...] = ()
    information_seeds: tuple[float | None, ...] = ()
    weights: tuple[float, ...] | None = None
    alpha: float | None = None
    equal_weight_quantiles: Table = ()
    performance_weight_quantiles: Table | None = None
    item_weight_quantiles: Table | None = None
    decision_makers: dict[str, DecisionMaker] = field(default_factory=dict)
    n_items: int = 0
    n_seeds: int = 0
    overshoot: float = 0.1


@dataclass(frozen=True)
class _Panel:
    """The experts' scores, from which every scheme of weights is made."""

    elicitation: Elicitation
    scales: list[str]
    n_seeds: int
    calibration: Array
    information: Array

    def score(self, weights: Array, alpha: float | None, shown: Any) -> DecisionMaker:
        pooled = self.elicitation.decision_maker(weights)
        information = self.elicitation.information(pooled)
        calibration = self.elicitation.calibration(pooled, self.n_seeds)
        on_seeds = mean_over(information, self.elicitation.seeds)
        return DecisionMaker(
            quantiles=in_units(pooled, self.scales),
            weights=shown,
            alpha=alpha,
            calibration=calibration,
            information=mean_over(information, np.ones(information.size, dtype=bool)),
            information_seeds=on_seeds,
            combined=calibration * on_seeds,
        )


def cooke(
    probabilities: Any,
    assessments: Any,
    realizations: Any,
    scales: Any,
    overshoot: float = 0.1,
    alpha: float | None = None,
) -> Cooke:
    """Calibration, information, weights and pooled quantiles of the classical model (Cooke 1991).

    ``assessments``: experts x items x quantiles, ``None`` where an expert passed; ``realizations``: one per item,
    ``None`` where it is not known (no seed); ``scales``: ``uni`` or ``log`` per item. The range of an item is that of
    all quantiles and its realisation, longer by ``overshoot`` at each end. ``alpha=None`` picks the cut-off that
    makes the decision maker's own calibration x information largest; 0 keeps every expert. Calibrations of studies
    with different numbers of seeds cannot be compared.
    """
    cut_off = None if alpha is None else number_in(alpha, "alpha", 0.0, 1.0)
    beyond = number_in(overshoot, "overshoot")
    elicitation, axes = elicitation_in(probabilities, assessments, realizations, scales, beyond)
    n_experts, n_items = elicitation.assessed.shape
    sizes: dict[str, Any] = {
        "n": n_experts,
        "n_missing": int((~elicitation.assessed).sum()),
        "n_items": n_items,
        "n_seeds": int(elicitation.seeds.sum()),
        "overshoot": beyond,
    }
    if not elicitation.assessed.any():
        return Cooke(status=Status.INSUFFICIENT_N, reason="There is no assessment.", **sizes)
    panel = _panel(elicitation, axes)
    equal = panel.score(elicitation.assessed.astype(float), None, None)
    return Cooke(
        calibration=tuple(panel.calibration),
        information=tuple(mean_over(row, np.ones(n_items, dtype=bool)) for row in panel.information),
        information_seeds=tuple(mean_over(row, elicitation.seeds) for row in panel.information),
        equal_weight_quantiles=equal.quantiles,
        **_performance(panel, cut_off, equal),
        **sizes,
    )


def _panel(elicitation: Elicitation, axes: list[str]) -> _Panel:
    """The statistic of every expert is scaled with the smallest number of seeds that any (scored) expert answered."""
    answered = elicitation.answered_seeds()
    n_seeds = int(answered[answered > 0].min()) if answered.any() else 0
    return _Panel(
        elicitation=elicitation,
        scales=axes,
        n_seeds=n_seeds,
        calibration=np.array([elicitation.calibration(rows, n_seeds) for rows in elicitation.quantiles]),
        information=np.array([elicitation.information(rows) for rows in elicitation.quantiles]),
    )


def _performance(panel: _Panel, alpha: float | None, equal: DecisionMaker) -> dict[str, Any]:
    if panel.n_seeds == 0:
        reason = "No expert assessed a seed: calibration and performance weights are not defined."
        return {"decision_makers": {"equal": equal}, "status": Status.NOT_APPLICABLE, "reason": reason}
    makers = {kind: _best(panel, kind, alpha) for kind in ("global", "item")}
    chosen = {kind: maker for kind, maker in makers.items() if maker is not None}
    if not chosen:
        reason = "No expert's calibration reaches the cut-off."
        return {"decision_makers": {"equal": equal}, "alpha": alpha, "reason": reason}
    return {
        "weights": chosen["global"].weights,
        "alpha": chosen["global"].alpha,
        "performance_weight_quantiles": chosen["global"].quantiles,
        "item_weight_quantiles": chosen["item"].quantiles,
        "decision_makers": {"equal": equal, **chosen},
    }


def _best(panel: _Panel, kind: str, alpha: float | None) -> DecisionMaker | None:
    """The decision maker at this cut-off, or the best over all cut-offs that the experts' calibrations offer."""
    if alpha is not None:
        return _weighted(panel, kind, alpha)
    offered = [_weighted(panel, kind, float(cut)) for cut in np.unique(panel.calibration[~np.isnan(panel.calibration)])]
    return max((maker for maker in offered if maker is not None), key=_combined, default=None)


def _combined(maker: DecisionMaker) -> float:
    return -math.inf if maker.combined is None else maker.combined


def _weighted(panel: _Panel, kind: str, alpha: float) -> DecisionMaker | None:
    calibration = np.nan_to_num(panel.calibration)
    kept = np.where((calibration >= alpha * (1 - _SAME_CALIBRATION)) & (calibration > 0), calibration, 0.0)
    seeds = panel.elicitation.seeds
    on_seeds = np.nan_to_num(np.array([mean_over(row, seeds) for row in panel.information]))
    total = float((kept * on_seeds).sum())
    if total <= 0:
        return None
    if kind == "global":
        weights = kept * on_seeds / total
        return panel.score(np.repeat(weights[:, None], panel.information.shape[1], axis=1), alpha, tuple(weights))
    by_item = kept[:, None] * np.nan_to_num(panel.information)
    sums = by_item.sum(axis=0)
    shares = np.divide(by_item, sums, out=np.zeros_like(by_item), where=sums > 0)
    return panel.score(shares, alpha, shares)
