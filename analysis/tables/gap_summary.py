"""Over all items of a round: how far two groups lie apart on the whole, on how many they differ or agree, and whether they order items alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from analysis import statistics
from analysis.published import PublishedRound
from analysis.tables.base import Closing, Values
from analysis.tables.families import is_about_the_question
from analysis.tables.gap_figures import POSITIONS, scale_length
from analysis.tables.gap_means import PAIR, mean_intervals

LEAST_FOR_CORRELATION = 3
DIFFERENT = ("different", "different_but_small")


def rows_about_all_items(closing: Closing) -> Iterator[Values]:
    """For each pair one row over all levels, and one for each level. Items with too few answers for a verdict are not compared."""
    by_pair: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for row in closing.item_rows("gaps"):
        if row["verdict"] not in (None, "not_assessed") and is_about_the_question(row["kind"], row["component"]):
            by_pair[tuple(row[name] for name in PAIR)].append(row)
    intervals = mean_intervals(closing.round, by_pair)
    for pair, compared in by_pair.items():
        named, found = dict(zip(PAIR, pair, strict=True)), totals(compared)
        yield {**named, **found, **intervals.of(pair, found)}
        for level in dict.fromkeys(row["level"] for row in compared):
            of_level = [row for row in compared if row["level"] == level]
            found = totals(of_level)
            yield {**named, "level": level, **found, **intervals.of(pair, found, level), **order_of_items(closing.round, of_level)}


def totals(compared: Sequence[Values]) -> Values:
    """Means are over items, each of which counts once however many components it has."""
    verdicts = [row["verdict"] for row in compared]
    return {
        "n_items": len({row["item"] for row in compared}), "n_compared": len(compared),
        "n_different": sum(verdict in DIFFERENT for verdict in verdicts), "n_same": verdicts.count("same"),
        "n_undecided": verdicts.count("undecided"),
        "mean_emd_normalised": mean_over_items((row["item"], row["emd_normalised"]) for row in compared),
        "mean_absolute_delta": mean_over_items((row["item"], None if row["cliffs_delta"] is None else abs(row["cliffs_delta"])) for row in compared),
        "mean_total_variation": mean_over_items((row["item"], row["total_variation"]) for row in compared),
    }


def mean_over_items(values: Iterable[tuple[str, float | None]]) -> float | None:
    by_item: dict[str, list[float]] = defaultdict(list)
    for item, value in values:
        if value is not None:
            by_item[item].append(value)
    return float(np.mean([np.mean(found) for found in by_item.values()])) if by_item else None


def order_of_items(published: PublishedRound, compared: Sequence[Values]) -> Values:
    """Spearman's correlation of the two groups' medians, each as its place on its own scale."""
    places = [place for row in compared if (place := _places(published, row)) is not None]
    if len(places) < LEAST_FOR_CORRELATION:
        return {}
    first, second = zip(*places, strict=True)
    return {"n_ordered": len(places), "rank_correlation": statistics.rank_correlation(first, second).spearman}


def _places(published: PublishedRound, row: Values) -> tuple[float, float] | None:
    component = published.by_code[row["item"]].component(row["component"] or "")
    length = None if component is None else scale_length(component)
    if component is None or length is None or row["median_first"] is None or row["median_second"] is None:
        return None
    lowest = 1.0 if component.level in POSITIONS else float(component.minimum)
    return (row["median_first"] - lowest) / length, (row["median_second"] - lowest) / length
