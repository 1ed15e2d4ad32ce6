"""A plane on an expert's page: two plain scales that are the whole control, saved unfinished, met again as a map in the next round."""

import re
from typing import Any

import pytest
from django.test import Client

from surveys.items import ItemSpec, Scale
from surveys.items.base import Axis
from surveys.models import Answer
from surveys.views.expert.kinds import PAGES
from surveys.views.expert.wording import Wording
from surveys.workflow.rounds import open_round
from tests.factories import add_experts, count
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.expert.kinds.interval_studies import MAP, PLACED, a_first_round, a_second_round, a_study_of, give_components

pytestmark = pytest.mark.django_db
AXES = ("x", "y")


@pytest.fixture
def first(client: Client) -> tuple[str, int]:
    study_round, experts = a_first_round(MAP)
    return enter(client, experts[0]), asked_ids(study_round)["map"]


def page(client: Client, home: str, path: str = "section/main/") -> str:
    return re.sub(r"\s+", " ", client.get(home + path).content.decode())


def chosen(html: str) -> dict[str, str]:
    return dict(re.findall(r'name="i\d+-value\.(\w)" value="(\d)" data-words="[^"]*" checked', html))


def stored() -> list[Any]:
    return list(Answer.objects.order_by("pk").values_list("value", flat=True))


def test_both_scales_stand_there_with_their_ends_in_words(client: Client, first: tuple[str, int]) -> None:
    html = page(client, first[0])
    assert re.findall(r'<legend class="label">(\w+)</legend>', html) == ["Severity", "Cost"]
    assert html.count('type="radio" name="i') == 9 + 5
    assert "<span>Negligible</span><span>Existential</span>" in html
    assert re.findall(r'tile__label">(\w+)<', html) == ["None", "Little", "Some", "Much", "Extreme"]
    assert 'class="plane__map" hidden' in html  # the map comes with the script, and is no more than the scales
    assert "</span>Cost: Extreme" in html and "Severity: Existential" in html
    assert chosen(html) == {}
    assert "js/kind-plane" in html and "css/kinds" in html


def test_a_scale_without_words_shows_its_numbers_as_ends() -> None:
    spec = ItemSpec("map", "plane", {}, x=Axis(Scale(7), {"en": "Reach"}), y=Axis(Scale(5), {"en": "Cost"}))
    across = PAGES["plane"].control(spec, Wording("en", "en", "en"))["across"]
    assert (across.low, across.high, across.ends) == ("1", "7", None)


