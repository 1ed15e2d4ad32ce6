"""Studies made up at random, and what their experts do in three rounds; the same seed gives the same study.

Sizes, theatres and answers are chosen so that small panels, unanimous ones, leavers and joiners are common.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.journeys.oracle_answers import RoundHeld
from tests.journeys.random_answers import Sheet, random_sheet
from tests.journeys.random_items import LABELS, OPTION_LISTS, random_questionnaire, rules

PANELS = ("us", "jp", "kr", "no", "ee", "pl")
THEATRES = ("pacific", "atlantic", "arctic")

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
        "option_lists": OPTION_LISTS,
        "questionnaire": random_questionnaire(rng, panels),
        **rules(rng, 0.9, also_rand=True),
    }
    if rng.random() < 0.6:
        definition["quantile_type"] = rng.randint(1, 9)
    return definition


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
    last: dict[tuple[str, str], dict[str, str]] = {}
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
        asked = with_sources(items, {item["code"] for item in items if rng.random() < 0.75} or {items[0]["code"]})
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


def with_sources(items: Sequence[Mapping[str, Any]], chosen: set[str]) -> list[str]:
    """The items asked, with those whose answers they wait for: a round that leaves one out is refused."""
    for item in reversed(items):
        if item["code"] in chosen and "shown_if" in item:
            chosen.add(item["shown_if"]["item"])
    return sorted(chosen)


def counts(definition: Mapping[str, Any], sheet: Sheet) -> bool:
    return sheet.way == "imported" or (sheet.way == "draft" and definition["rounds"]["unsubmitted"] == "count")


def new_people(rng: Random, sizes: Mapping[str, int], number: int) -> dict[str, str]:
    coming = sizes if number == 1 else {panel: rng.choice([0, 0, 0, 1, 2]) for panel in sizes}
    return {f"{panel}-{number}-{place}": panel for panel, how_many in coming.items() for place in range(how_many)}
