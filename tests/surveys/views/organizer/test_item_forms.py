"""Between rounds: a question that was asked gets other options in the builder's form, and a further one is written there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import AuditEvent, ItemVersion, Study
from surveys.workflow.wordings import present_versions
from tests.surveys.views.organizer.builder.forms_read import Form, form_in
from tests.surveys.views.organizer.stage import counted, opened, organizer_of, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    return study


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def edit(study: Study, code: str) -> str:
    return reverse("surveys:item-edit", args=[study.slug, code])


def add(study: Study, kind: str) -> str:
    return f"{reverse('surveys:item-add-form', args=[study.slug])}?kind={kind}"


def opened_form(client: Client, address: str) -> Form:
    return form_in(client.get(address).content.decode())


def again(client: Client, address: str, form: Form, do: str, **typed: Any) -> Form:
    reply = client.post(address, form.typed(do, **typed))
    assert reply.status_code == 200
    return form_in(reply.content.decode())


def test_a_question_gets_a_further_option_as_a_version_that_does_not_compare(client: Client, study: Study) -> None:
    form = again(client, edit(study, "aim"), opened_form(client, edit(study, "aim")), "options:add:0", reason="Experts missed it")
    assert form.sends["reason"] == ["Experts missed it"]
    reply = client.post(edit(study, "aim"), form.typed(options__2__text__en="By law", compares="no"))
    assert reply.status_code == 302
    made = present_versions(study, "aim")[0]
    assert (made.number, made.definition.get("equivalent_to")) == (2, None)
    assert [option["code"] for option in made.definition["options"]] == ["within", "force", "by-law"]
    assert AuditEvent.objects.get(act="reword_item").details["reason"] == "Experts missed it"


def test_other_options_do_not_compare_and_what_was_typed_stays(client: Client, study: Study) -> None:
    form = again(client, edit(study, "aim"), opened_form(client, edit(study, "aim")), "options:add:0")
    reply = client.post(edit(study, "aim"), form.typed(options__2__text__en="By law", compares="yes", reason="Missed"))
    assert reply.status_code == 422
    html = reply.content.decode()
    assert "can&#x27;t be compared" in html
    assert "By law" in html


def test_whether_answers_compare_and_why_must_be_said(client: Client, study: Study) -> None:
    reply = client.post(edit(study, "aim"), opened_form(client, edit(study, "aim")).typed(text__en="How, in your view, does it mean to change the order?"))
    assert reply.status_code == 422
    assert set(reply.context["beside"].errors) == {"compares", "reason"}
    assert ItemVersion.objects.filter(item__code="aim").count() == 1


def test_code_kind_and_locked_rules_are_not_offered(client: Client, study: Study) -> None:
    form = opened_form(client, edit(study, "grave"))
    assert not {"code", "scale", "consensus-count", "version"} & form.sends.keys()
    typed = form.typed(help__en="For the coming five years.", compares="yes", reason="Asked for")
    client.post(edit(study, "grave"), {**typed, "kind": ["text"], "code": ["x"]})
    assert present_versions(study, "grave")[0].definition == {
        "code": "grave", "kind": "rating", "scale": "five", "rationale": "optional", "text": {"en": "How grave is a blockade for your country?"},
        "help": {"en": "For the coming five years."}, "version": 2, "equivalent_to": 1}


def test_a_mistake_stands_at_its_field_and_nothing_is_saved(client: Client, study: Study) -> None:
    reply = client.post(edit(study, "aim"), opened_form(client, edit(study, "aim")).typed(text__en="", compares="no", reason="Why not"))
    assert reply.status_code == 422
    assert '<ul class="errorlist" id="id_text_problems">' in reply.content.decode()
    assert ItemVersion.objects.filter(item__code="aim").count() == 1


def test_whoever_comes_second_sees_both(client: Client, study: Study) -> None:
    form = opened_form(client, edit(study, "aim"))
    client.post(edit(study, "aim"), form.typed(help__en="Theirs", compares="yes", reason="First"))
    reply = client.post(edit(study, "aim"), form.typed(help__en="Mine", compares="yes", reason="Second"))
    assert reply.status_code == 422
    assert present_versions(study, "aim")[0].definition["help"] == {"en": "Theirs"}
    client.post(edit(study, "aim"), form_in(reply.content.decode()).typed(compares="yes"))
    assert present_versions(study, "aim")[0].definition["help"] == {"en": "Mine"}


def test_while_a_round_is_open_nothing_is_offered(client: Client, study: Study) -> None:
    opened(study)
    for address in (edit(study, "aim"), add(study, "text")):
        html = client.get(address).content.decode()
        assert "data-item-form" not in html
        assert "Round 2 is open" in html


def test_a_further_question_is_written_in_the_form(client: Client, study: Study) -> None:
    html = client.get(reverse("surveys:item-add", args=[study.slug])).content.decode()
    assert add(study, "ranking") in html
    form = opened_form(client, add(study, "ranking"))
    reply = client.post(add(study, "ranking"), form.typed(
        text__en="What matters most?", options__0__text__en="Ships", options__1__text__en="Bases", section="aims", reason="Experts asked for it"))
    assert reply.status_code == 302
    found = present_versions(study, "what-matters-most")[0]
    assert found.definition == {"code": "what-matters-most", "kind": "ranking", "text": {"en": "What matters most?"}, "options": [
        {"code": "ships", "text": {"en": "Ships"}}, {"code": "bases", "text": {"en": "Bases"}}]}
    assert found.item.section.code == "aims"


def test_a_further_question_opens_a_section_of_its_own(client: Client, study: Study) -> None:
    form = opened_form(client, add(study, "text"))
    client.post(add(study, "text"), {**form.typed(text__en="What else?", section="", new_code="end", reason="Last"), "title.en": ["At last"]})
    assert present_versions(study, "what-else")[0].item.section.title == {"en": "At last"}


def test_an_unfinished_further_question_is_not_added_and_stays_in_the_form(client: Client, study: Study) -> None:
    reply = client.post(add(study, "choice"), opened_form(client, add(study, "choice")).typed(text__en="Which?", reason="New"))
    assert reply.status_code == 422
    assert "This is still missing." in reply.content.decode()
    assert form_in(reply.content.decode()).sends["text-en"] == ["Which?"]


def test_a_kind_that_is_not_there_leads_back_to_the_kinds(client: Client, study: Study) -> None:
    assert client.get(add(study, "essay"))["Location"] == reverse("surveys:item-add", args=[study.slug])


def test_the_pages_ask_the_database_few_questions(client: Client, study: Study, django_assert_max_num_queries: Any) -> None:
    for address, most in ((edit(study, "aim"), 10), (add(study, "grid"), 9)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
