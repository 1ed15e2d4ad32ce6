"""A row of the frozen file read without numpy is the row that numpy reads, also after experts were erased."""

import io

import numpy as np
import pytest

from analysis.frozen_item import frozen_item, named_sides
from analysis.models import Snapshot
from analysis.snapshot import erase_panelists, unpack
from surveys.models import Study
from tests.factories import a_study, add_experts, by_panel, run_round

ITEMS = [
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?"},
    {"code": "means", "kind": "choices", "text": "Which?", "options": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]},
    {"code": "chance", "kind": "probability", "text": "How likely?"},
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study(questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}], disclosure={"minimum": 2})
    add_experts(study, {"us": 4, "jp": 3})
    answers = by_panel("chance", {"us": [10, 20.5, 30, 40], "jp": [50, None, 70]})
    for person, given in by_panel("grave", {"us": [1, 2, 3, 4], "jp": [5, 5, 5]}).items():
        answers[person].update(given)
    run_round(study, 1, answers)
    return study


@pytest.mark.parametrize("erased", [[], ["us-2", "jp-3"]])
@pytest.mark.parametrize("code", ["grave", "chance", "means"])
def test_the_row_is_the_one_that_numpy_reads(study: Study, code: str, erased: list[str]) -> None:
    if erased:
        erase_panelists(study.rounds.get().pk, erased)
    content = Snapshot.objects.get().content
    found, data = frozen_item(content, f"{code}/1"), unpack(content)
    assert found is not None
    assert (list(found.places), found.minimum) == (data.panelists, 2)
    assert [bool(value) for value in found.submitted] == data.submitted.tolist()
    assert [bool(value) for value in found.not_shown] == data.not_shown[data.item_rows[f"{code}/1"]].tolist()
    row = data.rows_of.get((f"{code}/1", ""))
    assert (found.values is None) == (row is None)
    if row is not None:
        np.testing.assert_array_equal(np.array(found.values), data.values[row])


def test_what_was_not_asked_is_not_there(study: Study) -> None:
    assert frozen_item(Snapshot.objects.get().content, "grave/2") is None


def test_a_side_is_told_from_the_studys_minimum_on(study: Study) -> None:
    found = frozen_item(Snapshot.objects.get().content, "grave/1")
    assert found is not None
    # 1 below 2; 2, 3, 4 within; three 5s above: one alone is not told under a minimum of 2, nor may a text without a side be that one's
    assert found.sides(2, 4) == {"us-2": "within", "us-3": "within", "us-4": "within"}


@pytest.mark.parametrize(("sizes", "without_a_value", "named"), [
    ((8, 20, 6), 0, {"below", "within", "above"}),
    ((8, 20, 2), 0, {"within"}),  # two above alone would be known: eight below go with them
    ((0, 34, 2), 0, set()),
    ((3, 30, 3), 0, {"within"}),  # six without a side are enough
    ((8, 20, 6), 3, {"below", "within"}),  # else a text without a side is of one of three who gave no answer
    ((8, 20, 6), 5, {"below", "within", "above"}),
    ((3, 30, 3), 1, {"within"}),
])
def test_texts_without_a_side_come_from_as_many_as_the_minimum(sizes: tuple[int, int, int], without_a_value: int, named: set[str]) -> None:
    assert named_sides(dict(zip(("below", "within", "above"), sizes, strict=True)), without_a_value, 5) == named


def test_a_first_format_without_conditions_is_read(study: Study) -> None:
    with np.load(io.BytesIO(Snapshot.objects.get().content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file if name != "not_shown"}
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    found = frozen_item(stream.getvalue(), "grave/1")
    assert found is not None
    assert not any(found.not_shown)
