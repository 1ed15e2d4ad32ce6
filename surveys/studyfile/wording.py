"""The texts that stand in an item itself, each by its place: text, help, unit, options.isr, rows.us, columns.isr, x, y.

Texts of scales and option lists that several items share stand in shared_wording.py.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from surveys.items.resolve import AXES, OPTION_LISTS, TEXTS, by_language
from surveys.items.text import clean_text

Texts = Mapping[str, Mapping[str, str]]  # place → language → text
STILL_THE_SAME = 0.8
MOST_COMPARED = 2_000  # signs; longer differences are compared by words, or it would take minutes


class Change(NamedTuple):
    place: str
    language: str
    before: str
    after: str


def texts_in(item: Mapping[str, Any], source: str) -> dict[str, dict[str, str]]:
    found = {key: by_language(item[key], source) for key in TEXTS if key in item}
    found.update({axis: by_language(item[axis]["text"], source) for axis in AXES if axis in item})
    for key in OPTION_LISTS:
        if isinstance(item.get(key), list):
            found.update({f"{key}.{option['code']}": by_language(option["text"], source) for option in item[key]})
    return found


def with_texts(item: Mapping[str, Any], texts: Texts, source: str) -> dict[str, Any]:
    """The item with these texts in place of its own. An empty one takes a language away; what is not named stays.

    Raises KeyError for a place that the item has not (but help and unit can come anew).
    """
    found = {place: merged_texts(given, texts.get(place, {})) for place, given in texts_in(item, source).items()}
    for place in texts.keys() - found.keys():
        if place not in TEXTS:
            raise KeyError(place)
        found[place] = merged_texts({}, texts[place])
    return _written(item, found, source)


def merged_texts(given: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """One text by language, with new ones in place of the old. Blanks and line ends alone make no other text."""
    found = dict(given)
    for language, text in new.items():
        tidy = clean_text(text, len(text))
        if tidy != clean_text(given.get(language, ""), len(given.get(language, ""))):
            found[language] = tidy
    return {language: text for language, text in found.items() if text}


def _written(item: Mapping[str, Any], merged: Texts, source: str) -> dict[str, Any]:
    found = dict(item)
    for place, texts in merged.items():
        key, _dot, code = place.partition(".")
        if code:
            found[key] = [{**option, "text": as_given(option["text"], texts, source)} if option["code"] == code else option for option in found[key]]
        elif key in AXES:
            found[key] = {**item[key], "text": as_given(item[key]["text"], texts, source)}
        elif texts:
            found[key] = as_given(item.get(key), texts, source)
        else:
            found.pop(key, None)
    return found


def as_given(before: Any, texts: Mapping[str, str], source: str) -> Any:
    """One string stays one, as long as it is the source language's alone."""
    return texts[source] if isinstance(before, str) and set(texts) == {source} else dict(texts)


def changes(before: Mapping[str, Any], after: Mapping[str, Any], source: str) -> Iterator[Change]:
    """Which texts differ between two wordings of an item; an absent text is empty."""
    return changed_texts(texts_in(before, source), texts_in(after, source))


def changed_texts(old: Texts, new: Texts) -> Iterator[Change]:
    for place in [*old, *(place for place in new if place not in old)]:
        had, has = old.get(place, {}), new.get(place, {})
        for language in [*had, *(language for language in has if language not in had)]:
            if had.get(language, "") != has.get(language, ""):
                yield Change(place, language, had.get(language, ""), has.get(language, ""))


def is_small(before: str, after: str) -> bool:
    """Can this be the correction of a typing error? At least four fifths of the signs are the same, and all numbers."""
    return re.findall(r"\d+", before) == re.findall(r"\d+", after) and likeness(before, after) >= STILL_THE_SAME


def likeness(before: str, after: str) -> float:
    """0 to 1: the share of signs that both texts have, in the same order (the ratio of Ratcliff and Obershelp)."""
    head = _common_head(before, after)
    tail = _common_head(before[head:][::-1], after[head:][::-1])
    left, right = (text[head:len(text) - tail] for text in (before, after))
    total = len(before) + len(after)
    return 1.0 if not total else 2 * (head + tail + _alike(left, right)) / total


def _common_head(before: str, after: str) -> int:
    return next((place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), min(len(before), len(after)))


def _alike(left: str, right: str) -> int:
    """How many signs two texts have in common, in the same order."""
    if max(len(left), len(right)) <= MOST_COMPARED:
        return sum(block.size for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())
    words, others = re.findall(r"\s+|\S+", left), re.findall(r"\s+|\S+", right)
    blocks = SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks()
    return sum(len(word) for block in blocks for word in words[block.a:block.a + block.size])
