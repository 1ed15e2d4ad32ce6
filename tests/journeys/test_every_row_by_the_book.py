"""Whole studies, made up at random, go through the commands; every cell of aggregates.csv is the one worked out from the definition.

The product may hide further rows by its last check (docs/disclosure.md), where figures would make a hidden row certain. That is
allowed where `shown_groups` hides them with histograms and shows them without. Of pairs it may tell less by the check of both rounds (the same page):
nothing, or only coarse figures; never more than the book. Everything else is the book's.

Where the definition can be read in more than one way, this is how it is read, here and in the product:
- A ranking has its whole row under any rule; its level is rank; its counts (invited, submitted, n, cannot judge, missing) are filled like any row's.
  W needs two rankings, and is given only where the rule is kendall_w: `rule_value` is what the rule compares. Equal weight has none.
- A component that is yes or no has median to SD, but only percent_agreement and modal_share judge it. Bands and modal_share judge no ranks,
  though the commonest rank stands in its column. Weighted kappa is for ordinal scales alone.
- Rows shown together: those groups whose row every component may show by itself; the same for pairs. One option on which a small panel
  is unanimous thus hides that panel's whole item.
- A whole order's `scheibe` is weighted as its options' are; its pairs are pairs of orders.
- Who answered nothing that counts, but was imported, has submitted; a hidden “cannot judge” is missing.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from analysis.aggregation import aggregate_round, rounds_to_count
from analysis.disclosure import Group, shown_groups
from analysis.exports.bundle import content_of
from analysis.exports.shown import what_is_shown
from surveys.items import CANNOT_JUDGE as UNJUDGED_CELL
from surveys.items import ItemSpec
from surveys.items.choices import NONE_OF_THESE
from surveys.models import Panelist, Round, Study
from surveys.workflow.invitations import decline
from surveys.workflow.responses import Given, record_answers, withdraw
from tests.factories import csv_text, questions
from tests.journeys.oracle import COLUMNS, bin_of, expected_table
from tests.journeys.oracle_answers import CANNOT_JUDGE, RoundHeld, counted, is_complete
from tests.journeys.oracle_disclosure import Row
from tests.journeys.oracle_study import Question, items_of, minimum_of
from tests.journeys.random_items import KINDS
from tests.journeys.random_studies import Journey, random_journey

pytestmark = pytest.mark.django_db
KEYS = ("round", "item", "component", "group_type", "group")
SEEDS = range(10, 34)
WAITING = range(12, 34, 12)  # tests/journeys/test_every_table_of_any_study.py has more of them, for their tables
Cells = dict[str, str]
BOOKS: dict[int, list[Cells]] = {}  # what the definition says of each study, for the last test of this file


def hold(journey: Journey, folder: Path, *, waits: bool) -> list[Cells]:
    """Every round through the commands; returns the rows of aggregates.csv.

    `waits`: rounds are counted while the command waits, with all further tables, and the file comes from the folder with all of them. Else a round
    is counted as by a worker, and the file comes as it is downloaded.
    """
    walk(journey, folder, waits=waits)
    slug = journey.definition["study"]
    if waits:
        run("export", slug, "--to", str(folder / "files"))
        return rows_in((folder / "files" / "aggregates.csv").read_bytes())
    return rows_in(b"".join(content_of(what_is_shown(Study.objects.get(slug=slug)), "aggregates.csv")))


def walk(journey: Journey, folder: Path, *, waits: bool) -> None:
    slug = journey.definition["study"]
    (folder / "study.yaml").write_text(json.dumps(journey.definition))
    run("import_study", str(folder / "study.yaml"))
    for place in range(3):
        come(journey, place, folder)
        run("open_round", slug, place + 1, "--items", ",".join(journey.asked[place]))
        answer(journey, place, folder)
        run("close_round", slug, place + 1, *(["--wait"] if waits else []))
        for waiting in rounds_to_count():
            aggregate_round(*waiting)


def rows_in(content: bytes) -> list[Cells]:
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


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
    rows = [row for person, answers in given.items() for item in journey.asked[place] for row in rows_of(person, item, answers.get(item, {}))]
    (folder / "answers.csv").write_text(csv_text(["panelist", "item", "component", "value", "cannot_judge"], rows))
    run("import_answers", journey.definition["study"], place + 1, str(folder / "answers.csv"))


def rows_of(person: str, item: str, parts: Mapping[str, str]) -> list[Cells]:
    """An item without an answer has a row too, with nothing in it."""
    return [{"panelist": person, "item": item, "component": component, "value": value.replace(CANNOT_JUDGE, ""),
             "cannot_judge": str(int(value == CANNOT_JUDGE))} for component, value in (parts or {"": ""}).items()]


def save_drafts(journey: Journey, place: int, study_round: Round, people: Mapping[str, Panelist]) -> None:
    asked = questions(study_round)
    for person, sheet in journey.sheets[place].items():
        if sheet.way == "draft":
            given = [(asked[item], as_sent(asked[item].spec, parts, sheet.decisions[item])) for item, parts in sheet.answers.items()]
            saved = record_answers(people[person], study_round, given)
            assert not any(one.error for one in saved.values())


def as_sent(spec: ItemSpec, parts: Mapping[str, str], decision: str) -> Given:
    """As a page's form sends it: its own box for “none of these”, and for a cell that cannot be judged."""
    if parts.get("") == CANNOT_JUDGE:
        return Given({}, True, decision=decision)
    if spec.kind == "choices":
        ticked = {code: text for code, text in parts.items() if text == "1"}
        return Given(ticked or {"": NONE_OF_THESE}, decision=decision)
    return Given({code: text.replace(CANNOT_JUDGE, UNJUDGED_CELL) for code, text in parts.items()}, decision=decision)


