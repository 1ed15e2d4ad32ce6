"""Which answers count: complete by the rule of their kind, to an item that was asked, and shown to the expert who gave them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.journeys.oracle_study import Question, codes_of, components_of, items_of

CANNOT_JUDGE = "cannot judge"
Parts = Mapping[str, str]
"""Component → text of the value; one-number kinds have the empty component, and so has “cannot judge” of a whole item."""


@dataclass(frozen=True)
class RoundHeld:
    """`invited`: panelist → panel, without those who declined or withdrew. `responses`: those that count; item → what was given.

    `erased`: who had withdrawn by the end of this round; earlier rounds are released and keep what was published of them.
    """

    asked: Sequence[str]
    invited: Mapping[str, str]
    responses: Mapping[str, Mapping[str, Parts]]
    erased: frozenset[str] = frozenset()


def that_count(definition: Mapping[str, Any], held: RoundHeld) -> RoundHeld:
    """The round with nothing left but the parts of answers that count."""
    return replace(held, responses={person: counted(definition, held.asked, given) for person, given in held.responses.items()})


def counted(definition: Mapping[str, Any], asked: Sequence[str], given: Mapping[str, Parts]) -> dict[str, Parts]:
    """Item → component → value or CANNOT_JUDGE. An item that waits for an answer which does not count is not asked."""
    found: dict[str, Parts] = {}
    for item in items_of(definition):
        condition = item.get("shown_if")
        if item["code"] in asked and (condition is None or is_met(condition, found)):
            parts = spread(definition, item, given.get(item["code"], {}))
            if parts:
                found[item["code"]] = parts
    return found


def spread(definition: Mapping[str, Any], item: Mapping[str, Any], parts: Parts) -> Parts:
    """“Cannot judge” of the item in every component; nothing where the answer is not whole; points not given are 0."""
    codes = [code for code, *_level in components_of(definition, item) if code or item["kind"] != "ranking"] or [""]
    if parts.get("") == CANNOT_JUDGE:
        return dict.fromkeys(codes, CANNOT_JUDGE)
    if not is_complete(definition, item, parts):
        return {}
    given = {code: text for code, text in parts.items() if text}
    return {**dict.fromkeys(codes, "0"), **given} if item["kind"] == "allocation" else given


def is_complete(definition: Mapping[str, Any], item: Mapping[str, Any], parts: Parts) -> bool:
    """The table's column “counts when”."""
    kind, given = item["kind"], {code: text for code, text in parts.items() if text}
    needed = [code for code, *_level in components_of(definition, item) if code]
    if kind == "allocation":
        return sum((Fraction(text) for text in given.values()), Fraction(0)) == Fraction(str(item["total"]))
    if kind == "ranking":
        return sorted(given.values(), key=int) == [str(rank) for rank in range(1, len(codes_of(definition, item["options"])) + 1)]
    if kind == "quantiles":
        numbers = [Fraction(given[code]) for code in needed if code in given and code != "confidence"]
        rising = all(low <= high if item.get("interval") else low < high for low, high in pairwise(numbers))
        return len(given) == len(needed) and rising
    if kind == "plane":
        return len(given) == len(needed)
    return bool(given)


def is_met(condition: Mapping[str, Any], found: Mapping[str, Parts]) -> bool:
    """Did the expert give the answer that is waited for? A missing one never is it; nor is “cannot judge”."""
    component = condition.get("includes", condition.get("component", ""))
    text = found.get(condition["item"], {}).get(component, "")
    if text in ("", CANNOT_JUDGE):
        return False
    if "includes" in condition:
        return text == "1"
    wanted = condition.get("one_of") or ([condition["is"]] if "is" in condition else [])
    if wanted and not any(text == value if isinstance(value, str) else Fraction(text) == Fraction(str(value)) for value in wanted):
        return False
    above = "at_least" not in condition or Fraction(text) >= Fraction(str(condition["at_least"]))
    return above and ("at_most" not in condition or Fraction(text) <= Fraction(str(condition["at_most"])))


def valid_answers(question: Question, held: RoundHeld) -> dict[str, Any]:
    """Panelist → value, of those who gave one; of a whole ranking its order. `held` has the answers that count alone."""
    found: dict[str, Any] = {}
    for person, answers in held.responses.items():
        parts = answers.get(question.code, {})
        text = parts.get(question.component, "")
        if question.is_whole and parts and CANNOT_JUDGE not in parts.values():
            found[person] = tuple(int(rank) for _option, rank in sorted(parts.items()))
        elif text not in ("", CANNOT_JUDGE):
            found[person] = text if question.level == "nominal" else Fraction(text)
    return found


def cannot_judge(question: Question, answers: Mapping[str, Parts]) -> bool:
    """Of the component, or of the whole item."""
    parts = answers.get(question.code, {})
    return CANNOT_JUDGE in parts.values() if question.is_whole else parts.get(question.component) == CANNOT_JUDGE
