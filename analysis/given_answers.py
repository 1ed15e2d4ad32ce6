"""The answers of a round that count, one asked item at a time, as fast as the database can send them.

A row for each answer costs more on its way into Python than everything that is done with it. So PostgreSQL puts the answers to an
item together into one row: a number that holds all but the value, and the value as text. SQLite has rows walked.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Aggregate, BigIntegerField, BinaryField, Case, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from surveys.models import Answer, Rationale, Round
from surveys.queries import GIVEN, responses_that_count

DECISIONS = {"new": 1, "kept": 2, "changed": 3}
CONFIDENCE, DECISION, CANNOT_JUDGE, HAS_VALUE, RESPONSE = 1, 128, 512, 1024, 2048  # what each part is multiplied by in the number
NOT_GIVEN = 127  # a confidence is 100 at most
BETWEEN = "\n"  # never in the text of a JSON value, where it is written \n
ITEMS_AT_ONCE = 10
WALKED_AT_ONCE = 20_000


@dataclass(frozen=True)
class GivenAnswers:
    """The answers to one asked item that count, each array with one entry an answer. Only where `has_value` is one of the `values`, in order."""

    asked_item_id: int
    responses: Any
    has_value: Any
    cannot_judge: Any
    decisions: Any
    confidence: Any
    values: list[str]  # JSON


def given_answers(study_round: Round) -> Iterator[GivenAnswers]:
    """In no order. Whoever wants every item from one moment asks within a transaction."""
    answers = Answer.objects.filter(GIVEN, response__in=responses_that_count(study_round)).order_by()
    for asked_item_id, numbers, values in put_together(answers) if connection.vendor == "postgresql" else walked(answers):
        confidence = numbers % DECISION // CONFIDENCE
        yield GivenAnswers(
            asked_item_id, numbers // RESPONSE, numbers & HAS_VALUE > 0, numbers & CANNOT_JUDGE > 0, numbers % CANNOT_JUDGE // DECISION,
            np.where(confidence == NOT_GIVEN, np.nan, confidence), values,
        )  # fmt: skip


def responses_with_reasons(study_round: Round) -> Iterator[tuple[int, Any]]:
    """Asked item → the responses that hold a reason for their answer to it."""
    reasons = Rationale.objects.filter(response__in=responses_that_count(study_round)).exclude(text="").order_by()
    if connection.vendor == "postgresql":
        for asked_item_id, packed in _one_row_an_item(reasons, packed=_packed(F("response_id"))):
            yield asked_item_id, _unpacked(packed)
    else:
        found = defaultdict(list)
        for asked_item_id, response_id in reasons.values_list("asked_item_id", "response_id").iterator(WALKED_AT_ONCE):
            found[asked_item_id].append(response_id)
        yield from ((asked_item_id, np.array(responses)) for asked_item_id, responses in found.items())


def put_together(answers: QuerySet[Answer]) -> Iterator[tuple[int, Any, list[str]]]:
    """Both columns are put together from the same rows as they come by, so their orders agree."""
    texts = Aggregate(Cast("value", TextField()), Value(BETWEEN), function="string_agg", output_field=TextField())
    for asked_item_id, packed, values in _one_row_an_item(answers, packed=_packed(_as_number()), texts=texts):
        yield asked_item_id, _unpacked(packed), values.split(BETWEEN) if values is not None else []


def _as_number() -> Any:
    kept_or_changed = [When(decision=name, then=number * DECISION) for name, number in DECISIONS.items()]
    return (
        F("response_id") * RESPONSE
        + Case(When(value__isnull=False, then=HAS_VALUE), default=0)
        + Case(When(cannot_judge=True, then=CANNOT_JUDGE), default=0)
        + Case(*kept_or_changed)
        + Coalesce("confidence", NOT_GIVEN)
    )


def _packed(number: Any) -> Aggregate:
    """Eight bytes for each row, one after the other."""
    eight_bytes = Func(Cast(number, BigIntegerField()), function="int8send", output_field=BinaryField())
    return Aggregate(eight_bytes, Value(b"", output_field=BinaryField()), function="string_agg", output_field=BinaryField())


def _unpacked(packed: Any) -> Any:
    return np.frombuffer(packed, dtype=">i8").astype(np.int64)


def _one_row_an_item(rows: QuerySet[Any], **columns: Aggregate) -> Iterator[tuple[Any, ...]]:
    """A cursor is planned as if a tenth of its rows were wanted, soon; here all are, so sorting millions first would be the worse way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL cursor_tuple_fraction = 1")
    yield from rows.values_list("asked_item_id").annotate(**columns).iterator(ITEMS_AT_ONCE)


def walked(answers: QuerySet[Answer]) -> Iterator[tuple[int, Any, list[str]]]:
    numbers, values = defaultdict(list), defaultdict(list)
    fields = ("asked_item_id", "response_id", "value", "cannot_judge", "decision", "confidence")
    for asked_item_id, response_id, value, cannot_judge, decision, confidence in answers.values_list(*fields).iterator(WALKED_AT_ONCE):
        said = NOT_GIVEN if confidence is None else confidence
        flags = HAS_VALUE * (value is not None) + CANNOT_JUDGE * cannot_judge + DECISION * DECISIONS[decision]
        numbers[asked_item_id].append(response_id * RESPONSE + flags + said)
        if value is not None:
            values[asked_item_id].append(json.dumps(value))
    for asked_item_id, found in numbers.items():
        yield asked_item_id, np.array(found, dtype=np.int64), values[asked_item_id]
