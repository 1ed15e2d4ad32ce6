"""Who may open what: every address of organizers and analysts, for every role and for nobody, as one table."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from analysis.models import PlanRun
from analysis.urls import urlpatterns as analysis_urls
from surveys.api.urls import urlpatterns as api_urls
from surveys.enums import Role
from surveys.models import Answer, Message, Rationale, Study
from surveys.views.organizer.urls import urlpatterns as organizer_urls
from surveys.workflow.invitations import queue_messages
from surveys.workflow.open_answers import key_of
from tests.factories import give
from tests.surveys.views.organizer.stage import DEFINITION, answered, counted, opened, planned, signed_in, somebody, staged

pytestmark = pytest.mark.django_db

RUN = frozenset({"owner", "organizer"})
ALL = frozenset(role.value for role in Role)
# address → the roles that may open it; everybody else gets a 404, and who is not signed in is asked to
TABLE: dict[str, frozenset[str]] = {
    "surveys:study": ALL,
    "surveys:study-file": ALL,
    "surveys:record": RUN | {"analyst", "observer"},
    "surveys:finish": RUN,
    "surveys:experts": RUN,
    "surveys:panel-upload": RUN,
    "surveys:expert-add": RUN,
    "surveys:expert-replace": RUN,
    "surveys:round-open": RUN,
    "surveys:round-summary": RUN,
    "surveys:round-decide": RUN,
    "surveys:item-add": RUN,
    "surveys:item-reword": RUN,
    "surveys:item-add-form": RUN,
    "surveys:item-edit": RUN,
    "surveys:item-whole": RUN,
    "surveys:shared-texts": RUN,
    "surveys:shared-text": RUN,
    "surveys:corrections": RUN,
    "surveys:text-correct": RUN,
    "surveys:round-deadline": RUN,
    "surveys:round-close": RUN,
    "surveys:round-reopen": RUN,
    "surveys:messages": RUN,
    "surveys:message-resend": RUN,
    "surveys:invitations": RUN,
    "surveys:reminders": RUN,
    "surveys:reasons": RUN | {"moderator"},
    "surveys:reason-decide": RUN | {"moderator"},
    "surveys:open-answer-decide": RUN | {"moderator"},
    "analysis:latest-results": RUN | {"analyst"},
    "analysis:results": RUN | {"analyst"},
    "analysis:results-items": RUN | {"analyst"},
    "analysis:item-results": RUN | {"analyst"},
    "analysis:files": RUN | {"analyst"},
    "analysis:archive": RUN | {"analyst"},
    "analysis:file": RUN | {"analyst"},
    "analysis:recount": RUN,
    "analysis:plans": RUN,
    "analysis:plan": RUN,
    "analysis:plan-file": RUN,
    "analysis:dry-run": RUN,
    "analysis:simulation-remove": RUN,
    "analysis:api-progress": RUN | {"moderator", "observer"},
    "analysis:api-table": RUN | {"analyst"},
    "analysis:api-files": RUN | {"analyst"},
    "analysis:api-file": RUN | {"analyst"},
    "surveys:api-study": ALL,
    "surveys:api-rounds": ALL,
    "surveys:api-items": ALL,
}
POST_ONLY = {"surveys:message-resend", "surveys:reason-decide", "surveys:open-answer-decide", "analysis:recount"}
WHY = {"section": "end", "title": {"en": "End"}, "items": [{"code": "why", "kind": "text", "text": {"en": "What is missing?"}}]}
WITHOUT_A_STUDY = {"surveys:study-list", "surveys:study-upload", "surveys:study-start", "surveys:api-studies",
                   "analysis:api-documentation", "analysis:api-schema", "analysis:api-unknown"}


@pytest.fixture
def study() -> Study:
    study = staged(questionnaire=[*DEFINITION["questionnaire"], WHY])
    counted(study)
    second = opened(study)
    answered(second)
    give(second, {"us-2": {"why": "Patience"}})
    queue_messages(second, "invitation")
    planned(study)
    return study


def address(name: str, study: Study) -> str:
    more = {
        "surveys:expert-replace": lambda: [study.panelists.first().pk],
        "surveys:message-resend": lambda: [2, Message.objects.first().pk],
        "surveys:reason-decide": lambda: [2, Rationale.objects.filter(response__round__number=2).first().pk],
        "surveys:open-answer-decide": lambda: [2, key_of(Answer.objects.get(value="Patience").pk)],
        "surveys:item-reword": lambda: ["grave"],
        "surveys:round-decide": lambda: ["grave"],
        "surveys:item-edit": lambda: ["grave"],
        "surveys:item-whole": lambda: ["grave"],
        "surveys:shared-text": lambda: ["scales.five"],
        "surveys:text-correct": lambda: [2, "grave"],
        "analysis:results": lambda: [1],
        "analysis:results-items": lambda: [1],
        "analysis:item-results": lambda: [1, "grave"],
        "analysis:file": lambda: ["aggregates.csv"],
        "analysis:recount": lambda: [1],
        "analysis:api-table": lambda: ["gaps"],
        "analysis:api-file": lambda: ["aggregates.csv"],
        "analysis:plan": lambda: [PlanRun.objects.first().pk],
        "analysis:plan-file": lambda: [PlanRun.objects.first().pk],
    }
    in_round = {"surveys:round-deadline", "surveys:round-close", "surveys:round-reopen", "surveys:messages", "surveys:invitations",
                "surveys:reminders", "surveys:reasons", "surveys:corrections"}
    arguments = more.get(name, lambda: [2] if name in in_round else [])()
    return reverse(name, args=[study.slug, *arguments])


def open_page(client: Client, name: str, study: Study) -> int:
    url = address(name, study)
    return (client.post(url) if name in POST_ONLY else client.get(url)).status_code


def test_the_table_names_every_address() -> None:
    named = {f"surveys:{p.name}" for p in (*organizer_urls, *api_urls) if isinstance(p, URLPattern)} | {f"analysis:{p.name}" for p in analysis_urls}
    assert named == set(TABLE) | WITHOUT_A_STUDY


@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_opens_what_the_table_says_and_nothing_else(study: Study, role: str) -> None:
    client = signed_in(somebody(study, role))
    opens = {name for name in TABLE if open_page(client, name, study) != 404}
    assert opens == {name for name, roles in TABLE.items() if role in roles}


def test_somebody_without_a_role_in_this_study_finds_nothing(study: Study) -> None:
    other = staged(study="another")
    client = signed_in(somebody(other, Role.OWNER))
    assert {name: open_page(client, name, study) for name in TABLE} == dict.fromkeys(TABLE, 404)


def test_an_operator_without_a_role_finds_nothing(study: Study) -> None:
    client = signed_in(somebody(is_superuser=True, is_staff=True))
    assert {name: open_page(client, name, study) for name in TABLE} == dict.fromkeys(TABLE, 404)


def test_who_is_not_signed_in_is_asked_to(study: Study) -> None:
    answers = {name: open_page(Client(), name, study) for name in TABLE}
    assert answers == {name: 401 if ":api-" in name else 302 for name in TABLE}


def test_whose_session_has_ended_signs_in_and_is_on_a_page_that_can_be_opened(study: Study) -> None:
    client = Client()
    for name in TABLE:
        response = client.post(address(name, study))
        if response.status_code == 302:
            wanted = reverse("surveys:study", args=[study.slug]) if name in POST_ONLY else address(name, study)
            assert response.headers["Location"].partition("next=")[2] == wanted


def test_a_locked_account_opens_nothing(study: Study) -> None:
    user = somebody(study, Role.OWNER)
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert open_page(client, "surveys:study", study) == 302


def test_ids_of_another_study_are_not_found(study: Study) -> None:
    other = staged(study="another")
    counted(other)
    client = signed_in(somebody(study, Role.OWNER))
    foreign = other.panelists.first()
    assert client.get(reverse("surveys:expert-replace", args=[study.slug, foreign.pk])).status_code == 404
    reason = Rationale.objects.filter(response__round__study=other).first()
    assert client.post(reverse("surveys:reason-decide", args=[study.slug, 2, reason.pk]), {"decision": "approved"}).status_code == 404


def test_only_those_who_may_create_studies_can_upload_one() -> None:
    assert signed_in(somebody()).get(reverse("surveys:study-upload")).status_code == 404
    assert signed_in(somebody(email="creator@example.org", may_create_studies=True)).get(reverse("surveys:study-upload")).status_code == 200
