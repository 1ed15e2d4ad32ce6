"""gaps.csv: how far every two panels, and every two theatres, lie apart on every item and over all items."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.published import PublishedComponent, PublishedItem
from analysis.tables.base import Family, Table, Values, number, text
from analysis.tables.families import family_named
from analysis.tables.gap_figures import LEAST_FOR_VERDICT, figures, pooled_means
from analysis.tables.gap_pairs import Pair, may_be_told, panel_pairs, theatre_pairs
from analysis.tables.gap_summary import rows_about_all_items

SIGNIFICANCE = 0.05

COLUMNS = (
    text("component", "which plain number in the answer; empty for one-number kinds, and in rows about all items"),
    text("level", "the component's measurement level; empty in a pair's row over all levels"),
    text("first_type", "panel, theatre, side (a theatre without the panels that stand in both) or both (those panels)"),
    text("first", "code of the first panel or theatre; of several panels joined by |"),
    text("second_type", "as first_type"),
    text("second", "as first; every difference is first minus second"),
    text("left_out", "panels in both theatres, which neither theatre's side counts, joined by |"),
    number("n_first", "valid answers of the first"),
    number("n_second", "valid answers of the second"),
    number("median_first", "median of the first, as in aggregates.csv"),
    number("median_second", "median of the second"),
    number("difference_medians", "difference of the medians"),
    number("difference_medians_low", "lower limit of its 95 % interval, by resampling each group; from 5 answers on each side, not where neither varies"),
    number("difference_medians_high", "upper limit"),
    text("difference_medians_method", "exact: the law of the resampled medians, written down; drawn: from as many draws as draws says"),
    number("hodges_lehmann", "median of all differences between an answer of the first and one of the second (Hodges & Lehmann 1963)"),
    number("hl_low", "lower limit of its 95 % interval, from the exact law of the Mann-Whitney statistic"),
    number("hl_high", "upper limit"),
    number("cliffs_delta", "-1 to 1: how often an answer of the first exceeds one of the second, less how often it falls short (Cliff 1993)"),
    number("delta_low", "lower limit of its 95 % interval (Cliff 1996)"),
    number("delta_high", "upper limit"),
    text("magnitude", "negligible below 0.147, small below 0.33, medium below 0.474, else large: conventions for |cliffs_delta| (Romano et al. 2006)"),
    number("mean_first", "mean of the first"),
    number("mean_second", "mean of the second"),
    number("difference_means", "difference of the means"),
    number("means_low", "lower limit of its 95 % interval (Welch)"),
    number("means_high", "upper limit"),
    number("pooled_first", "panels: mean of the first drawn towards all published panels' as far as its noise warrants (partial pooling, REML)"),
    number("pooled_second", "panels: the same of the second"),
    number("difference_pooled", "panels: difference of the two, to read beside difference_means where panels are small"),
    number("difference_shares", "0/1 answers: difference of the shares of 1"),
    number("share_low", "lower limit of its 95 % interval (Newcombe 1998)"),
    number("share_high", "upper limit"),
    number("emd", "earth mover's distance: how far an answer of the first would have to move on average, in the answers' unit"),
    number("emd_low", "lower limit of its 95 % interval, 0 where the two may be distributed alike, by resampling each group; from 5 answers on each side, "
                      "not where neither varies"),
    number("emd_high", "upper limit"),
    number("emd_normalised", "0 to 1: the same over the scale's length; empty for numbers without limits"),
    number("emd_normalised_low", "lower limit of its 95 % interval"),
    number("emd_normalised_high", "upper limit"),
    number("draws", "resamples behind these intervals; in rows about all items behind those of the means"),
    number("seed", "of their random numbers"),
    number("total_variation", "0 to 1: share of the answers in other categories, options or bins"),
    number("cramers_v", "0 to 1: options, bias-corrected (Bergsma 2013)"),
    number("p_mann_whitney", "two-sided p, corrected for ties, no continuity correction"),
    number("p_brunner_munzel", "two-sided p, which allows for unequal spread; from 10 answers on each side"),
    number("p_welch", "two-sided p of the difference of the means"),
    number("p_options", "options and 0/1: chi-square's p; Fisher's exact one where an option expects fewer than 5 answers, up to 60 answers in all"),
    text("family", "the p values that p_holm corrects together: all items of the level for this pair; a grid's cells, and IDEA's confidence, are families of "
                   "their own"),
    number("p_holm", "p_mann_whitney, or p_options, corrected over the family (Holm 1979)"),
    number("margin", "the difference that counts as none: an eighth of a scale or of the ranks, a tenth of a number's range, 0.1 of shares"),
    number("equivalence_low", "lower limit of the 90 % interval of the difference of the means (Welch) or shares (Newcombe)"),
    number("equivalence_high", "upper limit"),
    text("equivalent", "yes when that interval lies within the margin: two one-sided tests at 5 %; where neither side varies, when the difference itself does"),
    text("verdict", "different when p_holm is below 0.05, same when equivalent, different_but_small when both, else undecided; not_assessed below 5 answers"),
    text("status", "ok, insufficient_n, no_variation or protected"),
    text("reason", "why, where the status is not ok"),
    number("n_items", "rows about all items: items compared"),
    number("n_compared", "rows about all items: components compared"),
    number("n_different", "rows about all items: how many are different or different_but_small"),
    number("n_same", "rows about all items: how many are the same"),
    number("n_undecided", "rows about all items: how many are undecided"),
    number("mean_emd_normalised", "rows about all items: mean of emd_normalised, each item counting once"),
    number("mean_emd_normalised_low", "lower limit of its 95 % interval, by resampling experts with all their answers, within panels; to 2 decimals, outward"),
    number("mean_emd_normalised_high", "upper limit"),
    number("mean_absolute_delta", "rows about all items: mean of |cliffs_delta|, each item counting once"),
    number("mean_absolute_delta_low", "lower limit of its 95 % interval"),
    number("mean_absolute_delta_high", "upper limit"),
    number("mean_total_variation", "rows about all items: mean of total_variation, each item counting once"),
    number("mean_total_variation_low", "lower limit of its 95 % interval"),
    number("mean_total_variation_high", "upper limit"),
    number("n_ordered", "rows about a level: components whose medians are compared in order"),
    number("rank_correlation", "rows about a level: Spearman's correlation of the two groups' medians over them, each as its place on its scale; from 3"),
)


def rows(item: PublishedItem) -> Iterator[Values]:
    for component in item.components:
        pairs = [*panel_pairs(component), *theatre_pairs(component)]
        told = [pair for pair in pairs if may_be_told(component, pair)]
        found = dict(zip(told, figures(component, told), strict=True)) if told else {}
        pooled = pooled_means(component)
        for pair in pairs:
            yield {**named(component, pair, item), **(judged(found[pair] | of_pooled(pair, pooled)) if pair in found else PROTECTED)}


PROTECTED: Values = {"verdict": "not_assessed", "status": "protected", "reason": "A side's figures may not be told."}


def named(component: PublishedComponent, pair: Pair, item: PublishedItem) -> Values:
    return {
        "component": component.code, "level": component.level, "first_type": pair.first.kind, "first": pair.first.code,
        "second_type": pair.second.kind, "second": pair.second.code, "left_out": "|".join(pair.left_out),
        "family": family_named(item, component),
    }


def of_pooled(pair: Pair, pooled: Mapping[Any, float | None]) -> Values:
    first, second = pooled.get(pair.first), pooled.get(pair.second)
    if first is None or second is None:
        return {}
    return {"pooled_first": first, "pooled_second": second, "difference_pooled": first - second}


def judged(row: Values) -> Values:
    """The row with its standing, and the verdict as far as it stands before p values are corrected over all items."""
    if min(row["n_first"], row["n_second"]) < LEAST_FOR_VERDICT:
        reason = f"Fewer than {LEAST_FOR_VERDICT} answers on a side: no verdict."
        return {**row, "verdict": "not_assessed", "status": "insufficient_n", "reason": reason}
    if p_of(row) is None:
        return {**row, "verdict": "same", "status": "no_variation", "reason": "All answers of both are equal."}
    return {**row, "verdict": verdict(1.0, row.get("equivalent")), "status": "ok", "reason": ""}


def p_of(row: Mapping[str, Any]) -> float | None:
    p = row.get("p_mann_whitney")
    return row.get("p_options") if p is None else p


def verdict(p_holm: float, equivalent: str | None) -> str:
    if p_holm < SIGNIFICANCE:
        return "different_but_small" if equivalent == "yes" else "different"
    return "same" if equivalent == "yes" else "undecided"


def family_of(row: Mapping[str, Any]) -> tuple[str, float] | None:
    p = p_of(row)
    if row["status"] != "ok" or p is None:
        return None
    return "/".join(str(row[name]) for name in ("first_type", "first", "second_type", "second", "family")), p


def put_corrected(row: Values, p: float) -> None:
    row.update(p_holm=p, verdict=verdict(p, row["equivalent"]))


TABLE = Table("gaps", COLUMNS, of_item=rows, of_round=rows_about_all_items, families=(Family(family_of, put_corrected),))
