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


def page(client: Client, study: Study, *more: object, component: str = "") -> str:
    address = reverse(f"analysis:{'results-items' if len(more) == 1 else 'item-results'}", args=[study.slug, *more])
    text = client.get(address, {"component": component} if component else {}).content.decode()
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
def test_an_items_page_offers_its_parts_by_name_and_shows_the_first(study: Study, client: Client, item: str, names: list[str]) -> None:
    text = page(client, study, 1, item)
    assert re.findall(r"<option value=\"[^\"]+\"[^>]*>([^<]+)</option>", text) == names
    assert f'<h2 id="part">{names[0]}</h2>' in text


def test_a_part_has_its_own_address(study: Study, client: Client) -> None:
    text = page(client, study, 1, "roles", component="JP.lift")
    assert '<h2 id="part">JP · LIFT</h2>' in text
    assert "At least half" not in text
    assert "The middle half of the 2 answers lies between 2.25 and 2.75; the middle answer is 2.5." in text  # 2 and 3, quartiles of type 7


def test_a_ranking_has_its_w_its_order_and_every_option_on_one_axis(study: Study, client: Client) -> None:
    text = page(client, study, 1, "order")
    assert "Kendall’s W" in text
    assert '<td class="num">0.75</td>' in text
    assert "By mean rank the order is: A, B = C. The sign = stands between options with the same mean rank." in text  # 1, 2.5 and 2.5
    assert "1: First · 3: Last" in text


def test_of_ticked_options_the_share_of_yes_is_told(study: Study, client: Client) -> None:
    text = page(client, study, 1, "means")
    assert "100 % ticked it." in text
    assert '<td class="table__words">Ticked</td>' in text
    assert "0 % ticked it." in page(client, study, 1, "means", component="blockade")


def test_each_axis_of_a_plane_has_the_words_of_its_own_scale(study: Study, client: Client) -> None:
    assert "1: None · 5: Extreme" in page(client, study, 1, "map")
    assert "answered 5 (Extreme)" in page(client, study, 1, "map", component="y")


def test_a_confidence_is_in_per_cent_and_the_rest_in_the_items_unit(study: Study, client: Client) -> None:
    assert "middle half of the 2 answers" not in page(client, study, 1, "spend")
    assert "answered 1\u00a0per cent." in page(client, study, 1, "spend")
    assert "the middle answer is 62.5\u00a0%." in page(client, study, 1, "spend", component="confidence")


def test_a_grid_shows_every_cell_at_once(study: Study, client: Client) -> None:
    text = page(client, study, 1, "roles")
    assert "The middle answer in each cell" in text
    assert text.count('<td class="num">2.5</td>') >= 6


def test_an_unknown_part_is_the_first_one(study: Study, client: Client) -> None:
    assert '<h2 id="part">US · ISR</h2>' in page(client, study, 1, "roles", component="nothing")


def test_beside_the_choice_of_items_many_verdicts_are_counted(study: Study) -> None:
    every = [verdicts for verdicts in verdicts_of(study.rounds.get()).values() if len(verdicts) == 1]
    assert [(verdict.consensus, verdict.stability) for (verdict,) in every] == [("reached in 6 of 6 parts", "stable in 0 of 6 parts")]
