"""linked.csv: questions that ask the same of two theatres, compared by those who answered both, and by each theatre's own allies."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem, PublishedRound
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.gap_figures import Given, compared
from analysis.tables.gap_pairs import is_published, sides
from analysis.tables.gaps import p_of

COLUMNS = (
    text("first_item", "the item whose same_as names the other"),
    text("second_item", "the item that asks the same of another theatre; every difference is first minus second"),
    text("component", "which plain number in the answer; empty for one-number kinds"),
    text("level", "the component's measurement level"),
    text("view", "same_experts: a group's experts who answered both; own_theatres: each theatre's allies on the question about their own theatre"),
    text("first_type", "all, theatre, panel, or side (a theatre without the panels that stand in both)"),
    text("first", "whose answers to the first item are compared"),
    text("second_type", "as first_type"),
    text("second", "whose answers to the second item; in same_experts the same group"),
    text("left_out", "own_theatres: panels in both theatres, which neither side counts, joined by |"),
    number("n_first", "valid answers of the first to the first item"),
    number("n_second", "valid answers of the second to the second item"),
    number("n_both", "same_experts: how many answered both; all that follows is over them"),
    number("median_first", "median of the answers to the first item"),
    number("median_second", "median of the answers to the second item"),
    number("difference_medians", "difference of the medians"),
    number("mean_difference", "difference of the means"),
    number("hodges_lehmann", "same_experts: median of the means of all two experts' differences; own_theatres: median of all differences between the groups"),
    number("percent_different", "same_experts, 0 to 100: how many answered the two items differently"),
    number("rank_biserial", "same_experts, -1 to 1: balance of the signed ranks, those without a difference left out"),
    number("cliffs_delta", "own_theatres, -1 to 1: as in gaps.csv"),
    number("spearman", "same_experts, -1 to 1: rank correlation of the two answers"),
    text("test", "wilcoxon (signed ranks, Pratt), mcnemar (exact), stuart_maxwell; own_theatres: mann_whitney or options (as p_options in gaps.csv)"),
    number("p_value", "its two-sided p"),
    number("p_holm", "corrected over all linked components of the same view and groups (Holm 1979)"),
    text("status", "ok, insufficient_n, no_variation, not_applicable or protected"),
    text("reason", "why, where the status is not ok"),
)
PROTECTED: Values = {"status": "protected", "reason": "The figures may not be told."}
WITH_PAIRS = {"n_pairs": 0}


class BothItems(PublishedComponent):
    """A component of one item, and in place of the earlier round the same component of another."""

    @cached_property
    def fine_groups(self) -> list[Group]:
        return self.decided_anew()


def rows_about_all_items(closing: Closing) -> list[Values]:
    found = [row for item, other in links(closing.round) for row in rows_of_link(item, other)]
    families: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for row in found:
        if row.get("p_value") is not None:
            families[row["view"], row["first"], row["second"]].append(row)
    for family in families.values():
        for row, p in zip(family, statistics.adjust_p_values([row["p_value"] for row in family], "holm"), strict=True):
            row["p_holm"] = p
    return found


def links(published: PublishedRound) -> Iterator[tuple[PublishedItem, PublishedItem]]:
    """Items with the one that they name; without those whose other item is not asked in this round."""
    for item in published.items:
        other = published.by_code.get(item.meta["same_as"])
        if other is not None:
            yield item, other


def rows_of_link(item: PublishedItem, other: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        there = other.component(component.code)
        named: Values = {"first_item": item.code, "second_item": other.code, "component": component.code, "level": component.level}
        if there is None or (there.level, there.categories) != (component.level, component.categories):
            yield {**named, "status": "not_applicable", "reason": "The two items do not offer the same answers."}
            continue
        yield from ({**named, **row} for row in same_experts(component, there))
        yield from ({**named, **row} for row in own_theatres(item, other, component, there))


def same_experts(component: PublishedComponent, there: PublishedComponent) -> Iterator[Values]:
    """Who answered one item and not the other is a group too, as between rounds: the same disclosure control decides (`decided_anew`)."""
    marked = [replace(row, figures={**row.figures, **WITH_PAIRS}) for row in component.rows.values()]
    both = BothItems(component.data, component.item, component.meta, marked, previous=there)
    for group in component.groups:
        if group.kind == "equal_weight" or there.group(group.kind, group.code) is None:
            continue
        named = {"view": "same_experts", "first_type": group.kind, "first": group.code, "second_type": group.kind, "second": group.code}
        if not both.is_fine(group):
            yield {**named, **PROTECTED}
            continue
        second, first = both.paired(group)
        sizes = {"n_first": component.n(group), "n_second": there.n(group), "n_both": first.size}
        yield {**named, **sizes, **paired_figures(component, first, second)}


def paired_figures(component: PublishedComponent, first: Any, second: Any) -> Values:
    if first.size == 0:
        return {"status": "insufficient_n", "reason": "Nobody answered both."}
    found: Values = {"percent_different": statistics.change(second, first).percent_changed, "status": "ok"}
    if component.level in ("nominal", "binary"):
        return {**found, **_tested_by_table(component, first, second)}
    medians = [float(np.median(given)) for given in (first, second)]
    tested = statistics.wilcoxon_signed_rank(second, first)
    return {
        **found, "median_first": medians[0], "median_second": medians[1], "difference_medians": medians[0] - medians[1],
        "mean_difference": float((first - second).mean()), "hodges_lehmann": tested.hodges_lehmann, "rank_biserial": tested.rank_biserial,
        "spearman": statistics.rank_correlation(second, first).spearman, "test": "wilcoxon", "p_value": tested.p_value,
    }


def _tested_by_table(component: PublishedComponent, first: Any, second: Any) -> Values:
    """Whether the two items' answers are distributed alike, going by the table of who answered what."""
    size = len(component.categories)
    table = np.bincount((second * size + first).astype(np.int64), minlength=size * size).reshape(size, size)
    if component.level == "binary":
        return {"mean_difference": float((first - second).mean()), "test": "mcnemar", "p_value": statistics.mcnemar(table).p_exact}
    return {"test": "stuart_maxwell", "p_value": statistics.marginal_homogeneity(table).stuart_maxwell_p}


