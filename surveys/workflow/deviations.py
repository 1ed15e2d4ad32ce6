"""Where a study departs from the rules that were registered when round 1 opened: items added since, and items judged by other rules."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from surveys.enums import RoundState
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
    return deviations_among(study, asked_in_rounds(study) if study.rules_text else ())


def asked_in_rounds(study: Study) -> QuerySet[AskedItem]:
    """What every round asks that was opened, in the questionnaire's order, by version and round."""
    asked = AskedItem.objects.filter(round__study=study).exclude(round__state=RoundState.DRAFT).select_related("round", "item_version__item__section")
    return asked.order_by("item_version__item__section__position", "item_version__item__position", "item_version__number", "round__number")


def deviations_among(study: Study, asked: Iterable[AskedItem]) -> list[Deviation]:
    """Of these, in their order."""
    if not study.rules_text:
        return []
    registered = json.loads(study.rules_text)["items"]
    found: dict[int, Deviation] = {}
    for entry in asked:
        version, code = entry.item_version, entry.item_version.item.code
        now = rules_of_item(version.definition)
        if version.pk not in found and registered.get(code) != now:
            what = CHANGED if code in registered else ADDED
            found[version.pk] = Deviation(code, version.number, entry.round.number, what, registered.get(code, {}), now)
    return list(found.values())
