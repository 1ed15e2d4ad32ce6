"""Both bundled studies answered whole on their real pages: in each language, on a phone, by touch, by keyboard alone, without scripts.

Two rounds are gone through once for each study; the tests read what was seen and stored on the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas
import pytest
from django.core.cache import caches
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from analysis.exports.bundle import write_folder
from surveys.models import Panelist
from surveys.workflow.invitations import issue_link
from tests.browser.conftest import watch
from tests.browser.expert.bundled_rounds import (
    RoundHeld,
    a_bundled_study,
    counted_and_moderated,
    decided_fields,
    expected_value,
    opened_round,
    read_what_is_stored,
)
from tests.browser.expert.hands import Answers, Hand, by_keyboard, by_touch, follow, without_scripts
from tests.browser.expert.page_looks import Looks

MANNERS: dict[str, dict[str, Hand]] = {
    "threat-perception": {"us-1": by_keyboard, "kr-1": without_scripts, "jp-1": by_touch},
    "deterrence-labour": {"us-1": without_scripts, "kr-1": by_keyboard, "jp-1": by_touch},
}
COME_BACK = {"threat-perception": ("jp-1",), "deterrence-labour": ("us-1", "kr-1")}  # to the second round; the others' answers come with the file
WIDTH = 360

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Walked:
    slug: str
    rounds: list[RoundHeld]
    looks: dict[str, Looks]
    problems: list[str]
    rows: pandas.DataFrame


@pytest.fixture(scope="module", params=sorted(MANNERS))
def walked(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, live_server: Any, browser: Browser,
           tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """The tests find an empty database: each clears it when it ends, and what they need is here."""
    with django_db_blocker.unblock():
        caches["fragments"].clear()
        yield walk(request.param, browser, live_server.url, tmp_path_factory)


def walk(slug: str, browser: Browser, address: str, folders: pytest.TempPathFactory) -> Walked:
    study, here = a_bundled_study(slug)
    looks, problems = {expert.code: Looks(expert.language) for expert in here}, list[str]()
    pages = {expert.code: a_phone(browser, problems, MANNERS[slug][expert.code]) for expert in here}
    rounds: list[RoundHeld] = []
    for number in (1, 2):
        here = [expert for expert in here if number == 1 or expert.code in COME_BACK[slug]]
        held = opened_round(study, number, here)
        for expert in here:
            answers = {code: decided_fields(held.specs[code], told, rounds[-1].meant[expert.code].get(code) if rounds else None)
                       for code, told in held.meant[expert.code].items()}
            answer_round(pages[expert.code], f"{address}/s/{slug}/", expert, number, answers, MANNERS[slug][expert.code], looks[expert.code])
        read_what_is_stored(held, here)
        counted_and_moderated(held)
        rounds.append(held)
    for page in pages.values():
        page.context.close()
    folder = folders.mktemp(slug)
    write_folder(study, folder)
    rows = pandas.read_csv(folder / "aggregates.csv", dtype={"component": str}, keep_default_na=False, na_values={"n": [""]})
    return Walked(slug, rounds, looks, problems, rows)


def a_phone(browser: Browser, problems: list[str], hand: Hand) -> Page:
    context = browser.new_context(viewport={"width": WIDTH, "height": 780}, has_touch=True, is_mobile=hand is not by_keyboard,
                                  java_script_enabled=hand is not without_scripts, reduced_motion="reduce", timezone_id="Asia/Seoul")
    context.set_default_timeout(10_000)
    return watch(context.new_page(), problems, ())


def answer_round(page: Page, home: str, expert: Panelist, number: int, answers: Answers, hand: Hand, looks: Looks) -> None:
    """From the personal link through every section to the submitted questionnaire, looking at each page."""
    page.goto(f"{home.split('/s/')[0]}/i/{issue_link(expert)}/")
    looks.at(page)
    follow(page, page.locator('button[name="act"][value="open"]').tap)
    if page.url.endswith("/consent/"):
        looks.at(page)
        page.locator("#agree").check()
        follow(page, page.locator("main form .button").first.tap)
    looks.at(page)
    if number > 1:
        page.goto(f"{home}results/{number - 1}/")
        looks.at(page)
        page.goto(home)
    follow(page, page.locator(".card .button").first.tap)
    answer_sections(page, answers, hand, looks)
    looks.at(page)
    follow(page, page.locator('form[action$="/submit/"] button').tap)
    expect(page.locator(".notice--good")).to_be_visible()
    looks.at(page)
    for path in ("my-answers/", "withdraw/") if number > 1 else ():
        page.goto(f"{home}{path}")
        looks.at(page)


def answer_sections(page: Page, answers: Answers, hand: Hand, looks: Looks) -> None:
    """Without scripts a page comes once more when an answer opened a question."""
    while "/section/" in page.url:
        looks.at(page)
        hand(page, answers)


def test_the_whole_questionnaire_was_answered_as_it_was_meant(walked: Walked) -> None:
    for held in walked.rounds:
        for person, told in held.meant.items():
            assert {code: answer.value for code, answer in held.stored[person].items()} == {
                code: expected_value(held.specs[code], answer) for code, answer in told.items()}, (held.round.number, person)


def test_confidence_expertise_and_reasons_came_with_the_answers(walked: Walked) -> None:
    first = walked.rounds[0]
    for person, told in first.meant.items():
        stored = first.stored[person]
        assert {code: (str(stored[code].confidence or ""), str(stored[code].expertise or "")) for code in told} == {
            code: (answer.confidence, answer.expertise) for code, answer in told.items()}
        assert first.reasons[person] == {code: answer.reason for code, answer in told.items() if answer.reason}


def test_in_the_second_round_answers_were_kept_and_changed(walked: Walked) -> None:
    first, second = walked.rounds
    for person, told in second.meant.items():
        before = first.meant[person]
        expected = {code: "new" if code not in before else "kept" if before[code].values == answer.values else "changed" for code, answer in told.items()}
        assert {code: answer.decision for code, answer in second.stored[person].items()} == expected
        assert {"kept", "changed"} <= set(expected.values())


def test_the_counted_rounds_contain_the_answers(walked: Walked) -> None:
    for held in walked.rounds:
        values = pandas.DataFrame([(person.split("-")[0], item, component) for person, item, component in held.values if held.specs[item].kind != "text"],
                                  columns=["group", "item", "component"])
        rows = walked.rows[(walked.rows["round"] == held.round.number) & ~((walked.rows.kind == "ranking") & (walked.rows.component == ""))]
        everybody = rows[rows["group"] == "all"].set_index(["item", "component"]).n
        assert everybody.sort_index().to_dict() == values.groupby(["item", "component"]).size().to_dict()
        panels = rows[(rows.group_type == "panel") & (rows.suppressed == "no") & (rows.n > 0)].set_index(["item", "component", "group"]).n
        expected = values.groupby(["item", "component", "group"]).size()
        assert panels.to_dict() == expected.reindex(panels.index).to_dict()


def test_every_page_came_in_the_expert_s_language_and_nothing_stayed_untranslated(walked: Walked) -> None:
    assert [fault for looks in walked.looks.values() for fault in looks.in_another_language] == []
    assert [fault for looks in walked.looks.values() for fault in looks.untranslated] == []


def test_no_page_is_wider_than_a_phone(walked: Walked) -> None:
    assert [fault for looks in walked.looks.values() for fault in looks.too_wide] == []
    assert min(looks.pages for looks in walked.looks.values()) >= 12


def test_no_script_failed_and_nothing_was_asked_of_another_host(walked: Walked) -> None:
    assert walked.problems == []


def test_an_untranslated_sentence_and_a_page_too_wide_would_be_found(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": 780}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_content('''<html lang="en"><head><meta name="viewport" content="width=device-width"></head><body>
        <p>Save and continue.</p><p lang="de">Alle Antworten gespeichert.</p>
        <p aria-label="Move this one up">한국어 KR-1</p><p>東京 Indo-Pacific</p><div style="width: 400px">넓다</div>''')
    looks = Looks("ko")
    looks.at(page)
    context.close()
    assert [text for _url, text in looks.untranslated] == ["Save and continue.", "aria-label: Move this one up"]
    assert looks.in_another_language == ["about:blank: en"]
    assert len(looks.too_wide) == 1
