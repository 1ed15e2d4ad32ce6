"""The page on convergence. Three panels of eight; medians, quartiles and shares are worked out by hand beside what is answered."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from analysis.blocks import analyse_now
from analysis.models import AnalysisBlock, AnalysisRun, ItemTable
from surveys.enums import Role
from surveys.models import Study
from surveys.workflow.rounds import open_round
from tests.factories import a_member, a_study, add_experts, by_panel, count, give, public, run_round
from tests.translations.reading import english_left_in

pytestmark = pytest.mark.django_db
PANELS = ("us", "jp", "kr")
LOW, HIGH, SPLIT = [1] * 7 + [2], [5] * 7 + [4], [1, 1, 1, 5, 5, 5, 1, 5]
AGREED = [4, 4, 4, 4, 4, 4, 3, 5]
APART = {"us": LOW, "jp": HIGH, "kr": SPLIT}  # everybody: eleven 1, one 2, one 4, eleven 5; median 3, middle half 1 to 5
STEADY = dict.fromkeys(PANELS, AGREED)
WIDE, NARROW = dict.fromkeys(PANELS, [1, 5] * 4), dict.fromkeys(PANELS, [3] * 8)
AIM = {"us": ["within"] * 8, "jp": ["force"] * 8, "kr": ["force"] * 4 + ["within"] * 4}
Answers = Mapping[str, Mapping[str, Sequence[Any]]]
FIRST: Answers = {"apart": APART, "inside": dict.fromkeys(PANELS, SPLIT), "steady": STEADY, "closer": WIDE, "aim": AIM}
SECOND: Answers = {**FIRST, "closer": NARROW}
THIRD: Answers = {"inside": SECOND["inside"], "steady": STEADY, "closer": NARROW, "aim": {**AIM, "kr": ["force"] * 8}}  # `apart` is asked no more
MAP, CAMPS, PATHS = "map-1", "camps-1", "paths-1"


def rating(code: str, text: str, korean: str) -> dict[str, Any]:
    return {"code": code, "kind": "rating", "scale": "five", "text": {"en": text, "ko": korean}}


OPTIONS = [{"code": "within", "text": {"en": "From within", "ko": "내부에서"}}, {"code": "force", "text": {"en": "By force", "ko": "무력으로"}}]
RATINGS = [rating("apart", "Two camps", "두 진영"), rating("inside", "Camps inside", "내부의 진영"), rating("steady", "All together", "모두 함께"),
           rating("closer", "Drawn together", "가까워짐")]
CHOICE = {"code": "aim", "kind": "choice", "text": {"en": "By which means?", "ko": "어떤 수단으로?"}, "options": OPTIONS}
SECTIONS = [{"section": "main", "title": {"en": "Main", "ko": "본문"}, "items": RATINGS},
            {"section": "more", "title": {"en": "More", "ko": "추가"}, "items": [CHOICE]}]
RULES = {"ordinal": {"rule": "iqr", "at_most": 1}, "nominal": {"rule": "modal_share", "at_least": 0.7}}


def merged(answers: Answers) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item, values in answers.items():
        for expert, said in by_panel(item, values).items():
            found.setdefault(expert, {}).update(said)
    return found


def a_study_of_three_rounds() -> Study:
    study = a_study({**public(languages=["en", "ko"]), "questionnaire": SECTIONS, "consensus": RULES})
    add_experts(study, dict.fromkeys(PANELS, 8))
    for number, answers in enumerate((FIRST, SECOND), start=1):
        analyse_now(run_round(study, number, merged(answers)))
    third = open_round(study, 3, items=list(THIRD))
    give(third, merged(THIRD))
    analyse_now(count(third))
    return study


def get(client: Client, study: Study, number: int, query: str = "", name: str = "results-convergence", more: tuple[str, ...] = ()) -> str:
    client.force_login(User.objects.filter(email="analyst@example.org").first() or a_member(study, Role.ANALYST))
    response = client.get(reverse(f"analysis:{name}", args=[study.slug, number, *more]) + query)
    assert response.status_code == 200
    return response.content.decode()


def chart(client: Client, study: Study, number: int, key: str, form: str = "csv") -> str:
    return get(client, study, number, "", "chart", ("convergence", key, form))


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@dataclass(frozen=True)
class Read:
    """What an analyst reads of the study: its pages and charts by round."""

    pages: Mapping[int, str]
    charts: Mapping[tuple[int, str], list[list[str]]]
    picture: str
    korean: str
    unfinished: str
    all_seen: bool


@pytest.fixture(scope="module")
def read(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Read]:
    """Made once, because every test only reads; the study is rolled back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = reading(a_study_of_three_rounds(), Client())
        transaction.set_rollback(True)
    yield made


