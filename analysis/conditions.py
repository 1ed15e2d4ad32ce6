"""Items that wait for an earlier answer: whom a frozen round did not ask them, and whose answers to them do not count. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def hide_unasked(items: Sequence[Mapping[str, Any]], arrays: dict[str, Any]) -> None:
    """Empty the answers of those who were not asked an item, item by item in the questionnaire's order.

    Writes `not_shown`, and takes values, “cannot judge”, decisions, confidence and reasons away there. What an expert answered
    before an earlier answer was changed is thus no answer; an item that waits for a hidden one is hidden too.
    """
    first = 0
    firsts = {}
    for row, item in enumerate(items):
        firsts[item["code"]] = (first, item)
        condition = item["shown_if"]
        if condition is not None:
            hidden = ~_is_met(condition, firsts, arrays["values"])
            components = slice(first, first + len(item["components"]))
            arrays["values"][components, hidden] = np.nan
            arrays["cannot_judge"][components, hidden] = False
            arrays["decision"][row, hidden], arrays["confidence"][row, hidden] = 0, np.nan
            arrays["has_reason"][row, hidden] = False
            arrays["not_shown"][row] = hidden & arrays["submitted"]
        first += len(item["components"])


def _is_met(condition: Mapping[str, Any], firsts: Mapping[str, tuple[int, Mapping[str, Any]]], values: Any) -> Any:
    """Which experts gave the answer that is waited for. Shape (experts,), bool."""
    first, source = firsts.get(condition["item"], (0, {"components": []}))
    place = next((place for place, component in enumerate(source["components"]) if component["code"] == condition["component"]), None)
    if place is None:
        return np.zeros(values.shape[1], dtype=bool)
    component, found = source["components"][place], np.round(values[first + place], 9)
    met = ~np.isnan(found)
    if condition["one_of"]:
        met &= np.isin(found, _wanted(condition["one_of"], component))
    if condition["at_least"] is not None:
        met &= found >= round(condition["at_least"], 9)
    if condition["at_most"] is not None:
        met &= found <= round(condition["at_most"], 9)
    return met


def _wanted(one_of: Sequence[str], component: Mapping[str, Any]) -> list[float]:
    """Values as the arrays have them: a nominal one is the index of its option."""
    if component["level"] == "nominal":
        return [float(component["categories"].index(code)) for code in one_of if code in component["categories"]]
    return [round(float(value), 9) for value in one_of]
