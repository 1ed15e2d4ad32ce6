"""Edits of a definition: pure, each returns a new definition and leaves the given one as it was.

Items, sections, scales, lists, theatres and panels go by their codes. A new code is followed by everything that refers to the old one.
What an edit leaves unfinished (a condition on an item that was removed) is for `problems_in` to tell, not for the edit to prevent.
"""

from collections.abc import Callable, Mapping
from typing import Any

Definition = dict[str, Any]
Item = dict[str, Any]
ItemEdit = Callable[[Item], Item]


def section_place(definition: Mapping[str, Any], code: str) -> int:
    """Raises LookupError for a section that is not there."""
    for place, section in enumerate(definition["questionnaire"]):
        if section["section"] == code:
            return place
    raise LookupError(code)


def item_place(definition: Mapping[str, Any], code: str) -> tuple[int, int]:
    """The places of the item's section and of the item in it. Raises LookupError for an item that is not there."""
    for place, section in enumerate(definition["questionnaire"]):
        for there, item in enumerate(section["items"]):
            if item.get("code") == code:
                return place, there
    raise LookupError(code)


def item_of(definition: Mapping[str, Any], code: str) -> Item:
    place, there = item_place(definition, code)
    found: Item = definition["questionnaire"][place]["items"][there]
    return found


def free_code(taken: set[str], wish: str) -> str:
    """The wish, or with the first number from 2 on that makes it new."""
    numbered = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return wish if wish not in taken else next(code for code in numbered if code not in taken)


def item_codes(definition: Mapping[str, Any]) -> set[str]:
    return {item["code"] for section in definition["questionnaire"] for item in section["items"] if "code" in item}


def with_part(definition: Mapping[str, Any], key: str, value: Any) -> Definition:
    """A key of the study's head; None removes it."""
    kept = {name: part for name, part in definition.items() if name != key}
    return kept if value is None else {**definition, key: value}


def with_section(definition: Mapping[str, Any], section: Mapping[str, Any], *, replaces: str = "") -> Definition:
    """A new section at the end, or one in the place of `replaces`, whose items it keeps unless it brings its own."""
    sections = list(definition["questionnaire"])
    if replaces:
        place = section_place(definition, replaces)
        sections[place] = {**sections[place], **section}
    else:
        sections.append({"items": [], **section})
    return {**definition, "questionnaire": sections}


def without_section(definition: Mapping[str, Any], code: str) -> Definition:
    place = section_place(definition, code)
    return {**definition, "questionnaire": _without(definition["questionnaire"], place)}


def with_section_moved(definition: Mapping[str, Any], code: str, steps: int) -> Definition:
    place = section_place(definition, code)
    return {**definition, "questionnaire": _moved(definition["questionnaire"], place, place + steps)}


def with_item(definition: Mapping[str, Any], section: str, item: Item, *, after: str = "") -> Definition:
    """A new item at the section's end, or after another one of it."""
    place = section_place(definition, section)
    items = definition["questionnaire"][place]["items"]
    there = item_place(definition, after)[1] + 1 if after else len(items)
    return _with_items(definition, place, [*items[:there], item, *items[there:]])


def with_item_replaced(definition: Mapping[str, Any], code: str, item: Item) -> Definition:
    place, there = item_place(definition, code)
    items = list(definition["questionnaire"][place]["items"])
    items[there] = item
    found = _with_items(definition, place, items)
    return found if item.get("code") == code else with_item_renamed(found, code, item["code"])


def without_item(definition: Mapping[str, Any], code: str) -> Definition:
    place, there = item_place(definition, code)
    return _with_items(definition, place, _without(definition["questionnaire"][place]["items"], there))


def with_item_copied(definition: Mapping[str, Any], code: str) -> tuple[Definition, str]:
    """The copy stands after its original, under a new code, which is returned too."""
    place, _there = item_place(definition, code)
    new = free_code(item_codes(definition), code)
    copy = {key: value for key, value in item_of(definition, code).items() if key not in ("version", "equivalent_to")} | {"code": new}
    return with_item(definition, definition["questionnaire"][place]["section"], copy, after=code), new


def with_item_moved(definition: Mapping[str, Any], code: str, steps: int) -> Definition:
    """Up (negative) or down; past the end of its section into the next one."""
    place, there = item_place(definition, code)
    items = definition["questionnaire"][place]["items"]
    if 0 <= there + steps < len(items):
        return _with_items(definition, place, _moved(items, there, there + steps))
    beside = place + (1 if steps > 0 else -1)
    if not 0 <= beside < len(definition["questionnaire"]):
        return dict(definition)
    return with_item_in(definition, code, definition["questionnaire"][beside]["section"], first=steps > 0)


