"""Ranking on the expert's pages: answering without a script, saving by itself, and the own order beside the group's."""

import re
from typing import Any

import pytest
from django.test import Client

from surveys.items import ItemSpec, Option
from surveys.models import Answer, Feedback
from surveys.views.expert.kinds import page_of
from surveys.views.expert.wording import Wording
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_study, add_experts, count, csv_text
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.expert.kinds.functions_studies import ORDERS, POINTS, a_first_round, a_later_round

pytestmark = pytest.mark.django_db
LEFT_OUT = "2 options have no position yet."


def page(client: Client, home: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/main/").content.decode()).split('data-code="burden"')[0]


def fields(asked: int, **ranks: Any) -> dict[str, str]:
    return {f"i{asked}-value.{code}": str(rank) for code, rank in ranks.items()}


def selected(html: str) -> dict[str, str]:
    """Option code → the position its field shows."""
    found = re.findall(r'name="i\d+-value\.(\w+)"[^>]*>(.*?)</select>', html)
    return {code: chosen[1] for code, inside in found if (chosen := re.search(r"<option selected>(\d+)", inside))}


@pytest.fixture
def first(client: Client) -> tuple[str, int]:
    _study, study_round, experts = a_first_round()
    return enter(client, experts[0]), asked_ids(study_round)["first"]


@pytest.fixture
def second(client: Client) -> tuple[str, int]:
    """us-1, who said move, shield, watch, cyber, in round 2."""
    _study, study_round, experts = a_later_round()
    return enter(client, experts[0]), asked_ids(study_round)["first"]


def test_every_option_has_a_labelled_position_field_that_starts_empty(client: Client, first: tuple[str, int]) -> None:
    html = page(client, first[0])
    labels = re.findall(r'<label class="ranking__label" for="(i\d+-\w+)">(.*?)</label>', html)
    assert [text for _field, text in labels] == ["Force mobility", "Missile defence", "Early warning", "Cyber operations"]
    assert all(f'<select id="{field}"' in html for field, _text in labels)
    assert re.findall(r"<option[^>]*>([^<]*)", html.split("</select>")[0]) == ["–", "1", "2", "3", "4"]
    assert selected(html) == {}
    assert "js/kind-ranking" in client.get(f"{first[0]}section/main/").content.decode()


def test_an_order_is_saved_by_the_form_and_stands_there_again(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, move=2, shield=1, watch=4, cyber=3))
    answer = Answer.objects.get()
    assert (answer.value, answer.is_complete) == ({"move": 2, "shield": 1, "watch": 4, "cyber": 3}, True)
    assert selected(page(client, home)) == {"move": "2", "shield": "1", "watch": "4", "cyber": "3"}


def test_an_unfinished_order_is_kept_and_says_what_is_missing(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, move="", shield=1, watch=4, cyber=""))
    assert (Answer.objects.get().value, Answer.objects.get().is_complete) == ({"shield": 1, "watch": 4}, False)
    html = page(client, home)
    assert selected(html) == {"shield": "1", "watch": "4"}
    assert f'<p class="item__open">{LEFT_OUT}</p>' in html
    assert f"{LEFT_OUT} Not answered" in client.get(f"{home}review/").content.decode()