def reading(study: Study, client: Client) -> Read:
    last = get(client, study, 3)
    all_seen = all(run.first_shown_at is not None for run in AnalysisRun.objects.all())
    pages = {**{number: get(client, study, number) for number in (1, 2)}, 3: last}
    charts = {(number, key): rows_of(chart(client, study, number, key)) for number, key in ((2, MAP), (3, MAP), (2, CAMPS), (2, PATHS), (3, PATHS))}
    picture = chart(client, study, 2, MAP, "svg")
    client.post("/language/", {"language": "ko", "next": "/"})
    korean = get(client, study, 2)
    client.post("/language/", {"language": "en", "next": "/"})
    ItemTable.objects.all().delete()
    AnalysisBlock.objects.update(state=AnalysisRun.State.QUEUED)
    return Read(pages, charts, picture, korean, get(client, study, 2), all_seen)


def test_it_tells_on_how_many_questions_the_answers_came_together(read: Read) -> None:
    """Only `closer` changes: its standard deviation goes from over 2 to 0, which swapping the rounds of 24 experts hardly ever gives."""
    text = read.pages[2]
    assert "the answers lie closer together on 1 of 4 questions, and farther apart on 0." in text
    assert "Beyond chance, of 4 tested, they came together on 1 and moved apart on 0; no change is clear on 3." in text
    together = text[text.index("Came together") :]
    assert together.index("Drawn together") < together.index("Agreed or not")


def test_the_map_holds_the_published_figures_of_both_rules(read: Read) -> None:
    """Net change 0 where nothing changes, 100 where all do; IQR 4 of 1 to 5, and 0 where the middle half is one position."""
    assert read.charts[2, MAP] == [["Question", "Scheibe’s change of the distribution", "Interquartile range"], ["apart: Two camps", "0", "4"],
                                   ["inside: Camps inside", "0", "4"], ["steady: All together", "0", "0"], ["closer: Drawn together", "100", "0"]]


def test_the_better_end_of_each_rule_lies_right_and_above(read: Read) -> None:
    """Smaller is better for both: the settled question of one position lies right of and above the one that is divided or moves."""
    apart, _inside, steady, closer = ((place_of(circle, "cx"), place_of(circle, "cy")) for circle in read.picture.split("<circle")[1:5])
    assert steady[0] == apart[0] > closer[0]
    assert steady[1] == closer[1] < apart[1]
    assert "agreement at most 1, stability below 15" in read.pages[2]


def place_of(circle: str, name: str) -> float:
    return float(circle.split(f'{name}="')[1].split('"')[0])


def test_questions_whose_rules_few_share_stand_in_a_table(read: Read) -> None:
    """Twelve of 24 say "from within": 0.5 is below 0.7."""
    text = read.pages[2]
    row = text[text.index("Questions with rules of their own") :].split("<tr>")[2]
    assert '<td class="num">0.50</td><td>Share of the commonest answer, at least 0.7</td><td class="num">0.00</td>' in row
    assert "<td>Not agreed, and settled</td>" in row


def test_stable_dissent_says_which_allies_stand_where(read: Read) -> None:
    """us agrees on 1, jp on 5, on both sides of everybody's 3; kr has four of each, and its IQR of 4 fails the rule as everybody's does."""
    text = read.pages[2]
    assert "On 3 questions the answers fall short of the agreement that the rule asks for, and by the registered rule they have settled." in text
    assert "The dissent runs between the allies: 2 of the 3 panels that can be judged agree among themselves, but not all with each other." in text
    assert "The answers fall into two camps." in text
    sides = "<dt>Lower than everybody’s median</dt><dd>US (1.0)</dd><dt>Higher than everybody’s median</dt><dd>JP (5.0)</dd>"
    assert f"{sides}<dt>No agreement among themselves</dt><dd>KR (3.0)</dd>" in text
    assert "The middle half of the answers is 4 wide. The rule asks for at most 1." in text


