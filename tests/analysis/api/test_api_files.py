"""The files through the read API: the same bytes as in the browser, for a token too."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tokens import create_token
from analysis.blocks import analyse_now
from analysis.exports.contents import CONTENTS
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
    assert [row["name"] for row in found] == ["archive.zip", *CONTENTS]
    for row in found:
        answer = client.get(row["url"])
        assert (answer.status_code, answer.headers["Content-Type"], row["ready"]) == (200, row["media_type"], True), row["name"]


def test_a_file_has_the_bytes_that_the_browser_gets(study: Study, client: Client) -> None:
    browser = Client()
    browser.force_login(somebody(study, Role.OWNER))
    for name in ("aggregates.csv", "gaps.csv", "provenance.json", "archive.zip"):
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
