"""Disagreement over one item, split by Rao's apportionment: within the panels, and between them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, number_in, numbers, whole_number_in
from analysis.statistics.gaps.apportionment import Apportionment, Counts, Scale
from analysis.statistics.gaps.disagreements import Apportioned, Interval, Question, Scope, question_disagreement
from analysis.statistics.gaps.resampled_panels import counts_as_given, draws_for
from analysis.statistics.labels import in_order, labels
from analysis.statistics.result import Result, Status
from analysis.statistics.sampling import seed_in

Limits = tuple[float | None, float | None]
TOO_FEW = "Two panels with two answers each are needed."
ALL_ALIKE = "All answers are equal: there is no disagreement to split."


@dataclass(frozen=True, kw_only=True)
class Disagreement(Result):
    """Mean distances of two experts, from 0 to 1: of the same panel, of any two, and what the panels' difference adds.

    ``between`` = ``total`` - ``within`` is slightly negative where the panels differ less than chance would have it.
    """

    within: float | None = None
    between: float | None = None
    total: float | None = None
    between_share: float | None = None
    within_interval: Limits = (None, None)
    between_interval: Limits = (None, None)
    total_interval: Limits = (None, None)
    between_share_interval: Limits = (None, None)
    within_by_panel: dict[Hashable, float | None] = field(default_factory=dict)
    pairwise: dict[tuple[Hashable, Hashable], float | None] = field(default_factory=dict)
    n_by_panel: dict[Hashable, int] = field(default_factory=dict)
    left_out: tuple[Hashable, ...] = ()
    draws: int = 0
    seed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A figure's change between two rounds, and what of it came by leavers, by revised answers and by joiners."""

    change: float | None = None
    interval: Limits = (None, None)
    left: float | None = None
    revision: float | None = None
    joined: float | None = None


@dataclass(frozen=True, kw_only=True)
class DisagreementChange(Result):
    """``verdict``: ``narrows``, ``widens`` or ``no_clear_change``, by the interval of the change between panels; ``main_cause`` of a
    clear change: ``left``, ``revision`` or ``joined``. ``n`` counts the experts who answered in both rounds.
    """

    verdict: str | None = None
    main_cause: str | None = None
    between: Parts = Parts()
    within: Parts = Parts()
    total: Parts = Parts()
    between_share_change: float | None = None
    between_share_change_interval: Limits = (None, None)
    n_left: int = 0
    n_joined: int = 0
    left_out: tuple[Hashable, ...] = ()
    draws: int = 0
    seed: int | None = None


class _Sampling(NamedTuple):
    draws: int
    seed: int


def disagreement(
    groups: Mapping[Hashable, Any],
    scale: tuple[float, float] | None = None,
    draws: int | None = None,
    seed: int | None = None,
) -> Disagreement:
    """Total disagreement and its parts within and between panels (Rao 1982), every panel weighing the same.

    ``groups`` maps each panel to its experts' answers. ``scale``: lowest and highest answer possible, so that the
    distance \\|x - y\\| / (high - low) runs from 0 to 1; ``None`` for unordered options, of which two are equal or not.
    Intervals are percentiles over ``draws`` of weights for the experts (0 for none).
    """
    if not isinstance(groups, Mapping):
        raise ValueError("groups must be a mapping from each panel's name to its answers")
    names = list(groups)
    cells = {name: _cells(x, f"groups[{name!r}]", scale) for name, x in groups.items()}
    answers = _coded([cell for column in cells.values() for cell in column], scale)
    panels = np.repeat(np.arange(len(names)), [len(column) for column in cells.values()])
    sampling = _sampling(int((~np.isnan(answers)).sum()), draws, seed)
    question, found = _one_question(np.full(answers.size, np.nan), answers, panels, len(names), scale, sampling)
    codes = question.scale.codes(answers)
    counts = counts_as_given(codes, panels, len(names), question.scale.levels.size)
    return _in_one_round(names, found, counts, question.scale, sampling, answers)


def disagreement_change(
    before: Any,
    after: Any,
    panels: Sequence[Any],
    scale: tuple[float, float] | None = None,
    draws: int | None = None,
    seed: int | None = None,
) -> DisagreementChange:
    """Does the disagreement between the panels narrow, and because experts revised, left or joined?

    One entry per expert, missing where the expert did not answer in that round; ``panels`` names each one's panel. The
    way goes from all of ``before`` to those of them who stay (*left*), to their answers ``after`` (*revision*), to all
    of ``after`` (*joined*). Panels with fewer than two answers in either round are left out.
    """
    rows = [_cells(before, "before", scale), _cells(after, "after", scale)]
    members = labels(panels, "panels")
    if not len(rows[0]) == len(rows[1]) == len(members):
        raise ValueError(
            f"before, after and panels must have one entry per expert: {len(rows[0])}, {len(rows[1])} and {len(members)}"
        )
    names = in_order(name for name in members if name is not None)
    place = {name: number for number, name in enumerate(names)}
    codes = np.array([place.get(name, -1) for name in members], dtype=np.int64)
    first, second = np.split(_coded([*rows[0], *rows[1]], scale), 2)
    first, second = np.where(codes >= 0, first, np.nan), np.where(codes >= 0, second, np.nan)
    sampling = _sampling(int((~np.isnan(first) | ~np.isnan(second)).sum()), draws, seed)
    _, found = _one_question(first, second, codes, len(names), scale, sampling)
    return _between_rounds(names, found, first, second, sampling)


