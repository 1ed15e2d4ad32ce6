"""Grids on an expert's page: a table of small scales, saved cell by cell, and the group's heat table in the next round."""

import gzip
import re
from typing import Any

import pytest
from django.test import Client

from surveys.items import resolve_item
from surveys.models import Answer
from surveys.views.expert.kinds import page_of
from surveys.views.expert.wording import Wording
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts
from tests.surveys.views.expert.expert_studies import asked_ids, enter, save
from tests.surveys.views.expert.kinds.grid_studies import CELLS, GRID, MIRROR, NAMES, ROLES, a_grid_study, a_second_grid_round, large

pytestmark = pytest.mark.django_db
ENGLISH = Wording("en", "en", "en")


def first_round(client: Client, *more: Any, **changes: Any) -> tuple[str, dict[str, int]]:
    study = a_grid_study(*more, **changes)
    expert = add_experts(study, {"jp": 1})[0]
    study_round = open_round(study, 1)
    return enter(client, expert), asked_ids(study_round)


@pytest.fixture
def first(client: Client) -> tuple[str, int]:
    home, ids = first_round(client)
    return home, ids["roles"]


def page(client: Client, home: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"{home}section/main/").content.decode())


def cells(item: int, values: dict[str, Any]) -> dict[str, str]:
    return {f"i{item}-value.{code}": str(value) for code, value in values.items()}


def chosen(html: str) -> dict[str, str]:
    """Cell → the value that is ticked or selected."""
    ticked = re.findall(r'name="i\d+-value\.([^"]*)" value="([^"]*)" checked', html)
    lists = re.findall(r'<select name="i\d+-value\.([^"]*)"[^>]*>(.*?)</select>', html)
    return {**dict(ticked), **{code: found[1] for code, inside in lists if (found := re.search(r'value="([^"]+)" selected', inside))}}


def stored() -> list[Any]:
    return list(Answer.objects.order_by("pk").values_list("value", flat=True))


