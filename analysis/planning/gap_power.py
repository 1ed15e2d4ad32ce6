"""How often a gap between two allies is seen: the Mann-Whitney test of each number, Holm over all of the study."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.planning.draws import NO_GAP, WITH_GAP, drawn_counts, is_shown, stream
from analysis.planning.opinions import answer_gap
from analysis.planning.parameters import LEVEL, PlanParameters
from analysis.planning.study_shapes import AnswerShape, PlannedStudy
from analysis.statistics.answers import Array, Numbers
from analysis.statistics.matrix import histogram_mann_whitney_p

CELLS_AT_ONCE = 1_000_000  # a study with a large grid must not fill the memory


@dataclass(frozen=True)
class GapCounts:
    """Of all simulated studies: in how many both panels were shown, the gap was seen with Holm, and seen were it the only test."""

    shown: int
    seen: int
    seen_alone: int


def p_values(shape: AnswerShape, shift: float, experts: int, parameters: PlanParameters, minimum: int, purpose: int, tests: int = 1) -> Numbers:
    """Two-sided p of each test in each study, shape studies × tests; NaN where a panel is hidden or nobody differs.

    The purpose names the stream of random numbers.
    """
    random = stream(parameters.seed, purpose, shape.number, experts)
    studies = parameters.runs * tests
    block = max(1, CELLS_AT_ONCE // shape.size)
    blocks = [_block_of_p(shape, shift, experts, parameters, minimum, random, min(block, studies - start)) for start in range(0, studies, block)]
    return np.concatenate(blocks).reshape(parameters.runs, tests)


def _block_of_p(shape: AnswerShape, shift: float, experts: int, parameters: PlanParameters, minimum: int, random: np.random.Generator, studies: int) -> Numbers:
    first, second = (drawn_counts(random, chances, experts, parameters.staying, studies) for chances in answer_gap(shape, shift, parameters.spread))
    shown = is_shown(first, minimum) & is_shown(second, minimum)
    return np.where(shown, histogram_mann_whitney_p(first, second), np.nan)


def null_p_values(study: PlannedStudy, experts: int, parameters: PlanParameters) -> dict[str, Numbers]:
    """For each shape the p values of its tests where no ally differs from another."""
    return {shape.key: p_values(shape, 0.0, experts, parameters, study.minimum, NO_GAP, shape.tests) for shape in study.shapes if shape.has_gap}


def gap_counts(shape: AnswerShape, shift: float, null: dict[str, Numbers], experts: int, parameters: PlanParameters, minimum: int) -> GapCounts:
    """One number has the gap, all others of the study have none: the hardest case for Holm."""
    p = p_values(shape, shift, experts, parameters, minimum, WITH_GAP)[:, 0]
    others = np.hstack([values[:, 1:] if key == shape.key else values for key, values in null.items()])
    extra = (parameters.pairs - 1) * (others.shape[1] + 1)
    # A study of one shape with one number has nobody else to correct for.
    seen = holm_rejects(p, others, extra)
    return GapCounts(shown=int((~np.isnan(p)).sum()), seen=int(seen.sum()), seen_alone=int((p <= LEVEL).sum()))


def holm_rejects(p: Numbers, others: Numbers, extra: int = 0, level: float = LEVEL) -> Array:
    """Does Holm's procedure reject the test `p` beside the `others` (studies × tests)? NaN is no test.

    `extra` tests count in the family, but are never rejected. A test falls when it passes the limit that the others which fall
    by themselves leave: level / (tests still standing).
    """
    tests = (~np.isnan(others)).sum(axis=1) + (~np.isnan(p)) + extra
    if others.shape[1] == 0:
        return p <= level / np.maximum(tests, 1)
    ordered = np.sort(others, axis=1)  # NaN last
    standing = np.maximum(tests[:, None] - np.arange(others.shape[1]), 1)
    fallen = np.cumprod(ordered <= level / standing, axis=1).sum(axis=1)
    return p <= level / np.maximum(tests - fallen, 1)


def false_alarms(null: dict[str, Numbers], pairs: int) -> int:
    """In how many studies without any gap at least one is “seen” in one pair of allies."""
    together = np.hstack(list(null.values()))
    tests = (~np.isnan(together)).sum(axis=1) + (pairs - 1) * together.shape[1]
    smallest = np.where(np.isnan(together), np.inf, together).min(axis=1)
    return int((smallest <= LEVEL / np.maximum(tests, 1)).sum())
