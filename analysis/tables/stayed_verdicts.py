"""What the verdict on consensus would be had the leavers stayed: at their last answer, at best, and at worst.

One verdict more is one bit about the leavers. Where the bounds agree, which everybody can work out from the published counts, it tells
nothing; where they do not, it is told only if the leavers' answers themselves may be.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.figures import Selection, round_figures
from analysis.published import PublishedComponent, PublishedItem
from analysis.rules import NOT_ASSESSED, NOT_REACHED, REACHED, Facts, judge_consensus
from analysis.statistics.matrix import histogram_moments, histogram_quantiles
from analysis.tables.base import Values
from analysis.tables.registered_rules import consensus_rule

UNDECIDED = "undecided"
MOST_DIVISIONS = 20
Rule = Mapping[str, Any]


def verdicts_had_they_stayed(item: PublishedItem, component: PublishedComponent, group: Group, fine: bool) -> Values:
    """Where not every figure may be told (`fine`), nothing here looks at what the leavers said: not even the bounds, which could miss it."""
    published, n_left = component.figures(group)["consensus"], component.n_left(group)
    if n_left is None:
        return {}
    rule = consensus_rule(component)
    if n_left == 0 or rule is None:
        return told(published, {published})
    find = possible_by_category if component.categories else possible_of_numbers
    possible = find(rule, component, group, n_left, item.quantile_type)
    if fine:
        stayed = verdict_with(rule, component, group, component.leavers(group), item.quantile_type)
        return told(stayed, possible | {stayed}) if possible else {"consensus_had_they_stayed": stayed}
    stayed = next(iter(possible)) if component.categories and len(possible) == 1 else UNDECIDED
    return told(stayed, possible) if possible else {"consensus_had_they_stayed": stayed}


def told(stayed: str, possible: set[str]) -> Values:
    from_best = [verdict for verdict in (REACHED, NOT_ASSESSED, NOT_REACHED) if verdict in possible]
    return {"consensus_had_they_stayed": stayed, "consensus_at_best": from_best[0], "consensus_at_worst": from_best[-1]}


def verdict_with(rule: Rule, component: PublishedComponent, group: Group, further: Any, quantile_type: int) -> str:
    """The verdict on the group's answers and some more."""
    together = Selection(np.concatenate((component.answers(group), further)), None)
    return str(round_figures(component.meta, together, rule, quantile_type)["consensus"])


def possible_by_category(rule: Rule, component: PublishedComponent, group: Group, n_left: int, quantile_type: int) -> set[str]:
    """All that can come out, from histograms."""
    given = counted(component, component.answers(group))
    return set(verdicts_of_histograms(rule, component.level, given + np.array(list(ways_to_answer(given, n_left))), quantile_type))


def verdicts_of_histograms(rule: Rule, level: str, histograms: Any, quantile_type: int) -> list[str]:
    return [judge_consensus(rule, facts).verdict for facts in facts_of(rule, level, histograms, quantile_type)]


def counted(component: PublishedComponent, answers: Any) -> Any:
    return np.bincount(answers.astype(np.int64) - first_place(component), minlength=len(component.categories))


def first_place(component: PublishedComponent) -> int:
    return 1 if component.level in ("ordinal", "rank") else 0


def ways_to_answer(given: Any, n_left: int) -> Iterator[Any]:
    """How the leavers may have answered, by category, where consensus is at its best and its worst.

    Shares in a band, quartiles and standard deviations have their extremes where all give one answer, or divide between the two ends. The
    largest share is smallest where the rarer categories are filled up evenly.
    """
    ends = np.eye(len(given), dtype=np.int64)
    yield from n_left * ends
    for first in np.unique(np.linspace(1, n_left - 1, min(n_left, MOST_DIVISIONS)).round().astype(np.int64)):
        yield first * ends[0] + (n_left - first) * ends[-1]
    yield filled_up(given, n_left)


def filled_up(given: Any, n_left: int) -> Any:
    """One answer after the other to whichever category has the fewest: the level to which the rarer ones can be raised together."""
    order = np.argsort(given, kind="stable")
    ordered = given[order]
    needed = ordered * np.arange(1, len(ordered) + 1) - np.cumsum(ordered)
    raised = int(np.searchsorted(needed, n_left, side="right"))
    level, rest = divmod(n_left + int(ordered[:raised].sum()), raised)
    added = np.zeros(len(given), dtype=np.int64)
    added[order[:raised]] = level - ordered[:raised]
    added[order[:rest]] += 1
    return added


def facts_of(rule: Rule, level: str, histograms: Any, quantile_type: int) -> Iterator[Facts]:
    """What a rule may look at, for every histogram (rows), as `round_figures` would find it among the answers."""
    has_order, size = level in ("ordinal", "rank"), histograms.shape[1]
    quartiles = histogram_quantiles(histograms, [0.25, 0.5, 0.75], quantile_type)
    deviations = histogram_moments(histograms).sd
    for histogram, (q1, median, q3), deviation in zip(histograms, quartiles, deviations, strict=True):
        answers = np.repeat(np.arange(1.0, size + 1), histogram) if rule.get("rule") == "rand" else ()
        sd = None if np.isnan(deviation) else float(deviation)
        middle, iqr, sd = (float(median), float(q3 - q1), sd) if has_order else (None, None, None)
        yield Facts(level, size, histogram.tolist(), middle, iqr, sd, answers, None, quantile_type)


def possible_of_numbers(rule: Rule, component: PublishedComponent, group: Group, n_left: int, quantile_type: int) -> set[str]:
    """The same from the answers themselves; nothing is known of what can come out where no least and greatest number is set."""
    possible: set[str] = set()
    if component.minimum is None or component.maximum is None:
        return possible
    for numbers in ways_to_number(component.answers(group), (component.minimum, component.maximum), n_left):
        possible.add(verdict_with(rule, component, group, numbers, quantile_type))
        if {REACHED, NOT_REACHED} <= possible:
            break
    return possible


def ways_to_number(answers: Any, ends: tuple[float, float], n_left: int) -> Iterator[Any]:
    """Divided between the two ends, as spreads are largest; all where somebody else stands, or at the mean, as they are smallest."""
    for first in np.unique(np.linspace(0, n_left, min(n_left, MOST_DIVISIONS) + 1).round().astype(np.int64)):
        yield np.repeat(np.array(ends, dtype=float), [first, n_left - first])
    places = np.unique(answers)
    if places.size > MOST_DIVISIONS:
        places = np.unique(np.quantile(answers, np.linspace(0, 1, MOST_DIVISIONS), method="nearest"))
    for place in [*places, *([answers.mean()] if len(answers) else [])]:
        yield np.full(n_left, float(place))