def _in_one_round(
    names: list[Hashable], found: Apportioned, counts: Counts, scale: Scale, sampling: _Sampling, answers: Array
) -> Disagreement:
    n_by_panel = dict(zip(names, counts.n.astype(int).tolist(), strict=True))
    every = Apportionment(counts, scale)
    across, within = every.across()[..., 0], every.within[:, 0]
    gaps = across - (within[:, None] + within) / 2
    figures, status, reason = _judged(found, found.panels, found.figures["total"].value)
    fields: dict[str, Any] = {name: figures[name].value for name in _NOW}
    fields |= {f"{name}_interval": (figures[name].low, figures[name].high) for name in _NOW}
    return Disagreement(
        **fields,
        within_by_panel=dict(zip(names, within, strict=True)),
        pairwise={(names[a], names[b]): gaps[a, b] for a, b in combinations(range(len(names)), 2)},
        n_by_panel=n_by_panel,
        left_out=_left_out(names, found.panels),
        n=int((~np.isnan(answers)).sum()),
        n_missing=int(np.isnan(answers).sum()),
        status=status,
        reason=reason,
        **sampling._asdict(),
    )


def _between_rounds(
    names: list[Hashable], found: Apportioned, first: Array, second: Array, sampling: _Sampling
) -> DisagreementChange:
    had, has = ~np.isnan(first), ~np.isnan(second)
    total = found.figures["total_change"].value
    figures, status, reason = _judged(found, found.panels_before, None if total is None else 1.0)
    if status is Status.OK and figures["between_revision"].value is None:
        reason = "A panel has fewer than two experts who answered twice: the causes cannot be told apart."
    share = figures["between_share_change"]
    return DisagreementChange(
        verdict=found.verdict,
        main_cause=found.main_cause,
        between=_parts_of(figures, "between"),
        within=_parts_of(figures, "within"),
        total=_parts_of(figures, "total"),
        between_share_change=share.value,
        between_share_change_interval=(share.low, share.high),
        n=int((had & has).sum()),
        n_missing=int((had != has).sum()),
        n_left=int((had & ~has).sum()),
        n_joined=int((has & ~had).sum()),
        left_out=_left_out(names, found.panels_before),
        status=status,
        reason=reason,
        **sampling._asdict(),
    )


_NOW = ("within", "between", "total", "between_share")


def _judged(found: Apportioned, panels: tuple[int, ...], total: float | None) -> tuple[dict[str, Interval], Status, str]:
    if len(panels) < 2:
        return found.figures, Status.INSUFFICIENT_N, TOO_FEW
    if total == 0:
        return found.figures, Status.NO_VARIATION, ALL_ALIKE
    return found.figures, Status.OK, ""


def _parts_of(figures: Mapping[str, Interval], part: str) -> Parts:
    change = figures[f"{part}_change"]
    return Parts(
        change=change.value,
        interval=(change.low, change.high),
        left=figures[f"{part}_left"].value,
        revision=figures[f"{part}_revision"].value,
        joined=figures[f"{part}_joined"].value,
    )


def _left_out(names: list[Hashable], panels: tuple[int, ...]) -> tuple[Hashable, ...]:
    return tuple(name for place, name in enumerate(names) if place not in panels)


def _sampling(n_experts: int, draws: int | None, seed: int | None) -> _Sampling:
    drawn = draws_for(n_experts) if draws is None else whole_number_in(draws, "draws")
    return _Sampling(drawn, seed_in(seed))


def _cells(x: Any, name: str, scale: tuple[float, float] | None) -> list[Any]:
    return labels(x, name) if scale is None else list(numbers(x, name, scale))


def _coded(cells: list[Any], scale: tuple[float, float] | None) -> Array:
    """Options become their numbers in order; what is missing becomes NaN."""
    if scale is not None:
        return np.round(np.array(cells, dtype=float), DECIMALS_OF_AN_ANSWER)
    options = {option: float(place) for place, option in enumerate(in_order(cell for cell in cells if cell is not None))}
    return np.array([options.get(cell, np.nan) for cell in cells], dtype=float)


def _one_question(
    before: Array, after: Array, panels: Array, n_panels: int, scale: tuple[float, float] | None, sampling: _Sampling
) -> tuple[Question, Apportioned]:
    everyone = np.ones((1, n_panels), dtype=bool)
    question = Question("", _scale(np.concatenate([before, after]), scale), before, after)
    (found,) = question_disagreement(question, panels, [Scope(everyone, everyone)], *sampling)
    return question, found


def _scale(answers: Array, scale: tuple[float, float] | None) -> Scale:
    levels = np.unique(answers[~np.isnan(answers)])
    if scale is None:
        return Scale(levels, None)
    low, high = (number_in(end, "scale") for end in scale)
    if not low < high:
        raise ValueError(f"scale must be the lowest and the highest answer, not {low:g} and {high:g}")
    return Scale(levels, high - low)
