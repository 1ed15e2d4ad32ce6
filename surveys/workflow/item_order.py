"""The order in which an expert is asked: items in random order change places among themselves, within their section."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from surveys.models import AskedItem, Invitation, Panelist, Round
from surveys.queries import asked_items


def invite_panelists(study_round: Round, panelists: Any) -> None:
    """Invite to a round, each expert with an own order where the questionnaire draws one; who is invited already stays so."""
    draw = order_drawer(asked_items(study_round))
    found: Sequence[Panelist] = list(panelists)
    Invitation.objects.bulk_create(
        (Invitation(round=study_round, panelist=panelist, item_order=draw()) for panelist in found), ignore_conflicts=True, batch_size=2000
    )


def order_drawer(asked: Sequence[AskedItem]) -> Callable[[], list[int] | None]:
    """A function that draws an order of the asked items' ids; it returns None where nothing is to be drawn."""
    by_section: dict[int, list[int]] = {}
    for place, entry in enumerate(asked):
        if entry.item_version.definition.get("order") == "random":
            by_section.setdefault(entry.item_version.item.section_id, []).append(place)
    groups = [places for places in by_section.values() if len(places) > 1]
    chance = random.SystemRandom()

    def draw() -> list[int] | None:
        if not groups:
            return None
        order = [entry.pk for entry in asked]
        for places in groups:
            shuffled = chance.sample(places, len(places))
            for place, other in zip(places, shuffled, strict=True):
                order[place] = asked[other].pk
        return order

    return draw
