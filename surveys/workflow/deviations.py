"""Where a study departs from the rules that were registered when round 1 opened: items added since, and items judged by other rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.models import AskedItem, Study
from surveys.workflow.studies import rules_of_item

ADDED, CHANGED = "added", "changed"


@dataclass(frozen=True)
class Deviation:
    """`round`: the first that asked this version. `registered` and `now`: the item's own rules, {} where the study's hold alone."""

    item: str
    version: int
    round: int
    what: str
    registered: Mapping[str, Any]
    now: Mapping[str, Any]


def deviations_of(study: Study) -> list[Deviation]:
    """In the questionnaire's order, for every version that a round asked (1 query; none before the rules are registered)."""
    if not study.rules_text:
        return []
    registered = json.loads(study.rules_text)["items"]
    asked = AskedItem.objects.filter(round__study=study).exclude(round__state="draft").select_related("round", "item_version__item__section")
    found: dict[int, Deviation] = {}
    for entry in asked.order_by("item_version__item__section__position", "item_version__item__position", "item_version__number", "round__number"):
        version, code = entry.item_version, entry.item_version.item.code
        now = rules_of_item(version.definition)
        if version.pk not in found and registered.get(code) != now:
            what = CHANGED if code in registered else ADDED
            found[version.pk] = Deviation(code, version.number, entry.round.number, what, registered.get(code, {}), now)
    return list(found.values())
