"""The intervals of the means in gaps.csv's rows about all items: what resampling the experts, with all their answers, does to them.

Theirs are joint answers, over items. So a pair has them only where the rows of all its panels are shown on every item that it is compared on, and
their limits are rounded outward to two decimals; the draws are no surer than that anyhow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np

from analysis.figures import places_of
from analysis.published import PublishedComponent, PublishedRound
from analysis.statistics.gaps.gaps_over_items import FIGURES, AskedQuestion, GroupPairs, MeanGapErrors, Places, mean_gap_errors
from analysis.statistics.sampling import DEFAULT_SEED
from analysis.tables.base import Values
from analysis.tables.families import is_about_the_question
from analysis.tables.gap_figures import ORDERED, POSITIONS, scale_length
from analysis.tables.panel_answers import Asked, PanelAnswers

PAIR = ("first_type", "first", "second_type", "second", "left_out")
MOST_STEPS = 40
"""Where more different numbers were given, the draws see them brought together into so many equal steps; the means do not."""

HUNDREDTHS = 100
Key = tuple[str, ...]
OK: Values = {"status": "ok", "reason": ""}
PROTECTED: Values = {"status": "protected", "reason": "On some item a panel's row is protected, so that joint answers may not be resampled: no intervals."}
CONSTANT: Values = {"status": "no_variation", "reason": "Nobody differs from a colleague on any item: no intervals."}


@dataclass(frozen=True)
class MeanIntervals:
    """What the draws did, and to which pair (in their order) and level the rows belong."""

    errors: MeanGapErrors | None
    places: Mapping[Key, int]
    protected: frozenset[Key]

    def of(self, pair: Key, means: Mapping[str, Any], level: str = "") -> Values:
        if self.errors is None or pair in self.protected:
            return PROTECTED
        place = self.places[pair]
        found = dict(_limits(self.errors, place, level, means))
        return {**found, "draws": self.errors.draws, "seed": DEFAULT_SEED, **OK} if found else CONSTANT


def _limits(errors: MeanGapErrors, place: int, level: str, means: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for figure in FIGURES:
        mean, moved = means[f"mean_{figure}"], errors.errors[level, figure]
        if mean is not None and (moved.above[place].any() or moved.below[place].any()):
            low, high = errors.limits_of_pair(level, figure, place, mean)
            yield f"mean_{figure}_low", floor(low * HUNDREDTHS) / HUNDREDTHS
            yield f"mean_{figure}_high", ceil(high * HUNDREDTHS) / HUNDREDTHS


def mean_intervals(published: PublishedRound, by_pair: Mapping[Key, Sequence[Values]]) -> MeanIntervals:
    """`by_pair`: each pair's item rows that are compared."""
    every = (Asked(item, component) for item in published.items for component in item.components)
    asked = [each for each in every if is_about_the_question(each.item.kind, each.component.code)]
    answers = PanelAnswers(published.data, asked)
    told = {pair: rows for pair, rows in by_pair.items() if _are_told(pair, rows, published)}
    protected = frozenset(by_pair.keys() - told.keys())
    if not told:
        return MeanIntervals(None, {}, protected)
    numbers = {(each.item.code, each.component.code): number for number, each in enumerate(asked)}
    compared = np.zeros((len(asked), len(told)), dtype=bool)
    for place, rows in enumerate(told.values()):
        compared[[numbers[row["item"], row["component"] or ""] for row in rows], place] = True
    wanted = np.flatnonzero(compared.any(axis=1))
    now = answers.questions_now
    questions = [_question(asked[number], now[number].after) for number in wanted]
    errors = mean_gap_errors(questions, answers.panels, _pairs(list(told), published), compared[wanted])
    return MeanIntervals(errors, {pair: place for place, pair in enumerate(told)}, protected)


def _panels_of(pair: Key, published: PublishedRound) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of both sides."""
    first_type, first, second_type, second, left_out = pair
    shared = tuple(filter(None, left_out.split("|")))
    theatres = {group.code: group.panels for group in published.data.groups if group.kind == "theatre"}

    def panels(kind: str, code: str) -> tuple[str, ...]:
        if kind == "panel":
            return (code,)
        return shared if kind == "both" else tuple(panel for panel in theatres[code] if panel not in shared)

    return panels(first_type, first), panels(second_type, second)


def _are_told(pair: Key, rows: Iterable[Values], published: PublishedRound) -> bool:
    """Are all answers of both sides those of panels whose rows are shown, on every item?"""
    first, second = _panels_of(pair, published)
    components = ((row, published.by_code[row["item"]].component(row["component"] or "")) for row in rows)
    return all(
        component is not None and _answers(component, first) == row["n_first"] and _answers(component, second) == row["n_second"]
        for row, component in components
    )


def _answers(component: PublishedComponent, panels: Sequence[str]) -> int:
    return sum(component.n(group) for group in component.panels if group.code in panels)


def _pairs(pairs: Sequence[Key], published: PublishedRound) -> GroupPairs:
    codes = published.data.meta["panels"]
    sides = [side for pair in pairs for side in _panels_of(pair, published)]
    groups = list(dict.fromkeys(sides))
    places = np.array([groups.index(side) for side in sides], dtype=np.int64).reshape(-1, 2)
    return GroupPairs(np.array([np.isin(codes, group) for group in groups]), places[:, 0], places[:, 1])


def _question(asked: Asked, answers: Any) -> AskedQuestion:
    component = asked.component
    categories = _categories(component, answers)
    if component.level in POSITIONS and categories is not None:
        steps = categories.size - 1
        return AskedQuestion(asked.item.code, component.level, categories, np.full(steps, 1 / steps) if steps else None, categories)
    if component.level not in ORDERED:
        return AskedQuestion(asked.item.code, component.level, None, None, categories)
    values, ordered = _steps(answers)
    length = scale_length(component)
    return AskedQuestion(asked.item.code, component.level, ordered, None if length is None else np.diff(values) / length, categories)


def _categories(component: PublishedComponent, answers: Any) -> Places | None:
    given = ~np.isnan(answers)
    found = places_of(component.meta, answers[given])
    if found is None:
        return None
    codes = np.full(answers.shape, -1, dtype=np.int64)
    codes[given] = found[0]
    return Places(codes, found[1])


def _steps(answers: Any) -> tuple[Any, Places]:
    """The different numbers given, or equal steps, and each answer's nearest."""
    given = ~np.isnan(answers)
    values = np.unique(answers[given])
    if values.size > MOST_STEPS:
        values = np.linspace(values[0], values[-1], MOST_STEPS)
    codes = np.full(answers.shape, -1, dtype=np.int64)
    codes[given] = np.searchsorted((values[1:] + values[:-1]) / 2, answers[given])
    return values, Places(codes, values.size)
