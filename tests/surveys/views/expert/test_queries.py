"""Queries per page, the session's own included: at most six, however many items and rounds there are."""

import pytest
from django.test import Client

from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db

# The session; the link with its panelist, panel and study; the rounds; the answers; the reasons where a page shows them.
PAGES = [("", 4), ("consent/", 2), ("section/main/", 5), ("review/", 5), ("my-answers/", 5), ("my-answers.csv", 5), ("withdraw/", 3)]


@pytest.mark.parametrize(("page", "queries"), PAGES)
def test_first_round(client: Client, page: str, queries: int, django_assert_num_queries) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "4"}, rationale="So.")
    client.get(f"{home}{page}")
    with django_assert_num_queries(queries):
        assert client.get(f"{home}{page}").status_code == 200


@pytest.mark.parametrize(("page", "queries"), [*PAGES, ("results/1/", 5)])
def test_second_round(client: Client, page: str, queries: int, django_assert_num_queries) -> None:
    _study, study_round, experts = a_second_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], decision="kept")
    client.get(f"{home}{page}")
    with django_assert_num_queries(queries):
        assert client.get(f"{home}{page}").status_code == 200


def test_the_first_reader_of_a_second_round_pays_for_the_questionnaire_the_feedback_and_the_panels(client: Client, django_assert_num_queries) -> None:
    _study, _round, experts = a_second_round()
    home = enter(client, experts[0])
    with django_assert_num_queries(8):
        client.get(f"{home}section/main/")
    other = Client()
    enter(other, experts[1])
    with django_assert_num_queries(5):
        other.get(f"{home}section/main/")


def test_the_link_takes_two_queries_once_the_questionnaire_is_known(client: Client, django_assert_num_queries) -> None:
    from surveys.workflow.invitations import issue_link

    _study, _round, experts = an_open_round()
    token = issue_link(experts[0])
    client.get(f"/i/{token}/")
    with django_assert_num_queries(2):
        client.get(f"/i/{token}/")
