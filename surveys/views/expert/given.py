"""What an expert's form or script sends for an item, as the workflow takes it."""

from collections.abc import Mapping
from typing import Any

from surveys.enums import Decision
from surveys.items import ItemSpec, clean_text, kind_of
from surveys.views.expert.questionnaire import Asked
from surveys.views.expert.standing import OwnAnswer
from surveys.views.expert.wording import raw_of
from surveys.workflow.responses import Given

LONGEST = 50_000  # characters taken from one field; what is too long for its item is refused with a text of its own


def given_in_form(form: Mapping[str, str], asked: Asked) -> Given:
    """The item's fields in a form; `i12-value` is the plain number, `i12-value.CODE` a component."""
    prefix = f"{asked.prefix}-"
    fields = {name.removeprefix(prefix): form[name][:LONGEST] for name in form if name.startswith(prefix)}
    raw = {name.removeprefix("value").removeprefix("."): text for name, text in fields.items() if name.partition(".")[0] == "value"}
    return Given(
        raw=raw,
        cannot_judge=bool(fields.get("cannot_judge")),
        decision=fields.get("decision", ""),
        confidence=fields.get("confidence", ""),
        expertise=fields.get("expertise", ""),
        rationale=fields.get("rationale"),
        seen_revision=revision_in(fields.get("revision")),
    )


def given_in_json(body: Mapping[str, Any]) -> Given:
    """The body of an autosave. Raises ValueError where it has not the shape that our own script sends."""
    value, rationale = body.get("value", {}), body.get("rationale")
    if not isinstance(value, dict) or not (rationale is None or isinstance(rationale, str)):
        raise ValueError("value must be an object, rationale a text")
    return Given(
        raw={str(code): text_in(text) for code, text in value.items()},
        cannot_judge=body.get("cannot_judge") is True,
        decision=text_in(body.get("decision")),
        confidence=text_in(body.get("confidence")),
        expertise=text_in(body.get("expertise")),
        rationale=None if rationale is None else rationale[:LONGEST],
        seen_revision=revision_in(body.get("seen_revision")),
    )


def text_in(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError("a field must be a text")
    return str(value)[:LONGEST]


def revision_in(value: Any) -> int | None:
    text = "" if value is None or isinstance(value, bool) else str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def is_untouched(asked: Asked, given: Given, stored: OwnAnswer | None, before: OwnAnswer | None, reason: str) -> bool:
    """Nothing to save: the form says what is stored already, or the expert did not open the item.

    An item with an earlier answer is opened by choosing *keep* or *change*; what its scale shows before that is no answer.
    """
    same_reason = given.rationale is None or tidy(given.rationale) == reason
    if before is not None and not given.decision and not given.cannot_judge:
        same_extras = not given.confidence.strip() and not given.expertise.strip()
        return same_reason and same_extras and not differs_from(asked.question.spec, given, before)
    if stored is None:
        return same_reason and is_empty(given)
    return is_stored(asked.question.spec, given, stored, reason)


def differs_from(spec: ItemSpec, given: Given, before: OwnAnswer) -> bool:
    """Is there a value on the scale, and another one than that of the earlier answer?"""
    typed = {code: text.strip() for code, text in given.raw.items() if text.strip()}
    return bool(typed) and typed != raw_of(spec, before.value)


def is_empty(given: Given) -> bool:
    """Nothing that could be stored; choosing *change* without a value is nothing yet."""
    fields = (*given.raw.values(), given.confidence, given.expertise)
    return not (given.cannot_judge or given.decision == Decision.KEPT or any(field.strip() for field in fields))


def is_stored(spec: ItemSpec, given: Given, stored: OwnAnswer | None, reason: str) -> bool:
    """Does what was given say the same as what is stored? Then saving it again would be no change."""
    if given.rationale is not None and tidy(given.rationale) != reason:
        return False
    if stored is None:
        return is_empty(given)
    if (given.decision or Decision.NEW) != stored.decision:
        return False
    is_kept = given.decision == Decision.KEPT
    extras = ((given.confidence, stored.confidence), (given.expertise, stored.expertise))
    if any(said.strip() != text_of(known) and (said.strip() or not is_kept) for said, known in extras):
        return False  # an answer that is kept takes over what is left blank
    if is_kept:
        return True
    return given.cannot_judge == stored.cannot_judge and (given.cannot_judge or value_or_none(spec, given) == stored.value)


def value_or_none(spec: ItemSpec, given: Given) -> Any:
    try:
        return kind_of(spec).clean(spec, given.raw)
    except ValueError:
        return None


def tidy(text: str) -> str:
    """A reason as the workflow stores it, near enough to tell whether it was touched."""
    try:
        return clean_text(text, most=LONGEST)
    except ValueError:
        return text


def text_of(number: int | None) -> str:
    return "" if number is None else str(number)
