"""Items in random order: drawn once for each expert, kept for good, and the questionnaire's own order for everybody else."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from analysis.exports.aggregates import aggregates_csv
from analysis.exports.items import items_csv
from surveys.models import Invitation, Panel, Panelist, Round
from surveys.workflow.identities import Person
from surveys.workflow.panels import add_expert, replace_expert
from surveys.workflow.rounds import close_round, open_round, reopen_round
from tests.factories import a_definition, a_study, add_experts, count, give
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save

pytestmark = pytest.mark.django_db
RANDOM = [f"random-{letter}" for letter in "abcdef"]


def rating(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "rating", "scale": "five", "text": {"en": f"How grave is {code}?"}, **more}


SECTIONS = [
    {"section": "main", "title": {"en": "Main"}, "items": [
        rating("opening"), *(rating(code, order="random") for code in RANDOM[:3]), rating("middle"), *(rating(code, order="random") for code in RANDOM[3:]),
    ]},
    {"section": "more", "title": {"en": "More"}, "items": [rating("alone", order="random"), rating("closing")]},
]


def a_round(**counts: int) -> tuple[Round, list[Panelist]]:
    study = a_study(a_definition(questionnaire=SECTIONS))
    experts = add_experts(study, counts or {"us": 6, "jp": 6})
    return open_round(study, 1), experts


def codes_on(client: Client, address: str) -> list[str]:
    return re.findall(r'data-code="([\w-]+)"', client.get(address).content.decode())


def shown(client: Client, home: str) -> list[str]:
    return codes_on(client, f"{home}section/main/")


def test_only_items_in_random_order_change_places_and_only_within_their_section(client: Client) -> None:
    _round, experts = a_round()
    home = enter(client, experts[0])
    codes = shown(client, home)
    assert (codes[0], codes[4]) == ("opening", "middle")
    assert sorted(codes) == sorted(["opening", "middle", *RANDOM])
    assert codes_on(client, f"{home}section/more/") == ["alone", "closing"]


def test_experts_get_orders_of_their_own() -> None:
    """Six items have 720 orders; that twelve experts draw one and the same has a chance of one in 720 to the eleventh."""
    a_round()
    orders = list(Invitation.objects.values_list("item_order", flat=True))
    assert len(orders) == 12 and len({tuple(order) for order in orders}) > 1


def test_the_order_is_the_same_after_reload_on_another_device_and_after_reopening(client: Client) -> None:
    study_round, experts = a_round()
    home = enter(client, experts[0])
    first = shown(client, home)
    assert shown(client, home) == first
    other = Client()
    assert shown(other, enter(other, experts[0])) == first
    save(client, home, asked_ids(study_round)["middle"], value={"": "3"})
    close_round(study_round.pk)
    reopen_round(study_round.pk, reason="Two experts were cut off")
    assert shown(client, home) == first


def test_items_are_numbered_in_the_own_order(client: Client) -> None:
    _round, experts = a_round()
    home = enter(client, experts[0])
    html = client.get(f"{home}section/main/").content.decode()
    assert re.findall(r'item__number">Item (\d+)', html) == [str(number) for number in range(1, 9)]
    assert re.findall(r'item__number">Item (\d+)', client.get(f"{home}section/more/").content.decode()) == ["9", "10"]


def test_review_record_and_results_follow_the_own_order(client: Client) -> None:
    study_round, experts = a_round()
    home = enter(client, experts[0])
    order = shown(client, home) + codes_on(client, f"{home}section/more/")
    for item in asked_ids(study_round).values():
        save(client, home, item, value={"": "3"})
    for path in ("review/", "my-answers/"):
        html = client.get(f"{home}{path}").content.decode()
        assert re.findall(r"How grave is ([\w-]+)\?", html) == order, path
        assert re.findall(r'<span class="muted">(\d+)\.</span>', html) == [str(number) for number in range(1, 11)]
    rows = client.get(f"{home}my-answers.csv").content.decode().splitlines()[1:]
    assert [row.split(",")[2] for row in rows] == order
    others = [expert for expert in experts if expert != experts[0]]
    give(study_round, {expert.code: {"middle": 3} for expert in others})
    count(study_round)
    open_round(study_round.study, 2)
    assert re.findall(r"How grave is ([\w-]+)\?", client.get(f"{home}results/1/").content.decode()) == order


def test_mistakes_are_listed_by_the_own_numbers(client: Client) -> None:
    study_round, experts = a_round()
    home, ids = enter(client, experts[0]), asked_ids(study_round)
    place = shown(client, home).index("random-a") + 1
    html = client.post(f"{home}section/main/", {f"i{ids['random-a']}-value": "9"}).content.decode()
    assert f'<a href="#i{ids["random-a"]}">Item {place}</a>' in html


def test_a_later_round_draws_anew_for_everybody() -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: {"middle": 3} for expert in experts})
    count(study_round)
    second = open_round(study_round.study, 2)
    ids = set(asked_ids(second).values())
    assert all(set(order) == ids for order in Invitation.objects.filter(round=second).values_list("item_order", flat=True))


def test_experts_who_come_later_draw_too() -> None:
    study_round, experts = a_round()
    panel = Panel.objects.get(code="us")
    added = add_expert(study_round.study, panel=panel, person=Person("Ada", "ada@example.org"), language="en")
    replacement = replace_expert(experts[1], person=Person("Eve", "eve@example.org"), language="en")
    ids = sorted(asked_ids(study_round).values())
    for expert in (added, replacement):
        assert sorted(Invitation.objects.get(round=study_round, panelist=expert).item_order) == ids


def test_nothing_is_drawn_where_nothing_is_in_random_order() -> None:
    study = a_study(a_definition())
    add_experts(study, {"us": 2})
    open_round(study, 1)
    assert list(Invitation.objects.values_list("item_order", flat=True)) == [None, None]


def test_files_keep_the_questionnaire_s_order() -> None:
    study_round, experts = a_round()
    give(study_round, {expert.code: dict.fromkeys(asked_ids(study_round), 3) for expert in experts})
    count(study_round)
    written = [item["code"] for section in SECTIONS for item in section["items"]]
    for text in (aggregates_csv(study_round.study), items_csv(study_round.study)):
        rows = csv.DictReader(io.StringIO(text.decode(), newline=""))
        assert list(dict.fromkeys(row["item"] for row in rows)) == written
