"""Consensus and stability rules: which one holds for a component, and what it says. Pure.

A threshold has the unit of the field it compares; values are compared after rounding to 9 decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis import statistics
from analysis.registered import holds

LEVELS = frozenset({"ordinal", "interval", "probability", "nominal", "binary", "rank", "share"})
REACHED, NOT_REACHED, NOT_ASSESSED = "reached", "not_reached", "not_assessed"
STABLE, UNSTABLE = "stable", "unstable"
ORDERED = frozenset({"ordinal", "interval", "probability", "rank", "share"})


@dataclass(frozen=True)
class Judged:
    """A rule's value and verdict; `band_share` only where the rule looks at a share."""

    verdict: str = NOT_ASSESSED
    value: float | None = None
    band_share: float | None = None


@dataclass(frozen=True)
class Facts:
    """What a rule may look at: the histogram over the full scale, the spread, the answers and their weights."""

    level: str
    categories: int
    histogram: Any
    median: float | None
    iqr: float | None
    sd: float | None
    answers: Any
    weights: Any
    quantile_type: int


def judged(reached: bool, value: float, band_share: float | None = None) -> Judged:
    return Judged(REACHED if reached else NOT_REACHED, value, band_share)


def judge_consensus(rule: Mapping[str, Any] | None, facts: Facts) -> Judged:
    """Consensus in one round. A rule that does not fit the level, or a value that is not defined, is `not_assessed`."""
    if rule is None:
        return Judged()
    value, band_share = VALUES[rule["rule"]](rule, facts)
    if value is None:
        return Judged(band_share=band_share)
    reached = round(value, 9) <= 1 if rule["rule"] == "rand" else holds(rule, value)
    return judged(reached, value, band_share)


Value = tuple[float | None, float | None]  # the compared value, and the share in the band


def _percent_agreement(rule: Mapping[str, Any], facts: Facts) -> Value:
    shares = _shares(facts)
    if shares is None:
        return None, None
    if facts.level == "binary":
        return max(shares), max(shares)
    share = _band_share(rule.get("band"), shares) if facts.level == "ordinal" else None
    return share, share


def _shares(facts: Facts) -> list[float] | None:
    total = float(sum(facts.histogram)) if facts.histogram is not None else 0.0
    return [float(count) / total for count in facts.histogram] if total > 0 else None


def _band_share(band: Any, shares: list[float]) -> float | None:
    if band == "either_end":
        return max(sum(shares[-2:]), sum(shares[:2]))
    if band == "top_two":
        return sum(shares[-2:])
    if band == "bottom_two":
        return sum(shares[:2])
    return sum(shares[band[0] - 1 : band[1]]) if band else None


def _modal_share(rule: Mapping[str, Any], facts: Facts) -> Value:
    shares = _shares(facts) if facts.level in ("nominal", "ordinal", "binary") else None
    share = max(shares) if shares else None
    return share, share


def _iqr(rule: Mapping[str, Any], facts: Facts) -> Value:
    return (facts.iqr if facts.level in ORDERED else None), None


def _sd(rule: Mapping[str, Any], facts: Facts) -> Value:
    return (facts.sd if facts.level in ORDERED else None), None


def _relative_iqr(rule: Mapping[str, Any], facts: Facts) -> Value:
    if facts.level not in ORDERED or facts.iqr is None or not facts.median:
        return None, None
    return facts.iqr / abs(facts.median), None


def _rand(rule: Mapping[str, Any], facts: Facts) -> Value:
    if facts.level != "ordinal" or facts.categories != 9 or len(facts.answers) == 0:
        return None, None
    found = statistics.rand_appropriateness(facts.answers, quantile_type=facts.quantile_type, weights=facts.weights)
    return found.disagreement_index, None


def _van_der_eijk(rule: Mapping[str, Any], facts: Facts) -> Value:
    if facts.level != "ordinal" or facts.categories < 3 or not sum(facts.histogram):
        return None, None
    return statistics.ordinal_agreement(facts.histogram).van_der_eijk_a, None


def _not_here(rule: Mapping[str, Any], facts: Facts) -> Value:
    """Kendall's W judges a ranking as a whole, never a component."""
    return None, None


VALUES = {
    "percent_agreement": _percent_agreement, "modal_share": _modal_share, "iqr": _iqr, "sd": _sd,
    "relative_iqr": _relative_iqr, "rand": _rand, "van_der_eijk": _van_der_eijk, "kendall_w": _not_here,
}


def judge_stability(rule: Mapping[str, Any] | None, *, scheibe: float | None, percent_changed: float | None, weighted_kappa: float | None) -> Judged:
    """Stability between two rounds, from the three figures a rule may name; None where one is not defined or not published."""
    if rule is None:
        return Judged()
    value = {"scheibe": scheibe, "percent_changed": percent_changed, "weighted_kappa": weighted_kappa}[rule["rule"]]
    if value is None:
        return Judged()
    return Judged(STABLE if holds(rule, value) else UNSTABLE, value)


def outcome_of(consensus: str, stability: str) -> str:
    """The two verdicts together: stable or unstable, consensus or dissent."""
    if NOT_ASSESSED in (consensus, stability):
        return NOT_ASSESSED
    return f"{stability}_{'consensus' if consensus == REACHED else 'dissent'}"
