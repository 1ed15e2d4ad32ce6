"""The page on allies and theatres. Three panels; means and medians are worked out by hand beside what is answered."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from analysis.blocks import analyse_now
from surveys.enums import Role
from surveys.models import Study
from tests.factories import a_definition, a_member, a_study, add_experts, run_round
from tests.translations.reading import english_left_in

pytestmark = pytest.mark.django_db
SIZES = {"us": 6, "jp": 6, "kr": 6, "au": 2}
THEATRES = [{"code": "pacific", "name": {"en": "Pacific", "ko": "태평양"}}, {"code": "atlantic", "name": {"en": "Atlantic", "ko": "대서양"}}]
PANELS = [{"code": "us", "name": {"en": "US"}, "theatres": ["atlantic"]}, {"code": "jp", "name": {"en": "JP"}, "theatres": ["pacific"]},
          {"code": "kr", "name": {"en": "KR"}, "theatres": ["pacific"]}, {"code": "au", "name": {"en": "AU"}, "theatres": ["pacific"]}]


def rating(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": "rating", "scale": "five", "text": {"en": f"How about {code}?", "ko": f"{code}는 어떻습니까?"}, **more}


AXIS = {"scale": "five", "text": {"en": "Graveness", "ko": "심각성"}}
ITEMS = [
    rating("left", dimension="abandonment", theatre="pacific"), rating("drawn", dimension="entrapment", theatre="pacific"),
    rating("left-there", dimension="abandonment", theatre="atlantic", same_as="left"), rating("tied", dimension="exposure", theatre="pacific"),
    {"code": "cables", "kind": "plane", "text": {"en": "Cables", "ko": "케이블"}, "x": AXIS, "y": {**AXIS, "text": {"en": "Likelihood", "ko": "가능성"}}},
]
LEFT = {"us": [1, 1, 2, 2, 3, 3], "jp": [5, 5, 5, 4, 4, 4], "kr": [3, 3, 3, 3, 3, 4], "au": [1, 2]}  # means 2 and 4.5; au is too few, and kr is hidden with it
DRAWN = {"us": [4, 4, 4, 4, 5, 5], "jp": [2, 2, 2, 2, 3, 3], "kr": [1, 1, 1, 1, 2, 2], "au": [1, 2]}  # means 13/3 and 7/3
AFTER = {**LEFT, "us": [2, 2, 2, 2, 3, 3]}  # the mean is now 7/3
THERE = {panel: [4] * 5 + [5] if size > 2 else [4, 5] for panel, size in SIZES.items()}


def answers(left: Mapping[str, list[int]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item, by_panel in {"left": left, "drawn": DRAWN, "left-there": THERE, "tied": DRAWN}.items():
        for panel, values in by_panel.items():
            for place, value in enumerate(values, start=1):
                found.setdefault(f"{panel}-{place}", {})[item] = value
    return found


def compared() -> Study:
    study = a_study(a_definition(
        languages=["en", "ko"], disclosure={"minimum": 5}, theatres=THEATRES, panels=PANELS,
        questionnaire=[{"section": "main", "title": {"en": "Main", "ko": "본문"}, "items": ITEMS}]))
    add_experts(study, SIZES)
    for number, left in enumerate((LEFT, AFTER), start=1):
        analyse_now(run_round(study, number, answers(left)))
    return study


@dataclass(frozen=True)
class Read:
    page: str
    charts: Mapping[str, list[list[str]]]
    without: str
    korean: str
    queries: list[str]


def get(client: Client, study: Study, name: str = "results-maps", *more: str) -> str:
    client.force_login(User.objects.filter(email=f"{study.slug}@example.org").first() or a_member(study, Role.ANALYST, f"{study.slug}@example.org"))
    response = client.get(reverse(f"analysis:{name}", args=[study.slug, 2 if study.slug == "small" else 1, *more]))
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client: Client, study: Study) -> list[str]:
    """What the page asks the database, of somebody who is signed in and has read it before."""
    said: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    client.force_login(User.objects.get(email=f"{study.slug}@example.org"))
    with connection.execute_wrapper(listen):
        client.get(reverse("analysis:results-maps", args=[study.slug, 2]))
    return said


@pytest.fixture(scope="module")
def read(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Read]:
    """Made once, because every test only reads; the study is rolled back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        study, client = compared(), Client()
        charts = {key: list(csv.reader(io.StringIO(get(client, study, "chart", "maps", key, "csv")))) for key in ("map-1", "theatres-1")}
        other = a_study(study="other", questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [rating("alone")]}])
        add_experts(other, {"us": 5})
        run_round(other, 1, {f"us-{place}": {"alone": place} for place in range(1, 6)})
        page, without, queries = get(client, study), get(client, other), queries_of(client, study)
        client.post("/language/", {"language": "ko", "next": "/"})
        made = Read(page, charts, without, get(client, study), queries)
        transaction.set_rollback(True)
    yield made


