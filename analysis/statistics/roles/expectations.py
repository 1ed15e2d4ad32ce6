"""What a group means to do against what the others expect of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.statistics.answers import DECIMALS_OF_AN_ANSWER, Array, numbers
from analysis.statistics.gaps.multiplicity import adjust_p_values
from analysis.statistics.gaps.rank_tests import mann_whitney_p
from analysis.statistics.labels import in_order, labels
from analysis.statistics.order_statistics import median_of
from analysis.statistics.result import Result, Status

Cells = tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, kw_only=True)
class RoleExpectations(Result):
    """Matrices are groups (rows, who judges) x targets (columns, who is judged); the other fields run along
    ``targets``.

    ``gap`` is self minus others with equal weight per group: negative where more is expected than the target means to
    do.
    """

    groups: tuple[Hashable, ...] = ()
    targets: tuple[Hashable, ...] = ()
    mean_matrix: Cells = ()
    median_matrix: Cells = ()
    n_matrix: tuple[tuple[int, ...], ...] = ()
    self_expectation: tuple[float | None, ...] = ()
    others_equal_weight: tuple[float | None, ...] = ()
    others_pooled: tuple[float | None, ...] = ()
    gap: tuple[float | None, ...] = ()
    p_mann_whitney: tuple[float | None, ...] = ()
    p_holm: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class _Judgements:
    """The long table: who, of which group, judged which target how; only rows with a score."""

    groups: list[Any]
    targets: list[Any]
    group: Array
    target: Array
    score: Array

    def scores(self, group: int, target: int) -> Array:
        return self.score[(self.group == group) & (self.target == target)]


def role_expectations(rater: Any, rater_group: Any, target: Any, score: Any) -> RoleExpectations:
    """Every group's mean and median expectation of every target, and each target's gap between itself and the others.

    Four columns of one long table, a row a judgement; a missing score counts as missing, missing labels are refused.
    Each rater belongs to one group and judges a target once. A target without judgements of its own group has no gap;
    nothing is imputed. p compares the target's own raters with all others (Mann-Whitney), Holm over the targets.
    """
    columns = _columns(rater, rater_group, target)
    scores = numbers(score, "score")
    if scores.size != len(columns[0]):
        raise ValueError(f"score must have one entry per judgement: {scores.size} and {len(columns[0])}")
    _check_raters(*columns)
    judgements = _judgements(columns[1], columns[2], scores)
    n = int(judgements.score.size)
    sizes: dict[str, Any] = {"n": n, "n_missing": scores.size - n}
    if n == 0:
        reason = "There is no judgement."
        return RoleExpectations(**_fields(judgements), status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    return RoleExpectations(**_fields(judgements), **sizes)


def _columns(rater: Any, rater_group: Any, target: Any) -> list[list[Any]]:
    columns = {"rater": rater, "rater_group": rater_group, "target": target}
    checked = {name: labels(column, name) for name, column in columns.items()}
    for name, column in checked.items():
        if len(column) != len(checked["rater"]):
            raise ValueError(f"{name} must have one entry per judgement: {len(column)} and {len(checked['rater'])}")
        if None in column:
            raise ValueError(f"{name} must not be missing")
    return list(checked.values())


def _check_raters(raters: list[Any], groups: list[Any], targets: list[Any]) -> None:
    group_of: dict[Any, Any] = {}
    judged: set[tuple[Any, Any]] = set()
    for rater, group, target in zip(raters, groups, targets, strict=True):
        if group_of.setdefault(rater, group) != group:
            raise ValueError(f"rater_group must be one per rater: {rater!r} is in {group_of[rater]!r} and {group!r}")
        if (rater, target) in judged:
            raise ValueError(f"rater must judge a target once: {rater!r} judges {target!r} again")
        judged.add((rater, target))


def _judgements(group_names: list[Any], target_names: list[Any], scores: Array) -> _Judgements:
    groups, targets = in_order(group_names), in_order(target_names)
    place_of_group = {name: place for place, name in enumerate(groups)}
    place_of_target = {name: place for place, name in enumerate(targets)}
    present = ~np.isnan(scores)
    return _Judgements(
        groups=groups,
        targets=targets,
        group=np.array([place_of_group[name] for name in group_names], dtype=np.int64)[present],
        target=np.array([place_of_target[name] for name in target_names], dtype=np.int64)[present],
        score=np.round(scores[present], DECIMALS_OF_AN_ANSWER),
    )


def _fields(judgements: _Judgements) -> dict[str, Any]:
    cells = [
        [judgements.scores(group, target) for target in range(len(judgements.targets))]
        for group in range(len(judgements.groups))
    ]
    means = np.array([[_mean(cell) for cell in row] for row in cells]).reshape(len(cells), len(judgements.targets))
    own = [judgements.groups.index(target) if target in judgements.groups else None for target in judgements.targets]
    expected_of_self = _own(means, own)
    others_equal = [_mean_of_others(means[:, column], own[column]) for column in range(len(own))]
    p_values = [_self_against_others([row[column] for row in cells], own[column]) for column in range(len(own))]
    return {
        "groups": tuple(judgements.groups),
        "targets": tuple(judgements.targets),
        "mean_matrix": means,
        "median_matrix": tuple(tuple(median_of(cell) for cell in row) for row in cells),
        "n_matrix": tuple(tuple(cell.size for cell in row) for row in cells),
        "self_expectation": expected_of_self,
        "others_equal_weight": tuple(others_equal),
        "others_pooled": tuple(
            _mean(_others([row[column] for row in cells], own[column])) for column in range(len(own))
        ),
        "gap": tuple(mine - theirs for mine, theirs in zip(expected_of_self, others_equal, strict=True)),
        "p_mann_whitney": tuple(p_values),
        "p_holm": adjust_p_values(p_values, "holm"),
    }


def _mean(scores: Array) -> float:
    return float(scores.mean()) if scores.size else np.nan


def _own(means: Array, own: list[int | None]) -> tuple[float, ...]:
    return tuple(np.nan if group is None else float(means[group, column]) for column, group in enumerate(own))


def _mean_of_others(means: Array, own: int | None) -> float:
    others = means if own is None else np.delete(means, own)
    return _mean(others[~np.isnan(others)])


def _others(cells: list[Array], own: int | None) -> Array:
    return np.concatenate([np.empty(0), *(cell for group, cell in enumerate(cells) if group != own)])


def _self_against_others(cells: list[Array], own: int | None) -> float | None:
    return None if own is None else mann_whitney_p(cells[own], _others(cells, own))
