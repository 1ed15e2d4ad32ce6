"""What the verdict on consensus would be had the leavers stayed: at their last answer, at best, and at worst.

One verdict more is one bit about the leavers. Where the bounds agree, which everybody can work out from the published counts, it tells
nothing; where they do not, it is told only if the leavers' answers themselves may be.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.figures import Selection, round_figures
from analysis.published import PublishedComponent, PublishedItem
from analysis.rules import NOT_ASSESSED, NOT_REACHED, REACHED, rule_for
from analysis.tables.base import Values

UNDECIDED = "undecided"
MOST_DIVISIONS = 20


def verdicts_had_they_stayed(item: PublishedItem, component: PublishedComponent, group: Group, fine: bool) -> Values:
    published, n_left = component.figures(group)["consensus"], component.n_left(group)
    if n_left is None:
        return {}
    if n_left == 0 or published == NOT_ASSESSED:
        return told(published, {published})
    judge = partial(consensus_with, item, component, component.answers(group))
    verdict = judge(component.left(group))
    if not has_ends(component):
        return {"consensus_had_they_stayed": verdict if fine else UNDECIDED}
    possible = verdicts_of(judge, ways_to_answer(component, group, n_left), {verdict})
    return told(verdict if fine or len(possible) == 1 else UNDECIDED, possible)


def told(stayed: str, possible: set[str]) -> Values:
    from_best = [verdict for verdict in (REACHED, NOT_ASSESSED, NOT_REACHED) if verdict in possible]
    return {"consensus_had_they_stayed": stayed, "consensus_at_best": from_best[0], "consensus_at_worst": from_best[-1]}


def verdicts_of(judge: Callable[[Any], str], ways: Iterable[Any], found: set[str]) -> set[str]:
    """All that can come out; no further way needs a look once both have."""
    for answers in ways:
        if {REACHED, NOT_REACHED} <= found:
            break
        found.add(judge(answers))
    return found


def consensus_with(item: PublishedItem, component: PublishedComponent, answers: Any, further: Any) -> str:
    rule = rule_for(component.level, *item.meta["consensus"], *component.meta.get("consensus", ()), item.data.meta["consensus"])
    together = Selection(np.concatenate((answers, further)), None)
    return str(round_figures(component.meta, together, rule, item.quantile_type)["consensus"])


def has_ends(component: PublishedComponent) -> bool:
    return bool(component.categories) or None not in (component.minimum, component.maximum)


def ways_to_answer(component: PublishedComponent, group: Group, n_left: int) -> Iterator[Any]:
    """Answers of the leavers between which consensus is at its best and its worst.

    Shares in a band, quartiles and standard deviations have their extremes where all give one answer, or divide between the two ends. The
    largest share is smallest where the rarer categories are filled up evenly.
    """
    answers = component.answers(group)
    places = places_of(component, answers)
    yield divided(places, n_left, n_left // 2)
    for place in places:
        yield np.full(n_left, place)
    for first in np.unique(np.linspace(1, n_left - 1, min(n_left, MOST_DIVISIONS)).round().astype(int)):
        yield divided(places, n_left, first)
    if component.categories:
        yield filled_up(places, answers, n_left)


def divided(places: list[float], n_left: int, first: int) -> Any:
    return np.repeat([places[0], places[-1]], [first, n_left - first])


def places_of(component: PublishedComponent, answers: Any) -> list[float]:
    """The categories; for numbers the ends, and between them the deciles and the mean of the answers given."""
    if component.categories:
        first = 1 if component.level in ("ordinal", "rank") else 0
        return [float(first + place) for place in range(len(component.categories))]
    inner = [*np.quantile(answers, np.linspace(0, 1, 11)), answers.mean()] if len(answers) else []
    return [float(component.minimum), *sorted(float(value) for value in inner), float(component.maximum)]


def filled_up(places: list[float], answers: Any, n_left: int) -> Any:
    """One answer after the other to whichever category has the fewest: the level to which the rarer ones can be raised together."""
    counts = np.array([np.count_nonzero(answers == place) for place in places])
    order = np.argsort(counts, kind="stable")
    ordered = counts[order]
    needed = ordered * np.arange(1, len(ordered) + 1) - np.cumsum(ordered)
    raised = int(np.searchsorted(needed, n_left, side="right"))
    level, rest = divmod(n_left + int(ordered[:raised].sum()), raised)
    added = np.zeros(len(counts), dtype=int)
    added[order[:raised]] = level - ordered[:raised]
    added[order[:rest]] += 1
    return np.repeat(places, added)
