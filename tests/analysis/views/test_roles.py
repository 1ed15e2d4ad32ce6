"""The page about role expectations. Three allies, two functions; the figures are those of tests/analysis/tables/test_roles.py, worked out by hand there."""

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from analysis.models import AnalysisBlock, AnalysisRun, ItemTable
from surveys.enums import Role
from surveys.models import Study
from tests.analysis.tables.role_studies import ROLES, a_role_study, a_round, cell, table_rows, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES
from tests.factories import a_member, a_study, add_experts, by_panel, run_round
from tests.translations.reading import english_left_in

pytestmark = pytest.mark.django_db
BELIEVED = {"us.isr": {"jp": [2, 3, 4, 3, 2, 4, 3], "kr": [4, 4, 4, 4, 5]}, "us.asw": {"jp": [1, 1, 1, 2, 1, 1, 1]}}


SIX_DECIMALS = 5e-7  # in files


def counted(is_mirrored: bool = True, **changes: object) -> Study:
    study = with_experts(a_role_study(**changes), SIZES)
    a_round(study, 1, SAID, BELIEVED if is_mirrored else None)
    return study


def get(client: Client, study: Study, query: str = "", name: str = "results-roles", more: tuple[str, ...] = ()) -> bytes:
    analyst = User.objects.filter(email=f"{study.slug}@example.org").first() or a_member(study, Role.ANALYST, f"{study.slug}@example.org")
    client.force_login(analyst)
    response = client.get(reverse(f"analysis:{name}", args=[study.slug, 1, *more]) + query)
    assert response.status_code == 200
    return response.content


def page(client: Client, study: Study, query: str = "") -> str:
    return get(client, study, query).decode()


def chart(client: Client, study: Study, key: str, query: str = "") -> list[list[str]]:
    return list(csv.reader(io.StringIO(get(client, study, query, "chart", ("roles", key, "csv")).decode())))


def test_it_tells_how_many_roles_have_which_verdict(client: Client) -> None:
    text = page(client, counted())
    found = re.findall(r"<b>(\d)</b> <span>(?:<span aria-hidden=\"true\">(.)</span> )?([a-z’ -]+)</span>", text)
    assert found == [("2", "▼", "over-expected"), ("1", "▲", "under-expected"), ("1", "=", "as expected"), ("2", "○", "can’t be told")]
    assert "In 3 of 6 roles the gap is clear." in text


def test_it_says_the_largest_clear_gaps_in_the_words_of_the_scale(client: Client) -> None:
    """kr.asw: 1 against 5. us.asw: 4.5 against (11/7 + 13/5) / 2 = 2.09. us.isr: 2.5 against 137/35 = 3.91."""
    said = re.findall(r'#ally">([^<]+)</a> <span class="muted">([^<]+)<', page(client, counted()))
    assert said == [
        ("kr: asw", "its own experts say No role (1.0), the others expect Lead (5.0)"),
        ("us: asw", "its own experts say Contribute (4.5), the others expect Be consulted (2.1)"),
        ("us: isr", "its own experts say Be consulted (2.5), the others expect Contribute (3.9)"),
    ]


def test_the_figures_are_the_stored_ones(client: Client) -> None:
    study = counted()
    rows = table_rows(study.rounds.get(), "roles")
    _head, *shown = chart(client, study, "matrix")
    assert [line[0] for line in shown] == [f"{row['target']}: {row['function']}" for row in rows]
    for place, name in enumerate(("self_mean", "others_mean", "gap", "gap_low", "gap_high"), start=1):
        assert [float(line[place]) if line[place] else None for line in shown] == pytest.approx([row[name] for row in rows], abs=SIX_DECIMALS), name
    assert [line[7] for line in shown] == [{"reached": "reached", "not_reached": "not reached"}[row["consensus"]] for row in rows]


@pytest.mark.parametrize(("show", "us_isr"), [("gap", "−1.41 ▼"), ("self", "2.50"), ("others", "3.91"), ("nonsense", "−1.41 ▼")])
def test_the_map_shows_what_was_chosen(client: Client, show: str, us_isr: str) -> None:
    picture = get(client, counted(), f"?show={show}", "chart", ("roles", "matrix", "svg")).decode()
    assert f">{us_isr}<" in picture


