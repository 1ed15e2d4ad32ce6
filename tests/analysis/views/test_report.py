"""The report in the browser: what it waits for, to read, and as files."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from analysis.blocks import analyse_now
from analysis.models import AnalysisBlock, AnalysisRun
from analysis.report.html import html_of
from analysis.report.making import FORMS, set_as
from analysis.report.writing import write_report
from surveys.enums import Role
from surveys.models import Study
from tests.surveys.views.organizer.stage import counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    analyse_now(counted(study))
    study.refresh_from_db()
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


def page(client: Client, study: Study) -> str:
    return client.get(reverse("analysis:report", args=[study.slug])).content.decode()


def test_the_page_offers_every_form_in_each_of_the_studys_languages(study: Study, client: Client) -> None:
    text = page(client, study)
    for language in study.languages:
        assert reverse("analysis:report-read", args=[study.slug, language]) in text
        for form in FORMS:
            assert reverse("analysis:report-file", args=[study.slug, language, form]) in text
    assert "/report/ja" not in text
    assert "It holds 1 round." in " ".join(text.split())


def test_the_page_says_which_round_is_not_in_it_yet(study: Study, client: Client) -> None:
    opened(study)
    assert "It holds 1 round. Round 2 is not counted yet and not in it." in " ".join(page(client, study).split())


def test_before_anything_is_counted_the_page_says_when_there_will_be_one() -> None:
    study = staged()
    client = signed_in(somebody(study, Role.ANALYST))
    assert "Nothing to report yet" in page(client, study)
    assert client.get(reverse("analysis:report-read", args=[study.slug, "en"])).status_code == 422


def test_the_report_is_read_as_a_page_under_its_own_policy(study: Study, client: Client) -> None:
    response = client.get(reverse("analysis:report-read", args=[study.slug, "ko"]))
    assert response.content == html_of(write_report(study, "ko"))
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="staged-report-ko.html"'
    policy = response.headers["Content-Security-Policy"]
    assert {"default-src 'none'", "script-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "form-action 'none'"} <= set(policy.split("; "))


def test_the_file_is_what_was_read(study: Study, client: Client) -> None:
    read, taken = (client.get(reverse(f"analysis:{name}", args=[study.slug, "en", *more])) for name, more in (("report-read", []), ("report-file", ["html"])))
    assert taken.content == read.content
    assert taken.headers["Content-Disposition"] == 'attachment; filename="staged-report-en.html"'
    assert taken.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
def test_other_forms_are_made_once_and_kept(study: Study, client: Client, form: str, begins: bytes) -> None:
    address = reverse("analysis:report-file", args=[study.slug, "en", form])
    first, second = client.get(address), client.get(address)
    assert first.headers["Content-Type"] == FORMS[form].media_type
    assert first.content.startswith(begins)
    assert first.content == second.content


@pytest.mark.parametrize(("language", "form"), [("ja", "html"), ("fr", "pdf"), ("en", "txt"), ("en", "exe")])
def test_languages_and_forms_that_there_are_not_are_not_found(study: Study, client: Client, language: str, form: str) -> None:
    assert client.get(reverse("analysis:report-file", args=[study.slug, language, form])).status_code == 404


def test_while_further_figures_are_worked_out_the_page_says_so_and_gives_none(study: Study, client: Client) -> None:
    AnalysisBlock.objects.filter(run__round__study=study).update(
        state=AnalysisRun.State.RUNNING, heartbeat_at=timezone.now(), started_at=timezone.now() - timedelta(seconds=5))
    text = page(client, study)
    assert "The further figures of round 1 are being worked out" in text
    assert "report-read" not in text
    assert "Read the report" not in text
    assert client.get(reverse("analysis:report-file", args=[study.slug, "en", "html"])).status_code == 422
    refused = client.get(reverse("analysis:report-read", args=[study.slug, "en"]))
    assert refused.status_code == 422
    assert refused.headers["Content-Security-Policy"] == client.get(reverse("analysis:report", args=[study.slug])).headers["Content-Security-Policy"]


@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}})
def test_while_the_cache_is_down_a_file_is_made_all_the_same(study: Study) -> None:
    assert set_as(write_report(study, "en"), "docx").startswith(b"PK")


def test_reading_counts_as_seeing_the_figures(study: Study, client: Client) -> None:
    AnalysisRun.objects.update(first_shown_at=None)
    client.get(reverse("analysis:report-read", args=[study.slug, "en"]))
    assert AnalysisRun.objects.get(is_published=True).first_shown_at is not None
