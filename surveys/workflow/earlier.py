"""What experts said before: the latest answer to a wording that compares, unless its question was not asked of them after all.

An answer whose question a later change hid is kept as a draft of its own round. It counts nowhere, so no later round holds it against its expert.
"""

from collections.abc import Collection, Iterable
from typing import Any

from surveys.models import Answer, Panelist, Response, Round
from surveys.queries import GIVEN, LINE
from surveys.workflow.conditions import hidden_by_response, specs_of

WAITS = "asked_item__item_version__definition__has_key"


def hidden_answers(responses: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Of these responses: (response, asked item) where the response's own answers hide the item (2 queries, and 2 for each of their rounds)."""
    of_round: dict[int, list[int]] = {}
    for response, study_round in Response.objects.filter(pk__in=set(responses)).values_list("pk", "round"):
        of_round.setdefault(study_round, []).append(response)
    found: set[tuple[int, int]] = set()
    for one in Round.objects.filter(pk__in=of_round).select_related("study"):
        hidden = hidden_by_response(specs_of(one), of_round[one.pk])
        found |= {(response, item) for response, items in hidden.items() for item in items}
    return frozenset(found)


def previous_answers(panelist: Panelist, study_round: Round, line_ids: list[int]) -> dict[int, Answer]:
    """Line of versions → the panelist's latest answer to one of them in an earlier round (1 query, unless such an item waited for another)."""
    if study_round.number == 1:
        return {}
    answers = list(
        _given_before(study_round).filter(line_id__in=line_ids, response__panelist=panelist)
        .select_related("response__round", "asked_item__item_version").order_by("response__round__number")
    )
    doubtful = {answer.response_id for answer in answers if "shown_if" in answer.asked_item.item_version.definition}
    hidden = hidden_answers(doubtful) if doubtful else frozenset()
    return {answer.line_id: answer for answer in answers if (answer.response_id, answer.asked_item_id) not in hidden}


def previous_values(study_round: Round, line_ids: Collection[int]) -> dict[tuple[int, int], tuple[Any, bool]]:
    """The same for everybody: (panelist, line of versions) → value and cannot judge (2 queries, unless an item waited for another)."""
    if study_round.number == 1:
        return {}
    answers = _given_before(study_round).filter(line_id__in=line_ids)
    doubtful = set(answers.filter(**{WAITS: "shown_if"}).values_list("response", flat=True))
    hidden = hidden_answers(doubtful) if doubtful else frozenset()
    rows = answers.order_by("response__round__number").values_list("response__panelist", "line_id", "value", "cannot_judge", "response", "asked_item")
    return {(panelist, line): (value, cannot_judge) for panelist, line, value, cannot_judge, response, asked_item in rows.iterator()
            if (response, asked_item) not in hidden}


def _given_before(study_round: Round) -> Any:
    return Answer.objects.annotate(line_id=LINE).filter(
        GIVEN, response__round__study=study_round.study_id, response__round__number__lt=study_round.number)
