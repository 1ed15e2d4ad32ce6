"""What an expert sees of the others in a later round."""

import re

import pytest
from django.test import Client

from surveys.enums import RationaleState
from surveys.models import Rationale
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rationales import decide_rationale
from surveys.workflow.rounds import open_round
from tests.factories import add_experts, by_panel, count, csv_text, give, run_round
from tests.surveys.views.expert.expert_studies import a_full_study, a_second_round, asked_ids, enter

pytestmark = pytest.mark.django_db
VALUES = {"us": [1, 2, 3, 3, 4, 5], "jp": [2, 3, 3, 3, 4, 4], "kr": [2, 2, 3, 3, 4, 4]}


def section(client: Client, home: str, name: str = "main") -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/{name}/").content.decode())


def test_the_own_answer_the_group_and_the_panels_stand_in_this_order(client: Client) -> None:
    _study, _round, experts = a_second_round()
    html = section(client, enter(client, experts[0]))
    parts = ("You said <strong>None (1 of 5)</strong> in round 1", "The group in round 1", "The panels", "Keep my answer", "Change it", 'class="tiles')
    places = [html.index(text) for text in parts]
    assert places == sorted(places)


def test_the_group_s_answers_are_told_in_words(client: Client) -> None:
    """Sorted: 1, 2×4, 3×7, 4×5, 5. Type 7 by hand: places 4.25, 8.5 and 12.75 counted from 0 are 2.25, 3 and 4."""
    _study, _round, experts = a_second_round()
    html = section(client, enter(client, experts[0]))
    assert "The middle half of the 18 answers lies between 2.25 and 4 (Much); the middle answer is 3 (Some)." in html


def test_the_own_panel_comes_first(client: Client) -> None:
    _study, _round, experts = a_second_round()
    korean = next(expert for expert in experts if expert.code == "kr-1")
    html = section(client, enter(client, korean))
    assert re.findall(r'panel-row__name">(\w+)', html)[:3] == ["KR", "US", "JP"]
    assert html.split("</article>")[0].count("your panel") == 1


@pytest.mark.parametrize(("distribution", "group", "panels"), [("none", False, []), ("own_panel", True, ["US"]), ("all_panels", True, ["US", "JP", "KR"])])
def test_the_study_sets_how_much_is_shown(client: Client, distribution: str, group: bool, panels: list[str]) -> None:
    _study, _round, experts = a_second_round(feedback={"distribution": distribution})
    html = section(client, enter(client, experts[0]))
    assert ("The group in round 1" in html) == group
    assert re.findall(r'panel-row__name">(\w+)', html)[: len(panels)] == panels
    assert ("panel-row__name" in html) == bool(panels)


def test_a_small_panel_is_protected_with_one_explanation_on_the_page(client: Client) -> None:
    study = a_full_study()
    experts = add_experts(study, {"us": 12, "jp": 12, "kr": 4})
    values = {"us": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3], "jp": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3], "kr": [5, 5, 5, 4]}
    run_round(study, 1, by_panel("grave", values))
    open_round(study, 2)
    html = section(client, enter(client, experts[0]))
    rows = dict(re.findall(r'panel-row__name">(\w+).*?(Protected|experts)', html))
    assert rows["KR"] == "Protected"
    assert html.count('id="protected-note"') == 1


def test_who_skipped_a_round_sees_the_group_and_the_own_last_answer_with_its_round(client: Client) -> None:
    study, second, experts = a_second_round()
    others = {panel: values[1:] for panel, values in VALUES.items()}
    give(second, {f"{panel}-{number}": {"grave": value} for panel, values in others.items() for number, value in enumerate(values, start=2)})
    count(second)
    open_round(study, 3)
    html = section(client, enter(client, experts[0]))
    assert "You said <strong>None (1 of 5)</strong> in round 1" in html
    assert "The group in round 2" in html


def test_no_feedback_before_the_round_is_released(client: Client) -> None:
    study = a_full_study()
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    give(first, by_panel("grave", VALUES))
    home = enter(client, experts[0])
    assert "The group" not in section(client, home)
    count(first)
    assert "The group" not in client.get(home).content.decode()


def with_reasons(client: Client, texts: dict[str, str], **changes: object) -> str:
    """Round 2 of a study whose experts gave these reasons in round 1, all let through; returns us-1's page."""
    study = a_full_study(**changes)
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    rows = [
        {"panelist": f"{panel}-{number}", "item": "grave", "value": value, "rationale": texts.get(f"{panel}-{number}", "")}
        for panel, values in VALUES.items() for number, value in enumerate(values, start=1)
    ]
    import_answers(first, csv_text(["panelist", "item", "value", "rationale"], rows))
    for rationale in Rationale.objects.all():
        decide_rationale(rationale.pk, RationaleState.APPROVED, by=None)
    count(first)
    open_round(study, 2)
    return section(client, enter(client, experts[0]))


def test_reasons_stand_below_within_and_above_the_middle_half(client: Client) -> None:
    html = with_reasons(client, {"us-1": "One says low.", "jp-2": "Three says middle.", "us-6": "Five says high."})
    below, within, above = html.split('<div class="reasons__side">')[1:4]
    assert "One says low." in below and "below the middle half" in below
    assert "Three says middle." in within
    assert "Five says high." in above


def test_reasons_of_others_can_not_act_on_the_page(client: Client) -> None:
    html = with_reasons(client, {"jp-2": '<script>alert("x")</script><svg onload=alert(1)>'})
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in html
    assert "<script>alert" not in html and "<svg onload" not in html


def test_reasons_stay_away_where_the_study_shows_none(client: Client) -> None:
    assert "Three says middle." not in with_reasons(client, {"jp-2": "Three says middle."}, feedback={"reasons": "none"})


def test_a_reason_is_asked_for_without_saying_that_anything_is_wrong(client: Client) -> None:
    html = with_reasons(client, {})
    assert 'data-low="2.25" data-high="4.0"' in html
    sentence = re.search(r'class="item__outside" hidden>([^<]*)<', html)
    assert sentence is not None
    assert sentence[1].strip() == "Your answer lies outside the middle half. A reason helps others to understand it."


def test_the_results_of_a_released_round_can_be_read_again(client: Client) -> None:
    _study, _round, experts = a_second_round()
    home = enter(client, experts[0])
    html = client.get(f"{home}results/1/").content.decode()
    assert "None (1 of 5)" in html and "middle half of the 18 answers" in html
    assert "You gave no answer to this item." in html
    assert "<form" not in html.split("<main")[1].split("</main>")[0]


def test_nothing_of_the_expert_is_left_in_what_is_cached(client: Client) -> None:
    """Two experts of one panel share the rendered items; each sees only the own state."""
    _study, second, experts = a_second_round()
    other = Client()
    first_home, other_home = enter(client, experts[0]), enter(other, experts[1])
    client.post(f"{first_home}section/main/", {f"i{asked_ids(second)['grave']}-decision": "changed", f"i{asked_ids(second)['grave']}-value": "5",
                                              f"i{asked_ids(second)['grave']}-rationale": "Mine alone."})
    assert "Mine alone." in section(client, first_home)
    seen = section(other, other_home)
    assert "Mine alone." not in seen and "You said <strong>Little (2 of 5)</strong>" in seen
    assert " checked" not in seen
