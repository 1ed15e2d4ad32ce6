"""Which figures a group's answers are enough for: the smallest numbers, and the words that say what is empty."""

from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.published import PublishedComponent
from analysis.tables.base import Values

LEAST_FOR_QUARTILES = 4
LEAST_FOR_VERDICT = 5
LEAST_FOR_INTERVAL_OF_MEDIAN = 6
LEAST_FOR_RESAMPLING = 8
ORDERED = ("ordinal", "rank", "interval", "probability", "share")
NEEDS = (
    (2, "deviations and r_wg need 2 answers"),
    (LEAST_FOR_QUARTILES, "shape and percentiles need 4 answers"),
    (LEAST_FOR_VERDICT, "verdicts need 5 answers"),
    (LEAST_FOR_INTERVAL_OF_MEDIAN, "the median's interval needs 6 answers"),
    (LEAST_FOR_RESAMPLING, "resampling needs 8 answers"),
)
WEIGHTED = "where panels weigh equally there are no intervals and no figures of counts"


def standing(component: PublishedComponent, group: Group) -> Values:
    """Status and reason of a row."""
    row = component.figures(group)
    n, all_equal = row["n"], row.get("sd") == 0
    if n == 0:
        return {"status": "insufficient_n", "reason": "no answer"}
    if group.kind == "equal_weight":
        return {"status": "ok", "reason": WEIGHTED}
    missing = [words for least, words in NEEDS if n < least] if component.level in ORDERED else []
    if missing:
        return {"status": "insufficient_n", "reason": "; ".join(missing)}
    if component.level in ORDERED and all_equal:
        return {"status": "no_variation", "reason": "all answers are equal: there is no shape, and an interval without width says nothing"}
    return {"status": "ok", "reason": ""}


def from_n(values: Any, n: Any, least: int) -> Any:
    """NaN where there are fewer answers than a figure needs."""
    return np.where(n >= least, values, np.nan)


def yes_or_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")