def test_a_position_given_twice_is_refused_and_everything_typed_stays(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    reply = client.post(f"{home}section/main/", fields(asked, move=1, shield=1, watch=2, cyber=""))
    html = re.sub(r"\s+", " ", reply.content.decode())
    assert reply.status_code == 422
    assert "Two options stand at position 1. Give each position once." in html
    assert selected(html) == {"move": "1", "shield": "1", "watch": "2"}
    assert not Answer.objects.exists()


def test_saving_by_itself_says_the_order_in_words_and_what_is_open(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    reply = save(client, home, asked, value={"move": "2", "shield": "1", "watch": "", "cyber": ""}, seen_revision=0).json()
    assert (reply["words"], reply["left_open"], reply["answered"]) == ("1. Missile defence · 2. Force mobility", LEFT_OUT, 0)
    reply = save(client, home, asked, value={"move": "2", "shield": "1", "watch": "3", "cyber": "4"}, seen_revision=1).json()
    assert (reply["left_open"], reply["answered"]) == ("", 1)
    refused = save(client, home, asked, value={"move": "5"}, seen_revision=2)
    assert (refused.status_code, refused.json()["error"]) == (422, "A position is a whole number from 1 to 4.")


def test_the_whole_order_can_be_read_before_submitting_and_afterwards(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, move=2, shield=1, watch=4, cyber=3))
    order = "1. Missile defence · 2. Force mobility · 3. Cyber operations · 4. Early warning"
    assert order in client.get(f"{home}review/").content.decode()
    assert order in client.get(f"{home}my-answers/").content.decode()


def test_the_earlier_order_is_said_in_the_next_round_and_marked_beside_each_option(client: Client, second: tuple[str, int]) -> None:
    html = page(client, second[0])
    assert "You said <strong>1. Force mobility · 2. Missile defence · 3. Early warning · 4. Cyber operations</strong> in round 1" in html
    assert re.findall(r'<span class="tile__before">(.*?)</span>', html) == ["you said 1", "you said 2", "you said 3", "you said 4"]


def test_the_order_is_kept_or_changed(client: Client, second: tuple[str, int]) -> None:
    home, asked = second
    client.post(f"{home}section/main/", {f"i{asked}-decision": "kept", **fields(asked, move=4, shield=3, watch=2, cyber=1)})
    answer = Answer.objects.get(asked_item=asked)
    assert (answer.value, answer.decision) == ({"move": 1, "shield": 2, "watch": 3, "cyber": 4}, "kept")
    client.post(f"{home}section/main/", {f"i{asked}-decision": "changed", **fields(asked, move=4, shield=3, watch=2, cyber=1)})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == ({"move": 4, "shield": 3, "watch": 2, "cyber": 1}, "changed")


def test_the_group_s_order_goes_by_mean_position(client: Client, second: tuple[str, int]) -> None:
    html = page(client, second[0])
    orders = [" ".join(re.sub(r"<[^>]*>", " ", found).split()) for found in re.findall(r'<ol class="slope__order[^>]*>(.*?)</ol>', html)]
    assert orders == [
        "1 Force mobility 2 Missile defence 3 Early warning 4 Cyber operations",
        "1 Early warning 2 Force mobility 3 Missile defence 4 Cyber operations",
    ]
    assert "On average the 18 experts put “Early warning” first (mean position 2.06 of 4) and “Cyber operations” last (mean position 2.94)." in html
    assert "options with the same mean stand in the order of the questionnaire" in html


def test_a_line_joins_the_own_place_of_each_option_to_the_group_s(client: Client, second: tuple[str, int]) -> None:
    """Four rows: their middles lie at 12.5, 37.5, 62.5 and 87.5 %. The lines stand in the group's order."""
    found = re.findall(r'slope__line"[^>]* y1="([^"]*)" y2="([^"]*)"', page(client, second[0]))
    assert found == [("62.5%", "12.5%"), ("12.5%", "37.5%"), ("37.5%", "62.5%"), ("87.5%", "87.5%")]


def test_the_table_twin_says_the_same_with_middle_and_middle_half(client: Client, second: tuple[str, int]) -> None:
    """Force mobility: us 1×4, 2×2; jp 2×4, 1×2; kr 4×3, 3×3. Sorted 1×6, 2×6, 3×3, 4×3: type 7 at 4.25, 8.5 and 12.75 is 1, 2 and 3."""
    html = page(client, second[0])
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html.split("strip__twin")[1].split("</table>")[0])]
    assert rows[0] == ["Option", "Your position", "All experts", "Mean position", "Middle position", "Middle half"]
    assert rows[2] == ["Force mobility", "1", "2", "2.17", "2", "1–3"]


def test_the_panels_orders_stand_in_one_table_the_own_first_and_ties_in_the_questionnaire_s_order(client: Client, second: tuple[str, int]) -> None:
    html = page(client, second[0])
    table = html.split('table--compact slope-panels">')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)]
    assert rows[0] == ["Option", 'US <span class="panel-row__own">your panel</span>', "JP", "KR"]
    assert rows[1:] == [
        ["Early warning", "3", "1", "1"], ["Force mobility", "1", "2", "3"], ["Missile defence", "2", "3", "4"], ["Cyber operations", "4", "4", "2"],
        ["Experts", "6", "6", "6"],
    ]


