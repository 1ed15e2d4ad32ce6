"""pools.csv: many experts' probabilities, quantiles and intervals as one, and how the pools did on questions whose answer is known."""

from collections.abc import Iterator

from analysis.published import PublishedItem
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.pools import intervals, performance, probabilities, quantiles

COLUMNS = (
    text("about_item", "rows about all items: the item that is spoken of, or, in a row without one seed, that seed; else empty"),
    text("component", "which plain number in the answer; empty for probabilities, and for figures of a pool as a whole"),
    number("probability", "quantiles: the probability with which the truth is said to lie below"),
    text("group_type", "all, equal_weight, theatre or panel"),
    text("group", "the code of the theatre or panel, else the group type"),
    text("weighting", "equal: experts weigh the same; panels: panels do; performance: by Cooke's classical model"),
    text("method", "linear, median, trimmed, geometric_mean_of_odds, logarithmic, probit, extremized, neyman_roughgarden; linear_pool, quantile_average; "
         "idea_mean; cooke"),
    text("parameter", "what the method was set to, in words"),
    text("figure", "pool: the pooled number, probabilities from 0 to 100; else what scores the pool: brier, log_score, pinball, interval_score (less is "
         "better), calibration (0 to 1), information, information_seeds (nats), combined (calibration x information_seeds)"),
    number("value", "the figure"),
    number("n", "experts whose answers are pooled"),
    text("status", "ok, insufficient_n or not_applicable"),
    text("reason", "why a figure is empty, or what to bear in mind"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    if item.kind == "probability":
        yield from probabilities.rows(item)
    elif item.kind == "quantiles" and item.meta.get("interval") == "idea":
        yield from intervals.rows(item)
    elif item.kind == "quantiles":
        yield from quantiles.rows(item)


def round_rows(closing: Closing) -> Iterator[Values]:
    """Cooke's model looks at all items that ask for the same quantiles."""
    asked: dict[tuple[str, ...], list[PublishedItem]] = {}
    for item in closing.round.items:
        if item.kind == "quantiles" and item.meta.get("interval") != "idea":
            asked.setdefault(tuple(component.code for component in item.components), []).append(item)
    for items in asked.values():
        yield from performance.rows(items)


TABLE = Table("pools", COLUMNS, of_item=rows, of_round=round_rows)