def test_every_cell_has_one_group_named_by_its_row_and_column(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    html = page(client, home)
    groups = re.findall(r'<fieldset aria-labelledby="([^"]*)">', html)
    assert groups[0] == f"i{item}-q" and groups[1:] == [f"i{item}-r-{row} i{item}-c-{column}" for row, column in (code.split(".") for code in CELLS)]
    for name in {part for group in groups[1:] for part in group.split()}:
        assert html.count(f'id="{name}"') == 1
    assert html.count(f'name="i{item}-value.jp.isr"') == 6  # five roles and "cannot judge"
    assert chosen(html) == {}
    assert "js/kind-grid" in html and "css/kinds" in html
    assert "<b>1</b> No role" in html and "<b>5</b> Lead" in html and "<b>?</b> Cannot judge" in html


def test_a_role_grid_says_what_a_row_means_and_marks_the_own_country(client: Client, first: tuple[str, int]) -> None:
    html = page(client, first[0])
    assert "Each row is about one country: the row “United States” says what is expected of United States." in html
    rows = re.findall(r'<tr( class="grid__own")?><th scope="row"><span id="[^"]*">([A-Z][a-z A-Z]*)', html)
    assert [(name.strip(), bool(own)) for own, name in rows] == [("United States", False), ("Japan", True), ("South Korea", False)]
    assert html.count("your country") == 1


def test_rows_that_are_no_panels_are_nobody_s_country(client: Client) -> None:
    home, _ids = first_round(client, rows=[{"code": "jp", "text": {"en": "Japan"}}], about=None)
    html = page(client, home)
    assert "your country" not in html and "what is expected of" not in html


def test_a_mirror_names_the_question_that_it_mirrors(client: Client) -> None:
    home, _ids = first_round(client, MIRROR)
    html = page(client, home)
    assert html.count("The same cells as in “Which role should each ally take?”, asked from the other side.") == 1
    mirrored = html.split('data-code="mirror"')[1]
    assert "asked from the other side" in mirrored and "says what is expected of" not in mirrored


def test_cannot_judge_is_offered_in_the_cells_only_where_the_item_takes_it(client: Client) -> None:
    home, _ids = first_round(client, cannot_judge=False)
    assert "annot judge" not in page(client, home).split("</article>")[0]


def test_nine_points_are_still_one_tap(client: Client) -> None:
    home, ids = first_round(client, scale="nine")
    html = page(client, home)
    assert "<select" not in html and html.count(f'name="i{ids["roles"]}-value.jp.isr"') == 10  # and "cannot judge"
    client.post(f"{home}section/main/", cells(ids["roles"], {"jp.isr": 9, "kr.asw": "cannot_judge"}))
    assert chosen(page(client, home)) == {"jp.isr": "9", "kr.asw": "cannot_judge"}


def test_a_very_long_scale_is_a_list_in_each_cell(client: Client) -> None:
    home, ids = first_round(client, scale="ten")
    html = page(client, home)
    assert html.count("<select name=") == 9
    assert '<option value="10">10 Existential</option>' in html and '<option value="cannot_judge">Cannot judge</option>' in html
    client.post(f"{home}section/main/", cells(ids["roles"], {"jp.isr": 10, "us.log": "cannot_judge", "kr.asw": ""}))
    assert stored() == [{"us.log": "cannot_judge", "jp.isr": 10}]
    assert chosen(page(client, home)) == {"us.log": "cannot_judge", "jp.isr": "10"}


@pytest.mark.parametrize(("columns", "scale", "look"), [
    (3, "role", "grid--points-5 grid--across-6"), (4, "role", "grid--points-5 grid--across-3"),
    (8, "role", "grid--points-5 grid--across-3 grid--wide"), (9, "role", "grid--cards grid--points-5"),
    (1, "nine", "grid--points-9 grid--across-10"), (3, "nine", "grid--points-9 grid--across-5"), (4, "nine", "grid--cards grid--points-9"),
    (4, "ten", "grid--lists"), (5, "ten", "grid--lists grid--wide"),
])  # fmt: skip
def test_wider_tables_have_smaller_pads_too_wide_ones_are_cards_and_only_very_long_scales_lists(columns: int, scale: str, look: str) -> None:
    spec = a_spec(**large(columns), scale=scale)
    assert page_of(spec).control(spec, ENGLISH)["look"] == look


def test_cells_go_through_the_form_and_stand_there_again(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    answer = client.post(f"{home}section/main/", cells(item, {"us.isr": 5, "jp.asw": 2, "kr.log": "cannot_judge"}))
    assert answer.status_code == 303
    assert stored() == [{"us.isr": 5, "jp.asw": 2, "kr.log": "cannot_judge"}]
    html = page(client, home)
    assert chosen(html) == {"us.isr": "5", "jp.asw": "2", "kr.log": "cannot_judge"}
    assert "6 cells are still open." in html


def test_a_grid_with_gaps_is_an_answer_told_in_words(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    client.post(f"{home}section/main/", cells(item, {"us.isr": 5, "us.log": 3, "jp.asw": 2, "kr.log": "cannot_judge"}))
    said = "United States · ISR: Lead, Logistics: Support; Japan · Anti-submarine warfare: Be consulted; South Korea · Logistics: Cannot judge"
    review = client.get(f"{home}review/").content.decode()
    assert said in review and "5 cells are still open." in review and "1 of 1 answered" in review
    assert said in client.get(f"{home}my-answers/").content.decode()
    file = client.get(f"{home}my-answers.csv").content.decode()
    assert all(part in file for part in ("us.isr=5", "us.log=3", "jp.asw=2", "kr.log=cannot_judge"))


@pytest.mark.parametrize("wrong", ["6", "0", "two", "<b>"])
def test_nonsense_in_one_cell_is_refused_and_the_others_stay(client: Client, first: tuple[str, int], wrong: str) -> None:
    home, item = first
    answer = client.post(f"{home}section/main/", cells(item, {"us.isr": 5, "jp.asw": wrong}))
    html = answer.content.decode()
    assert answer.status_code == 422 and "Choose one of the positions 1 to 5." in html
    assert chosen(html) == {"us.isr": "5"}
    assert stored() == []


def test_each_cell_is_saved_by_itself_and_what_is_open_is_said(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    reply = save(client, home, item, value={"us.isr": "5"}, seen_revision=0).json()
    assert (reply["revision"], reply["left_open"], reply["words"]) == (1, "8 cells are still open.", "United States · ISR: Lead")
    full = save(client, home, item, value=dict.fromkeys(CELLS, "3"), seen_revision=1).json()
    assert (full["revision"], full["left_open"]) == (2, "")
    refused = save(client, home, item, value={"us.isr": "9"}, seen_revision=2)
    assert (refused.status_code, refused.json()["error"]) == (422, "Choose one of the positions 1 to 5.")
    assert save(client, home, item, value={"us.isr": "4"}, seen_revision=0).status_code == 409
    save(client, home, item, value={}, seen_revision=2)
    assert stored() == []


def test_the_whole_grid_can_be_left_to_others(client: Client, first: tuple[str, int]) -> None:
    home, item = first
    client.post(f"{home}section/main/", {f"i{item}-cannot_judge": "yes"})
    assert list(Answer.objects.values_list("value", "cannot_judge")) == [(None, True)]


def a_spec(**changes: Any) -> Any:
    study = a_grid_study(**changes)
    settings = {**study.settings, "panels": [{"code": code, "name": {"en": name}} for code, name in NAMES.items()], "languages": ["en"]}
    return resolve_item({**study.sections.get().items.get().versions.get().definition, "code": "roles"}, settings)


def heat(html: str, caption: str) -> list[list[str]]:
    """The numbers in a heat table, row by row."""
    table = html.split(f"<caption>{caption}</caption>")[1].split("</table>")[0]
    return [re.findall(r"<b>([^<]*)</b>|(Protected)", row) and [number or word for number, word in re.findall(r"<b>([^<]*)</b>|(Protected)", row)]
            for row in table.split("<tbody>")[1].split("</tr>") if "<td" in row]


def test_the_group_s_middle_answers_make_a_heat_table(client: Client) -> None:
    """18 answers in each cell. First cell: 4×4 and 14×5, median and quartiles (places 4.25, 8.5, 12.75 from 0) 5, 5, 5.
    All others: 1, 2×4, 3×7, 4×5, 5: median 3, quartiles 2.25 and 4."""
    _study, _second, experts = a_second_grid_round()
    html = page(client, enter(client, experts[0]))
    assert heat(html, "Middle answers of all experts") == [["5", "3", "3"], ["3", "3", "3"], ["3", "3", "3"]]
    assert html.count('class="shade-6"') == 4 and html.count('class="shade-3"') == 32  # everybody and three panels
    assert "Up to 18 experts answered a cell; the middle answers of the cells lie between 3 (Support) and 5 (Lead)." in html
    lines = re.findall(r'<tr><th scope="row">([^<]*·[^<]*)</th><td>(\d?)</td><td>([^<]*)</td><td class="num">(\d+)</td>', html)
    assert lines[0] == ("United States · ISR", "4", "5 (5) ", "18")
    assert lines[1] == ("United States · Anti-submarine warfare", "1", "3 (2.25–4) ", "18")
    assert len(lines) == 9


def test_the_own_earlier_answers_stand_in_their_cells(client: Client) -> None:
    _study, _second, experts = a_second_grid_round()
    html = page(client, enter(client, experts[0]))
    assert re.findall(r'heat-map__you">you: (.)<', html) == ["4"] + ["1"] * 8
    assert "You said <strong>United States · ISR: Contribute, Anti-submarine warfare: No role, Logistics: No role; Japan · ISR:" in html
    assert len(re.findall(r'<em class="grid__before"> you said</em>', html)) == 9


def test_panels_follow_folded_with_the_own_one_first_and_open(client: Client) -> None:
    """South Korea in the first cell: 4, 4, 5, 5, 5, 5, and 2, 2, 3, 3, 4, 4 in the others: medians 5 and 3."""
    _study, _second, experts = a_second_grid_round()
    korean = next(expert for expert in experts if expert.code == "kr-2")
    html = page(client, enter(client, korean))
    assert re.findall(r'heat-map__panel"( open)?><summary>([A-Z][A-Za-z ]*?) ?<', html) == [(" open", "South Korea"), ("", "United States"), ("", "Japan")]
    assert heat(html, "Middle answers: South Korea") == [["5", "3", "3"], ["3", "3", "3"], ["3", "3", "3"]]
    assert html.count('<tr class="grid__own"><th scope="row">South Korea') == 4


def test_a_small_panel_is_protected(client: Client) -> None:
    """Four experts are fewer than five. Another panel is protected with them, or all less the others would tell."""
    _study, _second, experts = a_second_grid_round({"us": 12, "jp": 12, "kr": 4})
    html = page(client, enter(client, experts[0]))
    korean = html.split("<summary>South Korea")[1].split("</details>")[0]
    assert "Protected" in korean and "<table" not in korean
    assert html.count('id="protected-note"') == 1
    twin = html.split("heat-map__twin")[1].split("</details>")[0]
    assert twin.count("Protected") == 2 * 9


def test_only_what_the_study_shows_is_shown(client: Client) -> None:
    _study, second, experts = a_second_grid_round()
    second.study.settings["feedback"] = {"distribution": "none", "reasons": "none", "previous_answer": "marked"}
    second.study.save()
    html = page(client, enter(client, experts[0]))
    assert "heat-map" not in html.replace("css/", "") and "You said" in html


def test_keeping_and_changing(client: Client) -> None:
    _study, second, experts = a_second_grid_round()
    home, item = enter(client, experts[0]), asked_ids(second)["roles"]
    assert client.post(f"{home}section/main/", {f"i{item}-decision": "kept"}).status_code == 303
    answer = Answer.objects.get(asked_item=item)
    assert (answer.value["us.isr"], len(answer.value), answer.decision) == (4, 9, "kept")
    client.post(f"{home}section/main/", {f"i{item}-decision": "changed", f"i{item}-revision": "1", **cells(item, {"us.isr": 2, "jp.log": 5})})
    answer.refresh_from_db()
    assert (answer.value, answer.decision) == ({"us.isr": 2, "jp.log": 5}, "changed")


def test_changed_cells_without_a_decision_are_asked_about(client: Client) -> None:
    _study, second, experts = a_second_grid_round()
    home, item = enter(client, experts[0]), asked_ids(second)["roles"]
    answer = client.post(f"{home}section/main/", cells(item, {"us.isr": 2}))
    assert answer.status_code == 422 and "Choose whether you keep your earlier answer or change it." in answer.content.decode()


def test_a_large_grid_is_told_by_how_often_each_answer_was_given() -> None:
    spec = a_spec(**large(4, 4))
    value = {"r1.c1": 5, "r1.c2": 1, "r2.c1": 5, "r3.c3": "cannot_judge"}
    assert page_of(spec).words(spec, value, ENGLISH) == "4 of 16 cells answered: 1 × No role, 2 × Lead, 1 × Cannot judge"


def test_the_own_record_tells_each_cell_of_a_large_grid(client: Client) -> None:
    home, ids = first_round(client, **large(4, 4))
    client.post(f"{home}section/main/", cells(ids["roles"], {"r1.c1": 5, "r1.c2": 1, "r3.c3": "cannot_judge"}))
    said = ("Contingency 1 · Instrument of power 1: Lead, Instrument of power 2: No role; "
            "Contingency 3 · Instrument of power 3: Cannot judge")
    assert said in client.get(f"{home}my-answers/").content.decode()
    assert said in client.get(f"{home}my-answers.csv").content.decode()
    assert "3 of 16 cells answered" in client.get(f"{home}review/").content.decode()


def test_components_are_named_by_row_and_column() -> None:
    spec = a_spec()
    assert page_of(spec).component(spec, "kr.asw", ENGLISH) == "South Korea · Anti-submarine warfare"
    assert page_of(spec).words(a_spec(scale="nine"), {"kr.asw": 7}, ENGLISH) == "South Korea · Anti-submarine warfare: 7 of 9"


def test_the_page_of_a_large_grid_stays_light(client: Client) -> None:
    """Six rows, eight columns, five points: 288 radio buttons. The goal for a whole page with styles and scripts is 60 kB."""
    home, _ids = first_round(client, **large())
    html = client.get(f"{home}section/main/").content
    assert html.count(b'type="radio"') == 288
    assert len(gzip.compress(html)) < 12_000


@pytest.mark.parametrize(("own", "is_named"), [({}, False), ({"shown_if": {"item": "first", "at_least": 3}}, True)])
def test_a_mirror_names_no_question_that_its_reader_may_not_be_asked(client: Client, own: dict[str, Any], is_named: bool) -> None:
    """The grid waits for an answer; its mirror waits for nothing, or for the same."""
    grid = {**GRID, "shown_if": {"item": "first", "at_least": 3}}
    definition = a_definition(
        panels=[{"code": code, "name": name} for code, name in NAMES.items()], scales={"role": ROLES},
        questionnaire=[{"section": "main", "title": "Main", "items": [
            {"code": "first", "kind": "rating", "scale": "role", "text": "How much?"}, grid, {**MIRROR, **own}]}])
    study = a_study(definition)
    expert = add_experts(study, {"jp": 1})[0]
    open_round(study, 1)
    assert ("asked from the other side" in page(client, enter(client, expert))) is is_named
