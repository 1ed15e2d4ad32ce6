"""The builder's pages of the study's head, of panels and theatres, and of scales: as a browser without scripts uses them."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from surveys.forms.parts import HeadForm
from surveys.models import DraftStep, Study
from surveys.workflow.drafts import create_study, edit_draft, read_draft, undo
from tests.surveys.forms.test_parts import sent
from tests.surveys.views.organizer.stage import opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
HEAD = {"study": "mine", "title": {"en": "Mine"}, "languages": ["en", "ko"]}
PANELS = [{"code": "jp", "name": {"en": "Japan"}}, {"code": "kr", "name": {"en": "South Korea"}}]


@pytest.fixture
def client() -> Client:
    return signed_in(somebody(email="author@example.org", may_create_studies=True))


@pytest.fixture
def study(client: Client) -> Study:
    return create_study({**HEAD, "panels": PANELS}, by=User.objects.get())


def present(study: Study) -> dict[str, Any]:
    return read_draft(Study.objects.get(pk=study.pk)).definition


def send(client: Client, path: str, **data: Any) -> HttpResponse:
    """As the page's form would be sent: with what it says was read."""
    url = f"/studies/mine/build/{path}"
    form = client.get(url).context["form"]
    return client.post(url, {"seen": form.initial["seen"], **data})


def test_the_studys_information_is_written_and_saved(client: Client, study: Study) -> None:
    data = sent(HeadForm(definition=present(study)), **{"aim-en": "To learn", "time_zone": "Asia/Seoul"})
    assert client.post("/studies/mine/build/study/", data).status_code == 302
    assert present(study) == {**HEAD, "panels": PANELS, "questionnaire": [], "aim": {"en": "To learn"}, "time_zone": "Asia/Seoul"}


def test_what_is_wrong_but_kept_is_told_at_its_field(client: Client, study: Study) -> None:
    data = sent(HeadForm(definition=present(study)), time_zone="Atlantis")
    assert client.post("/studies/mine/build/study/", data).status_code == 302
    assert present(study)["time_zone"] == "Atlantis"
    rows = {row["field"].name: row["problems"] for group in client.get("/studies/mine/build/study/").context["groups"] for row in group["rows"]}
    assert rows["time_zone"] and not rows["title"]


def test_what_is_refused_stays_in_the_form(client: Client, study: Study) -> None:
    data = sent(HeadForm(definition=present(study)), languages="what?", **{"aim-en": "To learn"})
    answer = client.post("/studies/mine/build/study/", data)
    assert answer.status_code == 422
    assert "To learn" in answer.content.decode()
    assert "aim" not in present(study)


