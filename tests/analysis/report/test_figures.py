"""Every figure of the report is a cell of the files, and what the files protect the report does not tell."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.exports.bundle import content_of
from analysis.exports.shown import what_is_shown
from analysis.report.document import Document, Figure
from analysis.report.html import html_of
from analysis.report.wording import DASH
from analysis.report.writing import write_report
from surveys.models import Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.analysis.report.studied import blocks, cells, table
from tests.analysis.tables.role_studies import ROLES, a_round
from tests.analysis.tables.test_roles import SAID
from tests.factories import a_definition, a_study, add_experts, count, csv_text

pytestmark = pytest.mark.django_db
SIZES = {"us": 6, "jp": 7, "kr": 5, "no": 2}
TELLTALE = 73913  # what the two experts of the small panel say
GRAVE = {"us": [1, 2, 3, 4, 5, 5], "jp": [1, 2, 2, 3, 4, 5, 4], "kr": [3, 3, 4, 5, 1]}
LATER = {"us": [2, 2, 3, 4, 4, 5], "jp": [2, 2, 2, 3, 4, 4, 4], "kr": [3, 3, 4, 4, 2]}
SHIPS = {"us": [10, 20, 30, 20, 10, 15], "jp": [30, 40, 35, 30, 45, 40, 30], "kr": [20, 25, 20, 30, 25], "no": [TELLTALE, TELLTALE]}
WORDS = {"reached": "reached", "not_reached": "not reached", "not_assessed": "not assessed", "stable": "stable", "unstable": "not stable"}
ITEMS = [{"code": "grave", "kind": "rating", "scale": "five", "text": "How grave is it?"},
         {"code": "ships", "kind": "number", "minimum": 0, "maximum": 100_000, "text": "How many ships?"}, ROLES]


def studied() -> Study:
    levels = {"labels": {"en": ["No role", "Be consulted", "Support", "Contribute", "Lead"]}}
    study = a_study(a_definition(
        panels=[{"code": code, "name": code.upper()} for code in SIZES], scales={"five": {"points": 5}, "role": levels},
        consensus={"ordinal": {"rule": "iqr", "at_most": 1}, "interval": {"rule": "relative_iqr", "at_most": 0.3}},
        questionnaire=[{"section": "main", "title": "Main", "items": ITEMS}]))
    add_experts(study, SIZES)
    for number, grave in ((1, GRAVE), (2, LATER)):
        study_round = open_round(study, number)
        rows = [{"panelist": f"{panel}-{place}", "item": item, "component": "", "value": value}
                for item, said in (("grave", grave), ("ships", SHIPS)) for panel, values in said.items() for place, value in enumerate(values, 1)]
        import_answers(study_round, csv_text(["panelist", "item", "component", "value"], rows))
        a_round(study, number, SAID)
    study.refresh_from_db()
    return study


@pytest.fixture(scope="module")
def study(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Study]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield studied()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def document(study: Study, django_db_blocker: DjangoDbBlocker) -> Document:
    with django_db_blocker.unblock():
        return write_report(study, "en")


def rows_of(study: Study, name: str) -> list[dict[str, str]]:
    text = b"".join(content_of(what_is_shown(study), name)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def same(shown: str, cell: str, per_cent: bool = False) -> bool:
    """Does the report write the file's number, as far as its decimals go? An empty cell is a dash, or nothing."""
    if not cell:
        return shown in ("", DASH)
    number = float(shown.replace("−", "-").removesuffix(" %").replace(",", ""))
    decimals = len(shown.rstrip(" %").partition(".")[2])
    return abs(number - float(cell) * (100 if per_cent else 1)) <= 0.5000001 * 10**-decimals


def test_every_row_of_the_questions_is_a_row_of_aggregates(study: Study, document: Document) -> None:
    written = [row for key in ("questions.main.table", "questions.item.roles.parts") for row in cells(table(document, key))]
    filed = [row for row in rows_of(study, "aggregates.csv") if row["group_type"] == "all" and row["round"] == "2"]
    assert len(written) == len(filed) == 2 + 8
    for shown, row in zip(written, filed, strict=True):
        low, _to, high = shown[3].partition(" to ")
        assert (shown[1], shown[6]) == (row["n"], row["round"])
        assert all((same(shown[2].partition(" ")[0], row["median"]), same(low, row["q1"]), same(high, row["q3"]))), (shown, row)
        assert (shown[4], shown[5]) == (WORDS[row["consensus"]], WORDS[row["stability"]]), row


