"""Ratings and ranks: every figure of all shown groups at once, from their published histograms."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis import statistics
from analysis.published import PublishedComponent
from analysis.statistics import matrix
from analysis.tables.base import Values
from analysis.tables.measures.standing import LEAST_FOR_QUARTILES, LEAST_FOR_RESAMPLING, LEAST_FOR_VERDICT, from_n, yes_or_no
from analysis.tables.registered_rules import band_of, consensus_rule

RAND_POINTS = 9
LEAST_SHARE_OF_A_CAMP = 0.25
Figures = dict[str, Any]
"""Column → one value for each group; NaN or None where there is none."""


def figures(component: PublishedComponent, quantile_type: int) -> list[Values]:
    """`weighted` holds every group's histogram; in `counts` that of panels weighing equally is empty, for its weights are no answers."""
    weighted = np.array([component.figures(group)["histogram"] for group in component.groups], dtype=float)
    if not weighted.size:
        return []
    plain = np.array([group.kind != "equal_weight" for group in component.groups])
    counts = np.where(plain[:, None], weighted, 0).astype(np.int64)
    found = {**distances(component, counts, weighted), **intervals(component, counts, quantile_type), **shares(component, counts)}
    if component.level == "ordinal":
        found.update(**agreement(counts, weighted), **within_group(component, counts), **rand(component, counts, quantile_type), **comet(component))
    else:
        found["top_half_share"] = matrix.band_shares(weighted, 1, max(1, weighted.shape[1] // 2))
    return by_group(found, len(component.groups))


def by_group(columns: Mapping[str, Sequence[Any]], size: int) -> list[Values]:
    return [{name: values[place] for name, values in columns.items()} for place in range(size)]


def distances(component: PublishedComponent, counts: Any, weighted: Any) -> Figures:
    medians = np.array([component.figures(group)["median"] for group in component.groups], dtype=float)
    found, shape = matrix.histogram_deviations(counts), matrix.histogram_shape(counts)
    return {
        "mean_abs_dev_median": matrix.mean_distance(weighted, medians), "median_abs_dev": found.median_abs_dev,
        "gini_mean_difference": found.gini_mean_difference, "skewness": shape.skewness, "excess_kurtosis": shape.excess_kurtosis,
        "bimodality": shape.coefficient,
    }


def intervals(component: PublishedComponent, counts: Any, quantile_type: int) -> Figures:
    """Of median and IQR."""
    n = counts.sum(axis=1)
    ordered, (low, high) = matrix.histogram_median_intervals(counts), matrix.resampled_median_intervals(counts)
    positions = np.arange(1.0, counts.shape[1] + 1)
    ranges = [matrix.resampled_spread(np.repeat(positions, row), quantile_type).iqr if row.sum() >= LEAST_FOR_RESAMPLING else (None, None) for row in counts]
    return {
        "median_low": ordered.low, "median_high": ordered.high, "median_coverage": ordered.coverage,
        "median_bootstrap_low": from_n(low, n, LEAST_FOR_RESAMPLING), "median_bootstrap_high": from_n(high, n, LEAST_FOR_RESAMPLING),
        "iqr_bootstrap_low": [pair[0] for pair in ranges], "iqr_bootstrap_high": [pair[1] for pair in ranges],
    }


def shares(component: PublishedComponent, counts: Any) -> Figures:
    """Of the commonest category and of the rule's band; content validity where the band is fixed beforehand."""
    n = counts.sum(axis=1)
    low, high = matrix.wilson_intervals(counts.max(axis=1), n)
    found: Figures = {"modal_share_low": low, "modal_share_high": high}
    bands = band_of(consensus_rule(component), counts.shape[1]) if component.level == "ordinal" else ()
    if bands:
        hits = np.max([counts[:, band].sum(axis=1) for band in bands], axis=0)
        found["band_share_low"], found["band_share_high"] = matrix.wilson_intervals(hits, n)
        if len(bands) == 1:
            found.update(content_validity(hits, n))
    return found


def content_validity(hits: Any, n: Any) -> Figures:
    found = matrix.content_validities(hits, n)
    return {"cvr": found.cvr, "i_cvi": (found.cvr + 1) / 2, "modified_kappa": found.modified_kappa, "content_validity_p": found.p_value}


def agreement(counts: Any, weighted: Any) -> Figures:
    size, n = weighted.shape[1], counts.sum(axis=1)
    a, bits, cns = matrix.histogram_van_der_eijk(weighted), matrix.histogram_entropy_bits(weighted), matrix.histogram_cns(weighted)
    low, high = matrix.resampled_van_der_eijk(np.where((n >= LEAST_FOR_RESAMPLING)[:, None], counts, 0))
    return {
        "van_der_eijk_a": a, "van_der_eijk_a_low": low, "van_der_eijk_a_high": high, "polarization": (1 - a) / 2,
        "polarised": polarised(a, counts, n), "cns": cns, "dissent": 1 - cns, "entropy_bits": bits,
        "entropy_normalised": bits / np.log2(size), "leik_d": matrix.histogram_leik_d(weighted),
    }


def polarised(a: Any, counts: Any, n: Any) -> list[str | None]:
    """Two camps: no agreement, and a quarter of the answers or more at either end."""
    third = round(counts.shape[1] / 3)
    fewest = np.minimum(counts[:, :third].sum(axis=1), counts[:, -third:].sum(axis=1))
    camps = (np.nan_to_num(a) < 0) & (fewest >= LEAST_SHARE_OF_A_CAMP * n)
    return [yes_or_no(bool(camp)) if size >= LEAST_FOR_VERDICT and np.isfinite(value) else None for camp, size, value in zip(camps, n, a, strict=True)]


def within_group(component: PublishedComponent, counts: Any) -> Figures:
    random_variance = (counts.shape[1] ** 2 - 1) / 12
    raw = 1 - matrix.histogram_moments(counts).sd ** 2 / random_variance
    away = matrix.histogram_deviations(counts).mean_abs_dev_mean
    return {"rwg": np.maximum(raw, 0.0), "rwg_raw": raw, "ad_mean": from_n(away, counts.sum(axis=1), 2)}


def rand(component: PublishedComponent, counts: Any, quantile_type: int) -> Figures:
    """The RAND/UCLA method is defined on nine points alone. Panels of equal weight have weighted percentiles, and no head counts."""
    if counts.shape[1] != RAND_POINTS:
        return {}
    found, n = matrix.histogram_rand(counts, quantile_type), counts.sum(axis=1)
    columns: Figures = {name: from_n(getattr(found, name), n, LEAST_FOR_QUARTILES) for name in ("ipr", "ipras", "disagreement_index")}
    columns["rand_class"] = [str(name) if size >= LEAST_FOR_VERDICT else None for name, size in zip(found.classification, n, strict=True)]
    columns["rand_classic_disagreement"] = [yes_or_no(value) for value in found.classic_disagreement]
    columns["rand_classic_agreement"] = [yes_or_no(value) for value in found.classic_agreement]
    for place, group in enumerate(component.groups):
        if group.kind == "equal_weight" and component.figures(group)["n"] >= LEAST_FOR_VERDICT:
            weighted = statistics.rand_appropriateness(component.answers(group), quantile_type, component.weights(group))
            for name in ("ipr", "ipras", "disagreement_index"):
                columns[name][place] = getattr(weighted, name)
            columns["rand_class"][place] = weighted.classification
    return columns


def comet(component: PublishedComponent) -> Figures:
    """In everybody's row. A protected panel cannot say yes; that another says no is enough."""
    everybody = component.group("all", "all")
    if len(component.categories) != RAND_POINTS or everybody is None or component.figures(everybody)["n"] < LEAST_FOR_VERDICT:
        return {}
    found = comet_of(component)
    refusing = [str(panel) for panel, meets in found.by_group.items() if meets is False]
    verdict = None if found.consensus and component.protected_panels else found.consensus
    is_all = [group == everybody for group in component.groups]
    return {"comet": [yes_or_no(verdict) if here else None for here in is_all], "comet_not_met_by": ["|".join(refusing) if here else None for here in is_all]}


def comet_of(component: PublishedComponent) -> Any:
    return statistics.comet_rule({panel.code: component.answers(panel) for panel in component.panels})
