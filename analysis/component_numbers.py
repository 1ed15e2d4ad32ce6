"""Stored values as numbers by component: many answers to one item at once, each the same as its kind's `to_components` says. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np

from surveys.items import ItemSpec, kind_of
from surveys.items.base import ItemKind

ONE_DIGIT = re.compile(r'"([^"]+)": (\d)(?=[,}])')
Components = Sequence[Mapping[str, Any]]


def component_numbers(spec: ItemSpec, components: Components, texts: Sequence[str]) -> tuple[Any, Any]:
    """Numbers, NaN where there is none, and what cannot be judged. Both of shape (components, texts).

    `texts`: stored values as JSON. A nominal number is the index of its option.
    """
    numbers, not_judged = np.full((len(components), len(texts)), np.nan), np.zeros((len(components), len(texts)), dtype=bool)
    kind, left = kind_of(spec), np.arange(len(texts))
    if not texts or not components:
        return numbers, not_judged
    is_plain = [component["code"] for component in components] == [""]  # a grid of one cell is stored as an object like any grid
    if kind.is_stored_by_component and is_plain and components[0]["level"] != "nominal":
        numbers[0] = json.loads(f"[{','.join(texts)}]")
        return numbers, not_judged
    if kind.is_stored_by_component and len(components) > 1:
        alike, digits = _digits_of_those_alike([component["code"] for component in components], texts)
        numbers[:, alike], left = digits, np.flatnonzero(~alike)
    if len(left):
        numbers[:, left], not_judged[:, left] = _one_by_one(kind, spec, components, [texts[place] for place in left.tolist()])
    return numbers, not_judged


def _digits_of_those_alike(codes: Sequence[str], texts: Sequence[str]) -> tuple[Any, Any]:
    """Which texts hold one digit for every component, all in one order, and the digits: (texts,) bool, (components, those texts).

    They differ in these digits alone, so that they can be read as a table of characters, and most answers to a grid are so.
    """
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    alike = lengths == np.bincount(lengths).argmax()
    first = texts[alike.argmax()]
    places = {match[1]: match.start(2) for match in ONE_DIGIT.finditer(first)}
    joined = "".join(compress(texts, alike))
    if places.keys() != set(codes) or len(json.loads(first)) != len(codes) or not joined.isascii():
        return np.zeros(len(texts), dtype=bool), np.empty((len(codes), 0))
    characters = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, len(first))
    digits = characters[:, [places[code] for code in codes]] - ord("0")  # below "0" it starts again at 255
    agrees = characters == characters[0]
    agrees[:, list(places.values())] = True
    same = agrees.all(axis=1) & (digits <= 9).all(axis=1)
    alike[alike] = same
    return alike, digits[same].T


def _one_by_one(kind: ItemKind, spec: ItemSpec, components: Components, texts: Sequence[str]) -> tuple[Any, Any]:
    """As the kind says, for each text that differs."""
    places: dict[str, int] = {}
    which = [places.setdefault(text, len(places)) for text in texts]
    values = json.loads(f"[{','.join(places)}]")
    said = [kind.to_components(spec, value) for value in values]
    numbers = np.array([_floats(component, [parts.get(component["code"]) for parts in said]) for component in components])
    if np.count_nonzero(~np.isnan(numbers)) != sum(map(len, said)):
        raise ValueError(f"answers to {spec.code} hold components that the item does not have")
    not_judged = np.zeros(numbers.shape, dtype=bool)
    if kind.judged_by_component:
        for place, value in enumerate(values):
            unknown = kind.not_judged(spec, value)
            not_judged[:, place] = [component["code"] in unknown for component in components] if unknown else False
    return numbers[:, which], not_judged[:, which]


def _floats(component: Mapping[str, Any], values: Sequence[Any]) -> Any:
    if component["level"] == "nominal":
        index = {category: place for place, category in enumerate(component["categories"])}
        values = [None if value is None else index[value] for value in values]
    return np.array(values, dtype=float)