def test_a_place_goes_through_the_form_and_stands_there_again(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    assert client.post(f"{home}section/main/", {f"i{item}-value.x": "7", f"i{item}-value.y": "4"}).status_code == 303
    assert stored() == [{"x": 7, "y": 4}]
    assert chosen(page(client, home)) == {"x": "7", "y": "4"}
    review = page(client, home, "review/")
    assert "Severity: 7 of 9; Cost: Much (4 of 5)" in review and "1 of 1 answered" in review


def test_one_scale_alone_is_kept_and_counts_as_missing(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    reply = save(client, home, item, value={"y": "4"}, seen_revision=0).json()
    assert (reply["left_open"], reply["words"], reply["answered"]) == ("One of the two scales is still open.", "Cost: Much (4 of 5)", 0)
    html = page(client, home)
    assert "One of the two scales is still open." in html and chosen(html) == {"y": "4"}
    whole = save(client, home, item, value={"x": "2", "y": "4"}, seen_revision=1).json()
    assert (whole["left_open"], whole["answered"]) == ("", 1)


def test_a_place_beside_the_map_is_refused_and_the_other_scale_stays_chosen(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    answer = client.post(f"{home}section/main/", {f"i{item}-value.x": "3", f"i{item}-value.y": "6"})
    assert answer.status_code == 422 and "item--wrong" in answer.content.decode()
    assert chosen(answer.content.decode()) == {"x": "3"}
    assert save(client, home, item, value={"x": "10", "y": "2"}, seen_revision=0).status_code == 422
    assert stored() == []


def test_cannot_judge_takes_the_place_of_both(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    assert client.post(f"{home}section/main/", {f"i{item}-cannot_judge": "yes"}).status_code == 303
    assert "Cannot judge" in page(client, home, "review/")


def test_two_devices_are_told_what_the_other_chose(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    save(client, home, item, value={"x": "1", "y": "5"}, seen_revision=0)
    clash = save(client, home, item, value={"x": "2"}, seen_revision=0)
    assert clash.status_code == 409
    assert clash.json()["stored"]["words"] == "Severity: 1 of 9; Cost: Extreme (5 of 5)"
    assert clash.json()["stored"]["value"] == {"x": "1", "y": "5"}


def rows(html: str) -> list[list[str]]:
    """The table twin, cell by cell."""
    table = html.split("plane-figure")[1:]
    body = "plane-figure".join(table).split("<tbody>")[1].split("</tbody>")[0]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in body.split("</tr>")[:-1]]


def test_you_and_the_group_s_cross_stand_on_one_map(client: Client) -> None:
    """By hand, type 7. Severity 3×3 4×6 5×3 6×3 7×3, cost 2×3 3×9 4×6; places 4.25, 8.5 and 12.75 from 0. A panel: 3 4 4 5 6 7, 2 3 3 3 4 4.

    On the map: 7 is 6.5/9 from the left, 4 is 1.5/5 from the top; 4.5 is 4/9, 3 the middle; arms from 3.5/9 to 5.5/9 and 30 % to 50 %.
    """
    _second, experts = a_second_round(MAP, AXES, PLACED)
    html = page(client, enter(client, experts[0]))
    assert "You said <strong>Severity: 7 of 9; Cost: Much (4 of 5)</strong> in round 1" in html
    assert "<strong>Severity:</strong> The middle half of the 18 answers lies between 4 and 6; the middle answer is 4.5." in html
    assert "<strong>Cost:</strong> The middle half of the 18 answers lies between 3 (Some) and 4 (Much); the middle answer is 3 (Some)." in html
    panel = ["6", "4.5 (4–5.75)", "3 (3–3.75)"]
    assert rows(html) == [["You", "", "7", "4"], ["The group", "18", "4.5 (4–6)", "3 (3–4)"], ["US", *panel], ["JP", *panel], ["KR", *panel]]
    assert 'plane-figure__you" cx="72.2222%" cy="30%"' in html
    assert 'plane-figure__arm" x1="38.8889%" x2="61.1111%" y1="50%" y2="50%"' in html
    assert 'plane-figure__arm" x1="44.4444%" x2="44.4444%" y1="30%" y2="50%"' in html
    assert html.count(">you</text>") == 1


def test_the_own_panel_comes_first(client: Client) -> None:
    _second, experts = a_second_round(MAP, AXES, PLACED)
    html = page(client, enter(client, next(expert for expert in experts if expert.code == "jp-2")))
    assert re.findall(r'plane-panels__name">(\w+)', html) == ["JP", "US", "KR"]
    assert html.split("</article>")[0].count("your panel") == 1


def test_a_small_panel_is_protected(client: Client) -> None:
    """Four experts in one panel are fewer than five: no map of theirs, the word in place of their figures."""
    _second, experts = a_second_round(MAP, AXES, PLACED, {"us": 12, "jp": 12, "kr": 4})
    html = page(client, enter(client, experts[0]))
    assert rows(html)[-1] == ["KR", "–", "Protected", "Protected"]
    korean = html.split('plane-panels__name">KR')[1].split("</li>")[0]
    assert korean.count("Protected") == 1 and "<svg" not in korean
    assert html.count('id="protected-note"') == 1


def test_the_own_place_belongs_to_its_expert_alone(client: Client) -> None:
    """The map is cached for the panel; each finds the own place on it, and who gave only half of one finds none."""
    study = a_study_of(MAP)
    experts = add_experts(study, {"us": 7, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    said = {expert.code: dict(zip(AXES, PLACED[(int(expert.code.split("-")[1]) - 1) % 6], strict=True)) for expert in experts if expert.code != "us-7"}
    give_components(first, "map", {**said, "us-7": {"x": 2}})
    count(first)
    open_round(study, 2)
    for place, expected in ((0, [["You", "", "7", "4"]]), (1, [["You", "", "3", "2"]]), (6, [])):
        other = Client()
        html = page(other, enter(other, experts[place]))
        assert [row for row in rows(html) if row[0] == "You"] == expected
        assert html.count("plane-figure__you") == len(expected)


def test_keeping_and_changing(client: Client) -> None:
    second, experts = a_second_round(MAP, AXES, PLACED)
    home, item = enter(client, experts[0]), asked_ids(second)["map"]
    assert page(client, home).count('<span class="tile__before">you said</span>') == 2
    assert client.post(f"{home}section/main/", {f"i{item}-decision": "kept"}).status_code == 303
    answer = Answer.objects.get(asked_item=item)
    assert (answer.value, answer.decision) == ({"x": 7, "y": 4}, "kept")
    client.post(f"{home}section/main/", {f"i{item}-decision": "changed", f"i{item}-revision": "1", f"i{item}-value.x": "6", f"i{item}-value.y": "4"})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == ({"x": 6, "y": 4}, "changed")


def test_its_components_are_named_by_their_scales() -> None:
    spec = ItemSpec("map", "plane", {}, x=Axis(Scale(9), {"en": "Severity"}), y=Axis(Scale(5), {"en": "Cost"}))
    assert [PAGES["plane"].component(spec, code, Wording("en", "en", "en")) for code in AXES] == ["Severity", "Cost"]
