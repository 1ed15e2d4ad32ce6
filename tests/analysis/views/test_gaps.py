"""The perception gap. Cliff's delta, earth mover's distance and the split of disagreement are worked out by hand beside each study."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from analysis.models import AnalysisRun, ItemTable
from analysis.stored_tables import unpacked
from surveys.enums import Role
from surveys.models import Study
from tests.factories import a_member, a_study, add_experts, by_panel, public, run_round

pytestmark = pytest.mark.django_db
LOW, HIGH = [1] * 8, [5] * 8
GRAVE = {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave is it?", "ko": "얼마나 심각합니까?"}}
AIM = {"code": "aim", "kind": "choice", "text": {"en": "By which means?"},
       "options": [{"code": "within", "text": {"en": "From within"}}, {"code": "force", "text": {"en": "By force"}}]}


def study_of(items: list[dict[str, Any]], answers: dict[str, dict[str, list[Any]]], **changes: Any) -> Study:
    """Answers: item → panel → values; public, as one voice of a whole panel is hidden otherwise. The tables are worked out."""
    panels = next(iter(answers.values()))
    sections = [{"section": "main", "title": {"en": "Main"}, "items": items}]
    study = a_study({**public(languages=["en", "ko"]), "questionnaire": sections, **changes})
    add_experts(study, {panel: len(values) for panel, values in panels.items()})
    given: dict[str, dict[str, Any]] = {}
    for item, values in answers.items():
        for expert, said in by_panel(item, values).items():
            given.setdefault(expert, {}).update({code: value for code, value in said.items() if value is not None})
    analyse_now(run_round(study, 1, given))
    return study


def apart() -> Study:
    """The United States answers 1 throughout, Japan and Korea 5: delta −1 against each, 0 between these two."""
    return study_of([GRAVE, AIM], {"grave": {"us": LOW, "jp": HIGH, "kr": HIGH}, "aim": {"us": ["within"] * 8, "jp": ["force"] * 8, "kr": ["force"] * 8}})


def reader(client: Client, study: Study) -> Client:
    client.force_login(a_member(study, Role.ANALYST))
    return client


def page(client: Client, study: Study, query: str = "") -> str:
    return client.get(reverse("analysis:results-gaps", args=[study.slug, 1]) + query).content.decode()


def chart(client: Client, study: Study, key: str, query: str = "") -> list[list[str]]:
    answer = client.get(reverse("analysis:chart", args=[study.slug, 1, "gaps", key, "csv"]) + query)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_two_allies_that_answer_alike_and_a_third_at_the_other_end_put_all_disagreement_between_them(client: Client) -> None:
    text = page(reader(client, apart()), Study.objects.get())
    assert "About 100\u00a0% of all disagreement lies between the panels" in text
    assert "In this round 100\u00a0% of the disagreement lies between the panels." in text


def test_every_two_panels_are_set_side_by_side_with_their_direction(client: Client) -> None:
    assert chart(reader(client, apart()), Study.objects.get(), "pairs") == [
        ["Question", "US – JP", "US – KR", "JP – KR"], ["How grave is it?", "-1", "-1", "0"]]


def test_one_ally_is_set_against_all_others_when_it_is_chosen(client: Client) -> None:
    """The direction turns with the ally: Japan answers higher than the United States."""
    assert chart(reader(client, apart()), Study.objects.get(), "pairs", "?panel=jp") == [["Question", "US", "KR"], ["How grave is it?", "1", "0"]]


def test_the_files_of_the_chosen_picture_are_linked_and_hold_what_it_shows(client: Client) -> None:
    study = apart()
    links = re.findall(r'href="([^"]*charts/gaps/pairs[^"]*)"', page(reader(client, study), study, "?panel=jp"))
    found = {link.split("?")[0].rsplit(".", 1)[1]: client.get(link) for link in links}
    assert {form: answer.headers["Content-Type"] for form, answer in found.items()} == {
        "svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
    assert b"JP against each other panel" in found["svg"].content
    assert found["png"].content.startswith(b"\x89PNG")


def test_options_have_no_direction_and_are_shown_by_how_many_answers_differ(client: Client) -> None:
    """Total variation of "all from within" and "all by force" is 1."""
    assert chart(reader(client, apart()), Study.objects.get(), "options")[1] == ["By which means?", "1", "1", "0"]


def test_signs_tell_what_is_beyond_chance_and_what_is_the_same(client: Client) -> None:
    """Eight against eight at the two ends is beyond chance; eight alike on both sides is the same within any margin."""
    text = page(reader(client, apart()), Study.objects.get())
    assert "−1.00 ≠" in text
    assert "0.00 =" in text
    assert "Comparisons: 3. Different beyond chance: 2; the same, within the margin: 1; undecided: 0." in text


def test_pairs_stand_in_the_order_of_their_distance_with_the_stored_figures(client: Client) -> None:
    study = apart()
    text = page(reader(client, study), study)
    names = re.findall(r'<th scope="row">((?:US|JP) – (?:JP|KR))</th>', text)
    assert names == ["US – JP", "US – KR", "JP – KR"]
    stored = ItemTable.objects.get(name="gaps", asked_item=None)
    first = next(row for row in unpacked(stored.content) if not row["level"] and (row["first"], row["second"]) == ("us", "jp"))
    assert (first["mean_absolute_delta"], first["n_different"]) == (1, 2)
    assert '<th scope="row">US – JP</th><td class="num">1.00</td><td class="num">1.00</td><td class="num">2</td>' in text


def test_the_means_of_a_pair_stand_above_between_what_they_may_lie(client: Client) -> None:
    """Where nobody differs from a colleague, as in the study above, nothing can be resampled and nothing stands there."""
    study = study_of([GRAVE], {"grave": {"us": [1, 1, 2, 2, 2, 3, 3, 4], "jp": [2, 3, 3, 4, 4, 4, 5, 5], "kr": [3] * 8}})
    text = page(reader(client, study), study)
    (row,) = [row for row in unpacked(ItemTable.objects.get(name="gaps", asked_item=None).content)
              if not row["level"] and (row["first"], row["second"]) == ("us", "jp")]
    # Sums 18 and 30 of eight answers each, and nobody moves back: 1.5 of four steps
    assert row["mean_emd_normalised"] == 0.375
    assert 0 < row["mean_emd_normalised_low"] < 0.375 < row["mean_emd_normalised_high"] < 1
    low, high = (f"{row[f'mean_emd_normalised_{end}']:.2f}" for end in ("low", "high"))
    shown = [" ".join(cell.split()) for cell in re.findall(r'<td class="num">(.*?)</td>', text.partition('<th scope="row">US – JP</th>')[2])]
    assert shown[1] == f'0.38<br><span class="muted"> ({low} to {high})</span>'


def test_a_panel_of_which_nothing_may_be_told_is_protected_everywhere(client: Client) -> None:
    """Three answers of each of two panels are below the minimum of five: neither a number nor a sign of theirs is on the page or in a file."""
    panels = [{"code": code, "name": {"en": code.upper()}} for code in ("us", "jp", "kr", "au")]
    study = study_of([GRAVE], {"grave": {"us": [1, 2] * 4, "jp": [4, 5] * 4, "kr": [5, 4, 3], "au": [5, 4, 3]}},
                     panels=panels, public_data=False, disclosure={"minimum": 5})
    text = page(reader(client, study), study)
    assert '<th scope="row">US – KR</th><td colspan="5"><span class="protected">Protected</span>' in text
    assert chart(client, study, "pairs", "?panel=us") == [["Question", "JP", "KR", "AU"], ["How grave is it?", "-1", "protected", "protected"]]


def test_with_many_panels_the_ally_farthest_from_the_others_is_shown_first(client: Client) -> None:
    panels = ("us", "jp", "kr", "au", "uk")
    study = study_of([GRAVE], {"grave": {panel: HIGH if panel == "kr" else LOW for panel in panels}},
                     panels=[{"code": code, "name": {"en": code.upper()}} for code in panels])
    assert chart(reader(client, study), study, "pairs") == [["Question", "US", "JP", "AU", "UK"], ["How grave is it?", "1", "1", "1", "1"]]
    assert '<option value="kr" selected>KR against all others</option>' in page(client, study)


def test_the_same_question_about_two_theatres_is_set_side_by_side(client: Client) -> None:
    """Everybody says 2 of the one and 4 of the other: medians 2 and 4, difference −2 (the naming item less the other is +2), all differently."""
    theatres = [{"code": code, "name": {"en": name}} for code, name in (("pacific", "Pacific"), ("atlantic", "Atlantic"))]
    panels = [{"code": "us", "name": {"en": "US"}, "theatres": ["pacific"]}, {"code": "jp", "name": {"en": "JP"}, "theatres": ["pacific"]},
              {"code": "kr", "name": {"en": "KR"}, "theatres": ["atlantic"]}]
    items = [{**GRAVE, "theatre": "pacific"}, {**GRAVE, "code": "there", "theatre": "atlantic", "same_as": "grave", "text": {"en": "How grave there?"}}]
    study = study_of(items, {"grave": dict.fromkeys(("us", "jp", "kr"), [2] * 8), "there": dict.fromkeys(("us", "jp", "kr"), [4] * 8)},
                     theatres=theatres, panels=panels)
    text = page(reader(client, study), study)
    cells = "".join(f'<td class="num">{cell}</td>' for cell in ("4.00", "2.00", "2.00", "100 %"))
    assert f'<th scope="row">All experts</th>{cells}<td>different beyond chance</td>' in text
    assert "Each theatre’s own allies: Atlantic, Pacific" in text
    assert "The same among the panels of Pacific" in text


def test_every_shown_round_is_in_the_split_and_counts_as_seen(client: Client, django_assert_num_queries: Any) -> None:
    """Two experts, each of a panel drawn by itself, are the whole scale apart in 2 · 1/3 · 2/3 = 4/9 of the draws, in both rounds alike."""
    study = apart()
    answers = by_panel("grave", {"us": LOW, "jp": HIGH, "kr": HIGH})
    analyse_now(run_round(study, 2, answers))
    rows = chart(reader(client, study), study, "split")
    assert [row[0] for row in rows[1:]] == ["Round 1", "Round 2"]
    assert [float(row[2]) for row in rows[1:]] == pytest.approx([4 / 9, 4 / 9])
    assert all(run.first_shown_at is not None for run in AnalysisRun.objects.all())
    with django_assert_num_queries(5):
        page(client, study)


def test_before_the_tables_are_there_the_page_says_so_and_has_no_files(client: Client) -> None:
    study = a_study()
    add_experts(study, {"us": 8, "jp": 8, "kr": 8})
    run_round(study, 1, by_panel("grave", {"us": LOW, "jp": HIGH, "kr": HIGH}))
    assert "This is still being worked out." in page(reader(client, study), study)
    assert client.get(reverse("analysis:chart", args=[study.slug, 1, "gaps", "split", "svg"])).status_code == 404


@pytest.mark.parametrize("address", ["gaps/nothing.svg", "gaps/split.pdf", "nothing/split.svg"])
def test_a_chart_or_a_form_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    study = apart()
    assert reader(client, study).get(f"/studies/{study.slug}/results/1/charts/{address}").status_code == 404


def test_who_takes_a_chart_has_seen_its_round(client: Client) -> None:
    study = apart()
    assert AnalysisRun.objects.get().first_shown_at is None
    chart(reader(client, study), study, "split")
    assert AnalysisRun.objects.get().first_shown_at is not None


def test_the_files_are_for_those_who_see_the_results(client: Client) -> None:
    study = apart()
    client.force_login(a_member(study, Role.TRANSLATOR))
    assert client.get(reverse("analysis:chart", args=[study.slug, 1, "gaps", "split", "csv"])).status_code == 403


def test_the_page_and_its_charts_speak_the_readers_language(client: Client) -> None:
    study = apart()
    reader(client, study).cookies["delphi_language"] = "ko"
    assert "인식 격차" in page(client, study)
    assert chart(client, study, "pairs")[1][0] == "얼마나 심각합니까?"
