"""The figures of many pairs of groups on one component, as columns of gaps.csv: which there are depends on the measurement level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent
from analysis.statistics.matrix import nominal_pairs, pair_gaps, share_pairs, value_histograms
from analysis.statistics.matrix.pair_shares import NominalPairs
from analysis.tables.base import Values, listed
from analysis.tables.gap_intervals import resampled_intervals
from analysis.tables.gap_pairs import Pair

ORDERED = frozenset({"ordinal", "interval", "probability", "rank", "share"})
POSITIONS = frozenset({"ordinal", "rank"})
LEAST_FOR_VERDICT = 5
LEAST_FOR_BRUNNER_MUNZEL = 10
LEAST_EXPECTED = 5
MOST_FOR_FISHER = 60  # answers of both groups; above it the exact test of many options would be drawn, and slow
MARGIN_OF_POSITIONS = 1 / 8
MARGIN_OF_NUMBERS = 1 / 10
MAGNITUDES = ((0.147, "negligible"), (0.33, "small"), (0.474, "medium"))
Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class Given:
    """What several groups answered: each one's answers, and its histogram (None where nothing is binned)."""

    answers: Sequence[Any]
    histograms: Sequence[list[float] | None]


def figures(component: PublishedComponent, pairs: Sequence[Pair]) -> Iterator[Values]:
    """One row of figures for each pair, in their order. Numbers that are not defined are None."""
    groups = list(dict.fromkeys(group for pair in pairs for group in pair.groups))
    places = {group: place for place, group in enumerate(groups)}
    first, second = ([places[pair.groups[side]] for pair in pairs] for side in (0, 1))
    given = Given([component.answers(group) for group in groups], [component.histogram(group) for group in groups])
    return compared(component, given, first, second)


def compared(component: PublishedComponent, given: Given, firsts: Sequence[int], seconds: Sequence[int]) -> Iterator[Values]:
    """The same for the groups of these places. `component` says what kind of answers they are."""
    first, second = np.array(firsts, dtype=np.int64), np.array(seconds, dtype=np.int64)
    sizes = np.array([answers.size for answers in given.answers], dtype=np.int64)
    found: Columns = {"n_first": sizes[first].tolist(), "n_second": sizes[second].tolist()}
    if component.level in ORDERED:
        found.update(_ordered(component, given.answers, first, second))
    found.update(_over_categories(component, given.histograms, first, second))
    for place in range(len(first)):
        yield {name: values[place] for name, values in found.items()}


def magnitude(delta: float | None) -> str | None:
    """Romano's (2006) words for the size of Cliff's delta."""
    return None if delta is None else next((word for limit, word in MAGNITUDES if abs(delta) < limit), "large")


def scale_length(component: PublishedComponent) -> float | None:
    """From the lowest possible answer to the highest; None where a number has no limits."""
    if component.level in POSITIONS:
        return len(component.categories) - 1 or None
    if component.minimum is None or component.maximum is None:
        return None
    return float(component.maximum - component.minimum) or None


def margin_of(component: PublishedComponent) -> float | None:
    """The difference within which two groups count as the same: an eighth of a scale, a tenth of a range, of shares 0.1."""
    length = 1.0 if component.level == "binary" else scale_length(component)
    if component.level == "nominal" or length is None:
        return None
    return length * (MARGIN_OF_POSITIONS if component.level in POSITIONS else MARGIN_OF_NUMBERS)


def pooled_means(component: PublishedComponent) -> dict[Group, float | None]:
    """Each published panel's mean, drawn towards the common one as far as its noise warrants (REML). Panels without spread take the pooled one."""
    if component.level not in ORDERED or len(component.panels) < 2:
        return {}
    answers = [component.answers(panel) for panel in component.panels]
    sizes = np.array([given.size for given in answers])
    # Not by the squares alone: 33.3 said by seven has a mean that is not quite 33.3, and would count as known without error.
    squares = np.array([((given - given.mean()) ** 2).sum() if np.ptp(given) > 0 else 0.0 for given in answers])
    if squares.sum() == 0:
        return {}
    common = squares.sum() / (sizes - 1).sum()
    variances = np.where(squares > 0, squares / np.maximum(sizes - 1, 1), common) / sizes
    pooled = statistics.partial_pooling([given.mean() for given in answers], variances)
    return dict(zip(component.panels, pooled.shrunken, strict=True))


