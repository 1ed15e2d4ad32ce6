"""The common consensus rules of each measurement level, with the thresholds in use.

Shares: 51 to 80 % (Diamond et al. 2014, von der Gracht 2012). IQR: 1 on short scales, 2 on longer ones, a fifth of the range. Van der Eijk's A,
Kendall's W (Schmidt 1997) and the coefficient of variation (English & Keran 1976): the rules of thumb beside them. Conventions, all of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Rule = Mapping[str, Any]
SHARES = (0.51, 0.67, 0.70, 0.75, 0.80)
BANDS = {"top_two": "top two positions", "bottom_two": "bottom two positions", "either_end": "the larger of both ends"}
COMPARISONS = {"at_least": "at least", "at_most": "at most", "below": "below"}
SHARE_OF_RANGE = 0.2
RAND: Rule = {"rule": "rand"}
COMET: Rule = {"rule": "comet"}
FIXED = {"rand": "disagreement index at most 1", "comet": "in every panel at least 0.7 say 7 to 9 and below 0.15 say 1 to 3"}
SHORTER_SCALES = (5, 7, 9)


def catalogue(level: str, points: int, minimum: float | None, maximum: float | None) -> list[Rule]:
    """`points`: positions of an ordinal scale, else 0."""
    if level == "ordinal":
        return ordinal_rules(points)
    if level == "rank":
        return [*at_most("iqr", 1, 2), *at_most("sd", 1, 1.5)]
    if level == "nominal":
        return at_least("modal_share", *SHARES)
    if level == "binary":
        return at_least("percent_agreement", *SHARES)
    return [*widths(minimum, maximum), *at_most("relative_iqr", 0.3, 0.5), *at_most("cv", 0.3, 0.5)]


def ordinal_rules(points: int) -> list[Rule]:
    found: list[Rule] = [{**rule, "band": band} for band in BANDS for rule in at_least("percent_agreement", *SHARES)]
    found += [*at_least("modal_share", *SHARES), *at_most("iqr", *sorted({1.0, 2.0, round(SHARE_OF_RANGE * (points - 1), 9)})), *at_most("sd", 1, 1.5)]
    if points > 2:
        found += at_least("van_der_eijk", 0.5, 0.6, 0.8)
    return [*found, RAND, COMET] if points == 9 else found


def widths(minimum: float | None, maximum: float | None) -> list[Rule]:
    """A tenth and a fifth of the range, where there is one."""
    if minimum is None or maximum is None:
        return []
    length = maximum - minimum
    return [*at_most("iqr", round(length / 10, 9), round(SHARE_OF_RANGE * length, 9)), *at_most("sd", round(length / 10, 9), round(SHARE_OF_RANGE * length, 9))]


WHOLE_RANKING = ({"rule": "kendall_w", "at_least": 0.5}, {"rule": "kendall_w", "at_least": 0.7})


def at_least(rule: str, *thresholds: float) -> list[Rule]:
    return [{"rule": rule, "at_least": threshold} for threshold in thresholds]


def at_most(rule: str, *thresholds: float) -> list[Rule]:
    return [{"rule": rule, "at_most": threshold} for threshold in thresholds]


def in_words(rule: Rule) -> str:
    """Band and threshold: top two positions, at least 0.75."""
    band = rule.get("band")
    said = [BANDS[band] if isinstance(band, str) else positions(band)] if band else []
    said += [f"{words} {rule[key]:g}" for key, words in COMPARISONS.items() if key in rule]
    return ", ".join(said) or FIXED.get(rule["rule"], "")


def positions(band: Sequence[int]) -> str:
    return f"positions {band[0]} to {band[1]}"


def same(first: Rule | None, second: Rule) -> bool:
    return first is not None and {**first} == {**second}
