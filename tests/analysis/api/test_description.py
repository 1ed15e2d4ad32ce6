"""The API is what its description says: valid OpenAPI, every address in it, and nothing found by Schemathesis, which makes up requests from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, reverse
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, settings
from schemathesis import Case

from accounts.authentication import AccessTokenAuthentication
from accounts.tokens import create_token
from analysis.api.description import description
from analysis.blocks import analyse_now
from analysis.exports.contents import table_names
from surveys.api.base import ReadView, UnknownAddress
from surveys.enums import Role
from tests.analysis.views.test_results import protected_study
from tests.surveys.views.organizer.stage import signed_in, somebody

pytestmark = pytest.mark.django_db
API = schemathesis.openapi.from_dict(description())
API.app = get_wsgi_application()
FEW = settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@contextmanager
def connection_kept() -> Iterator[None]:
    """A request's end would close the connection with the fixture's transaction, as Django's own test client knows."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def token(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Of the owner of one counted study, for all requests: they change nothing but who has seen what."""
    with django_db_blocker.unblock(), connection_kept(), transaction.atomic(), override_settings(API_REQUESTS_PER_MINUTE=10**9):
        study = protected_study()
        for study_round in study.rounds.all():
            analyse_now(study_round)
        yield create_token(somebody(study, Role.OWNER), "made up requests", 30)[1]
        transaction.set_rollback(True)


def asked_of_a_study(path: str) -> bool:
    """Tables differ in their columns alone: one stands for them all where requests are made up."""
    *_before, last = path.strip("/").split("/")
    return last not in table_names() or last == "distributions"


@API.include(lambda context: asked_of_a_study(context.operation.path)).parametrize()
@FEW
def test_schemathesis_finds_nothing(case: Case, token: str) -> None:
    if case.path_parameters.get("slug", "-").isalnum():
        case.path_parameters["slug"] = "small"
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("table", table_names())
def test_the_rows_of_every_table_are_as_described(table: str, token: str) -> None:
    case = API[f"/api/studies/{{slug}}/{table}/"]["GET"].Case(path_parameters={"slug": "small"})
    assert case.call_and_validate(headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_the_description_is_valid_and_the_one_that_is_served() -> None:
    validate_schema(description())
    assert signed_in(somebody()).get(reverse("analysis:api-schema")).json() == description()


def views_of(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views_of(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), getattr(pattern.callback, "cls", None)


def test_every_address_of_the_api_is_described_and_can_only_be_read_and_takes_tokens() -> None:
    """A token may go nowhere else: only these views know what it is."""
    found = {path: view for path, view in views_of(get_resolver().url_patterns) if view is not None and view is not UnknownAddress}
    assert all(issubclass(view, ReadView) and set(view.http_method_names) == {"get", "head"} for view in found.values())
    assert all(view.authentication_classes[0] is AccessTokenAuthentication for view in found.values())
    described = {f"/{path}".replace("<slug:slug>", "{slug}").replace("<str:name>", "{name}") for path in found} - {"/api/schema/"}
    tables = {path for path in described if "<slug:table>" in path}
    assert described - tables | {path.replace("<slug:table>", table) for path in tables for table in table_names()} == set(description()["paths"])


def test_each_address_is_called_by_one_name() -> None:
    names = [method["operationId"] for methods in description()["paths"].values() for method in methods.values()]
    assert sorted(set(names)) == sorted(names)


def test_no_column_has_the_name_of_another_parameter() -> None:
    for methods in description()["paths"].values():
        names = [parameter["name"] for parameter in methods["get"]["parameters"]] if "parameters" in methods["get"] else []
        assert sorted(set(names)) == sorted(names)


def test_the_page_for_people_asks_no_other_host() -> None:
    address = reverse("analysis:api-documentation")
    assert Client().get(address).status_code == 302
    page = signed_in(somebody()).get(address).content.decode()
    assert "https://" not in page and "http://" not in page
    assert "<style" not in page and "onclick" not in page
