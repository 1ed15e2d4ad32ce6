"""The analyst's files in the browser: the very bytes of the export."""

import io
import zipfile

import pandas
import pytest
from django.test import Client
from django.urls import reverse

from analysis.exports.bundle import archive, study_files
from surveys.enums import Role
from surveys.models import Study
from tests.surveys.views.organizer.stage import counted, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    study.refresh_from_db()  # the rules were locked meanwhile
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


@pytest.mark.parametrize("name", ["aggregates.csv", "items.csv", "panels.csv", "columns.csv", "provenance.json"])
def test_a_download_is_the_exported_file(study: Study, client: Client, name: str) -> None:
    response = client.get(reverse("analysis:file", args=[study.slug, name]))
    assert response.content == study_files(study)[name]
    assert response.headers["Content-Disposition"] == f'attachment; filename="staged-{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_spreadsheet_gets_its_mark(study: Study, client: Client) -> None:
    url = reverse("analysis:file", args=[study.slug, "items.csv"])
    assert client.get(url, {"bom": "1"}).content == b"\xef\xbb\xbf" + client.get(url).content


def test_the_archive_holds_every_file_with_checksums(study: Study, client: Client) -> None:
    content = client.get(reverse("analysis:archive", args=[study.slug])).content
    assert content == archive(study)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "staged/aggregates.csv" in names
    assert "staged/SHA256SUMS" in names


def test_pandas_reads_it_in_one_line(study: Study, client: Client) -> None:
    content = client.get(reverse("analysis:file", args=[study.slug, "aggregates.csv"])).content
    rows = pandas.read_csv(io.BytesIO(content))
    whole = rows[(rows.item == "grave") & (rows.group == "all")].iloc[0]
    assert (whole.n, whole["median"], whole.q1, whole.q3) == (15, 2, 1, 3)  # 1, 2, 3 five times each


@pytest.mark.parametrize("name", ["", "aggregates", "../../settings.py", "aggregates.csv/..", "answers.csv"])
def test_no_other_file_is_given(study: Study, client: Client, name: str) -> None:
    assert client.get(f"/studies/{study.slug}/files/{name}").status_code in (200, 404)
    assert "SECRET_KEY" not in client.get(f"/studies/{study.slug}/files/{name}").content.decode()  # the address itself stands in the page


def test_the_page_lists_them_once_there_are_results(study: Study, client: Client) -> None:
    text = client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert text.count("for spreadsheets (with BOM)") == 4
