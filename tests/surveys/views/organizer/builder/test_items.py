"""An item's page in the builder, as a browser without JavaScript uses it: each kind from an empty form to a valid item, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from surveys.models import DraftStep, Study
from surveys.studyfile.editing import item_of, with_item_replaced, without_item
from surveys.workflow.drafts import create_study, edit_draft, read_draft
from surveys.workflow.rounds import open_round
from tests.surveys.studyfile.studies import whole
from tests.surveys.views.organizer.builder.forms_read import Form, form_in
from tests.surveys.views.organizer.stage import signed_in, somebody

pytestmark = pytest.mark.django_db
TEXT = {"text__en": "What next?"}
OPTIONS = {"options__0__text__en": "By sea", "options__1__text__en": "By air"}
WRITTEN = [{"code": "by-sea", "text": {"en": "By sea"}}, {"code": "by-air", "text": {"en": "By air"}}]
# kind → what is typed into its empty form, and what is then in the study file beside code, kind and text
TYPED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "rating": ({"scale": "agreement5"}, {"scale": "agreement5"}),
    "probability": ({"decimals": "1"}, {"decimals": 1}),
    "number": ({"minimum": "0,5", "maximum": "１２", "unit__en": "days"}, {"minimum": 0.5, "maximum": 12, "unit": {"en": "days"}}),
    "choice": (OPTIONS, {"options": WRITTEN}),
    "choices": ({**OPTIONS, "at_most": "1"}, {"options": WRITTEN, "at_most": 1}),
    "ranking": ({"options__source": "functions"}, {"options": "functions"}),
    "allocation": ({"options__source": "panels", "total": "100"}, {"options": "panels", "total": 100}),
    "quantiles": ({"quantiles": "0.05, 0.5, 0.95"}, {"quantiles": [0.05, 0.5, 0.95]}),
    "grid": ({"scale": "role", "rows__source": "panels", "columns__0__text__en": "Sea", "columns__0__code": "sea", "about": "role_expectation"},
             {"scale": "role", "rows": "panels", "columns": [{"code": "sea", "text": {"en": "Sea"}}], "about": "role_expectation"}),
    "plane": ({"x__scale": "role", "x__text__en": "Right", "y__scale": "agreement5", "y__text__en": "Up"},
              {"x": {"scale": "role", "text": {"en": "Right"}}, "y": {"scale": "agreement5", "text": {"en": "Up"}}}),
    "text": ({}, {}),
}


@pytest.fixture
def author() -> User:
    return somebody(email="author@example.org", may_create_studies=True)


@pytest.fixture
def study(author: User) -> Study:
    return create_study({**whole(), "study": "mine"}, by=author)


@pytest.fixture
def client(author: User) -> Client:
    return signed_in(author)


def page(client: Client, code: str) -> str:
    return reverse("surveys:build-item", args=["mine", code])


def opened_form(client: Client, address: str) -> Form:
    reply = client.get(address)
    assert reply.status_code == 200
    return form_in(reply.content.decode())


def saved(client: Client, address: str, do: str = "save", **typed: Any) -> Any:
    return client.post(address, opened_form(client, address).typed(do, **typed))


def item(study: Study, code: str) -> dict[str, Any]:
    return item_of(read_draft(study).definition, code)


@pytest.mark.parametrize("kind", TYPED)
def test_a_valid_item_of_each_kind_is_written_in_an_empty_form(client: Client, study: Study, kind: str) -> None:
    typed, written = TYPED[kind]
    reply = saved(client, f"{reverse('surveys:build-item-new', args=['mine', 'first'])}?kind={kind}", **TEXT, **typed)
    assert reply.status_code == 302, reply.content.decode()
    assert reply["Location"] == page(client, "what-next")
    draft = read_draft(study)
    assert draft.problems == []
    assert draft.definition["questionnaire"][0]["items"][-1] == {"code": "what-next", "kind": kind, "text": {"en": "What next?"}, **written}


def test_without_a_kind_the_kinds_are_shown(client: Client, study: Study) -> None:
    reply = client.get(reverse("surveys:build-item-new", args=["mine", "first"]))
    assert reply["Location"] == reverse("surveys:build-kinds", args=["mine", "first"])


def test_an_incomplete_item_is_kept_and_its_problems_stand_at_their_fields(client: Client, study: Study) -> None:
    saved(client, page(client, "rated"), text__en="", text__ko="", scale="")
    assert item(study, "rated") == {"code": "rated", "kind": "rating"}
    html = client.get(page(client, "rated")).content.decode()
    assert '<ul class="errorlist" id="id_text_problems"><li>This is still missing.</li></ul>' in html
    assert 'aria-describedby="id_scale_problems"' in html


def test_what_can_not_be_right_is_kept_as_it_was_typed(client: Client, study: Study) -> None:
    saved(client, page(client, "days"), minimum="zero", maximum="")
    assert item(study, "days")["minimum"] == "zero"
    html = client.get(page(client, "days")).content.decode()
    assert 'value="zero"' in html
    assert "must be a number, not" in html


def test_problems_of_other_items_do_not_stand_in_this_form(client: Client, study: Study) -> None:
    saved(client, page(client, "days"), minimum="zero")
    assert "errorlist" not in client.get(page(client, "rated")).content.decode()


def test_a_problem_inside_a_list_says_which_entry(client: Client, study: Study) -> None:
    saved(client, page(client, "order"), options__1__text__en="")
    assert "<li>2 · Text: This is still missing.</li>" in client.get(page(client, "order")).content.decode()


def test_opening_and_saving_makes_no_step(client: Client, study: Study) -> None:
    for given in read_draft(study).definition["questionnaire"][0]["items"]:
        assert saved(client, page(client, given["code"])).status_code == 302
    assert DraftStep.objects.filter(draft__study=study).count() == 1


def test_opening_changes_nothing(client: Client, study: Study) -> None:
    client.get(page(client, "rated"))
    assert DraftStep.objects.filter(draft__study=study).count() == 1


# The form's own buttons -----------------------------------------------------------------------------------------------

def again(client: Client, address: str, form: Form, do: str, **typed: Any) -> Form:
    reply = client.post(address, form.typed(do, **typed))
    assert reply.status_code == 200
    return form_in(reply.content.decode())


def test_an_option_is_added_and_what_was_typed_stays(client: Client, study: Study) -> None:
    address = page(client, "order")
    form = again(client, address, opened_form(client, address), "options:add:0", text__en="Which first?")
    assert item(study, "order")["text"] != {"en": "Which first?"}
    client.post(address, form.typed(options__3__text__en="D and more"))
    kept = item(study, "order")
    assert [option["code"] for option in kept["options"]] == ["a", "b", "c", "d-and-more"]
    assert kept["text"] == "Which first?"


def test_options_are_moved_and_removed(client: Client, study: Study) -> None:
    address = page(client, "order")
    form = again(client, address, opened_form(client, address), "options:down:0")
    form = again(client, address, form, "options:remove:2")
    client.post(address, form.typed())
    assert [option["code"] for option in item(study, "order")["options"]] == ["b", "a"]


def test_a_list_of_the_study_is_written_in_place_to_be_changed(client: Client, study: Study) -> None:
    address = page(client, "chosen")
    form = again(client, address, opened_form(client, address), "options:copy:0")
    client.post(address, form.typed(options__1__text__en="Listening"))
    assert item(study, "chosen")["options"] == [{"code": "isr", "text": {"en": "Seeing"}}, {"code": "asw", "text": {"en": "Listening"}}]


def test_the_kind_changes_and_what_both_kinds_have_stays(client: Client, study: Study) -> None:
    address = page(client, "chosen")
    form = again(client, address, opened_form(client, address), "kind:show:0", kind="choices")
    assert "at_most" in form.sends
    client.post(address, form.typed(at_most="1"))
    assert item(study, "chosen") == {"code": "chosen", "kind": "choices", "text": "Which?", "options": "functions", "at_most": 1}


def test_what_a_new_kind_does_not_have_goes_and_is_named_before(client: Client, study: Study) -> None:
    address = page(client, "chosen")
    reply = client.post(address, opened_form(client, address).typed("kind:show:0", kind="text"))
    assert "what this kind does not have goes: Options" in reply.content.decode()
    client.post(address, form_in(reply.content.decode()).typed())
    assert item(study, "chosen") == {"code": "chosen", "kind": "text", "text": "Which?"}


def test_a_condition_offers_what_the_earlier_question_can_answer(client: Client, study: Study) -> None:
    address = page(client, "days")
    form = again(client, address, opened_form(client, address), "shown_if:show:0", shown_if__item="chosen")
    assert form.choices["shown_if-answers"] == ["isr", "asw"]
    client.post(address, form.typed(shown_if__answers=["asw"]))
    assert item(study, "days")["shown_if"] == {"item": "chosen", "is": "asw"}
    assert read_draft(study).problems == []


@pytest.mark.parametrize(("typed", "written"), [
    ({"shown_if__item": "rated", "shown_if__answers": ["4", "5"]}, {"item": "rated", "one_of": [4, 5]}),
    ({"shown_if__item": "chance", "shown_if__at_least": "50"}, {"item": "chance", "at_least": 50}),
    ({"shown_if__item": "chance", "shown_if__typed": "10, 20"}, {"item": "chance", "one_of": [10, 20]}),
    ({"shown_if__item": "means", "shown_if__answers": "asw"}, {"item": "means", "includes": "asw"}),
    ({"shown_if__item": "order", "shown_if__component": "b", "shown_if__at_most": "1"}, {"item": "order", "component": "b", "at_most": 1}),
    ({"shown_if__item": "roles", "shown_if__component": "jp.isr", "shown_if__at_least": "2"}, {"item": "roles", "component": "jp.isr", "at_least": 2}),
])
def test_each_sort_of_condition_can_be_said(client: Client, study: Study, typed: dict[str, Any], written: dict[str, Any]) -> None:
    address = page(client, "asked")
    form = again(client, address, opened_form(client, address), "shown_if:show:0", shown_if__item=typed["shown_if__item"])
    emptied = {name.replace("-", "__"): "" for name in ("shown_if-at_least", "shown_if-at_most", "shown_if-typed", "shown_if-component") if name in form.sends}
    ticks = {"shown_if__answers": []} if "shown_if-answers" in form.choices else {}
    client.post(address, form.typed(**{**emptied, **ticks, **typed}))
    assert item(study, "asked")["shown_if"] == written
    assert read_draft(study).problems == []


def test_a_rule_of_its_own(client: Client, study: Study) -> None:
    address = page(client, "rated")
    form = again(client, address, opened_form(client, address), "consensus:add:0")
    form = again(client, address, form, "consensus:show:0", consensus__0__rule="percent_agreement")
    client.post(address, form.typed(consensus__0__band="top_two", consensus__0__threshold="0.75"))
    assert item(study, "rated")["consensus"] == {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}
    assert read_draft(study).problems == []


def test_a_rule_for_each_level_and_none_again(client: Client, study: Study) -> None:
    address = page(client, "later")
    form = again(client, address, opened_form(client, address), "consensus:add:0")
    form = again(client, address, form, "consensus:add:0")
    form = again(client, address, form, "consensus:show:0", consensus__0__rule="iqr", consensus__1__rule="sd")
    form = again(client, address, form, "consensus:show:0", consensus__0__level="interval", consensus__1__level="probability")
    client.post(address, form.typed(consensus__0__threshold="5", consensus__1__threshold="10", consensus__1__comparison="below"))
    assert item(study, "later")["consensus"] == {"interval": {"rule": "iqr", "at_most": 5}, "probability": {"rule": "sd", "below": 10}}
    form = again(client, address, opened_form(client, address), "consensus:remove:1")
    client.post(address, again(client, address, form, "consensus:remove:0").typed())
    assert "consensus" not in item(study, "later")


# Codes, copies, conflicts ---------------------------------------------------------------------------------------------

def test_another_code_is_followed_by_whoever_names_it(client: Client, study: Study) -> None:
    assert saved(client, page(client, "roles"), code="tasks")["Location"] == page(client, "tasks")
    assert item(study, "mirrored")["mirror"] == "tasks"


@pytest.mark.parametrize(("code", "said"), [("chance", "Another question has this code"), ("two words", "A code has letters")])
def test_a_code_that_can_not_be_is_refused_and_what_was_typed_stays(client: Client, study: Study, code: str, said: str) -> None:
    reply = saved(client, page(client, "rated"), code=code, text__en="How seldom?")
    assert reply.status_code == 422
    html = reply.content.decode()
    assert said in html
    assert "How seldom?" in html
    assert item(study, "rated")["text"] == "How often?"


def test_two_questions_of_the_same_words_get_codes_of_their_own(client: Client, study: Study) -> None:
    address = f"{reverse('surveys:build-item-new', args=['mine', 'first'])}?kind=text"
    assert [saved(client, address, **TEXT)["Location"] for _time in range(2)] == [page(client, "what-next"), page(client, "what-next-2")]


def test_a_question_in_korean_gets_a_code_too(client: Client, study: Study) -> None:
    saved(client, f"{reverse('surveys:build-item-new', args=['mine', 'first'])}?kind=text", text__ko="다음은?")
    assert item(study, "text") == {"code": "text", "kind": "text", "text": {"ko": "다음은?"}}


def test_save_and_add_another_of_this_kind(client: Client, study: Study) -> None:
    reply = saved(client, page(client, "rated"), "another", help__en="Think of the last year.")
    assert reply["Location"] == f"{reverse('surveys:build-item-new', args=['mine', 'first'])}?kind=rating"
    assert item(study, "rated")["help"] == {"en": "Think of the last year."}


def test_save_and_duplicate(client: Client, study: Study) -> None:
    assert saved(client, page(client, "rated"), "copy", text__en="How seldom?")["Location"] == page(client, "rated-2")
    assert item(study, "rated-2")["text"] == "How seldom?" == item(study, "rated")["text"]


def test_a_question_is_removed_and_can_be_brought_back(client: Client, study: Study) -> None:
    saved(client, page(client, "rated"), "remove")
    assert client.get(page(client, "rated")).status_code == 404
    assert read_draft(study).undoes.act == "item-removed"


def test_whoever_comes_second_sees_both_and_may_insist(client: Client, study: Study) -> None:
    form = opened_form(client, page(client, "rated"))
    edit_draft(study, "item", lambda definition: with_item_replaced(definition, "rated", {**item_of(definition, "rated"), "text": "Theirs"}))
    reply = client.post(page(client, "rated"), form.typed(text__en="Mine"))
    assert reply.status_code == 422
    html = reply.content.decode()
    assert "Somebody has changed this question in between" in html
    assert "<dd><code>Theirs</code></dd>" in html
    assert item(study, "rated")["text"] == "Theirs"
    client.post(page(client, "rated"), form_in(html).typed())
    assert item(study, "rated")["text"] == "Mine"


def test_a_change_elsewhere_is_no_conflict(client: Client, study: Study) -> None:
    form = opened_form(client, page(client, "rated"))
    edit_draft(study, "item", lambda definition: with_item_replaced(definition, "chance", {**item_of(definition, "chance"), "text": "Theirs"}))
    assert client.post(page(client, "rated"), form.typed(text__en="Mine")).status_code == 302
    assert (item(study, "rated")["text"], item(study, "chance")["text"]) == ("Mine", "Theirs")


def test_what_was_typed_into_a_question_that_somebody_removed_can_be_put_back(client: Client, study: Study) -> None:
    form = opened_form(client, page(client, "order"))
    edit_draft(study, "item-removed", lambda definition: without_item(definition, "order"))
    reply = client.post(page(client, "order"), form.typed(text__en="Mine"))
    assert reply.status_code == 422
    back = form_in(reply.content.decode())
    assert client.post(back.action, back.typed())["Location"] == page(client, "order")
    assert item(study, "order")["text"] == {"en": "Mine"}
    assert len(item(study, "order")["options"]) == 3


def test_once_a_round_has_opened_the_page_is_read_only_and_says_why(client: Client, study: Study) -> None:
    open_round(study, 1)
    reply = client.get(page(client, "rated"))
    html = reply.content.decode()
    assert '<fieldset class="builder-item" disabled>' in html
    assert "Round 1 has opened" in html
    assert 'value="save"' not in html
    assert client.post(page(client, "rated"), {"do": "save", "kind": "rating", "text-en": "Mine"}).status_code == 422


def test_who_may_not_edit_the_study_finds_no_page(study: Study) -> None:
    stranger = signed_in(somebody(email="stranger@example.org"))
    assert stranger.get(page(stranger, "rated")).status_code == 404


def test_an_item_that_is_not_there_is_not_found(client: Client, study: Study) -> None:
    assert client.get(page(client, "nowhere")).status_code == 404
    assert client.get(f"{reverse('surveys:build-item-new', args=['mine', 'nowhere'])}?kind=text").status_code == 404


def test_a_page_asks_the_database_few_questions(client: Client, study: Study, django_assert_max_num_queries: Any) -> None:
    client.get(page(client, "rated"))
    with django_assert_max_num_queries(7):
        client.get(page(client, "roles"))
