"""Who may open the builder's pages: those who run the study, translators their own page, and nobody else; reading one changes nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from surveys.enums import Role
from surveys.models import Study
from surveys.studyfile.editing import with_section
from surveys.views.organizer.builder.urls import urlpatterns
from surveys.workflow.drafts import edit_draft
from tests.surveys.views.organizer.stage import opened, signed_in, somebody, staged
from tests.surveys.views.organizer.test_reading_changes_nothing import everything

pytestmark = pytest.mark.django_db
RUN = {"owner", "organizer"}
NAMES = {"code": "grave", "section": "threats", "name": "five", "act": "up", "part": "panels", "language": "ko"}
PANEL = {"code": "us"}
POST_ONLY = {"build-undo", "build-redo"}


@pytest.fixture
def study() -> Study:
    return staged(option_lists={"few": [{"code": "a", "text": {"en": "A"}}, {"code": "b", "text": {"en": "B"}}]},
                  theatres=[{"code": "east", "name": {"en": "East"}}])


def addresses(study: Study) -> dict[str, str]:
    """Every address of the builder, with codes that are there."""
    return {pattern.name: address(study, pattern) for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name}


def address(study: Study, pattern: URLPattern) -> str:
    names = dict(NAMES)
    if "panels" in pattern.name:
        names["code"] = "us"
    if "theatres" in pattern.name:
        names["code"] = "east"
    if "list" in pattern.name:
        names["name"] = names["code"] = "few"
    wanted = {key: names[key] for key in pattern.pattern.converters}
    return reverse(f"surveys:{pattern.name}", kwargs={"slug": study.slug, **wanted})


def statuses(client: Client, study: Study) -> dict[str, int]:
    found = {}
    for name, url in addresses(study).items():
        response = client.get(url)
        found[name] = (client.post(url) if response.status_code == 405 else response).status_code
    return found


@pytest.mark.parametrize("role", sorted(role.value for role in Role))
def test_only_those_who_run_the_study_open_its_builder_and_translators_their_page(study: Study, role: str) -> None:
    found = statuses(signed_in(somebody(study, role)), study)
    opens = {name for name in found if role in RUN or (role == "translator" and name.startswith("build-translations"))}
    assert {name for name, status in found.items() if status != 403} == opens


def test_somebody_without_a_role_finds_nothing_and_who_is_not_signed_in_is_asked_to(study: Study) -> None:
    other = signed_in(somebody(staged(study="another"), Role.OWNER))
    assert set(statuses(other, study).values()) == {404}
    assert {Client().get(url).status_code for url in addresses(study).values()} <= {302, 405}


def all_rows() -> dict[str, list[Any]]:
    return everything()


@pytest.mark.parametrize("has_draft", [False, True])
def test_reading_changes_nothing(study: Study, has_draft: bool) -> None:
    if has_draft:
        edit_draft(study, "section-added", lambda definition: with_section(definition, {"section": "empty"}))
    client = signed_in(somebody(study, Role.ORGANIZER))
    before = all_rows()
    for url in addresses(study).values():
        client.get(url)
    assert all_rows() == before


def test_a_form_from_elsewhere_changes_nothing(study: Study) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody(study, Role.OWNER))
    before = all_rows()
    for url in addresses(study).values():
        assert client.post(url, {"item-remove": "grave", "step": "0"}).status_code in (403, 405)
    assert all_rows() == before


def test_once_a_round_has_opened_every_page_can_be_read_and_none_changes_the_study(study: Study) -> None:
    opened(study)
    client = signed_in(somebody(study, Role.ORGANIZER))
    before = all_rows()
    for name, url in addresses(study).items():
        if name not in POST_ONLY and not name.endswith(("-act", "-remove", "-new")):
            assert client.get(url).status_code == 200, name
        client.post(url, {"item-remove": "grave", "section-remove": "threats", "step": "0", "do": "remove"})
    assert all_rows() == before
