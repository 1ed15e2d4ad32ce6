"""A study's page answers three questions: where are we, who is missing, what next."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Message, Rationale, Study
from surveys.workflow.invitations import queue_messages
from surveys.workflow.rationales import decide_rationale
from tests.factories import a_study, count, questions
from tests.surveys.views.organizer.stage import DEFINITION, answer, answered, closed, counted, opened, organizer_of, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def page(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:study", args=[study.slug])).content.decode()


def next_step(client: Client, study: Study) -> tuple[str, str]:
    """The title of what comes next, and where its button leads."""
    step = client.get(reverse("surveys:study", args=[study.slug])).context["step"]
    return step.title, step.url.removeprefix(f"/studies/{study.slug}/")


def test_step_by_step_the_page_leads_through_a_study() -> None:
    study = a_study(DEFINITION)
    client = organizer_of(study)
    assert next_step(client, study) == ("Name the experts", "experts/upload/")
    study = staged(study="staged-two", rounds={"maximum": 1})
    study.members.create(user_id=client.session["_auth_user_id"], role="organizer")
    assert next_step(client, study) == ("Open round 1", "rounds/open/")
    study_round = opened(study)
    assert next_step(client, study) == ("Send the invitations", "rounds/1/invitations/")
    queue_messages(study_round, "invitation")
    Message.objects.update(state="sent")
    assert next_step(client, study) == ("Wait, or remind", "rounds/1/reminders/")
    answered(study_round)
    assert next_step(client, study) == ("Close round 1", "rounds/1/close/")
    closed(study_round)
    assert next_step(client, study) == ("Wait for the count", "")
    count(study_round)
    assert next_step(client, study) == ("Read the reasons", "rounds/1/reasons/")
    for rationale in Rationale.objects.all():
        decide_rationale(rationale.pk, "approved", by=None)
    assert next_step(client, study) == ("Finish the study", "finish/")
    client.post(reverse("surveys:finish", args=[study.slug]))
    assert next_step(client, study) == ("The study is finished", "")


def test_after_a_counted_round_the_next_one_is_offered(study: Study, client: Client) -> None:
    study_round = opened(study)
    count(study_round)
    assert next_step(client, study) == ("Open round 2", "rounds/open/")


def test_after_three_reminders_closing_is_next(study: Study, client: Client) -> None:
    study_round = opened(study)
    queue_messages(study_round, "invitation")
    for _ in range(3):
        queue_messages(study_round, "reminder")
    assert next_step(client, study)[0] == "Close round 1"


def test_counts_per_panel_stand_in_words(study: Study, client: Client) -> None:
    study_round = opened(study)
    asked = questions(study_round)
    for place, panelist in enumerate(study.panelists.filter(panel__code="jp").order_by("pk")[:3]):
        answer(panelist, study_round, asked, place, submit=place < 2)
    text = page(client, study)
    assert "<b>2</b> submitted" in text
    assert "<b>1</b> started" in text
    assert "2 of 15 submitted" in text
    assert not any(said in text for said in ("jp-1", "jp-2", "jp-3", "Expert 1"))


def test_the_page_names_rounds_states_and_the_zone(study: Study, client: Client) -> None:
    counted(study)
    opened(study)
    text = page(client, study)
    assert "Round 1" in text
    assert "released" in text
    assert "Asia/Seoul" in text
    assert "no deadline: closed by hand" in text


@pytest.mark.parametrize(("role", "sees"), [
    (Role.ORGANIZER, {"Results", "Files", "Reasons", "Experts", "E-mails", "Record", "Study file"}),
    (Role.MODERATOR, {"Reasons", "Study file"}),
    (Role.ANALYST, {"Results", "Files", "Record", "Study file"}),
    (Role.OBSERVER, {"Record", "Study file"}),
    (Role.TRANSLATOR, {"Study file"}),
])
def test_each_role_is_offered_what_it_may_open(study: Study, role: str, sees: set[str]) -> None:
    opened(study)
    text = page(signed_in(somebody(study, role, email="other@example.org")), study)
    menu = text.split('aria-label="In this study"')[1].split("</nav>")[0]
    assert {name for name in ("Results", "Files", "Reasons", "Experts", "E-mails", "Record", "Study file") if f">{name}</a>" in menu} == sees


def test_only_those_who_may_see_progress_see_it(study: Study) -> None:
    opened(study)
    assert "Responses in round 1" not in page(signed_in(somebody(study, Role.TRANSLATOR)), study)
    assert "Responses in round 1" in page(signed_in(somebody(study, Role.OBSERVER)), study)


def test_the_list_of_studies_says_what_to_do_when_it_is_empty() -> None:
    text = signed_in(somebody(may_create_studies=True)).get("/studies/").content.decode()
    assert "No study yet" in text
    assert "Upload a study file" in text
    assert "Ask its owner" in signed_in(somebody(email="other@example.org")).get("/studies/").content.decode()


def test_simulated_experts_are_labelled() -> None:
    study = staged()
    Study.objects.update(is_simulated=True)
    client = organizer_of(study)
    assert "Simulated experts" in page(client, study)
    assert "Simulated experts" in client.get("/studies/").content.decode()
