"""What no page of ours would ever send is refused; it never breaks the server."""

import pytest
from django.test import Client

from surveys.models import Answer
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(client: Client):
    """An expert in round 1: the study's address and the items' ids."""
    _study, study_round, experts = an_open_round()
    return enter(client, experts[0]), asked_ids(study_round)


@pytest.mark.parametrize("body", ["[" * 100_000 + "]" * 100_000, '{"value":' + "[" * 90_000 + "]" * 90_000 + "}", '{"value": {"": ' + "9" * 5000 + "}}"])
def test_a_body_nested_too_deeply_or_with_an_endless_number_is_malformed(client: Client, first, body: str) -> None:
    home, ids = first
    reply = client.post(f"{home}answers/{ids['grave']}/", body, content_type="application/json", headers={"Accept": "application/json"})
    assert (reply.status_code, reply.json()["reason"]) == (400, "malformed")


@pytest.mark.parametrize("field", ["confidence", "expertise"])
def test_thousands_of_digits_are_refused_beside_the_item(client: Client, first, field: str) -> None:
    home, ids = first
    reply = client.post(f"{home}section/main/", {f"i{ids['likely']}-value": "5", f"i{ids['likely']}-{field}": "9" * 20_000})
    assert reply.status_code == 422
    assert "is a whole number from" in reply.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("code", ["%00", "a%00b", "no where"])
def test_a_section_that_no_study_can_have_is_not_there(client: Client, first, code: str) -> None:
    home, _ids = first
    assert client.get(f"{home}section/{code}/").status_code == 404


def test_results_are_shown_to_those_only_who_agreed_to_take_part(client: Client) -> None:
    _study, _round, experts = a_second_round()
    home = enter(client, experts[0], consents=False)
    reply = client.get(f"{home}results/1/")
    assert (reply.status_code, reply.url) == (302, f"{home}consent/")
