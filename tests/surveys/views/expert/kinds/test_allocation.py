"""Allocation on the expert's pages: answering without a script, saving by itself, and the own points beside the group's means."""

import re
from typing import Any

import pytest
from django.test import Client

from surveys.items import ItemSpec, Option
from surveys.models import Answer
from surveys.views.expert.kinds import page_of
from surveys.views.expert.kinds.allocation import step_of
from surveys.views.expert.wording import Wording
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.expert.kinds.functions_studies import ALLOCATION, ORDERS, POINTS, a_first_round, a_later_round

pytestmark = pytest.mark.django_db
LEFT = "40 of 100 points are not given out yet."
OVER = "20 points too many are given out; the total is 100."


def page(client: Client, home: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/main/").content.decode()).split('data-code="burden"')[1]


def fields(asked: int, **points: Any) -> dict[str, str]:
    return {f"i{asked}-value.{code}": str(given) for code, given in points.items()}


def typed(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="i\d+-value\.(\w+)" value="([^"]*)"', html))


@pytest.fixture
def first(client: Client) -> tuple[str, int]:
    _study, study_round, experts = a_first_round()
    return enter(client, experts[0]), asked_ids(study_round)["burden"]


@pytest.fixture
def second(client: Client) -> tuple[str, int]:
    """us-1, who gave 40, 30, 20 and 10, in round 2."""
    _study, study_round, experts = a_later_round()
    return enter(client, experts[0]), asked_ids(study_round)["burden"]


def test_every_option_has_a_labelled_number_field_that_starts_empty(client: Client, first: tuple[str, int]) -> None:
    html = page(client, first[0])
    assert re.findall(r'<label class="allocation__label" for="i\d+-(\w+)">(.*?)</label>', html) == [
        ("move", "Force mobility"), ("shield", "Missile defence"), ("watch", "Early warning"), ("cyber", "Cyber operations")]
    assert typed(html) == {"move": "", "shield": "", "watch": "", "cyber": ""}
    assert html.count('inputmode="numeric"') == 4
    assert "Share out 100 points. A field left empty counts as 0 once all points are given out." in html
    assert 'data-total="100" data-step="5" data-decimals="0"' in html
    assert 'type="range"' not in html


def test_points_that_reach_the_total_are_saved_and_empty_fields_are_none(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, move=60, shield="", watch=40, cyber=""))
    answer = Answer.objects.get()
    assert (answer.value, answer.is_complete) == ({"move": 60, "shield": 0, "watch": 40, "cyber": 0}, True)
    assert typed(page(client, home)) == {"move": "60", "shield": "0", "watch": "40", "cyber": "0"}


@pytest.mark.parametrize(("given", "words"), [({"move": 60}, LEFT), ({"move": 100, "cyber": 20}, OVER)])
def test_too_little_and_too_much_are_kept_and_said(client: Client, first: tuple[str, int], given: dict[str, int], words: str) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, **given))
    assert (Answer.objects.get().value, Answer.objects.get().is_complete) == (given, False)
    html = page(client, home)
    assert {code: text for code, text in typed(html).items() if text} == {code: str(points) for code, points in given.items()}
    assert f'<p class="item__open">{words}</p>' in html
    assert f"{words} Not answered" in client.get(f"{home}review/").content.decode()


def test_no_reason_is_asked_for_an_answer_that_does_not_count(client: Client) -> None:
    _study, study_round, experts = a_first_round(questionnaire=[
        {"section": "main", "title": {"en": "Main"}, "items": [{**ALLOCATION, "rationale": "required"}]}])
    home, asked = enter(client, experts[0]), asked_ids(study_round)["burden"]
    for points, is_asked in ((60, False), (100, True)):
        client.post(f"{home}section/main/", fields(asked, move=points))
        assert ("A reason is still needed" in client.get(f"{home}review/").content.decode()) is is_asked


