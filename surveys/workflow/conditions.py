"""Items that wait for the answer to another: whether a round asks both, and which saved answers their conditions hide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from surveys.items import ItemSpec, hidden_items, kind_of
from surveys.models import Answer, Round
from surveys.queries import EVALUATED, GIVEN, asked_items


def missing_source(definitions: Iterable[Mapping[str, Any]]) -> str:
    """Why these items can't be asked together, in words: one waits for an item that is not among them. "" when they can."""
    items = list(definitions)
    asked = {item["code"] for item in items}
    for item in items:
        source = item["shown_if"]["item"] if "shown_if" in item else None
        if source is not None and source not in asked:
            text = _("Item %(code)s is asked only after an answer to item %(source)s, which this round does not ask. Ask both, or neither.")
            return text % {"code": item["code"], "source": source}
    return ""


def specs_of(study_round: Round) -> dict[int, ItemSpec]:
    """Asked item id → item, in the questionnaire's order (1 query)."""
    return {asked.pk: asked.item_version.spec(study_round.study.settings) for asked in asked_items(study_round)}


def only_hidden_answers(specs: Mapping[int, ItemSpec], responses: Any) -> list[int]:
    """Of these responses, the ids of those whose every answer that could count is hidden by a later change of another.

    No query where no item of the round waits for another, else 1; `responses`: a query of the round's that have answers.
    """
    waiting = [pk for pk, spec in specs.items() if spec.shown_if]
    if not waiting:
        return []
    asked_anyway = Answer.objects.filter(GIVEN, EVALUATED, response=OuterRef("pk")).exclude(asked_item__in=waiting)
    suspects = _answers(Answer.objects.filter(GIVEN, response__in=responses.exclude(Exists(asked_anyway)).values("pk")))
    return [response for response, answers in suspects.items()
            if all(item in _hidden(specs, answers) for item in answers if not specs[item].practice)]


def hidden_by_response(specs: Mapping[int, ItemSpec], responses: Iterable[int]) -> dict[int, frozenset[int]]:
    """Response id → the asked items that its own answers hide (1 query). `specs`: asked item id → item, in the questionnaire's order."""
    known = list(responses)
    given = _answers(Answer.objects.filter(GIVEN, response__in=known))
    return {response: _hidden(specs, given.get(response, {})) for response in known}


def _answers(found: Any) -> dict[int, dict[int, Any]]:
    """Response id → asked item id → value, None for "cannot judge" (1 query)."""
    given: dict[int, dict[int, Any]] = defaultdict(dict)
    for response, item, value in found.values_list("response", "asked_item", "value"):
        given[response][item] = value
    return dict(given)


def _hidden(specs: Mapping[int, ItemSpec], answers: Mapping[int, Any]) -> frozenset[int]:
    """The asked items that these answers hide."""
    said = {specs[item].code: kind_of(specs[item]).to_components(specs[item], value) for item, value in answers.items() if value is not None}
    codes = hidden_items(specs.values(), said)
    return frozenset(pk for pk, spec in specs.items() if spec.code in codes)
