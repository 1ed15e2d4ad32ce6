"""Dajani's hierarchical stopping: first ask whether the group's answers are stable, then what they are stable at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Numbers, frequencies, number_in
from analysis.statistics.result import Result, Status
from analysis.statistics.stability.histogram_change import scheibe_change

MAJORITY = 0.5


@dataclass(frozen=True, kw_only=True)
class HierarchicalStopping(Result):
    """``stable`` and ``percent`` are the last transition's; ``stage`` is ``unstable`` unless it was stable."""

    stable: bool | None = None
    stage: str | None = None
    percent: float | None = None
    modal_share: float | None = None


def hierarchical_stopping(histograms: Any, threshold: float = 15.0, consensus: float = 0.75) -> HierarchicalStopping:
    """Where a question stands after its rounds (Dajani, Sincoff & Talley 1979).

    ``histograms``: one per round over the same full scale. Once the last change is below ``threshold`` per cent the stage is
    ``unanimity``, ``consensus`` (modal share at least ``consensus``), ``majority`` (over half), ``bipolarity`` (exactly two
    commonest answers that hold over half together), ``plurality`` (one commonest answer) or ``disagreement``.
    """
    share = number_in(consensus, "consensus", 0, 1)
    limit = number_in(threshold, "threshold", low=0)
    if isinstance(histograms, (str, bytes)) or not isinstance(histograms, (Sequence, np.ndarray)):
        raise ValueError("histograms must be a sequence of histograms, one per round")
    rounds = [frequencies(histogram, f"histograms[{place}]") for place, histogram in enumerate(histograms)]
    if len({histogram.size for histogram in rounds}) > 1:
        raise ValueError("histograms must all have the same categories")
    if len(rounds) < 2:
        reason = "Stability needs two rounds."
        return HierarchicalStopping(status=Status.INSUFFICIENT_N, reason=reason)
    last = scheibe_change(rounds[-2], rounds[-1], limit)
    if last.percent is None:
        return HierarchicalStopping(n=last.n, status=last.status, reason=last.reason)
    shares = rounds[-1] / rounds[-1].sum()
    return HierarchicalStopping(
        stable=last.stable,
        stage=_stage(shares, share) if last.stable else "unstable",
        percent=last.percent,
        modal_share=shares.max(),
        n=last.n,
    )


def _stage(shares: Numbers, consensus: float) -> str:
    top = round(float(shares.max()), DECIMALS_OF_AN_ANSWER)
    commonest = int(np.isclose(shares, shares.max(), rtol=0, atol=1e-12).sum())
    if top == 1:
        return "unanimity"
    if top >= round(consensus, DECIMALS_OF_AN_ANSWER):
        return "consensus"
    if top > MAJORITY:
        return "majority"
    if commonest == 2 and 2 * top > MAJORITY:
        return "bipolarity"
    return "plurality" if commonest == 1 else "disagreement"
