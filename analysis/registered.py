"""Which of a study's rules holds for a component, and what it asks. Without numpy, so that pages can say it."""

from collections.abc import Mapping
from typing import Any


def rule_for(level: str, *candidates: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The nearest rule for a measurement level; `candidates` from the item outwards, each a rule or a mapping by level."""
    for candidate in candidates:
        if candidate is None:
            continue
        if "rule" in candidate:
            return candidate
        if level in candidate:
            found: Mapping[str, Any] = candidate[level]
            return found
    return None


def holds(rule: Mapping[str, Any], value: float) -> bool:
    """Does the value satisfy the rule's comparison?"""
    number = round(value, 9)
    if "at_least" in rule:
        return number >= round(float(rule["at_least"]), 9)
    if "at_most" in rule:
        return number <= round(float(rule["at_most"]), 9)
    return number < round(float(rule["below"]), 9)
