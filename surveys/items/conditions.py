"""Which items an expert is asked, where an item waits for the answer to an earlier one. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.items.base import Condition, ItemSpec, Number, plain


def is_met(condition: Condition, found: Number | str | None) -> bool:
    """Does the value of the component that is waited for pass? A missing one never does."""
    if found is None:
        return False
    if condition.one_of and (found if isinstance(found, str) else plain(found)) not in condition.one_of:
        return False
    if isinstance(found, str):
        return bool(condition.one_of)
    number = round(found, 9)
    above = condition.at_least is None or number >= round(condition.at_least, 9)
    return above and (condition.at_most is None or number <= round(condition.at_most, 9))


def hidden_items(specs: Iterable[ItemSpec], components: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Codes of the items that are not asked of this expert.

    `specs` in the questionnaire's order; `components`: item code → component code → value in files, for the answers that count.
    An answer to an item that is hidden itself does not count, so whoever waits for it is not asked either.
    """
    hidden: set[str] = set()
    for spec in specs:
        condition = spec.shown_if
        if condition is None:
            continue
        said = {} if condition.item in hidden else components.get(condition.item, {})
        if not is_met(condition, said.get(condition.component)):
            hidden.add(spec.code)
    return frozenset(hidden)
