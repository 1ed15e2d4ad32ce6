"""Quantiles and intervals with a best guess: asked in plain words, refused in words, saved unfinished, met again in the next round."""

import html as markup
import json
import re
from typing import Any

import pytest
from django.test import Client

from surveys.items import ItemSpec
from surveys.models import Answer
from surveys.views.expert.kinds import PAGES
from surveys.views.expert.wording import Wording
from surveys.workflow.rounds import open_round
from tests.factories import add_experts, count
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.expert.kinds.interval_studies import (
    GUESSED,
    IDEA,
    SPEND,
    SPENT,
    TRUTH,
    a_first_round,
    a_second_round,
    a_study_of,
    give_components,
)

pytestmark = pytest.mark.django_db
CODES = ("0.05", "0.5", "0.95")
PARTS = ("lower", "best", "upper", "confidence")


def page(client: Client, home: str, path: str = "section/main/") -> str:
    return re.sub(r"\s+", " ", client.get(home + path).content.decode())


def start(client: Client, item: dict[str, Any]) -> tuple[str, int]:
    study_round, experts = a_first_round(item)
    return enter(client, experts[0]), asked_ids(study_round)[item["code"]]


def fields(item: int, **values: Any) -> dict[str, str]:
    return {f"i{item}-value.{code}": str(value) for code, value in values.items()}


def spent(item: int, *values: Any) -> dict[str, str]:
    return {f"i{item}-value.{code}": str(value) for code, value in zip(CODES, values, strict=True)}


def typed(html: str) -> dict[str, str]:
    """Field → what stands in it."""
    return dict(re.findall(r'name="i\d+-value\.([^"]+)" value="([^"]*)"', html))


def stored() -> list[Any]:
    return list(Answer.objects.order_by("pk").values_list("value", flat=True))


def test_each_quantile_is_asked_for_in_plain_words(client: Client) -> None:
    html = page(client, start(client, SPEND)[0])
    for words in ("Lower value", "There is a 5 % chance that the true value is below …", "The true value is just as likely above as below …",
                  "There is a 5 % chance that the true value is above …", "From 0 to 20."):
        assert words in html
    assert typed(html) == dict.fromkeys(CODES, "")
    assert html.count(">per cent of GDP</span>") == 3
    assert "js/kind-quantiles" in html and "css/kinds" in html


def test_every_field_has_its_label_and_its_unit_named(client: Client) -> None:
    html = page(client, start(client, IDEA)[0])
    labels = re.findall(r'<label class="quantiles__label" for="([^"]+)"', html)
    assert labels == re.findall(r'<input id="([^"]+)" name="i\d+-value\.', html) and len(labels) == 4
    for described in re.findall(r'data-code="[^"]+"[^>]*aria-describedby="([^"]+)"', html):
        assert all(f'id="{one}"' in html for one in described.split())


def test_other_lists_are_called_by_their_probabilities(client: Client) -> None:
    html = page(client, start(client, {**SPEND, "quantiles": [0.1, 0.25, 0.75, 0.9]})[0])
    assert re.findall(r'quantiles__name">([^<]+)<', html) == ["10 % value", "25 % value", "75 % value", "90 % value"]
    assert "There is a 25 % chance that the true value is above …" in html
    texts = json.loads(markup.unescape(re.findall(r'data-texts="([^"]*)"', html)[0]))
    assert texts["above"]["0.1|0.9"] == "The 10 % value stands above the 90 % value."
    assert texts["sentence"] == "You are 80 % sure that it lies between {0.1} and {0.9} per cent of GDP."


def test_an_interval_is_asked_for_from_its_ends_inwards(client: Client) -> None:
    """IDEA's order: lowest, highest, best guess, then how sure."""
    html = page(client, start(client, IDEA)[0])
    assert list(typed(html)) == ["lower", "upper", "best", "confidence"]
    assert "80 % means: of 100 intervals given like this, 80 would hold the true value." in html


