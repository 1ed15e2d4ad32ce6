"""Total disagreement within and between panels, of one question or over many, in one round and since another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from analysis.statistics.answers import Array
from analysis.statistics.gaps.apportionment import Apportionment, Scale
from analysis.statistics.gaps.coarse_scales import nearest, scale_of_draws
from analysis.statistics.gaps.resampled_panels import ResampledPanels, Stages, counts_as_given, draws_for
from analysis.statistics.result import finite
from analysis.statistics.sampling import seed_in

LEVEL = 0.95
SIGNIFICANT_DECIMALS = 12
"""What is left of a difference of equal figures beyond these decimals is no change."""

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

    ``panels`` are those compared now, ``panels_before`` those compared with the round before, ``verdicts_without`` the verdicts
    without each of these: ``None`` where fewer than two others are left.
    """

    figures: dict[str, Interval]
    panels: tuple[int, ...] = ()
    panels_before: tuple[int, ...] = ()
    n_items: int = 0
    n_items_before: int = 0
    draws: int = 0
    verdicts_without: tuple[str | None, ...] = ()

    @property
    def verdict(self) -> str | None:
        """Does the gap between the panels narrow? By the interval of its change; ``None`` without one."""
        change = self.figures["between_change"]
        return _verdict(change.low, change.high)

    @property
    def main_cause(self) -> str | None:
        """The largest of the causes that pull where a clear change went."""
        sign = {NARROWS: -1, WIDENS: 1}.get(self.verdict or "")
        pulls = {cause: self.figures[f"between_{cause}"].value for cause in CAUSES}
        if sign is None or None in pulls.values():
            return None
        return max(pulls, key=lambda cause: sign * (pulls[cause] or 0.0))


def _verdict(low: float | None, high: float | None) -> str | None:
    if low is None or high is None:
        return None
    return NARROWS if high < 0 else WIDENS if low > 0 else NO_CLEAR_CHANGE


class Scope(NamedTuple):
    """Which panels are compared: booleans of shape (questions, panels), for this round and for the change since."""

    now: Array
    since: Array


def question_disagreement(
    question: Question, panels: Array, scopes: Sequence[Scope], draws: int | None = None, seed: int | None = None
) -> list[Apportioned]:
    """One question alone, for each scope (of one question). ``panels``: the number of each expert's panel, -1 for none.

    A panel with fewer than two answers has no distance within and is left out.
    """
    sample = _Sample([question], panels, scopes, draws, seed)
    return [_apportioned(measured, sample.draws) for measured in sample.measured(0)]


def overall_disagreement(
    questions: Sequence[Question], panels: Array, scopes: Sequence[Scope], draws: int | None = None, seed: int | None = None
) -> list[Apportioned]:
    """What all questions come to, for each scope, from the same draws of experts throughout.

    Every item weighs the same, and so does every component of an item; the components of an item follow each other.
    """
    sample = _Sample(questions, panels, scopes, draws, seed)
    totals = [_Overall(sample.draws, sample.n_panels) for _ in scopes]
    for _, components in groupby(range(len(questions)), key=lambda place: questions[place].item):
        for place in components:
            for overall, measured in zip(totals, sample.measured(place), strict=True):
                overall.add(measured)
        for overall in totals:
            overall.finish_item()
    return [overall.apportioned() for overall in totals]


class _Measured(NamedTuple):
    """``now`` (2, 1 + draws): within and total, as given and in every draw; ``stages`` (4, 2, 1 + draws): at the four stages.

    ``without`` (panels_before, 1 + draws): how between changed without each of them.
    """

    now: Array
    stages: Array
    panels: Array
    panels_before: Array
    without: Array

    @property
    def change(self) -> Array:
        """Of between."""
        between = self.stages[:, 1] - self.stages[:, 0]
        return np.asarray(between[3] - between[0])

    def moved_to(self, exact: _Measured) -> _Measured:
        """The draws, around other figures than those that they were made of."""
        parts = ((mine, getattr(exact, name), name) for name, mine in (("now", self.now), ("stages", self.stages), ("without", self.without)))
        return self._replace(**{name: mine + (given - mine[..., :1]) for mine, given, name in parts})


