"""attrition.csv: who left between two rounds, whether that changed the picture, and what would hold had they stayed.

Rows about all items count responses. Rows of an item are about answers: leavers are a group of their own, so figures of them are told only
where every figure over pairs may be; otherwise verdicts alone, and only those that follow from published counts.
"""

from collections.abc import Iterator, Mapping

from analysis import statistics
from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.round_data import RoundData
from analysis.statistics.gaps.dominance import cliffs_delta_of
from analysis.statistics.gaps.rank_tests import mann_whitney_p
from analysis.tables.base import Closing, Family, Table, Values, number, text
from analysis.tables.families import family_named
from analysis.tables.stayed_verdicts import verdicts_had_they_stayed
from analysis.tables.two_rounds import counts, earlier_figures, is_fine

SMALLEST_FOR_A_VERDICT = 5
SIGNIFICANT = 0.05
COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds and for rows about all items"),
    text("level", "the component's measurement level; empty for rows about all items"),
    text("group_type", "all, theatre or panel"),
    text("group", "the code of the theatre or panel, else the group type"),
    number("previous_round", "the round compared with; for rows about all items the latest one"),
    number("n_before", "valid answers then; for rows about all items: responses that counted then"),
    number("n_stayed", "those of them with one in this round"),
    number("n_left", "those without"),
    number("n_joined", "in this round and not then"),
    number("retention", "0 to 1: stayed, of those there before"),
    number("retention_low", "lower end of its 95 % interval (Wilson)"),
    number("retention_high", "upper end"),
    number("median_leavers", "median of the leavers' last answers"),
    number("median_stayers", "median of the same round's answers of those who stayed"),
    number("cliffs_delta", "-1 to 1: how often a leaver's last answer was above a stayer's, less how often below"),
    number("p_leavers", "Mann-Whitney test of the two, no continuity correction"),
    text("family", "the p values that are corrected together: all items of the level for this group; a grid's cells, and IDEA's confidence, are families of "
                   "their own; empty for rows about all items"),
    number("p_leavers_holm", "corrected over the family, from 5 leavers and 5 stayers on (Holm 1979)"),
    text("leavers_differ", "yes where p_leavers_holm is below 0.05, else not_shown_to; from 5 leavers and 5 stayers on"),
    number("iqr_change", "interquartile range: this round's among those who stayed, less the earlier one's of all"),
    number("iqr_change_attrition", "the part that leaving alone brought"),
    number("iqr_change_revision", "the part that revised answers brought"),
    number("sd_change", "the same for the standard deviation"),
    number("sd_change_attrition", "the part that leaving alone brought"),
    number("sd_change_revision", "the part that revised answers brought"),
    text("consensus", "the published verdict"),
    text("consensus_had_they_stayed", "the verdict had the leavers given their last answer again; undecided where it may hang on protected answers"),
    text("consensus_at_best", "the verdict had they all answered as it suits consensus best, of the ways looked at; never hangs on protected answers"),
    text("consensus_at_worst", "the same as it suits consensus least"),
    text("status", "ok; partly: only what follows from the published rows; protected"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        if component.previous is not None:
            yield from (row_of(item, component, group) for group in component.groups if group.kind != "equal_weight")


def row_of(item: PublishedItem, component: PublishedComponent, group: Group) -> Values:
    found = {
        "component": component.code, "level": component.level, "group_type": group.kind, "group": group.code, "family": family_named(item, component),
        "previous_round": item.previous_round, **counts_of_answers(component, group), "consensus": component.figures(group)["consensus"],
    }
    if found["n_stayed"] is None:
        return {**found, "status": "protected"}
    fine = is_fine(item, component, group)
    found.update(verdicts_had_they_stayed(item, component, group, fine))
    if fine and component.level != "nominal":
        found.update(comparison_with_stayers(component, group), **parts_of_the_change(component, group, item.quantile_type))
    return {**found, "status": "ok" if fine else "partly"}


def counts_of_answers(component: PublishedComponent, group: Group) -> Values:
    known = counts(component, group)
    if known["n_leavers"] is None or earlier_figures(component, group) is None:
        return {"n_before": known["n_before"], "n_stayed": None}
    stayed = known["n_before"] - known["n_leavers"]
    return {**retention(stayed, known["n_before"]), "n_left": known["n_leavers"], "n_joined": known["n_joiners"]}


def retention(stayed: int, before: int) -> Values:
    share = statistics.percent_agreement(stayed, before)
    return {"n_before": before, "n_stayed": stayed, "retention": share.share, "retention_low": share.low, "retention_high": share.high}


def comparison_with_stayers(component: PublishedComponent, group: Group) -> Values:
    """The leavers' last answers beside those that the others gave in the same round."""
    gone, stayed = component.leavers(group), component.paired(group)[0]
    if not len(gone) or not len(stayed):
        return {}
    medians = [statistics.spread(answers).median for answers in (gone, stayed)]
    delta, p = cliffs_delta_of(gone, stayed), mann_whitney_p(gone, stayed)
    return {"median_leavers": medians[0], "median_stayers": medians[1], "cliffs_delta": delta, "p_leavers": p}


def parts_of_the_change(component: PublishedComponent, group: Group, quantile_type: int) -> Values:
    gone, (before, after) = component.leavers(group), component.paired(group)
    found = statistics.attrition_decomposition([*before, *gone], [*after, *[None] * len(gone)], quantile_type)
    return {
        "iqr_change": found.iqr_change_total, "iqr_change_attrition": found.iqr_change_attrition, "iqr_change_revision": found.iqr_change_revision,
        "sd_change": found.sd_change_total, "sd_change_attrition": found.sd_change_attrition, "sd_change_revision": found.sd_change_revision,
    }


def rows_of_round(closing: Closing) -> Iterator[Values]:
    """How many responses stayed, left and joined: how many took part is no secret, what they said is."""
    data, before = closing.round.data, latest_earlier_round(closing)
    if before is not None:
        for group in data.groups:
            if group.kind != "equal_weight" and (group.kind, group.code) in before.members:
                yield row_of_responses(data, before, group)


def latest_earlier_round(closing: Closing) -> RoundData | None:
    earlier = [item.components[0].previous for item in closing.round.items]
    return max((there.data for there in earlier if there is not None), key=lambda data: data.meta["round"], default=None)


def row_of_responses(data: RoundData, before: RoundData, group: Group) -> Values:
    now, then = responded(data, group), responded(before, group)
    return {
        "group_type": group.kind, "group": group.code, "previous_round": before.meta["round"], **retention(len(now & then), len(then)),
        "n_left": len(then - now), "n_joined": len(now - then), "status": "ok",
    }


def responded(data: RoundData, group: Group) -> set[str]:
    here = data.members[group.kind, group.code] & data.submitted
    return {code for code, counts_here in zip(data.panelists, here, strict=True) if counts_here}


def leavers_of_group(row: Mapping[str, object]) -> tuple[str, float] | None:
    p, sizes = row["p_leavers"], (row["n_left"], row["n_stayed"])
    enough = isinstance(p, float) and all(isinstance(n, int) and n >= SMALLEST_FOR_A_VERDICT for n in sizes)
    return (f"{row['group_type']} {row['group']} {row['family']}", p) if enough and isinstance(p, float) else None


def put_leavers_verdict(row: Values, p: float) -> None:
    row.update(p_leavers_holm=p, leavers_differ="yes" if p < SIGNIFICANT else "not_shown_to")


TABLE = Table("attrition", COLUMNS, of_item=rows, of_round=rows_of_round, families=(Family(leavers_of_group, put_leavers_verdict),))
