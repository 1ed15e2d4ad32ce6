"""The analyst's files in the browser: the very bytes of the export."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pandas
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from analysis.blocks import analyse_now
from analysis.exports.bundle import NAMES, content_of
from analysis.exports.contents import CONTENTS, WITHOUT_FURTHER_FIGURES
from analysis.exports.formats import FORMATS, Format
from analysis.exports.formats.making import made
from analysis.exports.shown import what_is_shown
from analysis.models import AnalysisBlock
from analysis.views import files
from surveys.enums import Role
from surveys.models import Study
from tests.surveys.views.organizer.stage import counted, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def counted_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """One counted study for all tests, each of which takes back what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        study = staged()
        analyse_now(counted(study))
        yield study.pk
        transaction.set_rollback(True)


@pytest.fixture
def study(counted_once: int) -> Study:
    return Study.objects.get(pk=counted_once)


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


def got(client: Client, study: Study, name: str, **data: str) -> bytes:
    return b"".join(client.get(reverse("analysis:file", args=[study.slug, name]), data).streaming_content)


@pytest.mark.parametrize("name", NAMES)
def test_a_download_is_the_exported_file(study: Study, client: Client, name: str) -> None:
    response = client.get(reverse("analysis:file", args=[study.slug, name]))
    assert b"".join(response.streaming_content) == b"".join(content_of(what_is_shown(study), name))
    assert response.headers["Content-Disposition"] == f'attachment; filename="staged-{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_spreadsheet_gets_its_mark(study: Study, client: Client) -> None:
    assert got(client, study, "items.csv", bom="1") == b"\xef\xbb\xbf" + got(client, study, "items.csv")


def test_the_archive_holds_every_file_with_checksums(study: Study, client: Client) -> None:
    url = reverse("analysis:archive", args=[study.slug])
    content = b"".join(client.get(url).streaming_content)
    assert content == b"".join(client.get(url).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == [f"staged/{name}" for name in (*NAMES, "SHA256SUMS")]
        sums = dict(line.split("  ")[::-1] for line in archive.read("staged/SHA256SUMS").decode().splitlines())
        assert sums == {name: hashlib.sha256(archive.read(f"staged/{name}")).hexdigest() for name in NAMES}
        assert archive.read("staged/aggregates.csv") == got(client, study, "aggregates.csv")


def test_pandas_reads_it_in_one_line(study: Study, client: Client) -> None:
    rows = pandas.read_csv(io.BytesIO(got(client, study, "aggregates.csv")))
    whole = rows[(rows.item == "grave") & (rows.group == "all")].iloc[0]
    assert (whole.n, whole["median"], whole.q1, whole.q3) == (15, 2, 1, 3)  # 1, 2, 3 five times each


@pytest.mark.parametrize("name", ["", "aggregates", "../../settings.py", "aggregates.csv/..", "answers.csv", "measures.csv"])
def test_no_other_file_is_given(study: Study, client: Client, name: str) -> None:
    assert client.get(f"/studies/{study.slug}/files/{name}").status_code in (200, 404)
    assert "SECRET_KEY" not in client.get(f"/studies/{study.slug}/files/{name}").content.decode()  # the address itself stands in the page


def test_the_page_lists_them_once_there_are_results(study: Study, client: Client) -> None:
    text = client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert text.count("for spreadsheets (with BOM)") == sum(name.endswith(".csv") for name in CONTENTS)
    assert all(f">{name}</a>" in text for name in NAMES)


def test_the_page_and_the_archive_know_the_same_files() -> None:
    assert set(CONTENTS) == set(NAMES)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.option)
def test_formats_of_other_programs_are_made_on_request(study: Study, client: Client, form: Format) -> None:
    response = client.get(reverse("analysis:file", args=[study.slug, form.file]))
    with made(study, form) as file:
        assert b"".join(response.streaming_content) == file.read()
    assert response.headers["Content-Disposition"] == f'attachment; filename="staged-{form.file}"'
    assert (response.headers["Content-Type"], response.headers["X-Content-Type-Options"]) == (form.media_type, "nosniff")


def test_the_page_offers_them_and_says_how_long_they_take(study: Study, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    text = client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert all(f">{form.file}</a>" in text for form in FORMATS) and "takes a few seconds" in text
    monkeypatch.setattr(files, "LARGE", 1)
    assert "the Excel workbook can take several minutes" in client.get(reverse("analysis:files", args=[study.slug])).content.decode()


def being_worked_out(study: Study, **changes: object) -> None:
    """As while a worker is at it: 2 of 3 items after a minute."""
    begun = timezone.now() - timedelta(seconds=60)
    AnalysisBlock.objects.filter(run__round__study=study).update(**{"state": "running", "items_done": 0, "started_at": begun, **changes})
    AnalysisBlock.objects.filter(run__round__study=study, number=0).update(items_done=2)


def test_files_without_further_figures_are_offered_first(study: Study, client: Client) -> None:
    being_worked_out(study)
    text = client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert "The further figures of round 1 are being worked out: 2 of 3 items. They are ready in about a minute." in text
    assert {name for name in NAMES if f">{name}</a>" in text} == WITHOUT_FURTHER_FIGURES
    assert "Download everything" not in text


@pytest.mark.parametrize("name", [*sorted(set(NAMES) - WITHOUT_FURTHER_FIGURES), *(form.file for form in FORMATS)])
def test_a_file_that_would_be_another_one_later_is_refused(study: Study, client: Client, name: str) -> None:
    being_worked_out(study)
    answer = client.get(reverse("analysis:file", args=[study.slug, name]))
    assert (answer.status_code, "2 of 3 items" in answer.content.decode()) == (422, True)


def test_the_archive_waits_for_all_of_it(study: Study, client: Client) -> None:
    being_worked_out(study)
    assert client.get(reverse("analysis:archive", args=[study.slug])).status_code == 422


def test_a_failure_is_told_with_who_can_try_again(study: Study, client: Client) -> None:
    being_worked_out(study, state="failed", problem="MemoryError while counting")
    text = client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert "could not be worked out. An organizer can try again on the study&#x27;s page." in text


def test_before_anything_is_counted_there_is_nothing() -> None:
    study = staged(study="fresh")
    client = signed_in(somebody(study, Role.ANALYST))
    assert "Nothing to download yet" in client.get(reverse("analysis:files", args=[study.slug])).content.decode()
    assert client.get(reverse("analysis:archive", args=[study.slug])).status_code == 422
    assert client.get(reverse("analysis:file", args=[study.slug, "items.csv"])).status_code == 422