@pytest.mark.parametrize(("item", "given", "words"), [
    (SPEND, {"0.05": "1,2", "0.5": "2", "0.95": "3.4"}, "1.2 to 3.4 per cent of GDP (90 % sure), middle value 2"),
    (IDEA, {"lower": "1", "upper": "4", "best": "2.5", "confidence": "80 %"}, "1 to 4 per cent of GDP (80 % sure), best guess 2.5"),
])
def test_numbers_go_through_the_form_and_stand_there_again(client: Client, item: dict[str, Any], given: dict[str, str], words: str) -> None:
    home, asked = start(client, item)
    assert client.post(f"{home}section/main/", fields(asked, **given)).status_code == 303
    expected = {code: float(text.replace(",", ".").rstrip(" %")) for code, text in given.items()}
    assert stored() == [expected]
    assert {code: float(text) for code, text in typed(page(client, home)).items()} == expected
    assert words in page(client, home, "review/")


@pytest.mark.parametrize(("item", "given", "text"), [
    (SPEND, {"0.05": "3", "0.5": "2", "0.95": "5"}, "The values must rise from the lowest to the highest; 3 stands before 2."),
    (SPEND, {"0.05": "1", "0.5": "2", "0.95": "21"}, "Give a number from 0 to 20."),
    (SPEND, {"0.05": "little", "0.5": "2", "0.95": "5"}, "“little” is not a number. Type digits only."),
    (IDEA, {"lower": "1", "best": "5", "upper": "4", "confidence": "80"}, "The values must rise from the lowest to the highest; 5 stands before 4."),
    (IDEA, {"lower": "1", "best": "2", "upper": "4", "confidence": "40"}, "Give a number from 50 to 100."),
])
def test_what_can_not_be_is_refused_in_words_and_stays_typed(client: Client, item: dict[str, Any], given: dict[str, str], text: str) -> None:
    home, asked = start(client, item)
    answer = client.post(f"{home}section/main/", fields(asked, **given))
    assert answer.status_code == 422 and text in answer.content.decode()
    assert typed(answer.content.decode()) == given
    assert stored() == []


def test_an_interval_may_shrink_to_a_point_but_quantiles_differ(client: Client) -> None:
    home, asked = start(client, IDEA)
    assert client.post(f"{home}section/main/", fields(asked, lower=2, best=2, upper=2, confidence=100)).status_code == 303
    assert stored() == [{"lower": 2, "best": 2, "upper": 2, "confidence": 100}]


def test_unfinished_numbers_are_kept_and_what_is_missing_is_said(client: Client) -> None:
    home, asked = start(client, SPEND)
    reply = save(client, home, asked, value={"0.05": "1.5", "0.95": ""}, seen_revision=0).json()
    assert (reply["left_open"], reply["words"], reply["answered"]) == ("2 values are still missing.", "Lower value: 1.5 per cent of GDP", 0)
    whole = save(client, home, asked, value={"0.05": "1.5", "0.5": "2", "0.95": "3"}, seen_revision=1).json()
    assert (whole["left_open"], whole["answered"]) == ("", 1)
    refused = save(client, home, asked, value={"0.05": "1.5", "0.5": "1", "0.95": "3"}, seen_revision=2)
    assert refused.status_code == 422
    assert stored() == [{"0.05": 1.5, "0.5": 2, "0.95": 3}]


def test_two_devices_are_told_what_the_other_typed(client: Client) -> None:
    home, asked = start(client, IDEA)
    save(client, home, asked, value={"lower": "1", "best": "2", "upper": "4", "confidence": "75"}, seen_revision=0)
    clash = save(client, home, asked, value={"lower": "3"}, seen_revision=0)
    assert clash.status_code == 409
    assert clash.json()["stored"]["words"] == "1 to 4 per cent of GDP (75 % sure), best guess 2"
    assert clash.json()["stored"]["value"] == {"lower": "1", "best": "2", "upper": "4", "confidence": "75"}