def test_what_is_no_number_is_refused_and_everything_typed_stays(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    reply = client.post(f"{home}section/main/", fields(asked, move="a lot", shield=30, watch="12.5", cyber=""))
    html = re.sub(r"\s+", " ", reply.content.decode()).split('data-code="burden"')[1]
    assert reply.status_code == 422
    assert "“a lot” is not a number. Type digits only." in html
    assert typed(html) == {"move": "a lot", "shield": "30", "watch": "12.5", "cyber": ""}
    assert not Answer.objects.exists()


def test_saving_by_itself_says_the_points_in_words_and_what_is_left(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    reply = save(client, home, asked, value={"move": "60", "shield": "", "watch": "", "cyber": ""}, seen_revision=0).json()
    assert (reply["words"], reply["left_open"], reply["answered"]) == ("Force mobility 60", LEFT, 0)
    reply = save(client, home, asked, value={"move": "60", "shield": "", "watch": "40", "cyber": ""}, seen_revision=1).json()
    assert (reply["words"], reply["left_open"], reply["answered"]) == (
        "Force mobility 60 · Missile defence 0 · Early warning 40 · Cyber operations 0", "", 1)
    refused = save(client, home, asked, value={"move": "101"}, seen_revision=2)
    assert (refused.status_code, refused.json()["error"]) == (422, "Give a number from 0 to 100.")


def test_all_points_can_be_read_before_submitting_and_afterwards(client: Client, first: tuple[str, int]) -> None:
    home, asked = first
    client.post(f"{home}section/main/", fields(asked, move=60, watch=40))
    words = "Force mobility 60 · Missile defence 0 · Early warning 40 · Cyber operations 0"
    assert words in client.get(f"{home}review/").content.decode()
    assert words in client.get(f"{home}my-answers/").content.decode()


def test_the_earlier_points_are_said_in_the_next_round_and_marked_beside_each_option(client: Client, second: tuple[str, int]) -> None:
    html = page(client, second[0])
    assert "You said <strong>Force mobility 40 · Missile defence 30 · Early warning 20 · Cyber operations 10</strong> in round 1" in html
    assert re.findall(r'<span class="tile__before">(.*?)</span>', html) == ["you said 40", "you said 30", "you said 20", "you said 10"]


def test_the_points_are_kept_or_changed(client: Client, second: tuple[str, int]) -> None:
    home, asked = second
    client.post(f"{home}section/main/", {f"i{asked}-decision": "kept"})
    answer = Answer.objects.get(asked_item=asked)
    assert (answer.value, answer.decision) == ({"move": 40, "shield": 30, "watch": 20, "cyber": 10}, "kept")
    client.post(f"{home}section/main/", {f"i{asked}-decision": "changed", **fields(asked, move=25, shield=25, watch=25, cyber=25)})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == ({"move": 25, "shield": 25, "watch": 25, "cyber": 25}, "changed")


def test_the_own_points_stand_beside_the_group_s_means_on_the_width_of_the_total(client: Client, second: tuple[str, int]) -> None:
    html = page(client, second[0])
    pairs = html.split('<ul class="pairs">')[1].split("</ul>")[0]
    assert re.findall(r'pairs__number">([^<]*)<', pairs) == ["40", "33.3", "30", "21.7", "20", "20", "10", "25"]
    assert re.findall(r'pairs__you" width="([^"]*)"', pairs) == ["40%", "30%", "20%", "10%"]
    assert re.findall(r'strip__bar" width="([^"]*)"', pairs) == ["33.3333%", "21.6667%", "20%", "25%"]
    assert "On average the 18 experts gave “Force mobility” most (33.3 of 100 points) and “Early warning” least (20)." in html
    assert "Means are shown because together they make up the whole" in html


def test_the_table_twin_says_the_same_with_middle_and_middle_half(client: Client, second: tuple[str, int]) -> None:
    """Force mobility, sorted: 0×3, 10×3, 20×3, 30×3, 40×3, 100×3. Type 7 at 4.25, 8.5 and 12.75: 10, (20 + 30) / 2 and 40."""
    table = page(client, second[0]).split("strip__twin")[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    assert rows[:2] == [["Option", "Your points", "Mean", "Middle answer", "Middle half"], ["Force mobility", "40", "33.3", "25", "10–40"]]


def test_the_panels_are_folded_the_own_first(client: Client, second: tuple[str, int]) -> None:
    panels = page(client, second[0]).split('<ul class="panels">')[1]
    assert re.findall(r'<details><summary><span class="panel-row__name">(\w+)</span>', panels) == ["US", "JP", "KR"]
    own = panels.split("</details>")[0]
    assert "your panel" in own and "6 experts" in own
    assert re.findall(r'strip__row-count">([^<]*)<', own) == ["35", "25", "15", "25"]


def test_a_small_panel_is_protected_in_all_its_options_at_once(client: Client) -> None:
    """KR has four experts; JP is hidden with it, or KR would be what is left of everybody without US and JP."""
    orders = {"us": ORDERS["us"] * 2, "jp": ORDERS["jp"] * 2, "kr": ORDERS["kr"][1:5]}
    points = {"us": POINTS["us"] * 2, "jp": POINTS["jp"] * 2, "kr": POINTS["kr"][1:5]}
    _study, _round, experts = a_later_round(orders, points)
    html = page(client, enter(client, experts[0]))
    assert re.findall(r'panel-row__name">(\w+)</span><span class="panel-row__figures protected">Protected', html) == ["JP", "KR"]
    assert re.findall(r'<summary><span class="panel-row__name">(\w+)', html) == ["US"]


def test_an_expert_without_earlier_points_sees_the_group_s_alone(client: Client) -> None:
    _study, _round, experts = a_later_round(ORDERS, {**POINTS, "us": POINTS["us"][:5]})
    html = page(client, enter(client, next(expert for expert in experts if expert.code == "us-6")))
    assert "pairs__you" not in html and "Your points" not in html
    assert "On average the 17 experts" in html


def test_options_with_the_same_mean_are_named_together(client: Client) -> None:
    """Everybody gives shield and watch alike: sums 18 · 10 each; move 9 · (60 + 40) and cyber 9 · (20 + 40)."""
    points = {panel: [(60, 10, 10, 20)] * 3 + [(40, 10, 10, 40)] * 3 for panel in ("us", "jp", "kr")}
    _study, _round, experts = a_later_round(ORDERS, points, public_data=True, disclosure={"minimum": 1})
    html = page(client, enter(client, experts[0]))
    assert "gave “Force mobility” most (50 of 100 points) and “Missile defence · Early warning” least (10)." in html


@pytest.mark.parametrize(("total", "decimals", "step"), [(100, 0, 5), (20, 0, 1), (30, 0, 1), (1, 2, 0.01), (1000, 0, 50), (10, 1, 0.1), (40, 2, 2)])
def test_a_step_is_a_twentieth_of_the_total_where_that_is_whole(total: float, decimals: int, step: float) -> None:
    assert step_of(total, decimals) == pytest.approx(step)


def test_points_with_decimals_say_so(client: Client) -> None:
    item = {**ALLOCATION, "total": 1, "decimals": 2}
    _study, study_round, experts = a_first_round(questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [item]}])
    home = enter(client, experts[0])
    html = page(client, home)
    assert 'data-total="1" data-step="0.01" data-decimals="2"' in html
    assert html.count('inputmode="decimal"') == 4 and "Up to 2 decimals." in html
    client.post(f"{home}section/main/", fields(asked_ids(study_round)["burden"], move="0,7", watch="0.3"))
    assert Answer.objects.get().value == {"move": 0.7, "shield": 0, "watch": 0.3, "cyber": 0}


def test_a_component_is_called_by_its_option_s_text_and_an_unknown_one_by_its_code() -> None:
    spec = ItemSpec("q", "allocation", {"en": "?"}, options=(Option("a", {"en": "Alpha"}), Option("b", {"en": "Beta"})), total=10)
    wording = Wording("en", "en", "en")
    assert [page_of(spec).component(spec, code, wording) for code in ("a", "b", "c")] == ["Alpha", "Beta", "c"]
