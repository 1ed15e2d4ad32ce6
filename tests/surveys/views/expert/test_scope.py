"""Every address is that of the session's expert: others' studies, rounds and items are not there."""

import pytest
from django.test import Client

from surveys.models import Answer, Panelist
from surveys.workflow.invitations import revoke_links
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count
from tests.surveys.views.expert.expert_studies import an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db
PAGES = ("", "consent/", "section/main/", "review/", "submit/", "results/1/", "my-answers/", "my-answers.csv", "withdraw/", "leave/")


@pytest.mark.parametrize("page", PAGES)
def test_without_a_personal_link_nothing_opens(client: Client, page: str) -> None:
    an_open_round()
    answer = client.get(f"/s/small/{page}")
    assert answer.status_code == 403
    assert "Please use your personal link" in answer.content.decode()
    assert "A small study" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_study_that_does_not_exist_gets_the_same_answer(client: Client, page: str) -> None:
    assert client.get(f"/s/no-such-study/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_revoked_link_ends_its_sessions_at_once(client: Client, page: str) -> None:
    _study, _round, experts = an_open_round()
    enter(client, experts[0])
    revoke_links(experts[0])
    assert client.get(f"/s/small/{page}").status_code == 403


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_who_has_left_sees_nothing_any_more(client: Client, state: str) -> None:
    _study, _round, experts = an_open_round()
    enter(client, experts[0])
    Panelist.objects.filter(pk=experts[0].pk).update(state=state)
    assert client.get("/s/small/").status_code == 403


def another_study() -> tuple[int, Panelist]:
    study = a_study(a_definition(study="other"))
    experts = add_experts(study, {"us": 1})
    return asked_ids(open_round(study, 1))["grave"], experts[0]


def test_the_link_of_one_study_does_not_open_another(client: Client) -> None:
    _study, _round, experts = an_open_round()
    another_study()
    enter(client, experts[0])
    assert client.get("/s/other/").status_code == 403
    assert client.get("/s/other/section/main/").status_code == 403


def test_an_item_of_another_study_is_not_there(client: Client) -> None:
    _study, _round, experts = an_open_round()
    foreign, _expert = another_study()
    home = enter(client, experts[0])
    assert save(client, home, foreign, value={"": "3"}).status_code == 404
    assert not Answer.objects.exists()


def test_two_studies_live_side_by_side_in_one_session(client: Client) -> None:
    _study, _round, experts = an_open_round()
    _item, other = another_study()
    enter(client, experts[0])
    enter(client, other)
    assert client.get("/s/small/").status_code == 200
    assert client.get("/s/other/").status_code == 200


def test_an_item_of_a_draft_round_is_not_there(client: Client) -> None:
    from surveys.workflow.rounds import prepare_round

    study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    draft = prepare_round(study, 2)
    assert save(client, home, asked_ids(draft)["grave"], value={"": "3"}).status_code == 404


def test_an_unknown_section_and_an_unknown_round_are_not_there(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0])
    assert client.get(f"{home}section/nowhere/").status_code == 404
    assert client.get(f"{home}results/7/").status_code == 404


def test_results_show_only_once_they_are_released(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    assert client.get(f"{home}results/1/").status_code == 404
    count(study_round)
    assert client.get(f"{home}results/1/").status_code == 404


def test_an_answer_is_written_to_the_session_s_expert_whoever_is_named(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    save(client, home, asked_ids(study_round)["grave"], value={"": "3"}, panelist=experts[1].pk)
    assert Answer.objects.get().response.panelist == experts[0]


def test_who_was_not_invited_to_the_round_is_told_so(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    study_round.invitations.filter(panelist=experts[0]).delete()
    assert save(client, home, asked_ids(study_round)["grave"], value={"": "3"}).status_code == 403
    assert "was not sent to you" in client.get(home).content.decode()
    assert client.get(f"{home}section/main/").status_code == 302
