"""The lines of one item: each component, for everybody, panels of equal weight and theatres, under each rule."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.registered import holds
from analysis.rows import Row
from analysis.rules import NOT_ASSESSED, NOT_REACHED, REACHED, Facts, Judged, judge_consensus
from analysis.tables.base import Values
from analysis.tables.registered_rules import consensus_rule, facts
from analysis.tables.sensitivity.catalogue import COMET, SHORTER_SCALES, WHOLE_RANKING, Rule, catalogue, in_words, same

LOOKED_AT = ("all", "equal_weight", "theatre")


def rows(item: PublishedItem) -> Iterator[Values]:
    for row in item.whole:
        if not row.suppressed and row.group.kind in LOOKED_AT:
            yield from whole_lines(item, row)
    for component in item.components:
        for group in component.groups:
            if group.kind in LOOKED_AT and component.figures(group)["n"]:
                yield from lines(component, group)


def lines(component: PublishedComponent, group: Group) -> Iterator[Values]:
    """The registered rule comes first where it is none of the common ones."""
    registered, known = consensus_rule(component), facts(component, group)
    rules = catalogue(component.level, known.categories if component.level == "ordinal" else 0, component.minimum, component.maximum)
    if registered is not None and not any(same(registered, rule) for rule in rules):
        rules.insert(0, registered)
    common = {"component": component.code, "level": component.level, "group_type": group.kind, "group": group.code, "n": len(known.answers)}
    for rule, judged in judgements(rules, component, group, known, None):
        yield {**common, **line(rule, judged), "registered": "yes" if same(registered, rule) else "no"}
    for points in shorter_scales(component):
        for rule, judged in judgements(catalogue("ordinal", points, None, None), component, group, brought_together(known, points), points):
            yield {**common, **line(rule, judged), "points": points, "registered": "no"}


def line(rule: Rule, judged: Judged) -> Values:
    return {"rule": rule["rule"], "parameters": in_words(rule), "value": judged.value, "consensus": judged.verdict}


def judgements(rules: list[Rule], component: PublishedComponent, group: Group, known: Facts, points: int | None) -> Iterator[tuple[Rule, Judged]]:
    """Rules that differ in their threshold alone compare the same value, which is worked out once."""
    values: dict[tuple[str, str], Judged] = {}
    for rule in rules:
        name = (rule["rule"], str(rule.get("band")))
        if rule is COMET:
            if group.kind == "all":
                yield rule, comet(component, points)
            continue
        if name not in values:
            values[name] = coefficient_of_variation(rule, component, group) if rule["rule"] == "cv" else judge_consensus(rule, known)
        yield rule, against(rule, values[name])


def against(rule: Rule, judged: Judged) -> Judged:
    if judged.value is None or rule["rule"] == "rand":
        return judged
    return Judged(REACHED if holds(rule, judged.value) else NOT_REACHED, judged.value)


def coefficient_of_variation(rule: Rule, component: PublishedComponent, group: Group) -> Judged:
    row = component.figures(group)
    if row["sd"] is None or not row["mean"]:
        return Judged()
    return Judged(value=row["sd"] / abs(row["mean"]))


def comet(component: PublishedComponent, points: int | None) -> Judged:
    """Of the panels that may be shown, the share that meets the rule. A protected panel may not, so it leaves "reached" open."""
    size = len(component.categories)
    ratings = {panel.code: places(size, points)[component.answers(panel).astype(int) - 1] for panel in component.panels}
    if not ratings:
        return Judged()
    found = statistics.comet_rule(ratings)
    share = float(np.mean([bool(meets) for meets in found.by_group.values()]))
    if not found.consensus:
        return Judged(NOT_REACHED, share)
    return Judged(NOT_ASSESSED if component.protected_panels else REACHED, share)


def shorter_scales(component: PublishedComponent) -> list[int]:
    return [points for points in SHORTER_SCALES if component.level == "ordinal" and points < len(component.categories)]


def places(size: int, points: int | None) -> Any:
    """For each position of a scale the position on a shorter one: its middle decides, so both halves are cut alike."""
    positions = np.arange(1.0, size + 1)
    return positions if points is None else np.floor((positions - 0.5) * points / size) + 1


def brought_together(known: Facts, points: int) -> Facts:
    """The same answers on a shorter scale."""
    place = places(known.categories, points)
    answers = place[known.answers.astype(int) - 1]
    histogram = np.bincount(place.astype(int) - 1, weights=known.histogram, minlength=points).tolist()
    spread: Any = statistics.spread(answers, known.quantile_type) if known.weights is None else statistics.weighted_spread(answers, known.weights)
    return replace(known, categories=points, histogram=histogram, median=spread.median, iqr=spread.iqr, sd=spread.sd, answers=answers)


def whole_lines(item: PublishedItem, row: Row) -> Iterator[Values]:
    """A ranking as a whole: Kendall's W, which panels of equal weight do not have."""
    group, n = row.group, row.figures["n"]
    if not n:
        return
    registered = consensus_rule(item.components[0])
    rules: list[Mapping[str, Any]] = [*([registered] if registered and not any(same(registered, rule) for rule in WHOLE_RANKING) else []), *WHOLE_RANKING]
    shown = any((group.kind, group.code) == (other.kind, other.code) for other in item.groups)
    w = statistics.kendall_w(item.matrix(group)).w if shown and group.kind != "equal_weight" else None
    for rule in rules:
        judged = Judged() if w is None or rule["rule"] != "kendall_w" else against(rule, Judged(value=w))
        common = {"component": "", "level": "rank", "group_type": group.kind, "group": group.code, "n": n}
        yield {**common, **line(rule, judged), "registered": "yes" if same(registered, rule) else "no"}
