"""The files through the read API: the same bytes as in the browser, for a token too."""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.tokens import create_token
from analysis.blocks import analyse_now
from analysis.exports.contents import CONTENTS
from analysis.exports.formats import BY_FILE
from analysis.models import AnalysisBlock
from surveys.enums import Role
from surveys.models import Study
from tests.surveys.views.organizer.stage import counted, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    analyse_now(counted(study))
    return study


@pytest.fixture
def client(study: Study) -> Client:
    _token, text = create_token(somebody(study, Role.ANALYST), "notebook", 30)
    return Client(headers={"Authorization": f"Bearer {text}"})


def files(client: Client, study: Study) -> list[dict[str, object]]:
    return client.get(reverse("analysis:api-files", args=[study.slug])).json()["rows"]


def test_the_list_names_every_file_and_leads_to_it(study: Study, client: Client) -> None:
    found = files(client, study)
    assert [row["name"] for row in found] == ["archive.zip", *CONTENTS, *BY_FILE]
    for row in found:
        answer = client.get(row["url"])
        assert (answer.status_code, answer.headers["Content-Type"], row["ready"]) == (200, row["media_type"], True), row["name"]


def test_every_format_is_listed_with_its_address_and_media_type(study: Study, client: Client) -> None:
    """The media types are those registered with IANA where there is one; SPSS and Stata have none."""
    found = {row["name"]: (row["format"], row["media_type"], row["url"]) for row in files(client, study)}
    base = f"http://testserver/api/studies/{study.slug}/files"
    assert {name: found[name] for name in ("aggregates.csv", "datapackage.json", *BY_FILE)} == {
        "aggregates.csv": ("csv", "text/csv; charset=utf-8", f"{base}/aggregates.csv"),
        "datapackage.json": ("json", "application/json", f"{base}/datapackage.json"),
        "parquet.zip": ("parquet", "application/zip", f"{base}/parquet.zip"),
        "workbook.xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", f"{base}/workbook.xlsx"),
        "aggregates.sav": ("sav", "application/octet-stream", f"{base}/aggregates.sav"),
        "aggregates.dta": ("dta", "application/octet-stream", f"{base}/aggregates.dta"),
    }


def test_the_workbook_from_the_api_opens_with_the_rows_of_the_csv_file(study: Study, client: Client) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(fetched(client, study, "workbook.xlsx")), read_only=True)
    rows = fetched(client, study, "aggregates.csv").decode().splitlines()
    assert len(list(workbook["aggregates"].iter_rows())) == len(rows) > 10


def fetched(client: Client, study: Study, name: str) -> bytes:
    return b"".join(client.get(reverse("analysis:api-file", args=[study.slug, name])))  # type: ignore[call-overload, no-any-return]


def test_a_file_has_the_bytes_that_the_browser_gets(study: Study, client: Client) -> None:
    browser = Client()
    browser.force_login(somebody(study, Role.OWNER))
    for name in ("aggregates.csv", "gaps.csv", "provenance.json", "aggregates.dta", "archive.zip"):
        page = "archive" if name == "archive.zip" else "file"
        arguments = [study.slug] if name == "archive.zip" else [study.slug, name]
        by_api, in_browser = client.get(reverse("analysis:api-file", args=[study.slug, name])), browser.get(reverse(f"analysis:{page}", args=arguments))
        assert b"".join(by_api) == b"".join(in_browser), name  # type: ignore[call-overload]


def test_what_is_not_worked_out_yet_is_said(study: Study, client: Client) -> None:
    AnalysisBlock.objects.update(state="queued")
    ready = {row["name"]: row["ready"] for row in files(client, study)}
    assert (ready["gaps.csv"], ready["items.csv"]) == (False, True)
    assert client.get(reverse("analysis:api-file", args=[study.slug, "gaps.csv"])).status_code == 409
    assert client.get(reverse("analysis:api-file", args=[study.slug, "items.csv"])).status_code == 200


def test_before_anything_is_counted_no_file_is_ready(client: Client) -> None:
    study = staged(study="empty")
    client = Client()
    client.force_login(somebody(study, Role.OWNER, email="empty@example.org"))
    assert not any(row["ready"] for row in files(client, study))
    answer = client.get(reverse("analysis:api-file", args=[study.slug, "aggregates.csv"]))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "not_ready")


def test_another_file_is_not_found(study: Study, client: Client) -> None:
    assert client.get(reverse("analysis:api-file", args=[study.slug, "settings.py"])).status_code == 404
