"""The list of experts, adding and replacing one; what the list never says."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from surveys.models import Message, Panelist, Study
from surveys.workflow.identities import person_of
from surveys.workflow.invitations import issue_link
from surveys.workflow.messages import send_message
from tests.factories import questions
from tests.surveys.views.organizer.stage import answer, answered, counted, opened, organizer_of, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def listed(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:experts", args=[study.slug])).content.decode()


def new_expert(study: Study, **changes: object) -> dict[str, object]:
    return {"panel": study.panels.get(code="jp").pk, "name": "Sato Hana", "email": "sato@staged.example", "language": "ko", **changes}


def test_the_list_shows_people_by_panel(study: Study, client: Client) -> None:
    text = listed(client, study)
    assert text.index("United States") < text.index("us-1") < text.index("Japan") < text.index("jp-1")
    assert "Expert 3 of kr" in text
    assert "kr3@staged.example" in text


def test_the_list_is_the_same_whoever_answered(study: Study, client: Client) -> None:
    """Under the promise that organizers do not learn who answers, an answer changes nothing on the list."""
    study.settings["anonymity"] = ["peers", "organizers"]
    study.save()
    study_round = opened(study)
    before = without_token(listed(client, study))
    answer(study.panelists.first(), study_round, questions(study_round), 0)
    assert without_token(listed(client, study)) == before


def without_token(text: str) -> str:
    return text.replace(text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0], "")


def test_an_expert_added_in_an_open_round_is_invited_at_once(study: Study, client: Client) -> None:
    study_round = opened(study)
    text = client.post(reverse("surveys:expert-add", args=[study.slug]), new_expert(study), follow=True).content.decode()
    panelist = Panelist.objects.get(panel__code="jp", language="ko")
    assert f"The expert is added as {panelist.code}." in text
    assert study_round.invitations.filter(panelist=panelist).exists()
    send_message(Message.objects.get(panelist=panelist).pk)
    assert mail.outbox[0].to == ["sato@staged.example"]


@pytest.mark.parametrize(("changes", "said"), [
    ({"email": "nothing"}, "Enter a valid email address."),
    ({"panel": "999999"}, "Select a valid choice"),
    ({"panel": "x"}, "Select a valid choice"),
    ({"language": "fr"}, "Select a valid choice"),
    ({"email": "us1@staged.example"}, "Somebody with this e-mail address takes part already."),
])
def test_what_does_not_fit_is_said_and_nobody_is_added(study: Study, client: Client, changes: dict[str, object], said: str) -> None:
    response = client.post(reverse("surveys:expert-add", args=[study.slug]), new_expert(study, **changes))
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert study.panelists.count() == 15


def test_replacing_keeps_earlier_answers_and_stops_the_link(study: Study, client: Client) -> None:
    counted(study)
    opened(study)
    leaving = study.panelists.get(code="us-2")
    issue_link(leaving)
    page = client.get(reverse("surveys:expert-replace", args=[study.slug, leaving.pk])).content.decode()
    assert "Expert 2 of us" in page
    form = {"name": "New Person", "email": "new@staged.example", "language": "en"}
    client.post(reverse("surveys:expert-replace", args=[study.slug, leaving.pk]), form)
    leaving.refresh_from_db()
    arrived = study.panelists.order_by("-pk").first()
    assert (leaving.state, leaving.access_links.filter(revoked_at=None).count(), leaving.responses.count()) == ("declined", 0, 1)
    assert (arrived.panel.code, person_of(arrived).email, arrived.responses.count()) == ("us", "new@staged.example", 0)


def test_somebody_with_answers_in_the_open_round_is_not_replaced(study: Study, client: Client) -> None:
    answered(opened(study))
    url = reverse("surveys:expert-replace", args=[study.slug, study.panelists.first().pk])
    response = client.post(url, {"name": "One", "email": "one@staged.example", "language": "en"})
    assert (response.status_code, study.panelists.count()) == (422, 15)
    assert "has answers in the open round" in response.content.decode()


def test_somebody_who_has_left_is_not_replaced_again(study: Study, client: Client) -> None:
    leaving = study.panelists.first()
    url = reverse("surveys:expert-replace", args=[study.slug, leaving.pk])
    client.post(url, {"name": "One", "email": "one@staged.example", "language": "en"})
    response = client.post(url, {"name": "Two", "email": "two@staged.example", "language": "en"})
    assert (response.status_code, study.panelists.count()) == (422, 16)
    assert "has left already" in response.content.decode()


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    study = staged(study="empty")
    study.panelists.all().delete()
    study.members.create(user_id=client.session["_auth_user_id"], role="organizer")
    assert "Nobody is on the list yet" in listed(client, study)
