"""What experts give in a round, made up at random: whole answers and unfinished ones, of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from tests.journeys.oracle_answers import CANNOT_JUDGE, counted, is_complete
from tests.journeys.oracle_study import codes_of, components_of, items_of

POINTS = {"five": 5, "seven": 7, "nine": 9}
Parts = dict[str, str]


@dataclass
class Sheet:
    """What one expert gives in a round. `way`: imported (submitted), draft (saved by the expert, not submitted), silent."""

    way: str
    answers: dict[str, Parts] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    """Item → kept or changed, as a page sends it."""


def random_sheet(rng: Random, definition: Mapping[str, Any], person: str, panel: str, asked: list[str], number: int,
                 last: dict[tuple[str, str], Parts]) -> Sheet:
    """`last` remembers what somebody gave before, so that many keep it; an unfinished answer is none to keep."""
    sheet = Sheet(rng.choices(["imported", "draft", "silent"], [80, 12, 8])[0])
    mood = Random(f"{definition['study']} {panel} {number // 2}")
    for item in items_of(definition):
        unanimous, favourite = mood.random() < 0.25, random_parts(mood, definition, item)
        if item["code"] not in asked or sheet.way == "silent":
            continue
        before = last.get((person, item["code"]))
        parts = random_gift(rng, definition, item, before, favourite if unanimous else None)
        if parts:
            sheet.answers[item["code"]] = parts
            sheet.decisions[item["code"]] = "kept" if parts == before else "changed"
    if sheet.way == "draft" and not is_something(definition, asked, sheet):
        return Sheet("silent")
    last.update({(person, code): parts for code, parts in sheet.answers.items() if is_given(definition, code, parts)})
    return sheet


def is_something(definition: Mapping[str, Any], asked: list[str], sheet: Sheet) -> bool:
    """Does anything of it count? Else closing leaves the draft alone."""
    practice = {item["code"] for item in items_of(definition) if item.get("practice")}
    return bool(counted(definition, asked, sheet.answers).keys() - practice)


def is_given(definition: Mapping[str, Any], code: str, parts: Parts) -> bool:
    item = next(item for item in items_of(definition) if item["code"] == code)
    return parts.get("") == CANNOT_JUDGE or is_complete(definition, item, parts)


def random_gift(rng: Random, definition: Mapping[str, Any], item: Mapping[str, Any], before: Parts | None, favourite: Parts | None) -> Parts:
    if before is not None and rng.random() < 0.65:
        return before
    if rng.random() < 0.06:
        return {}
    if rng.random() < 0.06 and item.get("cannot_judge", True):
        return {"": CANNOT_JUDGE}
    parts = favourite or random_parts(rng, definition, item)
    return unfinished(rng, item, parts) if rng.random() < 0.07 else parts


def unfinished(rng: Random, item: Mapping[str, Any], parts: Parts) -> Parts:
    """One component fewer, where that makes an answer which is kept but does not count (a grid's other cells do)."""
    if item["kind"] not in ("ranking", "allocation", "quantiles", "grid", "plane"):
        return parts
    return {code: parts[code] for code in rng.sample(list(parts), len(parts) - 1)}


def random_parts(rng: Random, definition: Mapping[str, Any], item: Mapping[str, Any]) -> Parts:
    kind, codes = item["kind"], [code for code, *_level in components_of(definition, item) if code]
    if kind == "choices":
        return {code: rng.choice("01") for code in codes}
    if kind == "ranking":
        ranks = rng.sample(range(1, len(codes) + 1), len(codes)) if rng.random() < 0.4 else range(1, len(codes) + 1)
        return {code: str(rank) for code, rank in zip(codes, ranks, strict=True)}
    if kind == "allocation":
        return random_allocation(rng, item, codes)
    if kind == "grid":
        cells = {code: random_position(rng, item["scale"]) for code in codes}
        return {code: CANNOT_JUDGE if item.get("cannot_judge", True) and rng.random() < 0.1 else cells[code] for code in codes}
    if kind == "plane":
        return {axis: random_position(rng, item[axis]["scale"]) for axis in codes}
    if kind == "quantiles":
        return random_quantiles(rng, item, codes)
    return {"": random_value(rng, definition, item)}


def random_allocation(rng: Random, item: Mapping[str, Any], codes: list[str]) -> Parts:
    """Half of the time a zero is left unsaid."""
    cuts = sorted(rng.choice([0, 5, 10, 20, rng.randint(0, 20)]) for _code in codes[1:])
    points = [Fraction(high - low, 20) * item["total"] for low, high in zip([0, *cuts], [*cuts, 20], strict=True)]
    given = {code: f"{float(number):.2f}" for code, number in zip(codes, points, strict=True)}
    return given if rng.random() < 0.5 else {code: text for code, text in given.items() if Fraction(text)}


def random_quantiles(rng: Random, item: Mapping[str, Any], codes: list[str]) -> Parts:
    numbers = [code for code in codes if code != "confidence"]
    low, high = limits_in_hundredths(item)
    step = max(1, (high - low) // 10)
    found: set[int] = set()
    while len(found) < len(numbers):
        found.add(rng.choice([low, high, min(high, low + step * rng.randint(0, 10)), rng.randint(low, high)]))
    rising = sorted(found)
    if item.get("interval") and rng.random() < 0.2:
        rising = [rising[0]] * len(rising)
    given = {code: f"{number / 100:.2f}" for code, number in zip(numbers, rising, strict=True)}
    return {**given, "confidence": str(rng.choice([50, 60, 80, 100]))} if item.get("interval") else given


def limits_in_hundredths(item: Mapping[str, Any]) -> tuple[int, int]:
    return round(item.get("minimum", -50) * 100), round(item.get("maximum", 1000) * 100)


def random_position(rng: Random, scale: str) -> str:
    top = POINTS[scale]
    return str(min(top, rng.randint(1, top) if rng.random() < 0.5 else rng.choice([2, 4, 8])))


def random_value(rng: Random, definition: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    kind = item["kind"]
    if kind == "rating":
        return random_position(rng, item["scale"])
    if kind == "choice":
        return rng.choice(codes_of(definition, item["options"]))
    if kind == "text":
        return rng.choice(["Why?", "=1+1"])
    if kind == "probability":
        return rng.choice(["0", "100", "10", "20", "30", "70", "29", "57.5", "0.001", "33.333", str(rng.randint(0, 100))])
    low, high = limits_in_hundredths(item)
    grain = 1 if item["decimals"] else 100
    lowest, highest = -(-low // grain), high // grain
    number = rng.choice([lowest, highest, rng.randint(lowest, highest), round((lowest + highest) / 2), round(lowest + 0.3 * (highest - lowest))])
    return f"{number * grain / 100:.{item['decimals']}f}"
