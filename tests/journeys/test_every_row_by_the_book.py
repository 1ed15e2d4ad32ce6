"""Whole studies, made up at random, go through the commands; every cell of aggregates.csv is the one worked out from the definition.

The product may hide further rows by its last check (docs/disclosure.md), where figures would make a hidden row certain. That is
allowed where `shown_groups` hides them with histograms and shows them without; everything else is the book's.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from analysis.disclosure import Group, shown_groups
from surveys.models import Panelist, Round
from surveys.workflow.invitations import decline
from surveys.workflow.responses import Given, record_answers, withdraw
from tests.factories import csv_text, questions
from tests.journeys.oracle import CANNOT_JUDGE, COLUMNS, Question, bin_of, expected_table, minimum_of
from tests.journeys.oracle_disclosure import Row
from tests.journeys.random_studies import Journey, random_journey

pytestmark = pytest.mark.django_db
KEYS = ("round", "item", "group_type", "group")
SEEDS = range(10, 34)
Cells = dict[str, str]


def hold(journey: Journey, folder: Path) -> list[Cells]:
    """Every round through the commands; returns the rows of aggregates.csv."""
    slug = journey.definition["study"]
    (folder / "study.yaml").write_text(json.dumps(journey.definition))
    run("import_study", str(folder / "study.yaml"))
    for place in range(3):
        come(journey, place, folder)
        run("open_round", slug, place + 1, "--items", ",".join(journey.asked[place]))
        answer(journey, place, folder)
        run("close_round", slug, place + 1, "--wait")
    run("export", slug, "--to", str(folder / "files"))
    with (folder / "files" / "aggregates.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(*arguments: Any) -> None:
    call_command(*arguments, stdout=StringIO())


def come(journey: Journey, place: int, folder: Path) -> None:
    people = {**journey.people[place], **journey.moves[place]}
    (folder / "panel.csv").write_text(csv_text(["panelist", "panel"], [{"panelist": person, "panel": panel} for person, panel in people.items()]))
    run("import_panel", journey.definition["study"], str(folder / "panel.csv"))


def answer(journey: Journey, place: int, folder: Path) -> None:
    study_round = Round.objects.select_related("study").get(study__slug=journey.definition["study"], number=place + 1)
    people = {panelist.code: panelist for panelist in Panelist.objects.filter(study=study_round.study).select_related("study", "panel")}
    before = [person for person in journey.withdrawing[place] if person not in journey.sheets[place]]
    for act, persons in ((decline, journey.leaving[place]), (withdraw, before)):
        for person in persons:
            act(people[person])
    import_sheets(journey, place, folder)
    save_drafts(journey, place, study_round, people)
    for person in journey.withdrawing[place]:
        withdraw(people[person])


def import_sheets(journey: Journey, place: int, folder: Path) -> None:
    given = {person: sheet.answers for person, sheet in journey.sheets[place].items() if sheet.way == "imported"}
    rows = [{"panelist": person, "item": item, "value": answers.get(item, "").replace(CANNOT_JUDGE, ""), "cannot_judge": int(answers.get(item) == CANNOT_JUDGE)}
            for person, answers in given.items() for item in journey.asked[place]]
    (folder / "answers.csv").write_text(csv_text(["panelist", "item", "value", "cannot_judge"], rows))
    run("import_answers", journey.definition["study"], place + 1, str(folder / "answers.csv"))


def save_drafts(journey: Journey, place: int, study_round: Round, people: Mapping[str, Panelist]) -> None:
    asked = questions(study_round)
    for person, sheet in journey.sheets[place].items():
        if sheet.way == "draft":
            given = [(asked[item], Given({"": value.replace(CANNOT_JUDGE, "")}, value == CANNOT_JUDGE, decision=sheet.decisions[item]))
                     for item, value in sheet.answers.items()]
            saved = record_answers(people[person], study_round, given)
            assert not any(one.error for one in saved.values())


def further_hidden(journey: Journey, hidden: Mapping[tuple[int, str], set[tuple[str, str]]], place: int, question: Question,
                   groups: Sequence[Row], values: Mapping[str, Sequence[Any]]) -> set[tuple[str, str]]:
    """Rows that the file hides and the last check explains: hidden with histograms, shown without."""
    rows = [Group(*group) for group in groups]
    counts = {panel: len(given) for panel, given in values.items()}
    single = {panel: given[0] for panel, given in values.items() if len(set(given)) == 1}
    size = len(question.categories) or 10
    if not any(counts.values()) or bin_of(question, next(value for given in values.values() for value in given)) is None:
        return set()
    bins = {panel: [bin_of(question, value) for value in given] for panel, given in values.items()}
    histograms = {panel: [placed.count(number) for number in range(size)] for panel, placed in bins.items()}
    plain = shown_groups(rows, counts, single, minimum_of(journey.definition))
    checked = shown_groups(rows, counts, single, minimum_of(journey.definition), histograms)
    return set(plain - checked) & hidden[place, question.item["code"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_is_the_one_worked_out_from_the_definition(seed: int, tmp_path: Path) -> None:
    journey = random_journey(seed)
    rows = hold(journey, tmp_path)
    hidden = {
        (place, item): {(row["group_type"], row["group"]) for row in rows
                        if row["suppressed"] == "yes" and (row["round"], row["item"]) == (str(place + 1), item)}
        for place, asked in enumerate(journey.asked) for item in asked
    }
    book = expected_table(journey.definition, journey.held, partial(further_hidden, journey, hidden))
    assert list(rows[0])[: len(COLUMNS)] == COLUMNS
    assert [[row[key] for key in KEYS] for row in rows] == [[row[key] for key in KEYS] for row in book]
    wrong = [(*(row[key] for key in KEYS), name, f"file {row[name]!r}, book {expected[name]!r}")
             for row, expected in zip(rows, book, strict=True) for name in COLUMNS if row[name] != expected[name]]
    assert not wrong, "\n".join(map(str, wrong[:40]))


def test_the_studies_made_up_meet_every_rule_and_every_way_of_hiding() -> None:
    """Else the comparison above could hold without having looked."""
    met: set[tuple[str, ...]] = set()
    for seed in SEEDS:
        journey = random_journey(seed)
        met.update(("left",) for people in (*journey.leaving, *journey.withdrawing) if people)
        for row in expected_table(journey.definition, journey.held, lambda *_: set()):
            met |= {(row["consensus_rule"], row["consensus"]), (row["stability_rule"], row["stability"]), (row["outcome"],), (row["level"],),
                    ("suppressed", row["suppressed"], row["group_type"]), ("coarse", row["paired_coarse"])}
    wanted = {(rule, verdict) for rule in ("percent_agreement", "iqr", "relative_iqr", "sd", "rand", "van_der_eijk", "modal_share")
              for verdict in ("reached", "not_reached")}
    wanted |= {(rule, verdict) for rule in ("scheibe", "percent_changed", "weighted_kappa") for verdict in ("stable", "unstable", "not_assessed")}
    wanted |= {("suppressed", "yes", group_type) for group_type in ("all", "equal_weight", "theatre", "panel")}
    wanted |= {("kendall_w", "not_assessed"), ("stable_consensus",), ("unstable_consensus",), ("stable_dissent",), ("unstable_dissent",), ("coarse", "yes")}
    assert not wanted - met
