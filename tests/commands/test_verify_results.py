"""verify_results SLUG: the same again from the frozen answers, or what differs; what was erased is no difference."""

from collections.abc import Callable
from typing import Any

import pytest

from analysis.blocks import analyse_now
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock, AnalysisRun, ItemResult, ItemTable, Snapshot
from analysis.snapshot import pack, unpack
from surveys.models import Panelist, Study
from surveys.workflow.responses import withdraw
from tests.commands.running import run
from tests.factories import a_definition, a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
ITEMS = [
    {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?"},
    {"code": "chance", "kind": "probability", "text": "How likely?"},
    {"code": "why", "kind": "text", "text": "Why?"},
]
FIRST = {"us": [1, 2, 3, 4, 5, 3, 2, 2], "jp": [1, 2, 2, 3, 4, 5, 4, 4], "kr": [4, 4, 5, 5, 3, 3, 2, 1]}
SECOND = {"us": [2, 2, 3, 3, 4, 3, 2, 2], "jp": [2, 2, 2, 3, 4, 4, 4, 4], "kr": [4, 4, 4, 5, 3, 3, 3, 1]}


@pytest.fixture
def study() -> Study:
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}], disclosure={"minimum": 3}))
    add_experts(study, {panel: len(values) for panel, values in FIRST.items()})
    for number, said in ((1, FIRST), (2, SECOND)):
        answers = by_panel("grave", said)
        for place, given in enumerate(answers.values()):
            given["chance"] = 7 * place % 100
        analyse_now(run_round(study, number, answers))
    what_is_shown(study)
    return study


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (AnalysisRun, ItemResult, ItemTable, AnalysisBlock)]


def test_what_follows_from_the_frozen_answers_is_the_same_and_nothing_is_written(study: Study) -> None:
    before = everything()
    ran = run("verify_results", "small")
    assert (ran.status, ran.err) == (0, "")
    rows = ItemResult.objects.filter(run__round__number=1).count()
    tables = len(set(ItemTable.objects.filter(run__round__number=1).values_list("name", flat=True)))
    assert ran.out.splitlines()[0] == f"round 1: {rows} rows and {tables} tables are the same"
    assert ran.out.splitlines()[1].startswith("round 2: ")
    assert everything() == before


def change_a_median() -> None:
    row = ItemResult.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", group="all")
    row.figures["median"] = 4.25
    row.save()


def change_a_share() -> None:
    table = ItemTable.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", name="distributions")
    table.content["rows"][0][table.content["columns"].index("share")] = 0.9
    table.save()


def lose_a_row() -> None:
    ItemResult.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", group="us").delete()


def lose_a_table() -> None:
    ItemTable.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", name="gaps").delete()


def change_a_corrected_p_value() -> None:
    table = ItemTable.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", name="gaps")
    place = table.content["columns"].index("p_holm")
    row = next(row for row in table.content["rows"] if row[place] is not None)
    row[place] = row[place] / 2 + 0.001
    table.save()


def change_an_answer() -> None:
    snapshot = Snapshot.objects.get(round__number=1)
    data = unpack(snapshot.content)
    data.values[0, 0] = 5
    snapshot.data = pack(data)
    snapshot.save()


@pytest.mark.parametrize(("tamper", "told"), [
    (change_a_median, "round 1: aggregates.csv: grave all all, median: stored 4.25, recomputed 3"),
    (change_a_share, "round 1: distributions.csv: grave ordinal all all, share: stored 0.9, recomputed 0.125"),
    (lose_a_row, "round 1: aggregates.csv: grave panel us, row: stored no such row, recomputed there"),
    (lose_a_table, "round 1: gaps.csv: grave"),
    (change_a_corrected_p_value, "round 1: gaps.csv: grave"),
    (change_an_answer, "round 1: snapshot: round 1, digest: stored "),
])
def test_what_was_changed_is_found_and_named(study: Study, tamper: Callable[[], None], told: str) -> None:
    tamper()
    ran = run("verify_results", "small")
    assert ran.status == 1
    assert any(line.startswith(told) for line in ran.out.splitlines()), ran.out
    assert "not what the frozen answers give" in ran.err


def test_at_most_twenty_differences_are_told(study: Study) -> None:
    for row in ItemResult.objects.filter(run__round__number=1):
        row.figures["n_invited"] = 99
        row.figures["n_submitted"] = 99
        row.figures["n_missing"] = 99
        row.save()
    lines = [line for line in run("verify_results", "small").out.splitlines() if line.startswith("round 1")]
    assert len(lines) == 22 and lines[0].endswith("30 differences") and lines[-1].endswith(" more")


def test_a_difference_after_the_sixth_decimal_is_none(study: Study) -> None:
    row = ItemResult.objects.get(run__round__number=1, asked_item__item_version__item__code="grave", group="all")
    row.figures["mean"] += 1e-12
    row.save()
    assert run("verify_results", "small").status == 0


def test_what_was_erased_since_is_told_and_is_no_difference(study: Study) -> None:
    withdraw(Panelist.objects.get(code="us-1"))
    ran = run("verify_results", "small")
    assert ran.status == 0
    assert ran.out.startswith("round 1: 1 response erased since it was counted; ")


def test_figures_that_are_not_worked_out_yet_are_told(study: Study) -> None:
    ItemTable.objects.filter(run__round__number=2).delete()
    AnalysisBlock.objects.filter(run__round__number=2).update(state="queued")
    ran = run("verify_results", "small")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "round 2: not worked out yet are the further figures of grave, chance, all items together")


def test_nothing_counted_is_told() -> None:
    a_study()
    ran = run("verify_results", "small")
    assert ran.status == 1 and "nothing to verify" in ran.err
