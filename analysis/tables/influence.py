"""influence.csv: what each verdict over everybody, and over each theatre, would be without one ally.

Only where shown rows, or figures over pairs that may be told, give all the others. (Verdicts on two allies, as in gaps.csv, do not hang on a third.)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.disclosure import Group
from analysis.published import PublishedItem
from analysis.rows import Row
from analysis.rules import NOT_ASSESSED, outcome_of
from analysis.tables.base import Closing, Table, Values, number, text
from analysis.tables.gaps_without_an_ally import RolesWithoutAnAlly, disagreement_without
from analysis.tables.split_disagreement import SplitDisagreement, split_of_item, split_of_round
from analysis.tables.spread_without_an_ally import BESIDE, FAMILY, spread_without
from analysis.tables.without_an_ally import OTHERS, OrderWithoutAnAlly, WithoutAnAlly

COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds, for a ranking as a whole, and in rows about all items"),
    text("level", "the component's measurement level; empty in rows about all items"),
    text("group_type", "all: every answer once; equal_weight: every panel weighs the same; theatre: every answer of its panels once"),
    text("group", "all, equal_weight, or the theatre's code"),
    text("without", "the panel left out; beside a theatre one of its own"),
    text("consensus", "the group's published verdict"),
    text("consensus_without", "the same without the panel; empty where it may not be told"),
    text("stability", "the group's published verdict"),
    text("stability_without", "the same without the panel; empty where it may not be told"),
    text("outcome", "the published outcome class"),
    text("outcome_without", "the same without the panel"),
    text("changes", "yes where one of these verdicts without the panel is another one, no where both are the same, empty where that may not be told"),
    text("disagreement", "all, theatre: does the gap between the panels narrow? The verdict of disagreement.csv; empty without one"),
    text("disagreement_without", "the same without the panel; empty where it is not among those compared since, or one of two, or nothing is assessed"),
    text("disagreement_changes", "yes where that is another verdict, no where it is the same"),
    text("spread", "all, theatre: did the answers of those who answered twice draw together? The spread_verdict of convergence.csv; empty without one"),
    text("spread_family", "the p values of a kind that are corrected together, as in convergence.csv; here without the panel"),
    number("spread_ratio_without", "after / before, without the panel: mean absolute deviation from the median of those who answered twice"),
    number("p_spread_without", "permutation test of its change, the rounds swapped within experts, before correction; empty where figures over pairs of the "
                               "group or of the panel may not all be told, and from fewer than 5 others"),
    text("spread_without", "narrower or wider where the p corrected over the family (Holm 1979) is below 0.05, else no_clear_change"),
    text("spread_changes", "yes where that is another verdict, no where it is the same"),
    text("role_gap", "all, cells of a role grid: the verdict of roles.csv on the target's gap"),
    text("role_gap_without", "the same without the panel among the others; empty in its own cells, and where its row is protected"),
    text("role_narrowing", "all, cells of a role grid: narrowing in roles.csv"),
    text("role_narrowing_without", "the same without the panel among the others"),
    text("role_changes", "yes where one of these two is another one without the panel, no where both are the same"),
    number("n_judged", "rows about all items: components of which changes is known"),
    number("n_changed", "rows about all items: those of them where it is yes"),
    number("n_consensus_gained", "rows about all items: consensus only without the panel"),
    number("n_consensus_lost", "rows about all items: consensus only with the panel"),
    number("n_disagreement_judged", "rows about all items: components of which disagreement_changes is known"),
    number("n_disagreement_changed", "rows about all items: those of them where it is yes"),
    number("n_spread_judged", "rows about all items: components of which spread_changes is known"),
    number("n_spread_changed", "rows about all items: those of them where it is yes"),
    number("n_roles_judged", "rows about all items: cells of which role_changes is known"),
    number("n_roles_changed", "rows about all items: those of them where it is yes"),
    text("status", "of consensus and stability: ok; partly: consensus alone may be told; protected"),
    text("reason", "why, where the status is not ok"),
)
PROTECTED = "The others' figures do not follow from rows that are shown."
PARTLY = "The others' figures of the earlier round, or of those who answered twice, do not follow from what is shown."


def rows(item: PublishedItem) -> Iterator[Values]:
    first, groups = item.components[0], item.data.groups
    for row in item.whole:
        orders = (OrderWithoutAnAlly(first, row.group, ally, item.components) for ally in allies(row.group, groups))
        yield from ({"component": "", "level": "rank", **found} for found in rows_without_each(row, orders))
    roles = RolesWithoutAnAlly(item)
    for component in item.components:
        splits = by_group(split_of_item(item)[component.code])
        named = {"component": component.code, "level": component.level}
        for row in component.rows.values():
            without = {ally.code: WithoutAnAlly(component, row.group, ally) for ally in allies(row.group, groups)}
            for found in rows_without_each(row, without.values()):
                ally = found["without"]
                found |= disagreement_without(splits.get((row.group.kind, row.group.code)), ally) | spread_without(item, component, without[ally])
                yield {**named, **found, **(roles.of(component.code, ally) if row.group.kind == "all" else {})}


def by_group(splits: Sequence[SplitDisagreement]) -> dict[tuple[str, str], SplitDisagreement]:
    return {(split.comparison.group.kind, split.comparison.group.code): split for split in splits}


def allies(group: Group, groups: Sequence[Group]) -> list[Group]:
    """The panels whose absence is looked at: of a theatre those that belong to it; none where nobody else is left."""
    if group.kind not in OTHERS or len(group.panels) < 2:
        return []
    return [panel for panel in groups if panel.kind == "panel" and panel.code in group.panels]


def rows_without_each(row: Row, without: Iterable[WithoutAnAlly]) -> Iterator[Values]:
    """Nothing about allies without an answer: everybody but them is everybody."""
    for each in without:
        if not is_empty(each):
            yield {**named(row.group, each.ally), **(PROTECTED_ROW if row.suppressed else judged(row.figures, each))}


def named(group: Group, ally: Group) -> Values:
    return {"group_type": group.kind, "group": group.code, "without": ally.code}


def is_empty(each: WithoutAnAlly) -> bool:
    """No answers of the ally, or of nobody else."""
    component = each.component
    alone = component.group("panel", each.ally.code) is not None and component.n(each.ally) == 0
    return alone or (each.may_be_told and each.n == 0)


PROTECTED_ROW: Values = {"status": "protected", "reason": PROTECTED}


def judged(published: Mapping[str, Any], without: WithoutAnAlly) -> Values:
    found: Values = {name: published[name] for name in ("consensus", "stability", "outcome")}
    consensus = without.consensus()
    if consensus is None:
        return {**found, **PROTECTED_ROW}
    stability = without.stability()
    found.update(consensus_without=consensus, stability_without=stability, outcome_without=stability and outcome_of(consensus, stability),
                 changes=changes(published, consensus, stability))
    return {**found, **({"status": "ok", "reason": ""} if stability else {"status": "partly", "reason": PARTLY})}


def changes(published: Mapping[str, Any], consensus: str, stability: str | None) -> str | None:
    if consensus != published["consensus"] or stability not in (None, published["stability"]):
        return "yes"
    return None if stability is None and published["stability"] != NOT_ASSESSED else "no"


def rows_of_round(closing: Closing) -> Iterator[Values]:
    """For each ally, on how many verdicts it makes a difference, and whether the gap over all items narrows without it."""
    by_ally: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for row in closing.item_rows("influence"):
        by_ally[row["group_type"], row["group"], row["without"]].append(row)
    groups, splits = closing.round.data.groups, by_group(split_of_round(closing.round))
    for group in groups:
        for ally in allies(group, groups):
            found = by_ally[group.kind, group.code, ally.code]
            if found:
                overall = disagreement_without(splits.get((group.kind, group.code)), ally.code)
                yield {**named(group, ally), **overall, **summed(found), "status": "ok", "reason": ""}


def summed(rows: list[Values]) -> Values:
    gained = [row for row in rows if row["consensus_without"] == "reached" and row["consensus"] == "not_reached"]
    lost = [row for row in rows if row["consensus_without"] == "not_reached" and row["consensus"] == "reached"]
    return {
        **counted(rows, "changes", ""), "n_consensus_gained": len(gained), "n_consensus_lost": len(lost),
        **counted(rows, "disagreement_changes", "disagreement_"), **counted(rows, "spread_changes", "spread_"), **counted(rows, "role_changes", "roles_"),
    }


def counted(rows: list[Values], name: str, which: str) -> Values:
    known = [row[name] for row in rows if row[name] is not None]
    return {f"n_{which}judged": len(known), f"n_{which}changed": known.count("yes")}


TABLE = Table("influence", COLUMNS, of_item=rows, of_round=rows_of_round, families=(FAMILY,), beside=BESIDE)
