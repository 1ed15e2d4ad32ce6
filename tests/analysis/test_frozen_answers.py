"""What a snapshot holds is what a plain walk over every answer finds, whatever was answered, and however the database is asked."""

import random
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone

from analysis.given_answers import given_answers, put_together, walked
from analysis.round_data import RoundData
from analysis.snapshot import digest_of, freeze_round, read_round, unpack
from benchmarks.mixed import MIXED, options
from surveys.enums import ResponseState
from surveys.items import CANNOT_JUDGE, KINDS, kind_of
from surveys.models import Answer, AskedItem, Rationale, Response, Round
from surveys.queries import GIVEN, responses_that_count
from surveys.simulation import written_opinion
from surveys.workflow.rounds import close_round, open_round
from tests.factories import a_study, add_experts

pytestmark = pytest.mark.django_db
ITEMS: list[dict[str, Any]] = [
    *MIXED,
    {"kind": "ranking", "options": options(12)},  # ranks of two digits
    {"kind": "grid", "scale": "nine", "rows": options(1), "columns": options(1)},  # one cell, and yet a table
    {"kind": "choices", "options": options(3)},
    {"kind": "number", "decimals": 3},
    {"kind": "quantiles", "interval": "idea", "minimum": -5, "maximum": 5, "decimals": 1},
    {"kind": "text"},
]
EXPERTS = {"us": 23, "jp": 17, "kr": 9}


def answered(seed: int) -> Round:
    """An open round in which answers of every sort lie about: whole and unfinished, kept and changed, with and without confidence and reasons."""
    chance = random.Random(seed)
    items = [{"code": f"q{place}", "text": {"en": "What?"}, "confidence": True, **item} for place, item in enumerate(ITEMS)]
    study = a_study(scales={"nine": {"points": 9, "ends": {"en": ["Low", "High"]}}}, questionnaire=[{"section": "main", "items": items}])
    experts = add_experts(study, EXPERTS)
    study_round = open_round(study, 1)
    asked = list(study_round.asked_items.select_related("item_version"))
    for panelist in chance.sample(experts, len(experts) - 4):
        state = chance.choice([ResponseState.SUBMITTED] * 5 + [ResponseState.DRAFT])
        submitted = timezone.now() if state == ResponseState.SUBMITTED else None
        response = Response.objects.create(round=study_round, panelist=panelist, state=state, submitted_at=submitted)
        for one in chance.sample(asked, chance.randint(1, len(asked))):
            Answer.objects.create(response=response, asked_item=one, **an_answer(one, study.settings, chance))
            if chance.random() < 0.3:
                Rationale.objects.create(response=response, asked_item=one, text=chance.choice(["", "Because."]))
    return study_round


def an_answer(asked: AskedItem, settings: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    spec = asked.item_version.spec(settings)
    kind = kind_of(spec)
    said = written_opinion(spec, chance.random(), chance) or {}
    if kind.name == "grid" and chance.random() < 0.5:
        said = {cell: chance.choice([number, number, CANNOT_JUDGE]) for cell, number in said.items() if chance.random() < 0.8}
    elif kind.needs_all and chance.random() < 0.2:
        said = dict(list(said.items())[:-1])
    value = kind.from_components(spec, said)
    cannot_judge = chance.random() < 0.1
    return {
        "value": None if cannot_judge else value, "cannot_judge": cannot_judge, "decision": chance.choice(["new", "kept", "changed"]),
        "confidence": chance.choice([None, 0, 1, 50, 99, 100]), "is_complete": value is None or kind.counts(spec, value),
    }  # fmt: skip


def walk(study_round: Round, found: RoundData) -> dict[str, Any]:
    """The same arrays, answer by answer, as the words of RoundData say. Written without a look at how they are read."""
    arrays = {name: np.zeros_like(getattr(found, name)) for name in ("submitted", "cannot_judge", "decision", "has_reason")}
    arrays.update({name: np.full_like(getattr(found, name), np.nan) for name in ("values", "confidence")})
    for response in Response.objects.filter(round=study_round, state="submitted").select_related("panelist"):
        column = found.places[response.panelist.code]
        arrays["submitted"][column] = True
        for answer in response.answers.select_related("asked_item__item_version__item"):
            if answer.is_given:
                write(arrays, found, answer, column)
        for reason in response.rationales.select_related("asked_item__item_version__item"):
            arrays["has_reason"][found.item_rows[f"{reason.asked_item.item_version.item.code}/1"], column] = reason.text != ""
    return arrays


def write(arrays: dict[str, Any], found: RoundData, answer: Answer, column: int) -> None:
    spec = answer.asked_item.item_version.spec(answer.response.round.study.settings)
    kind, key = kind_of(spec), f"{spec.code}/1"
    row = found.item_rows[key]
    arrays["decision"][row, column] = {"new": 1, "kept": 2, "changed": 3}[answer.decision]
    if answer.confidence is not None:
        arrays["confidence"][row, column] = answer.confidence
    said = {} if answer.cannot_judge else kind.to_components(spec, answer.value)
    unknown = frozenset() if answer.cannot_judge else kind.not_judged(spec, answer.value)
    for component in kind.components(spec):
        place = found.rows_of[key, component.code]
        arrays["cannot_judge"][place, column] = answer.cannot_judge or component.code in unknown
        if component.code in said:
            number = said[component.code]
            arrays["values"][place, column] = component.categories.index(str(number)) if component.level == "nominal" else number


def test_every_kind_is_among_the_items() -> None:
    assert {item["kind"] for item in ITEMS} == set(KINDS)


@pytest.mark.parametrize("seed", range(4))
def test_the_arrays_are_those_of_a_plain_walk(seed: int) -> None:
    study_round = answered(seed)
    found = read_round(study_round)
    for name, wanted in walk(study_round, found).items():
        np.testing.assert_array_equal(getattr(found, name), wanted, err_msg=name)  # NaN equals NaN here
    assert np.isfinite(found.values).sum() > 300


def test_put_together_or_walked_the_answers_are_the_same() -> None:
    answers = Answer.objects.filter(GIVEN, response__in=responses_that_count(answered(9)))
    with transaction.atomic():
        ways = [walked, put_together] if connection.vendor == "postgresql" else [walked]
        found = [{item: sorted(pairs(numbers, values)) for item, numbers, values in way(answers)} for way in ways]
    assert all(one == found[0] for one in found)
    assert sum(map(len, found[0].values())) == answers.count()


def pairs(numbers: Any, values: list[str]) -> list[tuple[int, str]]:
    """Each answer's number with its value, where it has one."""
    left = iter(values)
    return [(int(number), next(left) if number & 1024 else "") for number in numbers]


def test_a_round_that_nobody_answered_is_read_too() -> None:
    study = a_study()
    add_experts(study, {"us": 3})
    found = read_round(open_round(study, 1))
    assert (found.submitted.sum(), np.isnan(found.values).all(), list(given_answers(study.rounds.get()))) == (0, True, [])


def test_what_is_frozen_comes_back_with_the_same_digest() -> None:
    study_round = close_round(answered(5).pk)
    snapshot = freeze_round(study_round.pk, study_round.closing)
    assert snapshot is not None
    assert digest_of(unpack(snapshot.content)) == snapshot.sha256