def test_the_camps_of_a_choice_are_its_options(read: Read) -> None:
    camps = "<dt>From within</dt><dd>US (1.00)</dd><dt>By force</dt><dd>JP (1.00)</dd><dt>No agreement among themselves</dt><dd>KR (0.50)</dd>"
    assert camps in read.pages[2]


def test_dissent_inside_every_panel_runs_through_the_allies(read: Read) -> None:
    assert "The dissent runs through the allies: 3 of the 3 panels that can be judged do not agree among themselves." in read.pages[2]


def test_panels_that_may_not_be_told_are_named_as_protected(client: Client) -> None:
    """Four panels, of which two answered with three experts each: they are in no side. To the second question four or two of each panel answered."""
    few = {"us": LOW, "jp": HIGH, "kr": [5, 4, 3], "au": [1, 2, 3]}
    panels = [{"code": code, "name": {"en": code.upper()}} for code in few]
    study = a_study(panels=panels, questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [
        {**asked, "text": {"en": "Two camps"}} for asked in RATINGS[:2]]}])
    add_experts(study, {panel: len(values) for panel, values in few.items()})
    hidden = {"us": [1, 2, 4, 5], "jp": [1, 2, 4, 5], "kr": [1, 2], "au": [4, 5]}
    for number in (1, 2):
        analyse_now(run_round(study, number, merged({"apart": few, "inside": hidden})))
    text = get(client, study, 2)
    assert "<dd>KR, AU</dd>" in text
    assert "<dd>US, JP, KR, AU</dd>" in text and "Its answers are several numbers" not in text
    assert "KR (" not in text
    assert [(row[0], row[3]) for row in rows_of(chart(client, study, 2, CAMPS))[4:]] == [("KR", "protected"), ("AU", "protected")]


def test_each_question_has_its_path_over_the_rounds(read: Read) -> None:
    shown = read.charts[2, PATHS]
    assert shown[0] == ["Question", "Round", "Median", "Lower quartile", "Upper quartile", "Experts"]
    assert shown[-2:] == [["Drawn together", "1", "3", "1", "5", "24"], ["Drawn together", "2", "3", "3", "3", "24"]]


def test_options_without_an_order_are_told_round_by_round(read: Read) -> None:
    text = read.pages[3]
    assert "<td>From within, By force (0.50)</td>" * 2 + "<td>By force (0.67)</td>" in text


def test_a_question_that_is_asked_no_more_keeps_its_place_and_says_when_it_was_asked(read: Read) -> None:
    earlier, now = "last asked in an earlier round", "asked in this round"
    assert "Last asked in round 2." in read.pages[3]
    assert [row[3] for row in read.charts[3, MAP][1:]] == [earlier, now, now, now]
    assert [row[1] for row in read.charts[3, PATHS][-3:]] == ["1", "2", "3"]


def test_the_page_of_an_earlier_round_stays_what_it_was(read: Read) -> None:
    assert [row[1] for row in read.charts[2, PATHS][1:]] == ["1", "2"] * 4
    assert "Last asked in round" not in read.pages[2]


def test_after_one_round_it_says_what_will_be_here(read: Read) -> None:
    text = read.pages[1]
    assert "That shows when the same questions are asked in a second round." in text
    assert "Agreed or not" not in text
    assert "Whether it narrows shows when the same questions are asked again." in text


def test_before_the_tables_are_there_it_says_so(read: Read) -> None:
    assert "This is still being worked out." in read.unfinished


def test_every_round_that_is_shown_counts_as_seen(read: Read) -> None:
    assert read.all_seen


def test_it_speaks_the_readers_language(read: Read) -> None:
    assert "두 진영" in read.korean
    assert english_left_in(read.korean) == []
