"""The section's form by itself, without JavaScript: it saves what it can and loses nothing of the rest."""

import re

import pytest
from django.test import Client

from surveys.models import Answer, Rationale
from surveys.workflow.rounds import close_round
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids, enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(client: Client):
    _study, study_round, experts = an_open_round()
    return enter(client, experts[0]), asked_ids(study_round)


@pytest.fixture
def second(client: Client):
    """An expert in round 2 who said 1 in round 1, and answered nothing else then."""
    _study, study_round, experts = a_second_round(feedback={"previous_answer": "preselected"})
    return enter(client, experts[0]), asked_ids(study_round)


def fields(item: int, **more: str) -> dict[str, str]:
    return {f"i{item}-{name}": value for name, value in more.items()}


def checked_values(html: str, name: str) -> list[str]:
    """The values of the ticked inputs of this name."""
    return re.findall(rf'name="{name}" value="([^"]*)" checked', html)


def test_a_page_of_answers_is_saved_in_one_go_and_leads_on(client: Client, first) -> None:
    home, ids = first
    form = {**fields(ids["grave"], value="4", rationale=""), **fields(ids["likely"], value="12,5", confidence="70"), **fields(ids["days"], value="")}
    answer = client.post(f"{home}section/main/", form)
    assert (answer.status_code, answer.url) == (303, "/s/small/section/more/")
    assert dict(Answer.objects.values_list("asked_item", "value")) == {ids["grave"]: 4, ids["likely"]: 12.5}


def test_after_the_last_section_comes_the_review(client: Client, first) -> None:
    home, _ids = first
    assert client.post(f"{home}section/more/", {}).url == "/s/small/review/"


def test_what_was_saved_stands_in_the_form_again(client: Client, first) -> None:
    home, ids = first
    client.post(f"{home}section/main/", {**fields(ids["grave"], value="4", rationale="A reason."), **fields(ids["likely"], value="0.001", expertise="2")})
    html = client.get(f"{home}section/main/").content.decode()
    assert checked_values(html, f"i{ids['grave']}-value") == ["4"]
    assert checked_values(html, f"i{ids['likely']}-expertise") == ["2"]
    assert 'value="0.001"' in html and ">A reason.</textarea>" in html
    assert f'name="i{ids["grave"]}-revision" value="1"' in html
    assert "Saved at" in html


def test_nothing_is_preset_before_it_is_touched(client: Client, first) -> None:
    home, _ids = first
    html = client.get(f"{home}section/main/").content.decode()
    assert " checked" not in html
    assert "Saved at" not in html.split("</form>")[1].replace('data-text-saved="Saved at', "")


def test_one_mistake_keeps_the_others_saved_and_itself_on_the_page(client: Client, first) -> None:
    home, ids = first
    form = {**fields(ids["grave"], value="4"), **fields(ids["days"], value="<b>ten</b>"), **fields(ids["likely"], rationale="Typed already.")}
    page = client.post(f"{home}section/main/", form)
    html = page.content.decode()
    assert page.status_code == 422
    assert dict(Answer.objects.values_list("asked_item", "value")) == {ids["grave"]: 4}
    assert f'<a href="#i{ids["days"]}">Item 3</a>' in html
    assert f'id="i{ids["days"]}-error"' in html
    assert 'value="&lt;b&gt;ten&lt;/b&gt;"' in html and "<b>ten</b>" not in html
    assert ">Typed already.</textarea>" in html


def test_sending_the_same_page_twice_changes_nothing(client: Client, first) -> None:
    home, ids = first
    for _time in range(2):
        client.post(f"{home}section/main/", fields(ids["grave"], value="4", rationale="So."))
    assert Answer.objects.get().revision == 1
    assert Rationale.objects.count() == 1


def test_a_reason_typed_before_the_answer_is_kept(client: Client, first) -> None:
    home, ids = first
    client.post(f"{home}section/main/", fields(ids["grave"], rationale="First the reason."))
    assert ">First the reason.</textarea>" in client.get(f"{home}section/main/").content.decode()


def test_a_stale_page_does_not_overwrite_another_device(client: Client, first) -> None:
    home, ids = first
    save(client, home, ids["grave"], value={"": "2"}, seen_revision=0)
    page = client.post(f"{home}section/main/", fields(ids["grave"], value="5", revision="0"))
    assert page.status_code == 422
    assert "another device" in page.content.decode()
    assert Answer.objects.get().value == 2
    assert f'name="i{ids["grave"]}-revision" value="1"' in page.content.decode()
    assert client.post(f"{home}section/main/", fields(ids["grave"], value="5", revision="1")).status_code == 303
    assert Answer.objects.get().value == 5