def test_an_allys_functions_stand_side_by_side(client: Client) -> None:
    study = counted()
    _head, *shown = chart(client, study, "own-and-others", "?target=us")
    assert [line[0] for line in shown] == ["isr", "asw"]
    assert [float(number) for number in shown[0][1:]] == pytest.approx([2.5, 137 / 35, 2.5 - 137 / 35], abs=SIX_DECIMALS)
    row = cell(table_rows(study.rounds.get(), "roles"), target="us", function="isr")
    gaps = chart(client, study, "gaps", "?target=us")[1]
    assert [float(number) for number in gaps[1:4]] == pytest.approx([row["gap"], row["gap_low"], row["gap_high"]], abs=SIX_DECIMALS)
    assert gaps[4] == "over-expected"


def test_the_ally_with_the_largest_clear_gap_is_shown_first_and_any_other_on_request(client: Client) -> None:
    study = counted()
    assert '<option value="kr" selected>' in page(client, study)
    assert '<option value="jp" selected>' in page(client, study, "?target=jp")
    assert '<option value="kr" selected>' in page(client, study, "?target=xx")


def test_reciprocity_is_told_from_the_chosen_allys_side(client: Client) -> None:
    """us of jp 35/12, jp of us 3 over both functions; the row is stored once, with us first."""
    study = counted()
    of_us, of_jp = ({line[0]: line for line in chart(client, study, "reciprocity", f"?target={ally}")[1:]} for ally in ("us", "jp"))
    stored = cell(table_rows(study.rounds.get(), "role_pairs"), comparison="reciprocity", first="us", second="jp", function="")
    assert float(of_us["jp"][1]) == pytest.approx(-1 / 12, abs=SIX_DECIMALS)
    assert [float(number) for number in of_jp["us"][1:4]] == pytest.approx([1 / 12, -stored["difference_high"], -stored["difference_low"]], abs=SIX_DECIMALS)
    assert of_us["jp"][4] == "no clear difference"


def test_what_the_others_believe_is_shown_where_it_was_asked(client: Client) -> None:
    """us of jp 19/6 and 16/6; jp believed that us expects 21/7 and 8/7: a difference of (35/6 - 29/7) / 2."""
    shown = {line[0]: line for line in chart(client, counted(), "believed-by-others", "?target=us")[1:]}
    assert float(shown["jp"][1]) == pytest.approx((35 / 6 - 29 / 7) / 2, abs=SIX_DECIMALS)
    without = counted(False, study="without", questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [ROLES]}])
    assert "believed-by-others" not in page(client, without)


def test_protected_figures_are_named_and_not_shown(client: Client) -> None:
    few = {**SAID, "us.isr": {**SAID["us.isr"], "us": [2, 3]}}
    study = with_experts(a_role_study(is_public=False, disclosure={"minimum": 5}), SIZES)
    a_round(study, 1, few)
    row = cell(table_rows(study.rounds.get(), "roles"), target="us", function="isr")
    assert row["self_mean"] is None
    shown = chart(client, study, "matrix")[1]
    assert (shown[0], shown[1], shown[3]) == ("us: isr", "protected", "protected")
    assert 'id="protected-note"' in page(client, study)


def test_before_the_tables_are_there_the_page_says_so(client: Client) -> None:
    study = counted()
    ItemTable.objects.all().delete()
    AnalysisBlock.objects.update(state=AnalysisRun.State.QUEUED)
    text = page(client, study)
    assert "This is still being worked out." in text
    assert "figure" not in text


def test_where_no_round_asks_for_roles_there_is_no_tab_and_the_address_says_so(client: Client) -> None:
    study = a_study()
    add_experts(study, {"us": 5, "jp": 5, "kr": 5})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5], "jp": [1, 2, 3, 4, 5], "kr": [1, 2, 3, 4, 5]}))
    text = page(client, study)
    assert "This round asks nothing about the roles of allies." in text
    assert "Role expectations</a>" not in text
    assert "Role expectations</a>" in page(client, counted(study="roles-asked"))


@pytest.mark.parametrize(("language", "over"), [("ko", "과대 기대"), ("ja", "過大な期待")])
def test_it_speaks_the_readers_language(client: Client, language: str, over: str) -> None:
    study = counted()
    client.post("/language/", {"language": language, "next": "/"})
    for show in ("gap", "self", "others"):
        text = page(client, study, f"?show={show}&target=us")
        assert over in text
        assert english_left_in(text) == []


def test_a_page_full_of_charts_takes_no_more_queries_than_any(
    client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    study = counted()
    page(client, study)
    with django_assert_max_num_queries(6):
        client.get(reverse("analysis:results-roles", args=[study.slug, 1]))
