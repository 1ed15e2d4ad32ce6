"""The JSON of the aggregates: the rows and columns of the CSV, null where a cell is empty, one shape of error."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from analysis.exports.bundle import content_of
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock
from surveys.enums import Role
from surveys.models import Study
from tests.analysis.views.test_results import protected_study
from tests.surveys.views.organizer.stage import counted, opened, signed_in, somebody, staged

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


def url(study: Study) -> str:
    return reverse("analysis:api-aggregates", args=[study.slug])


def test_rows_and_columns_are_those_of_the_csv(study: Study, client: Client) -> None:
    found = client.get(url(study)).json()
    file = b"".join(content_of(what_is_shown(study), "aggregates.csv")).decode()
    lines = list(csv.DictReader(io.StringIO(file, newline="")))
    assert found["columns"] == list(lines[0])
    assert [{name: "" if value is None else as_cell(value) for name, value in row.items()} for row in found["rows"]] == lines


def as_cell(value: object) -> str:
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def test_rows_are_refused_until_their_further_measures_are_there(study: Study, client: Client) -> None:
    AnalysisBlock.objects.filter(run__round__study=study).update(state="queued")
    answer = client.get(url(study))
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")
    assert "The further figures of round 1 are being worked out" in answer.json()["error"]["message"]


def test_hidden_figures_are_null(study: Study, client: Client) -> None:
    rows = client.get(url(study)).json()["rows"]
    hidden = [row for row in rows if row["suppressed"] == "yes"]
    assert hidden
    assert all(row[name] is None for row in hidden for name in ("n", "n_cannot_judge", "median", "mean", "sd", "modal", "consensus", "outcome"))


def test_it_names_the_closing_and_the_rules(study: Study, client: Client) -> None:
    found = client.get(url(study)).json()
    study.refresh_from_db()
    assert found["rules_sha256"] == study.rules_sha256
    assert [(entry["round"], entry["closing"], entry["shown_closing"]) for entry in found["rounds"]] == [(1, 1, 1)]


def test_one_round_can_be_asked_for() -> None:
    study = staged()
    analyse_now(counted(study))
    client = signed_in(somebody(study, Role.ANALYST))
    assert {row["round"] for row in client.get(url(study), {"round": "1"}).json()["rows"]} == {1}
    opened(study)
    answer = client.get(url(study), {"round": "2"})
    assert (answer.status_code, answer.json()) == (404, {"error": {"code": "not_found", "message": "This round is not closed and counted."}})


@pytest.mark.parametrize("text", ["x", "-1", "1.5", "１", "9" * 30, "1 or 1"])
def test_a_round_that_is_no_number_is_said(study: Study, client: Client, text: str) -> None:
    answer = client.get(url(study), {"round": text})
    assert (answer.status_code, answer.json()) == (400, {"error": {"code": "invalid", "message": "round is a whole number from 1."}})


def test_every_error_has_one_shape(study: Study) -> None:
    stranger = signed_in(somebody(email="stranger@example.org"))
    for answer in (Client().get(url(study)), stranger.get(url(study)), stranger.post(url(study))):
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"code", "message"}


def test_it_can_only_be_read(study: Study, client: Client) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(url(study)).status_code == 405