def test_each_ally_stands_at_its_means_with_their_intervals(read: Read) -> None:
    """us: 7/3 ± 2.570582 · 0.516398/√6, as R's t.test(c(2, 2, 2, 2, 3, 3)); both dimensions of the question on the Pacific."""
    head, us, jp, kr, au = read.charts["map-1"]
    assert head[:7] == ["Panel", "Fear of abandonment", "Fear of abandonment: lower end", "Fear of abandonment: upper end",
                        "Fear of entrapment", "Fear of entrapment: lower end", "Fear of entrapment: upper end"]
    assert [float(value) for value in us[1:4]] == pytest.approx([7 / 3, 1.791407, 2.875260], abs=1e-6)
    assert [float(row[4]) for row in (us, jp)] == pytest.approx([13 / 3, 7 / 3], abs=1e-6)
    assert [row[:2] for row in (kr, au)] == [["KR", "protected"], ["AU", "protected"]]


def test_it_shows_where_each_ally_stood_the_round_before(read: Read) -> None:
    head, us, _jp, _kr, au = read.charts["map-1"]
    assert head[7:9] == ["Fear of abandonment: the round before", "Fear of entrapment: the round before"]
    assert [float(value) for value in us[7:9]] == pytest.approx([2, 13 / 3], abs=1e-6)
    assert au[7:9] == ["", ""]


def test_allies_of_the_theatre_are_told_from_the_others(read: Read) -> None:
    assert [row[9] for row in read.charts["map-1"][1:4]] == ["stands elsewhere", *["stands in this theatre: Pacific"] * 2]


def test_a_sentence_says_who_stands_highest_and_lowest(read: Read) -> None:
    assert "Fear of abandonment: highest in JP (4.50), lowest in US (2.33)." in read.page
    assert "Fear of entrapment: highest in US (4.33), lowest in JP (2.33). Not every panel can be shown." in read.page
    assert "Protected: KR, AU" in read.page


def test_only_dimensions_of_the_same_theatre_make_a_map_and_a_plane_is_one(read: Read) -> None:
    """The fear for the Atlantic has no counterpart, and exposure no threat; nobody placed the cables."""
    titles = [piece.split("</figcaption>")[0] for piece in read.page.split('<figcaption class="chart__title">')[1:]]
    assert titles == ["Abandonment against entrapment: Pacific", "Cables", "How about left? / Atlantic"]
    assert "Fears abandonment" in read.page and "Too few panels are shown to compare them." in read.page


def test_the_same_question_about_two_theatres_has_its_answers_side_by_side(read: Read) -> None:
    """All 20: twelve 1 to 3 and eight 4 or 5 of the one, 4 of the other; each under everybody and under each theatre."""
    rows = read.charts["theatres-1"][1:]
    assert [row[0] for row in rows] == ["Pacific", "Atlantic"] * 3
    assert [row[3] for row in rows[:2]] == ["3", "4"]
    assert "All experts: 3 (Some) for Pacific, 4 (Much) for Atlantic." in read.page


def test_the_page_takes_six_queries(read: Read) -> None:
    assert len(read.queries) == 6, read.queries


def test_it_speaks_the_readers_language(read: Read) -> None:
    assert "방기 대 연루: 태평양" in read.korean
    assert english_left_in(read.korean) == []


def test_a_round_without_such_questions_says_so_and_has_no_tab(read: Read) -> None:
    assert "This round asks nothing of which such pictures can be drawn" in read.without
    assert "Allies and theatres</a>" not in read.without
    assert "Allies and theatres</a>" in read.page
