"""Total disagreement within and between panels over many questions at once, in one round and since another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Counts, Scale, Split, split
from analysis.statistics.gaps.expert_weights import draws_for
from analysis.statistics.gaps.resampled_panels import ResampledPanels, Stages
from analysis.statistics.result import finite
from analysis.statistics.sampling import seed_in

LEVEL = 0.95
SIGNIFICANT_DECIMALS = 12
"""What is left of a difference of equal figures beyond these decimals is no change."""

MOST_LEVELS = 128
"""Where a question has more different answers, the draws see them rounded to so many equal steps; the figures do not."""

PARTS = ("within", "between", "total")
CAUSES = ("left", "revision", "joined")
NARROWS, WIDENS, NO_CLEAR_CHANGE = "narrows", "widens", "no_clear_change"


class Question(NamedTuple):
    """One component: its answers in the round before and in this one, NaN where missing, one entry per expert."""

    item: str
    scale: Scale
    before: Array
    after: Array


class Interval(NamedTuple):
    value: float | None
    low: float | None
    high: float | None


class Apportioned(NamedTuple):
    """``figures``: ``within``, ``between``, ``total``, ``between_share`` now, ``…_change`` since the round before, and for the
    first three ``…_left``, ``…_revision``, ``…_joined``, which add up to the change. ``None`` where not defined.

    ``panels`` are those compared now, ``panels_before`` those compared with the round before.
    """

    figures: dict[str, Interval]
    panels: tuple[int, ...] = ()
    panels_before: tuple[int, ...] = ()
    n_items: int = 0
    n_items_before: int = 0

    @property
    def verdict(self) -> str | None:
        """Does the gap between the panels narrow? By the interval of its change; ``None`` without one."""
        change = self.figures["between_change"]
        if change.low is None or change.high is None:
            return None
        return NARROWS if change.high < 0 else WIDENS if change.low > 0 else NO_CLEAR_CHANGE

    @property
    def main_cause(self) -> str | None:
        """The largest of the causes that pull where a clear change went."""
        sign = {NARROWS: -1, WIDENS: 1}.get(self.verdict or "")
        pulls = {cause: self.figures[f"between_{cause}"].value for cause in CAUSES}
        if sign is None or None in pulls.values():
            return None
        return max(pulls, key=lambda cause: sign * (pulls[cause] or 0.0))


class Scope(NamedTuple):
    """Which panels are compared: booleans of shape (questions, panels), for this round and for the change since."""

    now: Array
    since: Array


class Found(NamedTuple):
    by_question: list[Apportioned]
    overall: Apportioned


def disagreements(
    questions: Sequence[Question],
    panels: Array,
    scopes: Sequence[Scope],
    draws: int | None = None,
    seed: int | None = None,
) -> list[Found]:
    """One entry per scope, from the same resampled experts throughout.

    ``panels``: the number of each expert's panel, -1 for none. Overall, every item weighs the same, and so does every
    component of an item; the components of an item follow each other. A panel with fewer than two answers to a question
    has no distance within and is left out there.
    """
    members = np.where(_have_answered(questions, panels), panels, -1)
    drawn = draws_for(int((members >= 0).sum())) if draws is None else draws
    n_panels = scopes[0].now.shape[1] if scopes else 0
    sample = ResampledPanels(members, n_panels, drawn, seed_in(seed))
    totals = [_Overall(drawn) for _ in scopes]
    by_question: list[list[Apportioned]] = [[] for _ in scopes]
    for _, components in groupby(enumerate(questions), key=lambda numbered: numbered[1].item):
        for place, question in components:
            for number, measured in enumerate(_measured(sample, question, scopes, place)):
                by_question[number].append(_apportioned(measured))
                totals[number].add(measured)
        for overall in totals:
            overall.finish_item()
    return [Found(found, overall.apportioned()) for found, overall in zip(by_question, totals, strict=True)]


def _have_answered(questions: Sequence[Question], panels: Array) -> Array:
    """Experts without any answer are nobody: they change neither how many there are nor the draws."""
    found = np.zeros(panels.shape, dtype=bool)
    for question in questions:
        found |= ~np.isnan(question.before) | ~np.isnan(question.after)
    return found


class _Measured(NamedTuple):
    """``now`` (2, draws + 1): within and total; ``stages`` (4, 2, draws + 1) the same at the four stages."""

    now: Array
    stages: Array
    panels: Array
    panels_before: Array


def _measured(sample: ResampledPanels, question: Question, scopes: Sequence[Scope], place: int) -> Iterator[_Measured]:
    _, scale, before, after = question
    if scale.levels.size <= MOST_LEVELS or scale.length is None:
        stages = sample.stages(before, after, scale)
        for scope in scopes:
            yield _split_stages(stages, scale, scope.now[place], scope.since[place])
        return
    exact, coarse = sample.exact_stages(before, after, scale), coarse_scale(scale)
    drawn = sample.stages(coarse_answers(before, scale), coarse_answers(after, scale), coarse)
    for scope in scopes:
        truly = _split_stages(exact, scale, scope.now[place], scope.since[place])
        roughly = _split_stages(drawn, coarse, scope.now[place], scope.since[place])
        yield truly._replace(now=_centred(roughly.now, truly.now), stages=_centred(roughly.stages, truly.stages))


def _centred(draws: Array, exact: Array) -> Array:
    return np.asarray(draws + (exact - draws[..., :1]))


def coarse_scale(scale: Scale) -> Scale:
    return Scale(np.linspace(scale.levels[0], scale.levels[-1], MOST_LEVELS).round(10), scale.length)


def coarse_answers(answers: Array, scale: Scale) -> Array:
    """Every answer at the nearest of the coarse levels."""
    low, high = scale.levels[0], scale.levels[-1]
    places = np.rint((answers - low) / (high - low) * (MOST_LEVELS - 1))
    levels = coarse_scale(scale).levels
    return np.where(np.isnan(places), np.nan, levels[np.nan_to_num(places).astype(np.int64)])


def _split_stages(stages: Stages, scale: Scale, now: Array, since: Array) -> _Measured:
    first, last = stages.before.squares[0], stages.after.squares[0]
    shown = np.flatnonzero(now & (last >= 2))
    compared = np.flatnonzero(since & (first >= 2) & (last >= 2))
    return _Measured(
        np.stack(_among(stages.after, shown, scale)),
        np.stack([np.stack(_among(counts, compared, scale)) for counts in stages]),
        shown,
        compared,
    )


def _among(counts: Counts, panels: Array, scale: Scale) -> Split:
    return split(Counts(counts.table[:, panels], counts.squares[:, panels]), scale)


def _apportioned(measured: _Measured) -> Apportioned:
    panels, before = (tuple(int(panel) for panel in found) for found in (measured.panels, measured.panels_before))
    return Apportioned(_figures(measured.now, measured.stages), panels, before)


def _figures(now: Array, stages: Array) -> dict[str, Interval]:
    """Every figure with its percentile interval over the draws."""
    at_stage = [_parts(stage) for stage in stages]
    found = {**_parts(now), "between_share": _share(now)}
    found["between_share_change"] = _share(stages[3]) - _share(stages[0])
    for part in PARTS:
        values = [stage[part] for stage in at_stage]
        found[f"{part}_change"] = values[3] - values[0]
        found |= {f"{part}_{cause}": values[place + 1] - values[place] for place, cause in enumerate(CAUSES)}
    draws = np.round(np.stack(list(found.values())), SIGNIFICANT_DECIMALS) + 0.0
    if draws.shape[1] == 1:
        return {name: Interval(finite(values[0]), None, None) for name, values in zip(found, draws, strict=True)}
    limits = np.quantile(draws[:, 1:], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
    return {
        name: Interval(*map(finite, (values[0], low, high)))
        for name, values, low, high in zip(found, draws, *limits, strict=True)
    }


def _parts(measured: Array) -> dict[str, Array]:
    within, total = measured
    return {"within": within, "between": total - within, "total": total}


def _share(measured: Array) -> Array:
    within, total = measured
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((total - within) / total)


class _Mean:
    """The mean over items of the means over their components; what is not defined does not count."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.sum, self.n = np.zeros(shape), 0
        self._item, self._components = np.zeros(shape), 0

    def add(self, figures: Array) -> None:
        self._item, self._components = self._item + figures, self._components + 1

    def finish_item(self) -> None:
        if self._components:
            self.sum, self.n = self.sum + self._item / self._components, self.n + 1
        self._item, self._components = np.zeros_like(self._item), 0

    def value(self) -> Array:
        return self.sum / self.n if self.n else np.full(self.sum.shape, np.nan)


class _Overall:
    """What all questions of a scope come to."""

    def __init__(self, draws: int) -> None:
        self.now, self.stages = _Mean((2, draws + 1)), _Mean((4, 2, draws + 1))

    def add(self, measured: _Measured) -> None:
        if measured.panels.size >= 2:
            self.now.add(measured.now)
        if measured.panels_before.size >= 2:
            self.stages.add(measured.stages)

    def finish_item(self) -> None:
        self.now.finish_item()
        self.stages.finish_item()

    def apportioned(self) -> Apportioned:
        figures: Any = _figures(self.now.value(), self.stages.value())
        return Apportioned(figures, n_items=self.now.n, n_items_before=self.stages.n)