def test_a_round_that_closed_meanwhile_says_so_and_shows_what_was_sent(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    close_round(study_round.pk)
    page = client.post(f"{home}section/main/", fields(ids["grave"], value="5", rationale="Too late, alas."))
    html = page.content.decode()
    assert page.status_code == 409
    assert "The round has closed" in html and ">Too late, alas.</textarea>" in html
    assert checked_values(html, f"i{ids['grave']}-value") == ["5"]
    assert not Answer.objects.exists()


def test_reading_a_section_of_a_closed_round_leads_home(client: Client) -> None:
    _study, study_round, experts = an_open_round()
    home = enter(client, experts[0])
    close_round(study_round.pk)
    assert client.get(f"{home}section/main/").url == home


def test_consent_comes_first(client: Client) -> None:
    _study, _round, experts = an_open_round()
    home = enter(client, experts[0], consents=False)
    assert client.get(f"{home}section/main/").url == f"{home}consent/"


def test_an_item_that_was_not_opened_is_not_counted_as_unchanged(client: Client, second) -> None:
    home, ids = second
    html = client.get(f"{home}section/main/").content.decode()
    assert checked_values(html, f"i{ids['grave']}-value") == ["1"]
    assert checked_values(html, f"i{ids['grave']}-decision") == []
    answer = client.post(f"{home}section/main/", fields(ids["grave"], value="1", rationale=""))
    assert answer.status_code == 303
    assert not Answer.objects.filter(asked_item=ids["grave"]).exists()


def test_keep_and_change_work_without_javascript(client: Client, second) -> None:
    home, ids = second
    client.post(f"{home}section/main/", fields(ids["grave"], decision="kept", value="1"))
    assert Answer.objects.filter(asked_item=ids["grave"]).values_list("value", "decision").get() == (1, "kept")
    client.post(f"{home}section/main/", fields(ids["grave"], decision="changed", value="3", revision="1"))
    assert Answer.objects.filter(asked_item=ids["grave"]).values_list("value", "decision").get() == (3, "changed")


def test_a_value_typed_after_cannot_judge_holds_where_no_script_unticks_the_box(client: Client, first) -> None:
    home, ids = first
    client.post(f"{home}section/main/", fields(ids["grave"], value="4", cannot_judge="yes") | {"without_script": "yes"})
    assert Answer.objects.values_list("value", "cannot_judge").get() == (None, True), "both at once: the box was ticked on purpose"
    html = client.get(f"{home}section/main/").content.decode()
    assert '<noscript><input type="hidden" name="without_script" value="yes">' in html
    assert checked_values(html, f"i{ids['grave']}-value") == []
    both = fields(ids["grave"], value="5", cannot_judge="yes", revision="1")
    client.post(f"{home}section/main/", both)
    assert Answer.objects.values_list("value", "cannot_judge").get() == (None, True), "a script keeps the box itself"
    client.post(f"{home}section/main/", both | {"without_script": "yes"})
    assert Answer.objects.values_list("value", "cannot_judge").get() == (5, False)


def test_another_value_without_a_decision_is_asked_back(client: Client, second) -> None:
    home, ids = second
    page = client.post(f"{home}section/main/", fields(ids["grave"], value="5"))
    assert page.status_code == 422
    assert "keep your earlier answer or change it" in page.content.decode()
    assert not Answer.objects.filter(asked_item=ids["grave"]).exists()


def test_an_item_without_an_earlier_answer_has_a_plain_scale(client: Client, second) -> None:
    home, ids = second
    html = client.get(f"{home}section/main/").content.decode()
    assert f'name="i{ids["likely"]}-decision"' not in html
    assert f'name="i{ids["grave"]}-decision"' in html
    client.post(f"{home}section/main/", fields(ids["likely"], value="50"))
    assert Answer.objects.get(asked_item=ids["likely"]).decision == "new"


def test_marked_instead_of_preselected(client: Client) -> None:
    _study, study_round, experts = a_second_round(feedback={"previous_answer": "marked"})
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    html = client.get(f"{home}section/main/").content.decode()
    assert checked_values(html, f"i{ids['grave']}-value") == []
    assert html.count('<span class="tile__before">') == 1


def test_every_section_page_says_who_sees_what_and_from_which_perspective(client: Client, first) -> None:
    home, _ids = first
    for section in ("main", "more"):
        html = client.get(f"{home}section/{section}/").content.decode()
        assert "Organizers see:" in html and "Other experts see:" in html and "Answer for yourself." in html
        assert "Saved answers count when the round closes, even if you do not submit." in html


def test_where_drafts_are_left_out_the_page_says_so(client: Client) -> None:
    _study, _round, experts = an_open_round(rounds={"unsubmitted": "leave_out"})
    home = enter(client, experts[0])
    assert "Only submitted answers count" in client.get(f"{home}section/main/").content.decode()