@pytest.mark.parametrize("item", [SPEND, IDEA])
def test_a_seed_item_looks_like_any_other_and_its_answer_is_nowhere(client: Client, item: dict[str, Any]) -> None:
    """The same page with and without a known answer; and the answer in no page, reply, feedback or record of two rounds."""
    codes, values = (CODES, SPENT) if item is SPEND else (PARTS, GUESSED)
    second, experts = a_second_round(item, codes, values)
    home, asked = enter(client, experts[0]), asked_ids(second)[item["code"]]
    reply = save(client, home, asked, decision="changed", value=dict(zip(codes, map(str, values[1]), strict=True)), seen_revision=0)
    count(second)
    open_round(second.study, 3)
    paths = ("", "section/main/", "review/", "results/1/", "results/2/", "my-answers/", "my-answers.csv")
    answers = [client.get(home + path) for path in paths]
    assert {answer.status_code for answer in (*answers, reply)} == {200}
    for answer in (*answers, reply):
        text = answer.content.decode()
        assert str(TRUTH) not in text and "truth" not in text and "seed" not in text


def rows(html: str) -> list[list[str]]:
    """The table twin, cell by cell."""
    table = html.split('class="intervals"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in table.split("</tr>")[:-1]]


def test_you_the_group_and_the_panels_stand_on_one_axis(client: Client) -> None:
    """By hand, type 7. Lower: 1×6 2×9 3×3, middle: 2×3 3×6 4×6 5×3, upper: 4×3 5×6 6×3 8×3 9×3; places 4.25, 8.5 and 12.75 from 0.

    In a panel: 1 1 2 2 2 3, 2 3 3 4 4 5 and 4 5 5 6 8 9; places 1.25, 2.5 and 3.75.
    """
    _second, experts = a_second_round(SPEND, CODES, SPENT)
    html = page(client, enter(client, experts[0]))
    assert "You said <strong>1 to 4 per cent of GDP (90 % sure), middle value 2</strong> in round 1" in html
    beside = [text.strip() for text in re.findall(r'interval-row__figures">([^<]+)<', html)]
    assert beside == ["1–4, middle 2", *["2–5.5, middle 3.5"] * 4, "per cent of GDP"]
    panel = ["2 (1.25–2)", "3.5 (3–4)", "5.5 (5–7.5)"]
    assert rows(html) == [["You", "1", "2", "4"], ["The group", "2 (1–2)", "3.5 (3–4)", "5.5 (5–8)"], ["US", *panel], ["JP", *panel], ["KR", *panel]]
    assert "18 experts answered. In the middle of their answers, the lower value is 2, the middle value 3.5, the upper value 5.5 per cent of GDP." in html
    own, group = html.split('<li class="interval-row')[1:3]
    assert 'x1="5%" x2="20%"' in own and 'cx="10%"' in own
    assert 'x1="10%" x2="27.5%"' in group and 'x1="17.5%"' in group


def test_the_own_panel_comes_first_and_is_named(client: Client) -> None:
    _second, experts = a_second_round(SPEND, CODES, SPENT)
    html = page(client, enter(client, next(expert for expert in experts if expert.code == "kr-2")))
    assert [row[0] for row in rows(html)] == ["You", "The group", "KR", "US", "JP"]
    assert html.split('class="interval-row ')[3].count("your panel") == 1
    assert html.split("</figure>")[0].count("your panel") == 1


def test_an_interval_s_feedback_says_how_sure_the_group_is(client: Client) -> None:
    """Lower, best and upper as above; how sure: 70 70 80 80 90 90 in each panel, 80 in the middle; 70×6 80×6 90×6: half 70 to 90."""
    _second, experts = a_second_round(IDEA, PARTS, GUESSED)
    html = page(client, enter(client, experts[0]))
    assert "2–5.5, best guess 3.5, 80 % sure" in html
    assert rows(html)[:2] == [["You", "1", "2", "4", "70"], ["The group", "2 (1–2)", "3.5 (3–4)", "5.5 (5–8)", "80 (70–90)"]]


def test_a_small_panel_is_protected(client: Client) -> None:
    """Four experts in one panel are fewer than five: the word stands in place of their line and of their cells."""
    _second, experts = a_second_round(SPEND, CODES, SPENT, {"us": 12, "jp": 12, "kr": 4})
    html = page(client, enter(client, experts[0]))
    assert rows(html)[-1] == ["KR", "Protected", "Protected", "Protected"]
    korean = html.split('class="interval-row intervals--panel')[3].split("</li>")[0]
    assert "KR" in korean and "Protected" in korean and "<svg" not in korean
    assert html.count('id="protected-note"') == 1


def test_where_an_end_is_protected_no_line_ends_at_the_number_before_it(client: Client) -> None:
    """The six of one panel all gave 9 as their highest value, which would tell what each of them said; their other two numbers are shown."""
    alike = [(low, middle, 9) for low, middle, _high in SPENT]
    _second, experts = a_second_round(SPEND, CODES, [*alike, *SPENT], {"us": 12, "jp": 12, "kr": 6})
    html = page(client, enter(client, experts[0]))
    assert rows(html)[-1] == ["KR", "2 (1.25–2)", "3.5 (3–4)", "Protected"]  # 1 1 2 2 2 3, and 2 3 3 4 4 5
    korean = html.split('class="interval-row intervals--panel')[3].split("</li>")[0]
    assert korean.count("intervals__tick") == 1 and korean.count("intervals__middle") == 1
    assert "intervals__line" not in korean and "Protected" in korean


def test_the_own_numbers_belong_to_their_expert_alone(client: Client) -> None:
    """The picture is cached for the panel; each expert finds the own line in it, and who gave none finds none."""
    study = a_study_of(SPEND)
    experts = add_experts(study, {"us": 7, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    said = {expert.code: dict(zip(CODES, SPENT[(int(expert.code.split("-")[1]) - 1) % 6], strict=True)) for expert in experts if expert.code != "us-7"}
    give_components(first, "spend", said)
    count(first)
    open_round(study, 2)
    for place, expected in ((0, [["You", "1", "2", "4"]]), (5, [["You", "3", "5", "9"]]), (6, [])):
        other = Client()
        assert [row for row in rows(page(other, enter(other, experts[place]))) if row[0] == "You"] == expected


def test_its_components_have_names_for_readers() -> None:
    wording = Wording("en", "en", "en")
    spend = ItemSpec("spend", "quantiles", {}, quantiles=(0.05, 0.5, 0.95))
    idea = ItemSpec("idea", "quantiles", {}, interval="idea")
    assert [PAGES["quantiles"].component(spend, code, wording) for code in CODES] == ["5 % quantile", "50 % quantile", "95 % quantile"]
    assert [PAGES["quantiles"].component(idea, code, wording) for code in PARTS] == [
        "Lowest plausible value", "Best guess", "Highest plausible value", "How sure"]


def test_keeping_and_changing(client: Client) -> None:
    second, experts = a_second_round(SPEND, CODES, SPENT)
    home, item = enter(client, experts[0]), asked_ids(second)["spend"]
    assert client.post(f"{home}section/main/", {f"i{item}-decision": "kept"}).status_code == 303
    answer = Answer.objects.get(asked_item=item)
    assert (answer.value, answer.decision) == ({"0.05": 1, "0.5": 2, "0.95": 4}, "kept")
    client.post(f"{home}section/main/", {f"i{item}-decision": "changed", f"i{item}-revision": "1", **spent(item, 1, 2, 5)})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == ({"0.05": 1, "0.5": 2, "0.95": 5}, "changed")
    assert "you said 4" in page(client, home)


def test_without_limits_the_axis_spans_what_is_shown(client: Client) -> None:
    """No picture of the own interval beside the fields, since there is nothing to draw it on; the group's has one."""
    endless = {key: value for key, value in SPEND.items() if key not in ("minimum", "maximum")}
    _second, experts = a_second_round(endless, CODES, SPENT)
    html = page(client, enter(client, experts[0]))
    assert "quantiles__picture" not in html
    assert rows(html)[1] == ["The group", "2 (1–2)", "3.5 (3–4)", "5.5 (5–8)"]


@pytest.mark.parametrize("distribution", ["none", "own_panel"])
def test_the_study_sets_how_much_is_shown(client: Client, distribution: str) -> None:
    second, experts = a_second_round(SPEND, CODES, SPENT)
    second.study.settings["feedback"] = {"distribution": distribution}
    second.study.save()
    html = page(client, enter(client, experts[0]))
    shown = [row[0] for row in rows(html)] if 'class="intervals"' in html else []
    assert shown == ([] if distribution == "none" else ["You", "The group", "US"])
