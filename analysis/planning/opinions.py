"""The model: an expert's opinion is a normal number around the ally's, on a scale from 0 to 1, and is said as the nearest value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from analysis.planning.parameters import CLIFFS_DELTA, PlanParameters
from analysis.planning.study_shapes import AnswerShape
from analysis.statistics.answers import Numbers

MIDDLE = 0.5
WIDEST_SHIFT = 10.0  # of two centres, in lengths of the scale: nobody is in doubt any more


@dataclass(frozen=True)
class Gap:
    """The distance of two allies' opinions: `shift` on the scale from 0 to 1, `size` in `unit`, `delta` as Cliff's delta of their answers."""

    shift: float
    size: float
    unit: str
    delta: float


def answer_chances(shape: AnswerShape, centre: float, spread: float) -> Numbers:
    """Chance of each value. Ordered ones take what is nearest to them; options without an order an equal part of the scale each."""
    inner = np.arange(1, shape.size)
    edges = inner / shape.size if shape.level == "nominal" else (inner - 0.5) / (shape.size - 1)
    below = np.concatenate(([0.0], ndtr((edges - centre) / spread), [1.0]))
    return np.diff(below)


def answer_gap(shape: AnswerShape, shift: float, spread: float) -> tuple[Numbers, Numbers]:
    """Chances of the values in two allies whose centres lie `shift` apart, on both sides of the scale's middle."""
    return answer_chances(shape, MIDDLE + shift / 2, spread), answer_chances(shape, MIDDLE - shift / 2, spread)


def delta_of(first: Numbers, second: Numbers) -> float:
    """Cliff's delta between two distributions over the same values: P(first larger) − P(first smaller)."""
    below = np.cumsum(second) - second
    above = 1 - np.cumsum(second)
    return float((first * (below - above)).sum())


def planned_gap(shape: AnswerShape, parameters: PlanParameters) -> Gap:
    """The gap that is looked for, in the answers' own unit where they have one."""
    if parameters.measure != CLIFFS_DELTA and shape.level == "ordinal":
        return _gap(shape, parameters, parameters.gap_points / (shape.size - 1), parameters.gap_points, "points")
    if parameters.measure != CLIFFS_DELTA and shape.level == "probability":
        return _gap(shape, parameters, parameters.gap_probability / 100, parameters.gap_probability, "probability")
    return _gap(shape, parameters, shift_for_delta(shape, parameters.spread, parameters.gap_delta), parameters.gap_delta, "delta")


def _gap(shape: AnswerShape, parameters: PlanParameters, shift: float, size: float, unit: str) -> Gap:
    return Gap(shift, size, unit, delta_of(*answer_gap(shape, shift, parameters.spread)))


def shift_for_delta(shape: AnswerShape, spread: float, delta: float) -> float:
    """How far apart two allies' centres lie when Cliff's delta of their answers is `delta`."""

    def missing(shift: float) -> float:
        return delta_of(*answer_gap(shape, shift, spread)) - delta

    return float(brentq(missing, 0.0, WIDEST_SHIFT, xtol=1e-9))
