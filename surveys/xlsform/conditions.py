"""XLSForm's `relevant` as the study file's `shown_if`, where one earlier answer decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.xlsform.draft import Asked, Draft, Value
from surveys.xlsform.expressions import ITSELF, Expression, Selected, holds, names_in, parsed
from surveys.xlsform.limits import limits_of, together
from surveys.xlsform.report import Entry

MOST_SHOWN = 120
MOST_VALUES = 1_000
Condition = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """`condition` None: it always holds."""

    condition: Condition | None
    remark: str = ""


def shown_if(own: str, around: Sequence[str], draft: Draft, entry: Entry) -> Condition | None:
    """The condition of an item whose question has the relevance `own` and stands in groups with those `around` it, outermost first.

    What can't be said in one condition becomes a remark.
    """
    texts = [text for text in [*around, own] if text]
    if not texts:
        return None
    whole = condition_of(" and ".join(f"({text})" for text in texts), draft)
    if whole:
        return _said(whole, entry)
    found = [(text, condition_of(text, draft)) for text in texts]
    for text, one in found:
        if one is None:
            entry.remark(_("Asked of everybody: its condition can't be said here: %(condition)s") % {"condition": shown(text)})
    possible = [(text, one) for text, one in found if one and one.condition]
    if not possible:
        return None
    kept = possible[-1][1]
    for text, one in possible[:-1]:
        if one.condition != kept.condition and not _is_implied(kept.condition, one.condition, draft):
            entry.remark(_("An item waits for one answer only, so this condition is left out: %(condition)s") % {"condition": shown(text)})
    return _said(kept, entry)


def _said(found: Found, entry: Entry) -> Condition | None:
    if found.remark:
        entry.remark(found.remark)
    return found.condition


def _is_implied(kept: Condition | None, other: Condition | None, draft: Draft) -> bool:
    """Is the item that is waited for itself shown only under the other condition?"""
    source = kept["item"] if kept else None
    while source in draft.conditions:
        condition: Mapping[str, Any] = draft.conditions[source]
        if condition == other:
            return True
        source = condition["item"]
    return False


def shown(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def condition_of(text: str, draft: Draft) -> Found | None:
    """None where it can't be said."""
    expression = parsed(text)
    if expression is None:
        return None
    names = names_in(expression)
    asked = draft.asked.get(next(iter(names))) if len(names) == 1 and ITSELF not in names else None
    if asked is None:
        return None
    if asked.kind == "number":
        return _of_number(expression, asked)
    if asked.kind == "choices":
        return _of_ticked(expression, asked)
    return _of_values(expression, asked) if asked.values else None


def _of_values(expression: Expression, asked: Asked) -> Found | None:
    """Of an answer out of a few: every one is tried."""
    if len(asked.values) > MOST_VALUES:
        return None
    passing = [value for name, value in asked.values.items() if holds(expression, name)]
    also_unanswered = holds(expression, "")
    if not passing:
        return None
    if len(passing) == len(asked.values) and also_unanswered:
        return Found(None)
    condition = _of_positions(passing, asked) if asked.kind in ("rating", "grid") else _of_codes(passing)
    if condition is None:
        return None
    remark = _("Those who give no answer to the earlier question are not asked this one.") if also_unanswered else ""
    return Found({"item": asked.code, **condition}, remark)


def _of_codes(passing: Sequence[Value]) -> Condition:
    return {"is": passing[0]} if len(passing) == 1 else {"one_of": list(passing)}


def _of_positions(passing: Sequence[Value], asked: Asked) -> Condition | None:
    positions = sorted(int(value) for value in passing)
    if not together(positions):
        return {"one_of": positions} if asked.kind == "rating" else None
    lowest, highest, last = positions[0], positions[-1], max(int(value) for value in asked.values.values())
    ends: Condition = {"component": asked.component} if asked.component else {}
    if len(positions) == 1 and asked.kind == "rating":
        return {"is": lowest}
    if lowest > 1 or highest == last:
        ends["at_least"] = lowest
    if highest < last:
        ends["at_most"] = highest
    return ends


def _of_ticked(expression: Expression, asked: Asked) -> Found | None:
    if not isinstance(expression, Selected) or expression.option not in asked.values:
        return None
    return Found({"item": asked.code, "includes": asked.values[expression.option]})


def _of_number(expression: Expression, asked: Asked) -> Found | None:
    limits = limits_of(expression, whole=asked.is_whole)
    if limits is None:
        return None
    condition: Condition = {"item": asked.code}
    if limits.one_of:
        condition["one_of"] = list(limits.one_of)
    elif limits.lowest is not None and limits.lowest == limits.highest:
        condition["is"] = limits.lowest
    else:
        condition |= {key: value for key, value in (("at_least", limits.lowest), ("at_most", limits.highest)) if value is not None}
    return Found(condition, "" if limits.is_exact else _("The limit itself passes too; the form keeps it out."))