def test_kendall_s_w_is_no_number_for_experts(client: Client) -> None:
    """The sums of positions 37, 39, 51 and 53 lie 8, 6, 6 and 8 from 45: W = 12 · 200 / (18² · (4³ − 4)) = 0.1235."""
    _study, _round, experts = a_later_round(consensus={"rank": {"rule": "kendall_w", "at_least": 0.7}})
    whole = Feedback.objects.get(asked_item__item_version__item__code="first").figures["components"][""]["all/all"]
    assert whole["rule_value"] == pytest.approx(0.1235, abs=5e-5)
    html = page(client, enter(client, experts[0]))
    assert "Kendall" not in html and "0.12" not in html


def test_the_results_of_a_released_round_show_the_same_picture(client: Client, second: tuple[str, int]) -> None:
    html = client.get(f"{second[0]}results/1/").content.decode()
    assert html.count("slope__line") >= 4 and "Your order in round 1" in html
    assert "css/kinds" in html and "<form" not in html.split("<main")[1].split("</main>")[0]


def test_an_expert_without_an_earlier_order_sees_the_group_s_alone(client: Client) -> None:
    study, _round, _experts = a_later_round({**ORDERS, "us": ORDERS["us"][:5]}, {**POINTS, "us": POINTS["us"][:5]})
    late = add_experts(study, {"us": 6})[-1]
    assert late.code == "us-6"
    html = page(client, enter(client, late))
    assert html.count('<ol class="slope__order') == 1
    assert "slope__line" not in html and "Your position" not in html


def test_a_small_panel_is_protected_in_all_its_options_at_once(client: Client) -> None:
    """KR has four experts; JP is hidden with it, or KR would be what is left of everybody without US and JP."""
    orders = {"us": ORDERS["us"] * 2, "jp": ORDERS["jp"] * 2, "kr": ORDERS["kr"][1:5]}
    points = {"us": POINTS["us"] * 2, "jp": POINTS["jp"] * 2, "kr": POINTS["kr"][1:5]}
    _study, _round, experts = a_later_round(orders, points)
    home = enter(client, experts[0])
    html = page(client, home)
    assert re.findall(r'panel-row__name">(\w+)</span><span class="panel-row__figures protected">Protected', html) == ["JP", "KR"]
    assert "KR" not in html.split('table--compact slope-panels">')[1].split("</table>")[0]
    assert client.get(f"{home}section/main/").content.decode().count('id="protected-note"') == 1


def test_two_experts_share_the_cached_picture_and_see_only_their_own_order(client: Client) -> None:
    _study, _round, experts = a_later_round()
    other = Client()
    assert "You said <strong>1. Force mobility" in page(client, enter(client, experts[0]))
    seen = page(other, enter(other, experts[5]))
    assert "You said <strong>1. Missile defence · 2. Force mobility" in seen
    lines = re.findall(r'slope__line"[^>]* y1="([^"]*)" y2="([^"]*)"', seen)
    assert lines[0] == ("87.5%", "12.5%")


def test_options_come_in_the_reader_s_language(client: Client) -> None:
    _study, _round, experts = a_later_round()
    home = enter(client, experts[0])
    client.cookies["delphi_language"] = "ko"
    assert "You said" not in page(client, home)
    assert "1. 전력 기동 · 2. 미사일 방어" in page(client, home)


def test_a_component_is_called_by_its_option_s_text_and_an_unknown_one_by_its_code() -> None:
    spec = ItemSpec("q", "ranking", {"en": "?"}, options=(Option("a", {"en": "Alpha"}), Option("b", {"en": "Beta"})))
    wording = Wording("en", "en", "en")
    assert [page_of(spec).component(spec, code, wording) for code in ("a", "b", "c")] == ["Alpha", "Beta", "c"]


def test_more_options_than_lines_can_be_told_apart_are_a_table_only(client: Client) -> None:
    codes = [f"o{number}" for number in range(13)]
    options = [{"code": code, "text": {"en": f"Option {code}"}} for code in codes]
    item = {"code": "first", "kind": "ranking", "text": {"en": "Rank"}, "options": options}
    study = a_study(languages=["en"], questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}])
    experts, first = add_experts(study, {"us": 6, "jp": 6, "kr": 6}), open_round(study, 1)
    rows = [{"panelist": expert.code, "item": "first", "component": code, "value": (place + shift) % 13 + 1}
            for shift, expert in enumerate(experts) for place, code in enumerate(codes)]
    import_answers(first, csv_text(["panelist", "item", "component", "value"], rows))
    count(first)
    open_round(study, 2)
    html = page(client, enter(client, experts[0]))
    assert "slope__line" not in html and "strip__twin" not in html
    assert html.count("Mean position") == 1
