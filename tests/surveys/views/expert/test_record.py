"""The own record: all rounds, complete, and safe to open in a spreadsheet."""

import csv
import io

import pytest
from django.test import Client

from surveys.files.cells import text_cell
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


def rows_of(client: Client, home: str) -> list[dict[str, str]]:
    answer = client.get(f"{home}my-answers.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="small-my-answers.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


def test_all_rounds_are_in_the_file(client: Client) -> None:
    _study, second, experts = a_second_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(second)["grave"], decision="changed", value={"": "3"}, rationale="Convinced.")
    found = [(row["round"], row["item"], row["value"], row["answer"], row["decision"], row["reason"]) for row in rows_of(client, home)]
    assert found == [("1", "grave", "1", "None (1 of 5)", "new", ""), ("2", "grave", "3", "Some (3 of 5)", "changed", "Convinced.")]


def test_nobody_else_s_answers_are_in_the_file(client: Client) -> None:
    _study, _second, experts = a_second_round()
    home = enter(client, experts[1])
    assert [row["value"] for row in rows_of(client, home)] == ["2"]


def test_text_can_not_run_as_a_formula(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    save(client, home, ids["next"], value={"": '=HYPERLINK("http://evil")'})
    save(client, home, ids["likely"], value={"": "12.5"}, rationale="@SUM(A1)")
    found = {row["item"]: row for row in rows_of(client, home)}
    assert found["next"]["value"] == "'=HYPERLINK(\"http://evil\")"
    assert (found["likely"]["value"], found["likely"]["reason"]) == ("12.5", "'@SUM(A1)")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "  ="])
def test_every_start_of_a_formula_is_escaped(start: str) -> None:
    assert text_cell(f"{start}1") == f"'{start}1"


def test_the_record_reads_and_prints_as_a_page(client: Client) -> None:
    _study, _second, experts = a_second_round()
    page = client.get(f"{enter(client, experts[0])}my-answers/").content.decode()
    assert "Round 1" in page and "None (1 of 5)" in page


def test_an_empty_record_says_so(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    assert "You have not answered anything yet." in client.get(f"{home}my-answers/").content.decode()
    assert rows_of(client, home) == []
