"""One question as one item. What a form says and an item can't becomes a remark."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from surveys.studyfile.shapes import MOST_CHARACTERS
from surveys.xlsform.choices import Choice, ChoiceList, Points, points_of, with_other
from surveys.xlsform.conditions import shown, shown_if
from surveys.xlsform.draft import Asked, Draft
from surveys.xlsform.expressions import ITSELF, names_in, parsed
from surveys.xlsform.limits import Limits, limits_of
from surveys.xlsform.outline import Question, is_yes
from surveys.xlsform.problems import refuse
from surveys.xlsform.ranges import range_parts
from surveys.xlsform.remarks import columns_left, why_left_out
from surveys.xlsform.report import Entry

Item = dict[str, Any]
Made = tuple[Item, Mapping[str, Any]] | None  # the kind's own keys, and what a condition needs to know of it
MARKUP = re.compile(r"</?[a-z][^<>]*>|\*\*|\$\{|^#{1,6} ", re.IGNORECASE | re.MULTILINE)


def item_of(question: Question, around: Sequence[str], draft: Draft, entry: Entry) -> Item | None:
    """None where the question is left out; the entry then says why."""
    make = MAKERS.get(question.type.base)
    if make is None:
        entry.remark(why_left_out(question.type.base))
        return None
    made = make(question, draft, entry)
    if made is None:
        return None
    own, asked = made
    code = draft.item_codes.take(question.name, f"q-{question.line.row}")
    needed = required(question, own, entry)
    item = {"code": code, **own, "text": text_of(question, draft, entry), **needed}
    add_condition(item, shown_if(question.line["relevant"], around, draft, entry), draft)
    draft.asked[question.name] = Asked(code, item["kind"], **asked)
    settle(entry, item, question)
    return item


def settle(entry: Entry, item: Item, question: Question) -> None:
    """The entry's last words."""
    entry.became, entry.code = item["kind"], item["code"]
    if question.name and item["code"] != question.name:
        entry.remark(_("The name “%(name)s” became the code %(code)s.") % {"name": shown(question.name), "code": item["code"]})
    if left := columns_left(question.line):
        entry.remark(left)


def text_of(question: Question, draft: Draft, entry: Entry) -> dict[str, str]:
    given = question.line.text("label")
    if not given:
        entry.remark(_("It has no label; its name stands in its place."))
    elif any(MARKUP.search(text) for text in given.values()):
        entry.remark(_("Markup and inserted answers are shown as they are written. Reword the text."))
    if any(len(text) >= MOST_CHARACTERS for text in given.values()):
        entry.remark(_("The text was too long and is cut."))
    return draft.text(question.line, question.name or f"q-{question.line.row}")


def required(question: Question, own: Item, entry: Entry) -> Item:
    """Whether an expert may say “cannot judge”: not where an answer is required, unless the form's own options offer that."""
    cell = question.line["required"]
    if own.pop("offers_no_answer", False) or not cell:
        return {}
    if is_yes(cell):
        return {"cannot_judge": False}
    if cell.strip().lower() not in ("no", "false", "false()", "0"):
        entry.remark(_("Whether an answer is required does not depend on others here."))
    return {}


def add_condition(item: Item, condition: Item | None, draft: Draft) -> None:
    if condition:
        item["shown_if"] = draft.conditions[item["code"]] = condition


# --- one maker for each type --------------------------------------------------------------------------------------------


def text_item(question: Question, draft: Draft, entry: Entry) -> Made:
    constraint_left(question, entry)
    return {"kind": "text"}, {}


def words_item(question: Question, draft: Draft, entry: Entry) -> Made:
    """Dates, times and telephone numbers."""
    entry.remark(_("Asked as open text: say in the question how it is to be written. Open text is not counted."))
    return text_item(question, draft, entry)


def number_item(question: Question, draft: Draft, entry: Entry) -> Made:
    entry.remark(_("Give it a unit."))
    whole = question.type.base == "integer"
    own: Item = {"kind": "number", **number_limits(question, entry, whole=whole), **({"decimals": 0} if whole else {})}
    return own, {"is_whole": whole}


def percent_item(question: Question, draft: Draft, entry: Entry) -> Made:
    constraint_left(question, entry)
    return {"kind": "number", "unit": dict.fromkeys(draft.languages.codes, "%"), "minimum": 0, "maximum": 100, "decimals": 0}, {"is_whole": True}


def range_item(question: Question, draft: Draft, entry: Entry) -> Made:
    parts = range_parts(question.line["parameters"])
    constraint_left(question, entry)
    if parts is None:
        entry.remark(_("Its parameters can't be read: start, end and step are numbers, the end above the start."))
        return None
    if labels := parts.labels:
        entry.remark(_("A scale without words: label its ends."))
        values = {label: position for position, label in enumerate(labels, 1)}
        return {"kind": "rating", "scale": draft.counted_scale(labels)}, {"values": values}
    entry.remark(_("Give it a unit."))
    return {"kind": "number", "minimum": parts.start, "maximum": parts.end, "decimals": parts.decimals}, {"is_whole": parts.decimals == 0}


