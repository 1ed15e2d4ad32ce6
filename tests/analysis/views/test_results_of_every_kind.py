"""What the results' pages say of answers of several numbers: parts by name, folded, a ranking as a whole, a picture for every level."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from analysis.verdicts import verdicts_of
from surveys.enums import Role
from surveys.models import Study
from tests.analysis.kinds.counted import hold_round, options, study_of
from tests.surveys.views.organizer.stage import signed_in, somebody

pytestmark = pytest.mark.django_db
AXIS = {"scale": "five", "text": "Severity"}
ITEMS = [
    {"code": "means", "kind": "choices", "options": options("cyber", "blockade"), "text": "Which?"},
    {"code": "order", "kind": "ranking", "options": options("a", "b", "c"), "text": "Rank"},
    {"code": "burden", "kind": "allocation", "total": 10, "options": options("isr", "asw"), "text": "Share"},
    {"code": "roles", "kind": "grid", "scale": "five", "rows": "panels", "columns": options("isr", "asw", "lift"), "text": "Who?"},
    {"code": "spend", "kind": "quantiles", "interval": "idea", "minimum": 0, "maximum": 10, "unit": "per cent", "text": "How much?"},
    {"code": "map", "kind": "plane", "x": AXIS, "y": {"scale": "five", "text": "Likely"}, "text": "Where?"},
]
ANSWERS = [
    {"means": {"cyber": 1, "blockade": 0}, "order": {"a": 1, "b": rank, "c": 5 - rank}, "burden": {"isr": 4, "asw": 6},
     "roles": {f"{panel}.{column}": rank for panel in ("US", "JP") for column in ("isr", "asw", "lift")},
     "spend": {"lower": 1, "best": 2, "upper": 3, "confidence": 60 + rank}, "map": {"x": rank, "y": 5}}
    for rank in (2, 3)
]


@pytest.fixture
def study() -> Study:
    held = study_of(ITEMS, {"US": 1, "JP": 1}, consensus={"rank": {"rule": "kendall_w", "at_least": 0.5}, "ordinal": {"rule": "iqr", "at_most": 1}})
    hold_round(held, 1, dict(zip(("US-1", "JP-1"), ANSWERS, strict=True)))
    return held


@pytest.fixture
def client(study: Study) -> Client:
    return signed_in(somebody(study, Role.ANALYST))


def page(client: Client, study: Study, *more: object) -> str:
    text = client.get(reverse(f"analysis:{'results-items' if len(more) == 1 else 'item-results'}", args=[study.slug, *more])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split()) if len(more) == 1 else text


def test_a_rounds_table_has_one_line_for_each_item_with_its_parts_folded(study: Study, client: Client) -> None:
    text = page(client, study, 1)
    assert "Who? 6 parts: consensus reached in 6, stable in 0. Show each part roles" in text
    assert "US · ISR 2 2.5 0.5 – reached" in text
    # Two orders, 1 2 3 and 1 3 2: rank sums 2, 5, 5, so S = 6 and W = 12 · 6 / (4 · 24) = 0.75.
    assert "Rank The order as a whole: reached not assessed 3 parts: consensus reached in 0" in text
    html = client.get(reverse("analysis:results-items", args=[study.slug, 1])).content.decode()
    assert html.count('<details class="parts">') == len(ITEMS)


@pytest.mark.parametrize(("item", "names"), [
    ("means", ["CYBER", "BLOCKADE"]), ("order", ["The order as a whole", "A", "B", "C"]), ("burden", ["ISR", "ASW"]),
    ("roles", ["US · ISR", "US · ASW", "US · LIFT", "JP · ISR", "JP · ASW", "JP · LIFT"]), ("map", ["Severity", "Likely"]),
])
def test_an_items_page_names_its_parts_in_words(study: Study, client: Client, item: str, names: list[str]) -> None:
    text = page(client, study, 1, item)
    assert [name for name in re.findall(r"<h2>([^<]+)</h2>", text) if name in names] == names
    assert "<code>" not in text.split("</h1>")[1].split("<dl")[0]


def test_a_ranking_has_its_w_and_a_picture_for_each_option(study: Study, client: Client) -> None:
    text = page(client, study, 1, "order")
    assert "Kendall’s W" in text
    assert '<td class="num">0.75</td>' in text
    assert text.count('<svg class="strip__picture"') == 3
    assert "First" in text


def test_ticked_options_have_bars_of_yes_and_no(study: Study, client: Client) -> None:
    text = page(client, study, 1, "means")
    assert text.count('<span class="strip__row-label">Ticked</span>') == text.count('<span class="strip__row-label">Not ticked</span>') == 2
    assert "<td>Ticked</td>" in text


def test_each_axis_of_a_plane_has_the_words_of_its_own_scale(study: Study, client: Client) -> None:
    text = page(client, study, 1, "map")
    assert text.count("Extreme") >= 2
    assert text.count('<svg class="strip__picture"') == 2


def test_a_confidence_is_in_per_cent_and_the_rest_in_the_items_unit(study: Study, client: Client) -> None:
    text = page(client, study, 1, "spend")
    assert "per cent" in text
    assert "62.5\u00a0%" in text


def test_many_parts_are_folded_on_the_items_page_too(study: Study, client: Client) -> None:
    text = page(client, study, 1, "roles")
    assert text.count('<details class="parts parts--page">') == 6
    assert "median 2.5" in text


def test_beside_the_choice_of_items_many_verdicts_are_counted(study: Study) -> None:
    every = [verdicts for verdicts in verdicts_of(study.rounds.get()).values() if len(verdicts) == 1]
    assert [(verdict.consensus, verdict.stability) for (verdict,) in every] == [("reached in 6 of 6 parts", "stable in 0 of 6 parts")]
