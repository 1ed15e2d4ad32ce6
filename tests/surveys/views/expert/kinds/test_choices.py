"""Choices on an expert's page: ticked, refused in words, saved by the form and by itself, and met again in the next round."""

import re
from typing import Any

import pytest
from django.test import Client

from surveys.models import Answer, Panelist, Round
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save

pytestmark = pytest.mark.django_db
CODES = ("a2ad", "cyber", "militia")
MEANS: dict[str, Any] = {
    "code": "means", "kind": "choices", "at_most": 2, "text": {"en": "Which means worry you most?"},
    "options": [{"code": "a2ad", "text": {"en": "Area denial"}}, {"code": "cyber", "text": {"en": "Cyber operations"}},
                {"code": "militia", "text": {"en": "Maritime militia"}}],
}


def a_choices_study(**changes: Any) -> Any:
    item = {**MEANS, **changes}
    return a_study(a_definition(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}]))


@pytest.fixture
def first(client: Client) -> tuple[str, int]:
    study = a_choices_study()
    expert = add_experts(study, {"us": 1})[0]
    study_round = open_round(study, 1)
    return enter(client, expert), asked_ids(study_round)["means"]


def tick(study_round: Round, ticked: dict[str, tuple[str, ...]]) -> None:
    """Import: panelist → the options ticked; an empty tuple is none of these."""
    rows = [{"panelist": panelist, "item": "means", "component": code, "value": str(int(code in codes))}
            for panelist, codes in ticked.items() for code in CODES]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value"], rows))


def round_two(counts: dict[str, int] | None = None) -> tuple[Round, list[Panelist]]:
    """In each panel: the first three tick cyber, the next two cyber and area denial, the last none. us-1 ticks cyber alone."""
    study = a_choices_study()
    experts = add_experts(study, counts or {"us": 6, "jp": 6, "kr": 6})
    said: tuple[tuple[str, ...], ...] = (("cyber",), ("cyber",), ("cyber",), ("a2ad", "cyber"), ("a2ad", "cyber"), ())
    first = open_round(study, 1)
    tick(first, {expert.code: said[(int(expert.code.split("-")[1]) - 1) % 6] for expert in experts})
    count(first)
    return open_round(study, 2), experts