def select_one_item(question: Question, draft: Draft, entry: Entry) -> Made:
    given = listed(question, draft)
    constraint_left(question, entry)
    points = None if question.type.or_other else points_of(given, is_scale="likert" in appearance(question))
    if points:
        return rating(given, points, draft, entry)
    given = offered(question, given, entry)
    if too_few(given, entry):
        return None
    own: Item = {"kind": "choice", "options": draft.options(given)}
    if question.type.or_other:
        own["rationale"] = "optional"
    return own, {"values": codes_by_name(given.choices)}


def rating(given: ChoiceList, points: Points, draft: Draft, entry: Entry) -> Made:
    scale_remarks(points, entry)
    own: Item = {"kind": "rating", "scale": draft.scale(given, points), "offers_no_answer": bool(points.left_out)}
    return own, {"values": positions_by_name(points)}


def select_multiple_item(question: Question, draft: Draft, entry: Entry) -> Made:
    given = offered(question, listed(question, draft), entry)
    if too_few(given, entry):
        return None
    own: Item = {"kind": "choices", "options": draft.options(given), **most_ticked(question, given, entry)}
    if question.type.or_other:
        own["rationale"] = "optional"
    return own, {"values": codes_by_name(given.choices)}


def rank_item(question: Question, draft: Draft, entry: Entry) -> Made:
    given = listed(question, draft)
    constraint_left(question, entry)
    return None if too_few(given, entry) else ({"kind": "ranking", "options": draft.options(given)}, {})


Maker = Callable[[Question, Draft, Entry], Made]
MAKERS: dict[str, Maker] = {
    "text": text_item, "integer": number_item, "decimal": number_item, "percent": percent_item, "range": range_item,
    "select_one": select_one_item, "select_multiple": select_multiple_item, "rank": rank_item,
    **dict.fromkeys(("date", "time", "datetime", "phone"), words_item),
}


# --- what the makers share ----------------------------------------------------------------------------------------------


def appearance(question: Question) -> str:
    return question.line["appearance"].lower()


def listed(question: Question, draft: Draft) -> ChoiceList:
    """The question's list. Raises FileRefused where the form has none of that name: then something is misspelt."""
    return list_named(question.type.list_name, question.line.row, draft)


def list_named(name: str, row: int, draft: Draft, column: str = "type") -> ChoiceList:
    found = draft.lists.get(name)
    if found is None:
        refuse(_("there is no list “%(name)s” on the sheet choices. Add it, or correct the name.") % {"name": shown(name)}, "survey", row, column)
    return found


def offered(question: Question, given: ChoiceList, entry: Entry) -> ChoiceList:
    if "randomize" in question.line["parameters"].lower():
        entry.remark(_("The options stand in one order for everybody."))
    if not question.type.or_other:
        return given
    entry.remark(_("What else it may be is asked as the answer's reason."))
    return with_other(given, question.line)


def too_few(given: ChoiceList, entry: Entry) -> bool:
    if len(given.choices) < 2:
        entry.remark(_("The list “%(name)s” has one option only; there is nothing to choose.") % {"name": shown(given.name)})
        return True
    return False


def codes_by_name(choices: Sequence[Choice]) -> dict[str, str]:
    return {choice.name: choice.code for choice in choices if choice.name}


def positions_by_name(points: Points) -> dict[str, int]:
    return {choice.name: position for position, choice in enumerate(points.choices, 1) if choice.name}


def scale_remarks(points: Points, entry: Entry) -> None:
    if points.is_numbered:
        entry.remark(_("Taken as an ordered scale because its codes count up. If it has no order, make it a choice."))
    elif not points.is_turned:
        entry.remark(_("Check that the lowest position comes first."))
    if points.is_turned:
        entry.remark(_("The positions are put in the order of their codes, lowest first."))
    if points.left_out:
        names = ", ".join(choice.name for choice in points.left_out)
        entry.remark(_("“Cannot judge” stands for: %(names)s.") % {"names": shown(names)})


def constraint_left(question: Question, entry: Entry) -> None:
    if text := question.line["constraint"]:
        entry.remark(_("Its constraint is left out: %(constraint)s") % {"constraint": shown(text)})


def own_limits(question: Question, *, whole: bool, counted: bool) -> Limits | None:
    expression = parsed(question.line["constraint"])
    if expression is None or names_in(expression) != {ITSELF}:
        return None
    found = limits_of(expression, whole=whole, counted=counted)
    return found if found and not found.one_of else None


def number_limits(question: Question, entry: Entry, *, whole: bool) -> Item:
    if not question.line["constraint"]:
        return {}
    found = own_limits(question, whole=whole, counted=False)
    if found is None or (found.lowest is not None and found.lowest == found.highest):
        constraint_left(question, entry)
        return {}
    if not found.is_exact:
        entry.remark(_("The limit itself passes too; the form keeps it out."))
    return {key: value for key, value in (("minimum", found.lowest), ("maximum", found.highest)) if value is not None}


def most_ticked(question: Question, given: ChoiceList, entry: Entry) -> Item:
    if not question.line["constraint"]:
        return {}
    found = own_limits(question, whole=True, counted=True)
    if found is None or found.lowest is not None or found.highest is None or not 1 <= found.highest <= len(given.choices):
        constraint_left(question, entry)
        return {}
    return {"at_most": int(found.highest)}