def with_item_in(definition: Mapping[str, Any], code: str, section: str, *, first: bool = False) -> Definition:
    """The item taken to another section, at its end or as its first."""
    item = item_of(definition, code)
    rest = without_item(definition, code)
    place = section_place(rest, section)
    items = rest["questionnaire"][place]["items"]
    return _with_items(rest, place, [item, *items] if first else [*items, item])


def with_named(definition: Mapping[str, Any], part: str, name: str, value: Any, *, replaces: str = "") -> Definition:
    """A scale or option list under its name. `part`: scales or option_lists."""
    named = {key: old for key, old in definition.get(part, {}).items() if key != replaces}
    found = {**definition, part: {**named, name: value}}
    if replaces and replaces != name:
        found = with_scale_renamed(found, replaces, name) if part == "scales" else with_list_renamed(found, replaces, name)
    return found


def without_named(definition: Mapping[str, Any], part: str, name: str) -> Definition:
    rest = {key: value for key, value in definition.get(part, {}).items() if key != name}
    return with_part(definition, part, rest or None)


def with_group(definition: Mapping[str, Any], part: str, group: Mapping[str, Any], *, replaces: str = "") -> Definition:
    """A panel or theatre at the end, or in the place of another. `part`: panels or theatres."""
    groups = list(definition.get(part, []))
    codes = [given["code"] for given in groups]
    if not replaces:
        return {**definition, part: [*groups, dict(group)]}
    groups[_index(codes, replaces)] = dict(group)
    found = {**definition, part: groups}
    return with_theatre_renamed(found, replaces, group["code"]) if part == "theatres" and replaces != group["code"] else found


def without_group(definition: Mapping[str, Any], part: str, code: str) -> Definition:
    groups = definition.get(part, [])
    rest = _without(groups, _index([group["code"] for group in groups], code))
    return with_part(definition, part, rest if rest or part == "panels" else None)


def with_group_moved(definition: Mapping[str, Any], part: str, code: str, steps: int) -> Definition:
    groups = definition.get(part, [])
    place = _index([group["code"] for group in groups], code)
    return {**definition, part: _moved(groups, place, place + steps)}


def with_item_renamed(definition: Mapping[str, Any], old: str, new: str) -> Definition:
    """Follows a new code in conditions, mirrors and the same question of the other theatre."""
    def follow(item: Item) -> Item:
        item = _following(item, ("same_as", "mirror"), old, new)
        condition = item.get("shown_if")
        return {**item, "shown_if": _following(condition, ("item",), old, new)} if isinstance(condition, Mapping) else item
    return _with_every_item(definition, follow)


def with_scale_renamed(definition: Mapping[str, Any], old: str, new: str) -> Definition:
    def follow(item: Item) -> Item:
        item = _following(item, ("scale",), old, new)
        axes = {axis: _following(item[axis], ("scale",), old, new) for axis in ("x", "y") if isinstance(item.get(axis), Mapping)}
        return {**item, **axes}
    return _with_every_item(definition, follow)


def with_list_renamed(definition: Mapping[str, Any], old: str, new: str) -> Definition:
    return _with_every_item(definition, lambda item: _following(item, ("options", "rows", "columns"), old, new))


def with_theatre_renamed(definition: Mapping[str, Any], old: str, new: str) -> Definition:
    panels = [{**panel, "theatres": [new if code == old else code for code in panel["theatres"]]} if "theatres" in panel else panel
              for panel in definition.get("panels", [])]
    return _with_every_item({**definition, "panels": panels}, lambda item: _following(item, ("theatre",), old, new))


def _following(part: Mapping[str, Any], keys: tuple[str, ...], old: str, new: str) -> dict[str, Any]:
    return {key: new if key in keys and value == old else value for key, value in part.items()}


def _with_every_item(definition: Mapping[str, Any], edit: ItemEdit) -> Definition:
    sections = [{**section, "items": [edit(item) for item in section["items"]]} for section in definition["questionnaire"]]
    return {**definition, "questionnaire": sections}


def _with_items(definition: Mapping[str, Any], place: int, items: list[Item]) -> Definition:
    sections = list(definition["questionnaire"])
    sections[place] = {**sections[place], "items": items}
    return {**definition, "questionnaire": sections}


def _without(entries: list[Any], place: int) -> list[Any]:
    return [*entries[:place], *entries[place + 1:]]


def _moved(entries: list[Any], place: int, there: int) -> list[Any]:
    """To `there`, or as far as the list goes."""
    rest = _without(entries, place)
    there = min(max(there, 0), len(rest))
    return [*rest[:there], entries[place], *rest[there:]]


def _index(codes: list[str], code: str) -> int:
    if code not in codes:
        raise LookupError(code)
    return codes.index(code)
