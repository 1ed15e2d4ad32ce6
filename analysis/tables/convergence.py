"""convergence.csv: what changed between two rounds, over the experts who answered in both, and whether their answers drew together."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.disclosure import Group
from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Family, Table, Values, number, text
from analysis.tables.families import family_named
from analysis.tables.pair_figures import figures_over_pairs
from analysis.tables.two_rounds import changes_of_agreement, counts, is_fine

NARROWER, WIDER, NO_CLEAR_CHANGE = "narrower", "wider", "no_clear_change"
SMALLEST_FOR_A_VERDICT = 5
SIGNIFICANT = 0.05
COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds"),
    text("level", "the component's measurement level"),
    text("group_type", "all, equal_weight, theatre or panel"),
    text("group", "the code of the theatre or panel, else the group type"),
    number("previous_round", "the latest earlier round that asked the same wording; rows without one are left out"),
    number("n_before", "valid answers in that round; empty where its row is protected"),
    number("n_after", "valid answers in this round"),
    number("n_pairs", "experts who gave both; empty where figures over pairs are protected"),
    number("n_leavers", "answered then and not now"),
    number("n_joiners", "answer now and did not then"),
    text("paired_coarse", "yes: fewer than the minimum left or joined, so only percent_changed is told, as the middle of its fifth"),
    number("percent_changed", "0 to 100: experts who gave another answer (equal_weight: weighted)"),
    number("mean_change", "after minus before"),
    number("percent_within_one", "0 to 100: experts who moved by one step at most; scales and ranks"),
    number("kappa", "Cohen's kappa of the experts with themselves; components with categories"),
    number("weighted_kappa", "the same with quadratic weights; scales and ranks"),
    text("family", "the p values of a kind that are corrected together: all items of the level for this group; a grid's cells, and IDEA's confidence, are "
                   "families of their own"),
    number("p_wilcoxon", "Wilcoxon's signed-rank test, Pratt's zeros, exact up to 15 experts who moved; two-sided"),
    number("p_wilcoxon_holm", "corrected over the family, from 5 pairs on (Holm 1979)"),
    number("hodges_lehmann", "the middle of the means of all pairs of changes"),
    number("rank_biserial", "-1 to 1: weight of the upward moves among all moves, less that of the downward ones"),
    number("spearman", "rank correlation of before and after"),
    number("lin_ccc", "Lin's concordance of before and after; numbers"),
    number("lin_ccc_low", "lower end of its 95 % interval (Fisher's z)"),
    number("lin_ccc_high", "upper end"),
    number("p_homogeneity", "Stuart-Maxwell test of the shares of the options; single choice"),
    number("p_mcnemar", "McNemar's exact test; yes or no"),
    number("agreement_change", "van der Eijk's A, this round's less the earlier one's, over all answers of each; scales"),
    number("cns_change", "the same for Tastle and Wierman's consensus; scales"),
    number("entropy_change", "the same for the entropy, 0 to 1 of its largest value; components with categories"),
    number("sd_ratio", "after / before: standard deviation of those who answered twice"),
    number("iqr_ratio", "the same for the interquartile range (type 7)"),
    number("mean_abs_dev_ratio", "the same for the mean absolute deviation from the median"),
    number("p_pitman_morgan", "Pitman-Morgan test of the two standard deviations; assumes normal answers"),
    number("p_bonett_seier", "Bonett and Seier's robust test of the two mean absolute deviations"),
    number("p_sd", "permutation test of the log ratio of the standard deviations, the rounds swapped within experts"),
    number("p_iqr", "the same for the difference of the interquartile ranges"),
    number("p_mean_abs_dev", "the same for the difference of the mean absolute deviations"),
    number("p_mean_abs_dev_holm", "corrected over the family, from 5 pairs on (Holm 1979)"),
    text("permutation_method", "exact: all arrangements; drawn: random ones"),
    number("permutations", "how many arrangements"),
    number("seed", "of the random ones"),
    text("spread_verdict", "narrower or wider where p_mean_abs_dev_holm is below 0.05, else no_clear_change; from 5 pairs on"),
    number("shown_median", "everybody's published median of the earlier round, which the experts were shown unless the study's feedback has no distribution"),
    number("slope_shown", "least squares of change on distance to the shown median: 0 nobody followed, 1 all adopted it"),
    number("slope_others", "the same with the median of all others of the group, to set beside it"),
    number("p_slope_shown", "t test of slope_shown; a positive slope also comes from regression to the mean alone"),
    number("n_toward", "moved toward the shown median"),
    number("n_away", "moved away from it"),
    number("n_unmoved", "stood off it and did not move"),
    number("n_at_median", "stood at it already"),
    number("movers_without_reason_share", "0 to 1: of those who gave another answer; empty for fewer than the minimum"),
    text("status", "ok; partly: only what follows from the published rows; protected; insufficient_n; no_variation"),
    text("reason", "why a figure is empty"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        if component.previous is not None:
            for group in component.groups:
                yield row_of(item, component, group)


def row_of(item: PublishedItem, component: PublishedComponent, group: Group) -> Values:
    """Fine figures where they may be told, else what the published rows say by themselves."""
    row = component.figures(group)
    found = {
        "component": component.code, "level": component.level, "group_type": group.kind, "group": group.code, "family": family_named(item, component),
        "previous_round": item.previous_round, **counts(component, group), "n_pairs": row["n_pairs"], "paired_coarse": row["paired_coarse"],
        "percent_changed": row["percent_changed"], **changes_of_agreement(component, group),
    }
    if is_fine(item, component, group):
        return {**found, **figures_over_pairs(item, component, group)}
    return {**found, **standing_of_the_others(found)}


def standing_of_the_others(row: Mapping[str, Any]) -> Values:
    """Of rows without fine figures."""
    if row["n_pairs"] is None:
        return {"status": "protected", "reason": "Figures over those who answered twice may not be told."}
    if row["group_type"] == "equal_weight":
        return {"status": "partly", "reason": "Where panels weigh equally only the share of those who changed is worked out over pairs."}
    return {"status": "partly", "reason": "Of those who answered twice not every figure may be told."}


def put_spread_verdict(row: Values, p: float) -> None:
    row["p_mean_abs_dev_holm"] = p
    row["spread_verdict"] = NO_CLEAR_CHANGE
    if p < SIGNIFICANT:
        row["spread_verdict"] = direction_of(row["mean_abs_dev_ratio"])


def direction_of(ratio: float | None) -> str:
    """Of a spread that changed; without any before there is no ratio."""
    return WIDER if ratio is None or ratio > 1 else NARROWER


def of_group(name: str) -> Any:
    """The p values of that name over a group's family; none from too few pairs."""

    def take(row: Mapping[str, Any]) -> tuple[str, float] | None:
        p = row[name]
        enough = p is not None and (row["n_pairs"] or 0) >= SMALLEST_FOR_A_VERDICT
        return (f"{row['group_type']} {row['group']} {row['family']}", p) if enough else None

    return take


FAMILIES = (
    Family(of_group("p_wilcoxon"), lambda row, p: row.update(p_wilcoxon_holm=p)),
    Family(of_group("p_mean_abs_dev"), put_spread_verdict),
)
TABLE = Table("convergence", COLUMNS, of_item=rows, families=FAMILIES)
