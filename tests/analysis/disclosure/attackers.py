"""Readers who try to work out what is hidden. Written without a look at the implementation.

The first knows that every published row is an equation and solves all of them, trying every set of panels. The second
also knows that people come in whole numbers: it lists every way in which the answers could have been given.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure import Group
from tests.analysis.disclosure.studies import SmallStudy

Equation = list[Fraction]


def rank(equations: Sequence[Equation]) -> int:
    """By Gaussian elimination over the rational numbers."""
    rows = [list(equation) for equation in equations]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        place = next((row for row in range(found, len(rows)) if rows[row][column] != 0), None)
        if place is None:
            continue
        rows[found], rows[place] = rows[place], rows[found]
        for row in range(found + 1, len(rows)):
            if rows[row][column] == 0:
                continue
            factor = rows[row][column] / rows[found][column]
            rows[row] = [entry - factor * top for entry, top in zip(rows[row], rows[found], strict=True)]
        found += 1
    return found


def follows(equation: Equation, known: Sequence[Equation]) -> bool:
    return bool(known) and rank([*known, equation]) == rank(known)


def equation_of(group: Group, study: SmallStudy) -> Equation:
    """The row over the panels that answered: each panel once, in `equal_weight` each with 1/n."""
    return [
        Fraction(0) if panel not in group.panels else Fraction(1, n if group.kind == "equal_weight" else 1)
        for panel, n in study.answers.items()
        if n
    ]


def number_of(group: Group, study: SmallStudy) -> int:
    return sum(study.answers[panel] for panel in group.panels)


def known_equations(study: SmallStudy, shown: frozenset[tuple[str, str]]) -> list[Equation]:
    return [
        equation_of(group, study)
        for group in study.groups
        if (group.kind, group.code) in shown and number_of(group, study)
    ]


def sets_of_panels(study: SmallStudy) -> Iterator[tuple[str, ...]]:
    present = [panel for panel, n in study.answers.items() if n]
    for size in range(1, len(present) + 1):
        yield from itertools.combinations(present, size)


def indicator(panels: Sequence[str], study: SmallStudy) -> Equation:
    return [Fraction(panel in panels) for panel, n in study.answers.items() if n]


def solved_sets(study: SmallStudy, known: Sequence[Equation]) -> list[tuple[str, ...]]:
    """Every set of panels whose joint counts, sums and sums of squares the equations give exactly."""
    return [panels for panels in sets_of_panels(study) if follows(indicator(panels, study), known)]


def is_all_one_value(panels: Sequence[str], study: SmallStudy) -> bool:
    return all(panel in study.one_value for panel in panels) and len({study.one_value[p] for p in panels}) == 1


def unanimity_is_the_finding(study: SmallStudy) -> bool:
    present = [panel for panel, n in study.answers.items() if n]
    return sum(study.answers.values()) >= 2 * study.minimum and is_all_one_value(present, study)


def is_protected(group: Group, study: SmallStudy) -> bool:
    n = number_of(group, study)
    is_unanimous = (
        group.kind == "panel" and 0 < n < 2 * study.minimum and is_all_one_value(group.panels, study)
    ) and not unanimity_is_the_finding(study)
    return 0 < n < study.minimum or is_unanimous


def is_secret(panels: Sequence[str], study: SmallStudy) -> bool:
    """Conditions (b) and (c) for one set of panels."""
    n = sum(study.answers[panel] for panel in panels)
    is_unanimous = is_all_one_value(panels, study) and not unanimity_is_the_finding(study)
    return 0 < n < study.minimum or (is_unanimous and n < 2 * study.minimum)


def tells_too_much(study: SmallStudy, known: Sequence[Equation]) -> bool:
    protected = [equation_of(group, study) for group in study.groups if is_protected(group, study)]
    return any(follows(equation, known) for equation in protected) or any(
        is_secret(panels, study) for panels in solved_sets(study, known)
    )


Worlds = NDArray[np.int64]
"""Shape (possible worlds, panels, categories): how often each category was chosen in each panel."""

CATEGORIES = 3


def possible_worlds(sizes: Sequence[int]) -> Worlds:
    """Every way in which panels of these sizes can have answered on a three-point scale."""
    per_panel = [
        [(low, middle, n - low - middle) for low in range(n + 1) for middle in range(n + 1 - low)] for n in sizes
    ]
    return np.array(list(itertools.product(*per_panel)), dtype=np.int64).reshape(-1, len(sizes), CATEGORIES)


def breaches(study: SmallStudy) -> list[tuple[frozenset[tuple[str, str]], str, list[list[int]]]]:
    """(shown rows, hidden row, world) wherever a hidden row's histogram is certain from the shown histograms.

    The study gives sizes, theatres and minimum; the answers run through all worlds. The attacker knows every panel's
    number of answers, and has the histogram of every shown row, weighted in `equal_weight`.
    """
    worlds = possible_worlds(list(study.answers.values()))
    by_shown: dict[frozenset[tuple[str, str]], list[int]] = {}
    patterns: dict[tuple[int, ...], frozenset[tuple[str, str]]] = {}
    unanimous = np.where(worlds.max(axis=2) == worlds.sum(axis=2), worlds.argmax(axis=2), -1)
    for place, pattern in enumerate(map(tuple, unanimous.tolist())):
        if pattern not in patterns:
            one_value = {panel: v for panel, v in zip(study.answers, pattern, strict=True) if v >= 0}
            patterns[pattern] = _with_one_value(study, one_value).shown()
        by_shown.setdefault(patterns[pattern], []).append(place)
    return [breach for shown, places in by_shown.items() for breach in _breaches_of(study, shown, worlds, places)]


def _with_one_value(study: SmallStudy, one_value: dict[str, object]) -> SmallStudy:
    return SmallStudy(study.answers, study.theatres, one_value, study.minimum, study.with_equal_weight)


def breaches_despite_last_check(study: SmallStudy) -> list[tuple[frozenset[tuple[str, str]], str, list[list[int]]]]:
    """The same where rows are shown after the last check; also wherever a set under (b) or (c) is certain."""
    worlds = possible_worlds(list(study.answers.values()))
    by_shown: dict[frozenset[tuple[str, str]], list[int]] = {}
    for place, world in enumerate(worlds.tolist()):
        by_shown.setdefault(_answered_so(study, world).shown(), []).append(place)
    return [
        breach
        for shown, places in by_shown.items()
        for breach in [*_breaches_of(study, shown, worlds, places), *_certain_sets(study, shown, worlds, places)]
    ]


def _answered_so(study: SmallStudy, world: list[list[int]]) -> SmallStudy:
    histograms = dict(zip(study.answers, world, strict=True))
    return SmallStudy.answered(histograms, study.theatres, study.minimum)


def _certain_sets(
    study: SmallStudy, shown: frozenset[tuple[str, str]], worlds: Worlds, places: Sequence[int]
) -> Iterator[tuple[frozenset[tuple[str, str]], str, list[list[int]]]]:
    known = known_equations(study, shown)
    solved = solved_sets(study, known)
    cells = _cells_of_equal_figures(known, worlds, study)
    for panels in sets_of_panels(study):
        certain = _cells_with_one_histogram(_histograms(indicator(panels, study), worlds, study), cells)
        for place in places:
            world = worlds[place]
            is_open = set(panels) <= _open_panels(study, solved, world)
            if certain[cells[place]] and not is_open and is_secret(panels, _answered_so(study, world.tolist())):
                yield shown, "".join(panels), world.tolist()


def _breaches_of(
    study: SmallStudy, shown: frozenset[tuple[str, str]], worlds: Worlds, places: Sequence[int]
) -> Iterator[tuple[frozenset[tuple[str, str]], str, list[list[int]]]]:
    known = known_equations(study, shown)
    solved = solved_sets(study, known)
    cells = _cells_of_equal_figures(known, worlds, study)
    for group in study.groups:
        if (group.kind, group.code) in shown:
            continue
        equation = equation_of(group, study)
        certain = _cells_with_one_histogram(_histograms(equation, worlds, study), cells)
        suspects = {int(cells[place]): place for place in places if certain[cells[place]]}
        for place in suspects.values():
            if not _is_open_unanimity(study, known, solved, equation, worlds[place]):
                yield shown, group.code, worlds[place].tolist()


def _histograms(equation: Equation, worlds: Worlds, study: SmallStudy) -> Worlds:
    whole = lcm(*study.answers.values())
    histograms: Worlds = np.einsum("p,wpc->wc", np.array([int(entry * whole) for entry in equation]), worlds)
    return histograms


def _cells_of_equal_figures(known: Sequence[Equation], worlds: Worlds, study: SmallStudy) -> NDArray[np.intp]:
    cells = np.zeros(len(worlds), dtype=np.intp)
    for equation in known:
        for figure in _histograms(equation, worlds, study).T:
            cells = np.unique(cells * (figure.max() + 1) + figure, return_inverse=True)[1]
    return cells


def _cells_with_one_histogram(histograms: Worlds, cells: NDArray[np.intp]) -> NDArray[np.bool_]:
    order = np.argsort(cells, kind="stable")
    starts = np.flatnonzero(np.diff(cells[order], prepend=-1))
    least, most = (bound.reduceat(histograms[order], starts) for bound in (np.minimum, np.maximum))
    is_certain: NDArray[np.bool_] = (least == most).all(axis=1)
    return is_certain


def _open_panels(study: SmallStudy, solved: Sequence[tuple[str, ...]], world: Worlds) -> set[str]:
    """The panels of at least 2k people who openly all chose one category."""
    panels = list(study.answers)
    histograms = {alike: world[[panels.index(panel) for panel in alike]].sum(axis=0) for alike in solved}
    return {panel for alike, h in histograms.items() if h.max() == h.sum() >= 2 * study.minimum for panel in alike}


def _is_open_unanimity(
    study: SmallStudy, known: Sequence[Equation], solved: Sequence[tuple[str, ...]], equation: Equation, world: Worlds
) -> bool:
    """At least 2k people who openly all chose one category are no breach; nor is what follows from knowing it."""
    with_open = [*known, *(indicator([panel], study) for panel in _open_panels(study, solved, world))]
    return not follows(equation, known) and follows(equation, with_open)