def further_hidden(journey: Journey, hidden: Mapping[tuple[int, str, str], set[tuple[str, str]]], place: int, question: Question,
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
    return set(plain - checked) & hidden[place, question.code, question.component]


def left_of_pairs(told: Mapping[tuple[int, str, str, str, str], tuple[bool, bool]], place: int, question: Question, group: Row) -> tuple[bool, bool]:
    """As the file has it: are pairs told, and coarse?"""
    return told.get((place, question.code, question.component, *group[:2]), (True, False))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_is_the_one_worked_out_from_the_definition(seed: int, tmp_path: Path) -> None:
    journey = random_journey(seed)
    rows = hold(journey, tmp_path, waits=seed in WAITING)
    hidden: dict[tuple[int, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        if row["suppressed"] == "yes":
            hidden[int(row["round"]) - 1, row["item"], row["component"]].add((row["group_type"], row["group"]))
    told = {(int(row["round"]) - 1, row["item"], row["component"], row["group_type"], row["group"]): (row["n_pairs"] != "", row["paired_coarse"] == "yes")
            for row in rows}
    further = partial(further_hidden, journey, hidden)
    book = BOOKS[seed] = expected_table(journey.definition, journey.held, further, partial(left_of_pairs, told))
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
        for held in journey.held:
            met.update(("does not count", kind) for kind in kinds_that_do_not_count(journey, held))
        for row in BOOKS.get(seed) or expected_table(journey.definition, journey.held, lambda *_: set()):
            part = "whole" if row["kind"] == "ranking" and not row["component"] else row["level"]
            met |= {(row["consensus_rule"], row["consensus"]), (row["stability_rule"], row["stability"]), (row["outcome"],),
                    ("suppressed", row["suppressed"], row["group_type"]), ("coarse", row["paired_coarse"], row["kind"]),
                    (part, row["consensus_rule"], row["consensus"]), (part, row["stability"]), (row["kind"], row["suppressed"], row["paired_coarse"])}
    verdicts, moves = ("reached", "not_reached"), ("stable", "unstable", "not_assessed")
    rules = ("percent_agreement", "iqr", "relative_iqr", "sd", "rand", "van_der_eijk", "modal_share", "kendall_w")
    wanted: set[tuple[str, ...]] = {(rule, verdict) for rule in rules for verdict in verdicts}
    wanted |= {(part, rule, verdict) for verdict in verdicts for part, rule in (
        ("whole", "kendall_w"), ("binary", "percent_agreement"), ("binary", "modal_share"), ("share", "sd"), ("ordinal", "rand"))}
    wanted |= {("rank", rule, "not_assessed") for rule in ("kendall_w", "modal_share", "percent_agreement")} | {("whole", "sd", "not_assessed")}
    wanted |= {("rank", rule, verdict) for rule, verdict in (("iqr", "reached"), ("iqr", "not_reached"))}
    wanted |= {(rule, move) for rule in ("scheibe", "percent_changed", "weighted_kappa") for move in moves}
    wanted |= {(part, move) for part in ("whole", "binary", "rank", "share", "ordinal", "interval", "probability", "nominal") for move in moves}
    wanted |= {("suppressed", "yes", group_type) for group_type in ("all", "equal_weight", "theatre", "panel")}
    wanted |= {(kind, "yes", "") for kind in KINDS if kind != "text"} | {(kind, "no", "yes") for kind in KINDS if kind != "text"}
    wanted |= {("does not count", kind) for kind in (*KINDS, "ranking unfinished", "allocation unfinished", "quantiles unfinished", "plane unfinished")}
    wanted |= {("stable_consensus",), ("unstable_consensus",), ("stable_dissent",), ("unstable_dissent",), ("left",)}
    assert sorted(wanted - met) == []


def kinds_that_do_not_count(journey: Journey, held: RoundHeld) -> Iterator[str]:
    """The kinds of answers that were given and do not count: unfinished ones, and those hidden from their expert."""
    items = {item["code"]: item for item in items_of(journey.definition)}
    for given in held.responses.values():
        for code in given.keys() - counted(journey.definition, held.asked, given).keys():
            is_unfinished = given[code].get("") != CANNOT_JUDGE and not is_complete(journey.definition, items[code], given[code])
            yield f"{items[code]['kind']} unfinished" if is_unfinished else items[code]["kind"]
