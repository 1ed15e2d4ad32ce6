"""A GET changes nothing, a POST without its token changes nothing, and wrong methods are refused."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.invitations import queue_messages
from tests.deterrence_delphi.access.expected import OF_A_STUDY
from tests.surveys.views.organizer.stage import answered, counted, opened, organizer_of, planned, somebody, staged
from tests.surveys.views.organizer.test_who_may import addresses_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    second = opened(study)
    answered(second)
    queue_messages(second, "invitation")
    planned(study)
    return study


def everything() -> dict[str, list[Any]]:
    """All rows of surveys and analysis, but for the note that figures were seen."""
    rows = {}
    for model in [*apps.get_app_config("surveys").get_models(), *apps.get_app_config("analysis").get_models()]:
        rows[model.__name__] = [
            {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items() if name != "first_shown_at"}
            for row in model.objects.order_by("pk").values()
        ]
    return rows


def test_reading_every_page_changes_nothing(study: Study) -> None:
    client = organizer_of(study)
    before = everything()
    for url in addresses_of(study).values():
        client.get(url)
    assert everything() == before


def test_a_form_from_elsewhere_changes_nothing(study: Study) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody(study, Role.OWNER))
    before = everything()
    for name, url in addresses_of(study).items():
        assert client.post(url, {"step": "confirm", "number": "3"}).status_code in (400, 403, 405), name
    assert everything() == before


@pytest.mark.parametrize("name", sorted(name for name, (methods, _roles) in OF_A_STUDY.items() if methods == ("post",)))
def test_acts_are_not_done_by_following_a_link(study: Study, name: str) -> None:
    assert organizer_of(study).get(addresses_of(study)[name]).status_code == 405


def test_pages_that_only_show_take_no_post(study: Study) -> None:
    client = organizer_of(study)
    for name in ("study", "experts", "record", "study-file"):
        assert client.post(reverse(f"surveys:{name}", args=[study.slug])).status_code == 405