class _Sample:
    """The questions' answers as codes, and their experts with a weight in every draw."""

    def __init__(self, questions: Sequence[Question], panels: Array, scopes: Sequence[Scope], draws: int | None, seed: int | None) -> None:
        self.questions, self.panels, self.scopes = questions, panels, scopes
        self.n_panels = scopes[0].now.shape[1] if scopes else 0
        self.scales = [scale_of_draws(question.scale) for question in questions]
        codes = [
            scale.codes(answers if scale is question.scale else nearest(answers, scale)).astype(np.int32)
            for question, scale in zip(questions, self.scales, strict=True) for answers in (question.before, question.after)
        ]
        table = np.stack(codes, axis=1, dtype=np.int32) if codes else np.zeros((panels.size, 0), dtype=np.int32)
        answered = (panels >= 0) & (table >= 0).any(axis=1)
        self.draws = draws_for(int(answered.sum())) if draws is None else draws
        self.codes, self.sample = table, ResampledPanels(table, panels, self.n_panels, self.draws, seed_in(seed))

    def measured(self, place: int) -> list[_Measured]:
        """Answers on very many levels were rounded for the draws: the draws are moved to where the true figures are."""
        question, scale = self.questions[place], self.scales[place]
        stages = self.sample.stages(2 * place, 2 * place + 1, scale.levels.size)
        compared = [_compared(stages, scope.now[place], scope.since[place]) for scope in self.scopes]
        found = _split_all(stages, scale, compared)
        if scale is not question.scale:
            true = _split_all(self._as_given(question), question.scale, compared)
            found = [drawn.moved_to(exact) for drawn, exact in zip(found, true, strict=True)]
        return found

    def _as_given(self, question: Question) -> Stages:
        before, after = question.scale.codes(question.before), question.scale.codes(question.after)
        stays = (before >= 0) & (after >= 0)
        stages = (before, np.where(stays, before, -1), np.where(stays, after, -1), after)
        return Stages(*(counts_as_given(codes, self.panels, self.n_panels, question.scale.levels.size) for codes in stages))


def _compared(stages: Stages, now: Array, since: Array) -> tuple[Array, Array]:
    """The numbers of the panels that have two answers: now, and in both rounds."""
    had, has = stages.before.n >= 2, stages.after.n >= 2
    return np.flatnonzero(now & has), np.flatnonzero(since & had & has)


def _split_all(stages: Stages, scale: Scale, compared: Sequence[tuple[Array, Array]]) -> list[_Measured]:
    """For each scope. Where no panels are compared with the earlier round, its stages need no look: the splits are undefined."""
    now = Apportionment(stages.after, scale)
    has_change = any(since.size >= 2 for _, since in compared)
    every = [*(Apportionment(counts, scale) for counts in stages[:-1]), now] if has_change else [now] * len(stages)
    return [
        _Measured(
            np.stack(now.split(shown)), np.stack([np.stack(stage.split(since)) for stage in every]), shown, since,
            every[3].without_each(since) - every[0].without_each(since),
        )
        for shown, since in compared
    ]


def _apportioned(measured: _Measured, draws: int) -> Apportioned:
    panels, before = (tuple(int(panel) for panel in found) for found in (measured.panels, measured.panels_before))
    return Apportioned(_figures(measured.now, measured.stages), panels, before, draws=draws, verdicts_without=_verdicts(measured.without))


def _verdicts(changes: Array) -> tuple[str | None, ...]:
    """Of several changes of between at once. Shape (changes, 1 + draws)."""
    if changes.shape[1] == 1:
        return (None,) * len(changes)
    draws = np.round(changes[:, 1:], SIGNIFICANT_DECIMALS)
    limits = np.quantile(draws, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1)
    return tuple(_verdict(finite(low), finite(high)) for low, high in limits.T.tolist())


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

    def __init__(self, draws: int, n_panels: int) -> None:
        self.now, self.stages, self.draws = _Mean((2, draws + 1)), _Mean((4, 2, draws + 1)), draws
        self.without = [_Mean((draws + 1,)) for _ in range(n_panels)]
        self.compared: set[int] = set()

    def add(self, measured: _Measured) -> None:
        if measured.panels.size >= 2:
            self.now.add(measured.now)
        if measured.panels_before.size >= 2:
            self.stages.add(measured.stages)
            self._add_without(measured)

    def _add_without(self, measured: _Measured) -> None:
        """A question over which a panel is not compared stays as it is without it; one over which it is one of two falls away."""
        each = dict(zip(measured.panels_before.tolist(), measured.without, strict=True))
        self.compared |= each.keys()
        for panel, mean in enumerate(self.without):
            if panel not in each:
                mean.add(measured.change)
            elif len(each) > 2:
                mean.add(each[panel])

    def finish_item(self) -> None:
        for mean in (self.now, self.stages, *self.without):
            mean.finish_item()

    def apportioned(self) -> Apportioned:
        figures, compared = _figures(self.now.value(), self.stages.value()), tuple(sorted(self.compared))
        changes = np.array([self.without[panel].value() for panel in compared]).reshape(-1, self.draws + 1)
        return Apportioned(
            figures, panels_before=compared, n_items=self.now.n, n_items_before=self.stages.n, draws=self.draws, verdicts_without=_verdicts(changes)
        )