def test_the_middle_answers_of_panels_are_those_of_aggregates(study: Study, document: Document) -> None:
    filed = {(row["item"], row["group"]): row for row in rows_of(study, "aggregates.csv") if row["group_type"] == "panel" and row["round"] == "2"}
    written = cells(table(document, "questions.main.panels-1"))
    assert [row[0] for row in written] == ["How grave is it?", "How many ships?"]
    for item, shown in zip(("grave", "ships"), written, strict=True):
        for panel, cell in zip(SIZES, shown[1:], strict=True):
            row = filed[item, panel]
            assert (cell == "protected") if row["suppressed"] == "yes" else same(cell, row["median"]), (item, panel, cell)
    assert written[1][4] == "protected"


def test_disagreement_is_that_of_its_file(study: Study, document: Document) -> None:
    written = cells(table(document, "gaps-rounds"))
    filed = [row for row in rows_of(study, "disagreement.csv") if not row["item"] and row["group_type"] == "all"]
    assert [row[0] for row in written] == [row["round"] for row in filed] == ["1", "2"]
    for shown, row in zip(written, filed, strict=True):
        assert shown[1] == row["n_items"]
        assert all(same(text, row[name]) for text, name in zip(shown[2:5], ("within", "between", "between_share"), strict=True)), (shown, row)


def test_the_clear_role_gaps_are_those_of_their_file(study: Study, document: Document) -> None:
    written = cells(table(document, "roles.roles.clear"))
    filed = [row for row in rows_of(study, "roles.csv") if row["round"] == "2" and row["verdict"] in ("over_expected", "under_expected")]
    assert len(written) == len(filed) == 2
    by_gap = sorted(filed, key=lambda row: -abs(float(row["gap"])))
    for shown, row in zip(written, by_gap, strict=True):
        assert all(same(text, row[name]) for text, name in zip(shown[1:4], ("self_mean", "others_mean", "gap"), strict=True)), (shown, row)


def test_the_flow_is_that_of_the_panels_file(study: Study, document: Document) -> None:
    filed = [[row[f"{what}_round_{number}"] for number in (1, 2) for what in ("invited", "submitted")] for row in rows_of(study, "panels.csv")]
    assert [[cell.partition(" ")[0] for cell in row[1:]] for row in cells(table(document, "flow-table"))[:-1]] == filed


def test_the_protected_rows_are_counted_as_the_file_has_them(study: Study, document: Document) -> None:
    filed = rows_of(study, "aggregates.csv")
    names = {"everybody": "all", "every panel with equal weight": "equal_weight", "theatres": "theatre", "panels": "panel"}
    for number, name, shown, hidden in cells(table(document, "record-protected-table")):
        found = [row["suppressed"] for row in filed if (row["round"], row["group_type"]) == (number, names[name])]
        assert (found.count("no"), found.count("yes")) == (int(shown), int(hidden))
    assert any(row["suppressed"] == "yes" for row in filed)


def test_what_a_small_panel_said_stands_nowhere(study: Study, document: Document) -> None:
    """Two experts' answers: neither in a text nor in a chart, its table or its drawing."""
    page = html_of(document).decode()
    assert [text for text in (str(TELLTALE), f"{TELLTALE:,}", f"{TELLTALE / 1000:.1f}") if text in page] == []
    figures = [block.chart.table for block in blocks(document) if isinstance(block, Figure)]
    assert not [value for twin in figures for row in twin.values for value in row if value == TELLTALE]


def test_nothing_is_left_out_of_the_pages_because_tables_are_missing(study: Study) -> None:
    """A round whose further tables are not there yet is told as far as it is counted."""
    study_round = open_round(study, 3)
    rows = [{"panelist": f"{panel}-{place}", "item": "grave", "value": value} for panel, values in LATER.items() for place, value in enumerate(values, 1)]
    import_answers(study_round, csv_text(["panelist", "item", "value"], rows))
    count(study_round)
    document = write_report(study, "en")
    assert [row[0] for row in cells(table(document, "study-rounds-table"))] == ["1", "2", "3"]
