"""Whether groups differ over all items at once: PERMANOVA on the distances between experts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial.distance import pdist, squareform

from analysis.statistics.answers import Array, matrix, one_of
from analysis.statistics.labels import labels
from analysis.statistics.result import Result, Status
from analysis.statistics.sampling import DEFAULT_PERMUTATIONS, generator, permutations_in, seed_in

METRICS = ("euclidean", "manhattan", "braycurtis", "jaccard")
_SCIPY_METRICS: dict[str, Any] = {name: "cityblock" if name == "manhattan" else name for name in METRICS}
_BLOCK = 512
_TOLERANCE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Permanova(Result):
    """``r2`` is the share of the total squared distance that lies between the groups."""

    f: float | None = None
    r2: float | None = None
    p_value: float | None = None
    permutations: int | None = None
    enumerated: bool | None = None
    seed: int | None = None
    n_groups: int = 0


def permanova(
    answers: Any,
    groups: Sequence[Any],
    metric: str = "euclidean",
    permutations: int = DEFAULT_PERMUTATIONS,
    seed: int | None = None,
) -> Permanova:
    """Pseudo-F of Anderson (2001) with a permutation p.

    ``answers``: experts x items; an expert with a missing answer is left out. ``groups``: one label per expert,
    ``None`` is left out too. Where all different divisions into groups are no more than ``permutations`` they are all
    taken and p is their share; else p = (b + 1)/(B + 1) over B drawn ones. Two experts with nothing ticked have
    distance 0.
    """
    table, members = matrix(answers, "answers"), labels(groups, "groups")
    distance = one_of(metric, "metric", METRICS)
    drawn, used_seed = permutations_in(permutations), seed_in(seed)
    if len(members) != table.shape[0]:
        raise ValueError(f"groups must have one label per expert: {len(members)} and {table.shape[0]}")
    complete = ~np.isnan(table).any(axis=1) & np.array([member is not None for member in members], dtype=bool)
    kept = table[complete]
    codes = _codes([member for member, keep in zip(members, complete, strict=True) if keep])
    n_groups = int(codes.max()) + 1 if codes.size else 0
    sizes: dict[str, Any] = {"n": kept.shape[0], "n_missing": int((~complete).sum()), "n_groups": n_groups}
    if n_groups < 2 or kept.shape[1] == 0 or kept.shape[0] <= n_groups:
        reason = "Needs two groups and more experts than groups, with complete answers."
        return Permanova(status=Status.INSUFFICIENT_N, reason=reason, **sizes)
    return _partitioned(_squared_distances(kept, distance), codes, drawn, used_seed, sizes)


def _partitioned(squares: Array, codes: Array, drawn: int, seed: int, sizes: dict[str, Any]) -> Permanova:
    n, k = sizes["n"], sizes["n_groups"]
    total = squares.sum() / (2 * n)
    if total == 0:
        return Permanova(status=Status.NO_VARIATION, reason="All experts answered alike.", **sizes)
    counts = np.bincount(codes)
    within = _within(squares, codes[None, :], counts)[0]
    p_value, taken, enumerated = _permutation_p(squares, codes, counts, within, total, drawn, seed)
    separated = within <= _TOLERANCE * total
    return Permanova(
        f=None if separated else ((total - within) / (k - 1)) / (within / (n - k)),
        r2=1 - within / total,
        p_value=p_value,
        permutations=taken,
        enumerated=enumerated,
        seed=None if enumerated or taken == 0 else seed,
        reason="No distance within the groups: F is infinite." if separated else "",
        **sizes,
    )


def _squared_distances(answers: Array, metric: str) -> Array:
    if metric == "braycurtis" and (answers < 0).any():
        raise ValueError("answers must not be negative with metric 'braycurtis'")
    if metric == "jaccard" and not np.isin(answers, (0.0, 1.0)).all():
        raise ValueError("answers must be 0 or 1 with metric 'jaccard'")
    values = answers.astype(bool) if metric == "jaccard" else answers
    with np.errstate(invalid="ignore"):
        apart = pdist(values, _SCIPY_METRICS[metric])
    return squareform(np.nan_to_num(apart) ** 2)


def _within(squares: Array, divisions: Array, counts: Array) -> Array:
    """Sum of squares within groups for many divisions at once, divisions x experts."""
    within = np.zeros(divisions.shape[0])
    for group, size in enumerate(counts):
        inside = (divisions == group).astype(float)
        within += np.einsum("de,de->d", inside @ squares, inside) / (2 * size)
    return within


def _permutation_p(
    squares: Array, codes: Array, counts: Array, within: float, total: float, drawn: int, seed: int
) -> tuple[float | None, int, bool]:
    """F grows as the sum of squares within falls, so that sum alone is compared."""
    limit = within + _TOLERANCE * total
    everything = math.factorial(codes.size) // math.prod(math.factorial(int(size)) for size in counts)
    if everything <= max(drawn, 1):
        every = np.array(list(_divisions(counts.tolist())))
        return float((_within(squares, every, counts) <= limit).mean()), everything, True
    if drawn == 0:
        return None, 0, False
    random, found = generator(seed), 0
    for start in range(0, drawn, _BLOCK):
        block = random.permuted(np.tile(codes, (min(_BLOCK, drawn - start), 1)), axis=1)
        found += int((_within(squares, block, counts) <= limit).sum())
    return (found + 1) / (drawn + 1), drawn, False


def _divisions(counts: list[int]) -> Iterator[tuple[int, ...]]:
    """Every different way to give the experts their groups' numbers."""
    if sum(counts) == 0:
        yield ()
        return
    for group, left in enumerate(counts):
        if left:
            rest = [size - (other == group) for other, size in enumerate(counts)]
            for division in _divisions(rest):
                yield (group, *division)


def _codes(members: list[Any]) -> Array:
    place = {member: code for code, member in enumerate(dict.fromkeys(members))}
    return np.array([place[member] for member in members], dtype=np.int64)
