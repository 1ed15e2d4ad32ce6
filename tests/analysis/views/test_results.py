"""What organizers and analysts see of results: published rows only, protected ones as such, never while a round is open."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from analysis.blocks import analyse_now
from analysis.models import AnalysisRun, ItemResult
from analysis.results.lines import shown_figure
from surveys.enums import Role
from surveys.models import ItemVersion, Study
from surveys.workflow.rounds import open_round, prepare_round, reopen_round
from surveys.workflow.wordings import add_item
from tests.factories import RATING, a_definition, a_study, add_experts, by_panel, count, give, run_round
from tests.surveys.views.organizer.stage import counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


def analyst_of(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


def page(client: Client, study: Study, *more: object) -> str:
    name = "results-items" if len(more) == 1 else "item-results"
    return client.get(reverse(f"analysis:{name}", args=[study.slug, *more])).content.decode()


@pytest.fixture
def study() -> Study:
    study = staged()
    counted(study)
    return study


def test_the_round_table_has_a_line_for_each_item(study: Study) -> None:
    text = page(analyst_of(study), study, 1)
    # "grave" is 1, 2, 3 in turn: n 15, median 2, quartiles 1 and 3; "aim" is "within" for 11 of 15 experts
    assert '<td class="num">15</td><td class="num">2.0</td><td class="num">2.0</td>' in text
    assert "From within" in text
    assert "How does the challenger mean to change the order?" in text


def test_the_page_names_what_it_rests_on(study: Study) -> None:
    text = page(analyst_of(study), study, 1)
    run = AnalysisRun.objects.get()
    assert run.snapshot_sha256 in text
    assert study.__class__.objects.get().rules_sha256 in text
    assert "closing 1" in text


@pytest.mark.parametrize(("name", "value", "shown"), [
    ("mean", 320 / 9, "35.56"), ("iqr", 18.75, "18.8"), ("iqr", 33.75, "33.8"), ("percent_changed", 200 / 3, "67"),
    ("mean", -0.001, "−0.001"), ("mean", 1e-9, "0.00"), ("median", 0.0042, "0.0042"), ("median", 4, "4.0"),
    ("sd", 0.1 + 0.2, "0.30"), ("median", 7.05, "7.0"),  # the last: half to even
])
def test_figures_are_rounded_never_cut_off(name: str, value: float, shown: str) -> None:
    assert shown_figure(name, value) == shown


def test_an_address_with_nonsense_in_the_place_of_an_item_is_not_there(study: Study) -> None:
    client = analyst_of(study)
    for nonsense in ("nothing", "%00", "a%00b", "a'b"):
        assert client.get(f"/studies/{study.slug}/results/1/{nonsense}/").status_code == 404


def test_an_items_page_has_every_group_and_the_picture(study: Study) -> None:
    text = page(analyst_of(study), study, 1, "grave")
    for group in ("Everybody", "Every panel with equal weight", "United States", "Japan", "South Korea"):
        assert group in text
    assert 'role="img"' in text
    assert "Show as table" in text


def protected_study() -> Study:
    """Two panels of six and one of two under a minimum of five: the small panel is protected, and so are others that would give it away."""
    study = a_study(a_definition())
    add_experts(study, {"us": 6, "jp": 6, "kr": 2})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5, 5], "jp": [2, 2, 3, 3, 4, 4], "kr": [1, 5]}))
    return study


def test_protected_rows_say_so_and_hold_no_figure() -> None:
    study = protected_study()
    text = page(analyst_of(study), study, 1, "grave")
    hidden = ItemResult.objects.filter(suppressed=True)
    assert hidden.exists()
    assert len(re.findall(r'<td colspan="12"><span class="protected">Protected</span>\s*</td>', text)) == hidden.count()
    assert "Protected: showing it could give somebody away, directly or by" in text


def test_seeing_the_figures_is_remembered(study: Study) -> None:
    assert AnalysisRun.objects.get().first_shown_at is None
    page(analyst_of(study), study, 1)
    assert AnalysisRun.objects.get().first_shown_at is not None


@pytest.mark.parametrize(
    "name", ["analysis:results", "analysis:item-results", "analysis:file", "analysis:archive", "analysis:api-table", "surveys:round-open"])
def test_every_other_way_out_is_remembered_too(study: Study, name: str) -> None:
    arguments: dict[str, list[object]] = {"analysis:results": [1], "analysis:item-results": [1, "grave"], "analysis:file": ["aggregates.csv"],
                                          "analysis:api-table": ["aggregates"]}
    analyse_now(study.rounds.get())
    signed_in(somebody(study, Role.OWNER)).get(reverse(name, args=[study.slug, *arguments.get(name, [])]))
    assert AnalysisRun.objects.get().first_shown_at is not None


def test_pages_without_figures_are_not_taken_for_seeing_them(study: Study) -> None:
    client = signed_in(somebody(study, Role.OWNER))
    for name in ("surveys:study", "surveys:record", "analysis:files", "analysis:api-progress"):
        client.get(reverse(name, args=[study.slug]))
    assert AnalysisRun.objects.get().first_shown_at is None


def test_while_a_round_is_open_nobody_sees_its_figures() -> None:
    study = staged()
    client = analyst_of(study)
    opened(study)
    text = client.get(reverse("analysis:latest-results", args=[study.slug])).content.decode()
    assert "Nobody sees a figure made of answers until it is closed and counted." in text
    assert client.get(reverse("analysis:results", args=[study.slug, 1])).status_code == 404
    assert client.get(reverse("analysis:file", args=[study.slug, "aggregates.csv"])).status_code == 422
    assert client.get(reverse("analysis:archive", args=[study.slug])).status_code == 422


def test_a_reopened_round_hides_the_figures_it_had(study: Study) -> None:
    client = analyst_of(study)
    reopen_round(study.rounds.get().pk, reason="two experts were cut off")
    assert client.get(reverse("analysis:results", args=[study.slug, 1])).status_code == 404
    assert client.get(reverse("analysis:file", args=[study.slug, "aggregates.csv"])).status_code == 422
    answer = client.get(reverse("analysis:api-table", args=[study.slug, "aggregates"]))
    assert answer.json()["rows"] == []


def test_the_page_says_when_it_keeps_the_figures_of_an_earlier_closing() -> None:
    """One answer more after somebody saw the figures: showing both would tell it, so the earlier ones stay."""
    study = a_study(a_definition())
    add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    values = {panel: [1, 2, 3, 4, 5] for panel in ("us", "jp", "kr")}
    study_round = run_round(study, 1, by_panel("grave", values))
    client = analyst_of(study)
    before = page(client, study, 1)
    reopen_round(study_round.pk, reason="one expert was cut off")
    give(study_round, {"us-6": {"grave": 5}})
    count(study_round)
    after = page(client, study, 1)
    assert "These are the figures of closing 1." in after
    assert '<td class="num">15</td>' in before
    assert '<td class="num">15</td>' in after


def test_hostile_texts_are_shown_as_texts() -> None:
    item = {**RATING, "text": {"en": "<script>alert(1)</script>"}}
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": {"en": "<b>bold</b>"}, "items": [item]}]))
    add_experts(study, {"us": 6})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5, 5]}))
    client = analyst_of(study)
    for text in (page(client, study, 1), page(client, study, 1, "grave")):
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_departures_from_the_registered_rules_stand_under_the_table(study: Study) -> None:
    client = analyst_of(study)
    assert "Departures from the registered rules" not in page(client, study, 1)
    definition = {**ItemVersion.objects.get(item__study=study, item__code="grave").definition, "code": "new"}
    add_item(study, study.sections.first().code, definition, reason="It was missing")
    prepare_round(study, 2, items=["grave", "new"])
    open_round(study, 2)
    text = page(client, study, 1)
    assert "Departures from the registered rules" in text
    assert "was added for round 2." in text
