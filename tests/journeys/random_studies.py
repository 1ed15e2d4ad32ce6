"""Studies made up at random, and what their experts do in three rounds; the same seed gives the same study.

Sizes, theatres and answers are chosen so that small panels, unanimous ones, leavers and joiners are common.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.journeys.oracle import CANNOT_JUDGE, RoundHeld

PANELS = ("us", "jp", "kr", "no", "ee", "pl")
THEATRES = ("pacific", "atlantic", "arctic")
LABELS = ["None", "Little", "Some", "Much", "Extreme"]
ORDINAL_RULES = (
    {"rule": "percent_agreement", "band": "top_two", "at_least": 0.5}, {"rule": "percent_agreement", "band": "bottom_two", "at_least": 0.6},
    {"rule": "percent_agreement", "band": "either_end", "at_least": 0.75}, {"rule": "percent_agreement", "band": [2, 4], "at_least": 0.667},
    {"rule": "van_der_eijk", "at_least": 0.4}, {"rule": "rand"}, {"rule": "iqr", "at_most": 1}, {"rule": "sd", "below": 1.2},
    {"rule": "relative_iqr", "at_most": 0.5}, {"rule": "modal_share", "at_least": 0.5}, {"rule": "kendall_w", "at_least": 0.7},
)
NUMERIC_RULES = ({"rule": "iqr", "at_most": 20}, {"rule": "iqr", "below": 10}, {"rule": "relative_iqr", "at_most": 0.3}, {"rule": "sd", "at_most": 12.5})
NOMINAL_RULES = ({"rule": "modal_share", "at_least": 0.6}, {"rule": "percent_agreement", "band": "top_two", "at_least": 0.5})
STABILITY_RULES = (
    {"rule": "scheibe", "below": 15}, {"rule": "scheibe", "at_most": 20}, {"rule": "percent_changed", "at_most": 15}, {"rule": "percent_changed", "below": 40},
    {"rule": "percent_changed", "below": 20}, {"rule": "weighted_kappa", "at_least": 0.6}, {"rule": "weighted_kappa", "at_least": 1},
)


@dataclass
class Sheet:
    """What one expert gives in a round. `way`: imported (submitted), draft (saved by the expert, not submitted), silent."""

    way: str
    answers: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    """Item → kept or changed, as a page sends it."""


@dataclass
class Journey:
    definition: dict[str, Any]
    people: list[dict[str, str]] = field(default_factory=list)
    """panelist → panel on arrival, for each round."""
    moves: list[dict[str, str]] = field(default_factory=list)
    leaving: list[list[str]] = field(default_factory=list)
    """Who declines before answering anything."""
    withdrawing: list[list[str]] = field(default_factory=list)
    """Who answered in earlier rounds and takes everything back, some after having answered in this round too."""
    asked: list[list[str]] = field(default_factory=list)
    sheets: list[dict[str, Sheet]] = field(default_factory=list)
    held: list[RoundHeld] = field(default_factory=list)


def random_study(seed: int) -> dict[str, Any]:
    rng = Random(seed)
    minimum = rng.choice([1, 1, 3, 3, 5])
    theatres = list(THEATRES[: rng.randint(0, 3)])
    panels: list[dict[str, Any]] = []
    for code in rng.sample(PANELS, rng.randint(1, 6)):
        in_theatres = rng.sample(theatres, rng.randint(0, len(theatres)))
        panels.append({"code": code, "name": code.upper(), **({"theatres": in_theatres} if in_theatres else {})})
    definition: dict[str, Any] = {
        "study": f"random-{seed}", "title": "A study made up", "languages": ["en"], "disclosure": {"minimum": minimum}, "public_data": minimum == 1,
        **({"theatres": [{"code": code, "name": code.upper()} for code in theatres]} if theatres else {}), "panels": panels,
        "rounds": {"invite": rng.choice(["everyone", "respondents"]), "unsubmitted": rng.choice(["count", "leave_out"])},
        "scales": {
            "five": {"labels": {"en": LABELS}, **rules(rng, 0.3)},
            "seven": {"points": 7, "ends": {"en": ["Low", "High"]}, **rules(rng, 0.3)},
            "nine": {"points": 9, "ends": {"en": ["Low", "High"]}, **rules(rng, 0.3, also_rand=True)},
        },
        "questionnaire": [{"section": "first", "title": "First", "items": random_items(rng, 3, "a")},
                          {"section": "second", "title": "Second", "items": random_items(rng, 2, "b")}],
        **rules(rng, 0.9, also_rand=True),
    }
    if rng.random() < 0.6:
        definition["quantile_type"] = rng.randint(1, 9)
    return definition


def rules(rng: Random, often: float, *, also_rand: bool = False) -> dict[str, Any]:
    """Rules of consensus and stability, each with this probability: one for all, or by level."""
    ordinal = [rule for rule in ORDINAL_RULES if also_rand or rule["rule"] != "rand"]
    by_level: dict[str, Any] = {"ordinal": rng.choice(ordinal), "probability": rng.choice(NUMERIC_RULES), "interval": rng.choice(NUMERIC_RULES),
                "nominal": rng.choice(NOMINAL_RULES)}
    consensus: Any = rng.choice([rng.choice(ordinal), some_of(rng, by_level)])
    stability: Any = rng.choice([rng.choice(STABILITY_RULES), some_of(rng, {level: rng.choice(STABILITY_RULES) for level in by_level})])
    return {name: rule for name, rule in (("consensus", consensus), ("stability", stability)) if rng.random() < often}


def some_of(rng: Random, mapping: Mapping[str, Any]) -> dict[str, Any]:
    kept = rng.sample(sorted(mapping), rng.randint(1, len(mapping)))
    return {key: mapping[key] for key in kept}


def random_items(rng: Random, number: int, prefix: str) -> list[dict[str, Any]]:
    return [random_item(rng, f"{prefix}{place}") for place in range(number)]


def random_item(rng: Random, code: str) -> dict[str, Any]:
    kind = rng.choice(["rating", "rating", "probability", "number", "choice", "text"])
    item: dict[str, Any] = {"code": code, "kind": kind, "text": f"Question {code}"}
    if kind == "rating":
        item["scale"] = rng.choice(["five", "seven", "nine"])
        item["practice"] = rng.random() < 0.1
    elif kind == "choice":
        item["options"] = [{"code": option, "text": option} for option in ("within", "economy", "force")]
    elif kind == "number":
        low, high = rng.choice([(0, 365), (-1, 1), (0.1, 1.3), (0, None), (None, None)])
        item.update({key: value for key, value in (("minimum", low), ("maximum", high)) if value is not None}, decimals=rng.choice([0, 2]))
    if rng.random() < 0.1:
        item["cannot_judge"] = False
    if rng.random() < 0.2:
        item["version"] = 3
    return {**item, **rules(rng, 0.25, also_rand=item.get("scale") == "nine")}


# --- What happens

def random_journey(seed: int) -> Journey:
    rng = Random(1_000_000 + seed)
    journey = Journey(random_study(seed))
    items = [item for section in journey.definition["questionnaire"] for item in section["items"]]
    sizes = {panel["code"]: rng.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) for panel in journey.definition["panels"]}
    if not any(sizes.values()):
        sizes[next(iter(sizes))] = 6
    panel_of: dict[str, str] = {}
    left: set[str] = set()
    withdrawn: set[str] = set()
    respondents: set[str] = set()
    last: dict[tuple[str, str], str] = {}
    answered: set[str] = set()
    for number in (1, 2, 3):
        withdrawing: list[str] = []
        arriving = new_people(rng, sizes, number)
        moving = {person: rng.choice(list(sizes)) for person in sorted(panel_of) if person not in answered | left and rng.random() < 0.2}
        panel_of.update(arriving, **moving)
        invites_all = journey.definition["rounds"]["invite"] == "everyone" or number == 1
        invited = [person for person in panel_of if person not in left and (invites_all or person in respondents)]
        leaving = [person for person in invited if person not in answered and number > 1 and rng.random() < 0.15]
        left.update(leaving)
        withdrawing += [person for person in sorted(answered - left) if rng.random() < 0.04]
        asked = sorted(item["code"] for item in items if rng.random() < 0.75) or [items[0]["code"]]
        sheets = {person: random_sheet(rng, journey.definition, person, panel_of[person], asked, number, last) for person in invited if person not in left}
        left.update(withdrawing)
        withdrawn.update(withdrawing)
        answered.update(person for person, sheet in sheets.items() if sheet.way != "silent")
        journey.people.append(arriving)
        journey.moves.append(moving)
        journey.leaving.append(leaving)
        journey.withdrawing.append(withdrawing)
        journey.asked.append(asked)
        journey.sheets.append(sheets)
        held = {person: sheet for person, sheet in sheets.items() if person not in left}
        responses = {person: sheet.answers for person, sheet in held.items() if counts(journey.definition, sheet)}
        respondents = set(responses)
        journey.held.append(RoundHeld(asked, {person: panel_of[person] for person in held}, responses, frozenset(withdrawn)))
    return journey


def counts(definition: Mapping[str, Any], sheet: Sheet) -> bool:
    return sheet.way == "imported" or (sheet.way == "draft" and definition["rounds"]["unsubmitted"] == "count")


def new_people(rng: Random, sizes: Mapping[str, int], number: int) -> dict[str, str]:
    coming = sizes if number == 1 else {panel: rng.choice([0, 0, 0, 1, 2]) for panel in sizes}
    return {f"{panel}-{number}-{place}": panel for panel, how_many in coming.items() for place in range(how_many)}


def random_sheet(rng: Random, definition: Mapping[str, Any], person: str, panel: str, asked: list[str], number: int,
                 last: dict[tuple[str, str], str]) -> Sheet:
    """`last` remembers what somebody gave before, so that many keep it."""
    way = rng.choices(["imported", "draft", "silent"], [80, 12, 8])[0]
    sheet = Sheet(way)
    if way == "silent":
        return sheet
    mood = Random(f"{definition['study']} {panel} {number // 2}")
    for section in definition["questionnaire"]:
        for item in section["items"]:
            unanimous, favourite = mood.random() < 0.25, random_value(mood, item)
            if item["code"] not in asked:
                continue
            before = last.get((person, item["code"]))
            if before is not None and rng.random() < 0.65:
                value = before
            elif rng.random() < 0.06:
                value = ""
            elif rng.random() < 0.06 and item.get("cannot_judge", True):
                value = CANNOT_JUDGE
            else:
                value = favourite if unanimous else random_value(rng, item)
            if value:
                sheet.answers[item["code"]] = last[person, item["code"]] = value
                sheet.decisions[item["code"]] = "kept" if value == before else "changed"
    if way == "draft" and not sheet.answers:
        sheet.way = "silent"
    return sheet


def random_value(rng: Random, item: Mapping[str, Any]) -> str:
    kind = item["kind"]
    if kind == "rating":
        top = {"five": 5, "seven": 7, "nine": 9}[item["scale"]]
        return str(min(top, rng.randint(1, top) if rng.random() < 0.5 else rng.choice([2, 4, 8])))
    if kind == "choice":
        return rng.choice(["within", "economy", "force"])
    if kind == "text":
        return rng.choice(["Why?", "=1+1"])
    if kind == "probability":
        return rng.choice(["0", "100", "10", "20", "30", "70", "29", "57.5", "0.001", "33.333", str(rng.randint(0, 100))])
    low, high, decimals = item.get("minimum", -50), item.get("maximum", 1000), item["decimals"]
    steps = 10**decimals
    lowest, highest = -(-round(low * 1000) * steps // 1000), round(high * 1000) * steps // 1000
    number = rng.choice([lowest, highest, rng.randint(lowest, highest), round((lowest + highest) / 2), round(lowest + 0.3 * (highest - lowest))])
    return f"{number / steps:.{decimals}f}"
