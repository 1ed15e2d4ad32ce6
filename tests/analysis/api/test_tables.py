"""The JSON of the result files: the rows and columns of each CSV, null where a cell is empty; filters, pages, and one shape of error."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analysis.blocks import analyse_now
from analysis.exports.bundle import content_of
from analysis.exports.contents import table_names
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock, AnalysisRun
from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.rounds import reopen_round
from tests.analysis.views.test_results import protected_study
from tests.factories import count
from tests.surveys.views.organizer.stage import answered, counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = protected_study()
    for study_round in study.rounds.all():
        analyse_now(study_round)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


def url(study: Study, table: str = "aggregates") -> str:
    return reverse("analysis:api-table", args=[study.slug, table])


def lines_of(study: Study, table: str) -> list[dict[str, str]]:
    file = b"".join(content_of(what_is_shown(study), f"{table}.csv")).decode()
    return list(csv.DictReader(io.StringIO(file, newline="")))


def as_cells(row: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value).removesuffix(".0") if isinstance(value, float) else str(value) for name, value in row.items()}


def every_row(client: Client, address: str, **asked: Any) -> list[dict[str, Any]]:
    """Page after page, as a program reads it."""
    rows, query = [], asked
    while address:
        page = client.get(address, query).json()
        rows += page["rows"]
        address, query = page["next"], {}
    return rows


def test_every_file_of_figures_has_its_address() -> None:
    assert {"aggregates", "distributions", "gaps", "roles"} <= set(table_names())


@pytest.mark.parametrize("pages", [{}, {"limit": "7"}], ids=["at once", "in pages"])
def test_rows_are_those_of_the_csv_in_its_order(study: Study, client: Client, pages: dict[str, str]) -> None:
    for table in table_names():
        lines = lines_of(study, table)
        assert [as_cells(row) for row in every_row(client, url(study, table), **pages)] == lines, table


def test_columns_are_those_of_the_csv(study: Study, client: Client) -> None:
    for table in table_names():
        header = next(content_of(what_is_shown(study), f"{table}.csv")).decode().strip().split(",")
        assert client.get(url(study, table), {"limit": "1"}).json()["columns"] == header


def test_a_page_has_as_many_rows_as_asked_for_and_the_last_leads_nowhere(study: Study, client: Client) -> None:
    total = len(lines_of(study, "distributions"))
    first = client.get(url(study, "distributions"), {"limit": str(total - 1)}).json()
    last = client.get(first["next"]).json()
    assert (len(first["rows"]), len(last["rows"]), last["next"]) == (total - 1, 1, None)
    assert client.get(url(study, "distributions"), {"limit": str(total)}).json()["next"] is None


def test_rows_are_chosen_by_the_words_in_their_columns(study: Study, client: Client) -> None:
    for asked in ({"group_type": "panel"}, {"group": "us", "item": "grave"}, {"component": ""}, {"suppressed": "yes"}, {"item": "nothing"}):
        wanted = [line for line in lines_of(study, "aggregates") if all(line[name] == value for name, value in asked.items())]
        assert [as_cells(row) for row in every_row(client, url(study), limit="3", **asked)] == wanted, asked


def test_rows_are_refused_until_their_further_measures_are_there(study: Study, client: Client) -> None:
    AnalysisBlock.objects.filter(run__round__study=study).update(state="queued")
    answer = client.get(url(study, "gaps"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "not_ready")
    assert "The further figures of round 1 are being worked out" in answer.json()["errors"][0]["detail"]


def test_hidden_figures_are_null(study: Study, client: Client) -> None:
    hidden = client.get(url(study), {"suppressed": "yes"}).json()["rows"]
    assert hidden
    assert all(row[name] is None for row in hidden for name in ("n", "n_cannot_judge", "median", "mean", "sd", "modal", "consensus", "outcome"))


def test_it_names_the_closing_and_the_rules(study: Study, client: Client) -> None:
    found = client.get(url(study, "gaps")).json()
    study.refresh_from_db()
    assert found["rules_sha256"] == study.rules_sha256
    assert [(entry["round"], entry["closing"], entry["shown_closing"]) for entry in found["rounds"]] == [(1, 1, 1)]


def test_what_was_given_counts_as_seen(study: Study, client: Client) -> None:
    AnalysisRun.objects.update(first_shown_at=None)
    client.get(url(study, "gaps"), {"limit": "1"})
    assert AnalysisRun.objects.filter(round__study=study, first_shown_at=None).count() == 0


def test_before_anything_is_counted_there_are_no_rows() -> None:
    study = staged()
    found = signed_in(somebody(study, Role.ANALYST)).get(url(study)).json()
    assert (found["rounds"], found["rows"], found["next"]) == ([], [], None)


def test_nobody_reads_figures_of_a_round_that_is_open_or_open_again() -> None:
    study = staged()
    analyse_now(counted(study))
    client = signed_in(somebody(study, Role.OWNER))
    second = opened(study)
    answered(second)
    assert {row["round"] for row in every_row(client, url(study))} == {1}
    assert client.get(url(study), {"round": "2"}).status_code == 404
    analyse_now(count(second))
    assert {row["round"] for row in every_row(client, url(study))} == {1, 2}
    reopen_round(second.pk, reason="Two experts were ill")
    assert {row["round"] for row in every_row(client, url(study))} == {1}
    assert client.get(url(study), {"round": "2"}).status_code == 404


def test_one_round_can_be_asked_for() -> None:
    study = staged()
    analyse_now(counted(study))
    client = signed_in(somebody(study, Role.ANALYST))
    assert {row["round"] for row in client.get(url(study), {"round": "1"}).json()["rows"]} == {1}
    answer = client.get(url(study), {"round": "2"})
    said = {"code": "not_found", "detail": "This round is not closed and counted.", "attr": None}
    assert (answer.status_code, answer.json()) == (404, {"type": "client_error", "errors": [said]})


@pytest.mark.parametrize(("name", "text"), [
    ("round", "x"), ("round", "0"), ("round", "-1"), ("round", "1.5"), ("round", "１"), ("round", "9" * 30), ("round", ""), ("limit", "0"), ("limit", "5001"),
    ("cursor", "x"), ("cursor", "1.1.zzzzzzzz"), ("group", "x" * 201), ("panel", "us"), ("study", "other"),
])
def test_what_can_not_be_asked_is_refused_by_name(study: Study, client: Client, name: str, text: str) -> None:
    answer = client.get(url(study), {name: text})
    assert (answer.status_code, answer.json()["type"], answer.json()["errors"][0]["attr"]) == (400, "validation_error", name)


def test_a_parameter_given_twice_is_refused(study: Study, client: Client) -> None:
    assert client.get(f"{url(study)}?group=us&group=jp").status_code == 400


def test_pages_of_two_countings_are_never_put_together(study: Study, client: Client) -> None:
    following = client.get(url(study), {"limit": "2"}).json()["next"]
    AnalysisRun.objects.update(finished_at="2030-01-01T00:00Z")
    answer = client.get(following)
    assert (answer.status_code, "Begin again" in answer.json()["errors"][0]["detail"]) == (404, True)


def test_a_table_that_there_is_not_is_not_found(study: Study, client: Client) -> None:
    for table in ("nothing", "measures", "reasons", "columns"):
        assert client.get(url(study, table)).status_code == 404


def test_every_error_has_one_shape(study: Study) -> None:
    stranger = signed_in(somebody(email="stranger@example.org"))
    answers = (Client().get(url(study)), stranger.get(url(study)), stranger.post(url(study)), Client().get("/api/nothing"), stranger.get("/api/x/"))
    assert [answer.status_code for answer in answers] == [401, 404, 405, 404, 404]
    for answer in answers:
        assert set(answer.json()) == {"type", "errors"}
        assert [set(error) for error in answer.json()["errors"]] == [{"code", "detail", "attr"}]


def test_it_can_only_be_read(study: Study, client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(url(study)).status_code == 405


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_page_takes_so_many_queries_however_many_rows_and_rounds_there_are(study: Study, client: Client) -> None:
    """The session with its user, the study with the roles, two to see that all is worked out, the rounds, their items, and the rows (with measures: two)."""
    two = staged(study="two")
    for _round in range(2):
        analyse_now(counted(two))
    other = signed_in(somebody(two, Role.ANALYST, email="two@example.org"))
    assert [queries(client, url(study, table)) for table in ("aggregates", "gaps")] == [8, 7]
    assert [queries(other, url(two, table)) for table in ("aggregates", "gaps")] == [8, 7]