def own_theatres(item: PublishedItem, other: PublishedItem, component: PublishedComponent, there: PublishedComponent) -> Iterator[Values]:
    """Each theatre's side on the item about it; only where both items name their theatre."""
    theatres: Mapping[str, Group] = {group.code: group for group in item.data.groups if group.kind == "theatre"}
    here, elsewhere = theatres.get(item.meta["theatre"]), theatres.get(other.meta["theatre"])
    if here is None or elsewhere is None or here == elsewhere:
        return
    pair = next(iter(sides(here, elsewhere)), None)
    if pair is None or (pair.first.code, pair.second.code) != (here.code, elsewhere.code):
        return
    named = {"view": "own_theatres", "first_type": pair.first.kind, "first": pair.first.code,
             "second_type": pair.second.kind, "second": pair.second.code, "left_out": "|".join(pair.left_out)}
    if not is_published(component, pair.first) or not is_published(there, pair.second):
        yield {**named, **PROTECTED}
        return
    given = Given([component.answers(pair.first), there.answers(pair.second)], [component.histogram(pair.first), there.histogram(pair.second)])
    yield {**named, **independent_figures(next(compared(component, given, [0], [1])))}


def independent_figures(row: Values) -> Values:
    columns = ("n_first", "n_second", "median_first", "median_second", "difference_medians", "hodges_lehmann", "cliffs_delta")
    found = {name: row[name] for name in columns if name in row}
    difference = row.get("difference_means", row.get("difference_shares"))
    if min(row["n_first"], row["n_second"]) == 0:
        return {**found, "status": "insufficient_n", "reason": "A side has no answer."}
    test = "mann_whitney" if "p_mann_whitney" in row else "options"
    status = {"status": "ok"} if p_of(row) is not None else {"status": "no_variation", "reason": "All answers of both are equal."}
    return {**found, "mean_difference": difference, "test": test, "p_value": p_of(row), **status}


TABLE = Table("linked", COLUMNS, of_round=rows_about_all_items)