def _ordered(component: PublishedComponent, answers: Sequence[Any], first: Any, second: Any) -> Columns:
    margin = margin_of(component)
    numbered = np.repeat(np.arange(len(answers)), [given.size for given in answers])
    values, counts = value_histograms(np.concatenate(answers), numbered, len(answers))
    gaps = pair_gaps(values, counts, first, second, span=scale_length(component), margin=margin)
    few = np.minimum(gaps.means.n[first], gaps.means.n[second]) < LEAST_FOR_BRUNNER_MUNZEL
    found = {
        "median_first": gaps.medians[first], "median_second": gaps.medians[second], "difference_medians": gaps.difference_of_medians,
        "mean_first": gaps.means.mean[first], "mean_second": gaps.means.mean[second],
        "difference_means": gaps.mean_differences.difference, "means_low": gaps.mean_differences.low, "means_high": gaps.mean_differences.high,
        "hodges_lehmann": gaps.shifts.hodges_lehmann, "hl_low": gaps.shifts.low, "hl_high": gaps.shifts.high,
        "cliffs_delta": gaps.dominance.cliffs_delta, "delta_low": gaps.dominance.delta_low, "delta_high": gaps.dominance.delta_high,
        "emd": gaps.distances.emd, "emd_normalised": gaps.distances.emd_normalised,
        "p_mann_whitney": gaps.dominance.p_mann_whitney, "p_brunner_munzel": np.where(few, np.nan, gaps.dominance.p_brunner_munzel),
        "p_welch": gaps.mean_differences.p_welch,
    }
    columns: Columns = {name: listed(column) for name, column in found.items()}
    columns.update(resampled_intervals(values, counts, gaps, scale_length(component)))
    columns["magnitude"] = [magnitude(delta) for delta in columns["cliffs_delta"]]
    if gaps.equivalences is not None:
        alike = gaps.equivalences
        # Where neither side varies the difference itself is all that there is to judge by, as in role gaps.
        is_point = gaps.means.squared_error[first] + gaps.means.squared_error[second] == 0
        equivalent = np.where(is_point, np.abs(gaps.mean_differences.difference) < margin, alike.equivalent)
        limits = listed(alike.low), listed(alike.high)
        columns.update(_equivalence(len(first), margin, listed(equivalent)), equivalence_low=limits[0], equivalence_high=limits[1])
    return columns


def _equivalence(size: int, margin: float | None, equivalent: Sequence[float | None]) -> Columns:
    words = [None if found is None else "yes" if found else "no" for found in equivalent]
    return {"margin": [margin] * size, "equivalent": words}


def _over_categories(component: PublishedComponent, histograms: Sequence[list[float] | None], first: Any, second: Any) -> Columns:
    """What is worked out from the published histograms: total variation, and the tests of answers without an order."""
    if any(histogram is None for histogram in histograms):
        return {}
    table = np.array(histograms, dtype=np.int64)
    pairs = nominal_pairs(table, first, second)
    found: Columns = {"total_variation": listed(pairs.total_variation)}
    if component.level in ORDERED:
        return found
    found["p_options"] = _tests_of_options(table, pairs)
    if component.level == "nominal":
        found["cramers_v"] = listed(pairs.cramers_v_corrected)
        return found
    return {**found, **_shares(component, table, first, second)}


def _tests_of_options(table: Any, pairs: NominalPairs) -> list[float | None]:
    """Chi-square's p; Fisher's exact one where an option that was chosen expects too few answers of a group."""
    found = listed(pairs.p_value)
    for place, (first, second) in enumerate(zip(pairs.first, pairs.second, strict=True)):
        rows = table[[first, second]]
        together = rows.sum(axis=0)
        rows, total = rows[:, together > 0], together.sum()
        if found[place] is None or total > MOST_FOR_FISHER:
            continue
        if (np.outer(rows.sum(axis=1), rows.sum(axis=0)) / total).min() < LEAST_EXPECTED:
            found[place] = statistics.nominal_gap(rows).p_fisher
    return found


def _shares(component: PublishedComponent, table: Any, first: Any, second: Any) -> Columns:
    """Shares of yes with Newcombe's interval; equivalent where his 90 % interval lies within the margin."""
    yes, sizes = table[:, component.categories.index("1")], table.sum(axis=1)
    gap, narrow = share_pairs(yes, sizes, first, second), share_pairs(yes, sizes, first, second, level=0.90)
    margin = margin_of(component) or 0.0
    found = {"difference_shares": gap.difference, "share_low": gap.low, "share_high": gap.high,
             "equivalence_low": narrow.low, "equivalence_high": narrow.high}
    within = np.where(np.isnan(narrow.difference), np.nan, (narrow.low > -margin) & (narrow.high < margin))
    return {**{name: listed(column) for name, column in found.items()}, **_equivalence(len(first), margin, listed(within))}