def test_two_who_write_at_once_see_each_others_words(client: Client, study: Study) -> None:
    data = sent(HeadForm(definition=present(study)), **{"aim-en": "Mine"})
    edit_draft(study, "head", lambda definition: {**definition, "aim": {"en": "Theirs"}})
    answer = client.post("/studies/mine/build/study/", data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody has changed this part" in text and "en: Theirs" in text and "Mine" in text
    assert present(study)["aim"] == {"en": "Theirs"}
    again = {**data.dict(), "seen": answer.context["form"]["seen"].value()}
    assert client.post("/studies/mine/build/study/", again).status_code == 302
    assert present(study)["aim"] == {"en": "Mine"}


def test_a_panel_is_added_renamed_moved_and_removed(client: Client, study: Study) -> None:
    assert send(client, "panels/add/", **{"code": "no", "name-en": "Norway"}).status_code == 302
    assert [panel["code"] for panel in present(study)["panels"]] == ["jp", "kr", "no"]
    assert send(client, "panels/no/edit/", **{"code": "nor", "name-en": "Norway", "name-ko": "노르웨이"}).status_code == 302
    assert present(study)["panels"][2] == {"code": "nor", "name": {"en": "Norway", "ko": "노르웨이"}}
    assert client.post("/studies/mine/build/panels/nor/up/").status_code == 302
    assert [panel["code"] for panel in present(study)["panels"]] == ["jp", "nor", "kr"]
    assert client.post("/studies/mine/build/panels/nor/remove/").status_code == 302
    assert present(study)["panels"] == PANELS
    assert undo(study).definition["panels"][1]["code"] == "nor"


def test_a_theatre_takes_its_panels(client: Client, study: Study) -> None:
    send(client, "theatres/add/", **{"code": "east", "name-en": "East"})
    send(client, "panels/jp/edit/", **{"code": "jp", "name-en": "Japan", "theatres": ["east"]})
    assert present(study)["panels"][0] == {"code": "jp", "name": {"en": "Japan"}, "theatres": ["east"]}
    send(client, "theatres/east/edit/", **{"code": "pacific", "name-en": "Pacific"})
    assert present(study)["panels"][0]["theatres"] == ["pacific"]
    page = client.get("/studies/mine/build/panels/").content.decode()
    assert "Pacific" in page


def test_a_code_is_taken_once(client: Client, study: Study) -> None:
    answer = send(client, "panels/add/", **{"code": "jp", "name-en": "Jordan"})
    assert answer.status_code == 422
    assert "is taken" in answer.content.decode() and "Jordan" in answer.content.decode()
    assert present(study)["panels"] == PANELS


def test_a_panel_whose_experts_are_invited_stays(client: Client) -> None:
    staged_study = staged()
    staged_study.members.create(user=User.objects.get(email="author@example.org"), role="owner")
    answer = client.post("/studies/staged/build/panels/us/remove/")
    assert answer.status_code == 422
    assert "Experts belong to the panel" in answer.content.decode()
    assert len(read_draft(staged_study).definition["panels"]) == 3


def test_a_scale_is_written_renamed_and_removed(client: Client, study: Study) -> None:
    assert send(client, "scales/add/", **{"code": "five", "shape": "every", "labels-en": "A\nB\nC"}).status_code == 302
    assert present(study)["scales"] == {"five": {"labels": {"en": ["A", "B", "C"]}}}
    assert send(client, "scales/five/edit/", **{"code": "three", "shape": "ends", "points": "3", "lowest-en": "A", "highest-en": "C"}).status_code == 302
    assert present(study)["scales"] == {"three": {"points": 3, "ends": {"en": ["A", "C"]}}}
    assert "A · C" in client.get("/studies/mine/build/scales/").content.decode()
    assert client.post("/studies/mine/build/scales/three/remove/").status_code == 302
    assert "scales" not in present(study)


def test_a_list_of_options_is_written_renamed_and_removed(client: Client, study: Study) -> None:
    options = {"entries-count": "2", "entries-0-text-en": "Anti-submarine warfare", "entries-0-code": "asw", "entries-1-text-en": "Mine hunting"}
    assert send(client, "lists/add/", **{"code": "tasks", **options}).status_code == 302
    assert present(study)["option_lists"] == {"tasks": [
        {"code": "asw", "text": {"en": "Anti-submarine warfare"}}, {"code": "mine-hunting", "text": {"en": "Mine hunting"}}]}
    assert send(client, "lists/tasks/edit/", **{"code": "functions", **options}).status_code == 302
    assert list(present(study)["option_lists"]) == ["functions"]
    assert "Mine hunting" in client.get("/studies/mine/build/lists/").content.decode()
    assert client.post("/studies/mine/build/lists/functions/remove/").status_code == 302
    assert "option_lists" not in present(study)


def test_a_further_option_is_asked_for_without_saving(client: Client, study: Study) -> None:
    answer = send(client, "lists/add/", **{"code": "tasks", "entries-count": "2", "entries-0-text-en": "Typed", "do": "entries:add:0"})
    assert answer.status_code == 200
    assert "Typed" in answer.content.decode() and "entries-2-code" in answer.content.decode()
    assert "option_lists" not in present(study)


def test_rules_are_written_and_levels_without_one_are_told(client: Client) -> None:
    staged_study = staged(consensus=None, stability=None)
    staged_study.members.create(user=User.objects.get(), role="owner")
    url = "/studies/staged/build/rules/"
    page = client.get(url)
    assert len(page.context["notes"]) == 2
    assert "ordinal" in page.context["notes"][0] and "probability" in page.context["notes"][0]
    data = sent(page.context["form"], **{"consensus-count": "1", "consensus-0-rule": "iqr", "consensus-0-comparison": "at_most", "consensus-0-threshold": "1"})
    assert client.post(url, data).status_code == 302
    assert read_draft(Study.objects.get(pk=staged_study.pk)).definition["consensus"] == {"rule": "iqr", "at_most": 1}
    assert len(client.get(url).context["notes"]) == 1


def test_the_list_counts_the_questions_that_use_a_scale(client: Client) -> None:
    staged().members.create(user=User.objects.get(), role="owner")
    page = client.get("/studies/staged/build/scales/")
    assert [(scale["name"], scale["uses"]) for scale in page.context["scales"]] == [("five", 1)]


@pytest.mark.parametrize("path", ["study/", "panels/", "panels/us/edit/", "panels/add/", "theatres/add/", "scales/", "scales/five/edit/", "scales/add/",
                                  "lists/", "lists/add/", "rules/"])
def test_reading_changes_nothing_and_takes_few_queries(client: Client, path: str, django_assert_max_num_queries: Any) -> None:
    staged().members.create(user=User.objects.get(), role="owner")
    client.get(f"/studies/staged/build/{path}")
    with django_assert_max_num_queries(6):
        assert client.get(f"/studies/staged/build/{path}").status_code == 200
    assert DraftStep.objects.count() == 1


@pytest.mark.parametrize("path", ["study/", "panels/", "panels/us/edit/", "scales/five/edit/", "rules/", "lists/add/"])
def test_after_round_1_has_opened_the_pages_say_why_nothing_changes(client: Client, path: str) -> None:
    study = staged()
    study.members.create(user=User.objects.get(), role="owner")
    opened(study)
    page = client.get(f"/studies/staged/build/{path}").content.decode()
    assert "Nothing can be changed here any more" in page
    form = client.post(f"/studies/staged/build/{path}", {}).status_code
    assert form in (405, 422)


@pytest.mark.parametrize("path", ["study/", "panels/", "panels/add/", "scales/", "scales/add/", "lists/", "lists/add/", "rules/"])
def test_strangers_and_analysts_find_no_page(path: str) -> None:
    study = staged()
    analyst = somebody(email="analyst@example.org")
    study.members.create(user=analyst, role="analyst")
    for user, status in ((analyst, 403), (somebody(email="stranger@example.org"), 404)):
        assert signed_in(user).get(f"/studies/staged/build/{path}").status_code == status


@pytest.mark.parametrize("path", ["panels/xx/edit/", "theatres/xx/edit/", "scales/xx/edit/", "lists/xx/edit/"])
def test_what_is_not_there_is_not_found(client: Client, study: Study, path: str) -> None:
    assert client.get(f"/studies/mine/build/{path}").status_code == 404


def test_missing_translations_are_told_beside_what_is_missing(client: Client, study: Study) -> None:
    edit_draft(study, "item", lambda definition: {**definition, "questionnaire": [
        {"section": "main", "title": {"en": "Main", "ko": "주"}, "items": [{"code": "one", "kind": "text", "text": {"en": "What next?"}}]}]})
    text = client.get("/studies/mine/build/rules/").content.decode()
    assert "4 translations are still missing" in text  # the title, two panels, the question
    edit_draft(study, "languages", lambda definition: {**definition, "languages": ["en"], "questionnaire": [
        {"section": "main", "title": {"en": "Main"}, "items": [{"code": "one", "kind": "text", "text": {"en": "What next?"}}]}]})
    assert "nothing is missing" in client.get("/studies/mine/build/rules/").content.decode()