def page(client: Client, home: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/main/").content.decode())


def ticked_boxes(html: str) -> list[str]:
    return re.findall(r'name="i\d+-(value[^"]*)" value="[^"]*" checked', html)


def stored() -> list[Any]:
    return list(Answer.objects.order_by("pk").values_list("value", flat=True))


def test_how_many_may_be_ticked_is_said_beforehand(client: Client, first: tuple[str, int]) -> None:
    home, _item = first
    html = page(client, home)
    assert "Tick at most 2." in html and "None of these" in html
    assert ticked_boxes(html) == []
    assert "js/kind-choices" in html and "css/kinds" in html


def test_without_a_limit_all_that_apply_may_be_ticked(client: Client) -> None:
    study = a_choices_study(at_most=None)
    expert = add_experts(study, {"us": 1})[0]
    item = asked_ids(open_round(study, 1))["means"]
    home = enter(client, expert)
    assert "Tick all that apply." in page(client, home)
    assert client.post(f"{home}section/main/", {f"i{item}-value.{code}": "1" for code in CODES}).status_code == 303
    assert stored() == [list(CODES)]


def test_ticks_go_through_the_form_and_stand_there_again(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    answer = client.post(f"{home}section/main/", {f"i{item}-value.militia": "1", f"i{item}-value.a2ad": "1"})
    assert answer.status_code == 303
    assert stored() == [["a2ad", "militia"]]
    assert ticked_boxes(page(client, home)) == ["value.a2ad", "value.militia"]
    assert "Area denial; Maritime militia" in client.get(f"{home}review/").content.decode()


def test_none_of_these_is_an_answer(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    client.post(f"{home}section/main/", {f"i{item}-value": "none"})
    assert stored() == [[]]
    assert ticked_boxes(page(client, home)) == ["value"]
    review = client.get(f"{home}review/").content.decode()
    assert "None of these" in review and "1 of 1 answered" in review


def test_nothing_ticked_is_no_answer(client: Client, first: tuple[str, int]) -> None:
    home, _item = first
    assert client.post(f"{home}section/main/", {}).status_code == 303
    assert stored() == []


@pytest.mark.parametrize(("fields", "text"), [
    ({"value.a2ad": "1", "value": "none"}, "Tick options, or “none of these”, not both."),
    ({"value.a2ad": "1", "value.cyber": "1", "value.militia": "1"}, "Tick at most 2 options; 3 are ticked."),
])
def test_what_can_not_be_is_refused_in_words_and_stays_ticked(client: Client, first: tuple[str, int], fields: dict[str, str], text: str) -> None:
    home, item = first
    answer = client.post(f"{home}section/main/", {f"i{item}-{name}": value for name, value in fields.items()})
    html = answer.content.decode()
    assert answer.status_code == 422 and text in html
    assert sorted(ticked_boxes(html)) == sorted(fields)
    assert stored() == []


def test_each_tick_is_saved_by_itself(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    reply = save(client, home, item, value={"cyber": "1"}, seen_revision=0).json()
    assert (reply["revision"], reply["words"], reply["answered"]) == (1, "Cyber operations", 1)
    refused = save(client, home, item, value={"cyber": "1", "": "none"}, seen_revision=1)
    assert (refused.status_code, refused.json()["error"]) == (422, "Tick options, or “none of these”, not both.")
    assert save(client, home, item, value={}, seen_revision=1).json()["answered"] == 0
    assert stored() == []


def test_two_devices_are_told_what_the_other_ticked(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    save(client, home, item, value={"cyber": "1", "a2ad": "1"}, seen_revision=0)
    clash = save(client, home, item, value={"": "none"}, seen_revision=0)
    assert clash.status_code == 409
    assert clash.json()["stored"]["value"] == {"a2ad": "1", "cyber": "1"}
    assert clash.json()["stored"]["words"] == "Area denial; Cyber operations"


def shares(html: str) -> list[tuple[str, str]]:
    return re.findall(r'strip__row-label">([^<]+)</span>.*?(?:strip__row-count|strip__row-hidden)">([^<]*)<', html)


def test_the_share_that_ticked_each_option_is_drawn(client: Client) -> None:
    """Of 6 in each panel 5 tick cyber and 2 area denial: 15 and 6 of 18, 83 and 33 per cent; panels the same."""
    _second, experts = round_two()
    html = page(client, enter(client, experts[0]))
    expected = [("Area denial", "33 %"), ("Cyber operations", "83 %"), ("Maritime militia", "0 %")]
    assert shares(html) == expected * 4
    assert 'width="83.3333%"' in html
    assert "18 experts answered. Each could tick up to 2 options, so the shares need not add up to 100 %." in html
    assert re.findall(r'panel-row__name">(\w+)', html) == ["US", "JP", "KR"]
    cells = re.findall(r"(\d+) %(?: <span class=\"muted\">\((\d+ of \d+)\))", html)
    assert cells[:4] == [("33", "6 of 18"), *[("33", "2 of 6")] * 3]


def test_the_own_ticks_are_marked_in_the_picture(client: Client) -> None:
    _second, experts = round_two()
    html = page(client, enter(client, experts[0]))
    assert "You said <strong>Cyber operations</strong> in round 1" in html
    assert re.findall(r'strip__row--own" data-code="(\w+)"', html) == ["cyber"]
    other = Client()
    nobody_s = page(other, enter(other, experts[5]))
    assert "You said <strong>None of these</strong>" in nobody_s and "you: none of these" in nobody_s
    assert 'strip__row--own"' not in nobody_s


def test_keeping_and_changing(client: Client) -> None:
    second, experts = round_two()
    home, item = enter(client, experts[3]), asked_ids(second)["means"]
    assert client.post(f"{home}section/main/", {f"i{item}-decision": "kept"}).status_code == 303
    answer = Answer.objects.get(asked_item=item)
    assert (answer.value, answer.decision) == (["a2ad", "cyber"], "kept")
    client.post(f"{home}section/main/", {f"i{item}-decision": "changed", f"i{item}-value.militia": "1", f"i{item}-revision": "1"})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == (["militia"], "changed")


def test_changed_ticks_without_a_decision_are_asked_about(client: Client) -> None:
    second, experts = round_two()
    home, item = enter(client, experts[0]), asked_ids(second)["means"]
    answer = client.post(f"{home}section/main/", {f"i{item}-value.militia": "1"})
    assert answer.status_code == 422
    assert "Choose whether you keep your earlier answer or change it." in answer.content.decode()


def test_a_small_panel_is_protected(client: Client) -> None:
    """Four experts in one panel are fewer than five: the word stands in place of their bars and of their cells."""
    _second, experts = round_two({"us": 12, "jp": 12, "kr": 4})
    html = page(client, enter(client, experts[0]))
    korean = html.split('panel-row__name">KR')[1].split("</li>")[0]
    assert "Protected" in korean and "strip__row" not in korean
    assert html.count('id="protected-note"') == 1
    assert html.split("</table>")[0].count("Protected") >= 3
