"""Items appear and disappear while an expert answers: live, offline, in chains, and by the rules that the server goes by."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from surveys.items import ItemSpec, is_met, kind_of, resolve_item
from surveys.models import Answer
from surveys.views.expert.conditions import condition_as_json
from surveys.workflow.responses import Question
from surveys.workflow.rounds import open_round
from tests.browser.accessibility import violations
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import choose, expect_saved, item, open_section
from tests.factories import count, give
from tests.surveys.views.expert.test_conditions import a_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def expect_shown(page: Page, **shown: bool) -> None:
    for code, is_shown in shown.items():
        expect(item(page, code)).to_be_visible(visible=is_shown)


def test_items_follow_the_answer_they_wait_for(page: Page, live_server: Any) -> None:
    _round, experts = a_round()
    open_section(page, live_server, experts[0])
    said = page.locator("#conditions-said")
    expect_shown(page, grave=False, why=False)
    likely = item(page, "likely").get_by_role("textbox")
    likely.fill("８０")
    expect_shown(page, grave=True, why=False)
    expect(said).to_have_text("Now also asked: How grave?")
    assert page.evaluate("document.activeElement.name").endswith("-value"), "the focus is not moved"
    choose(page, "grave", "Extreme")
    expect_shown(page, why=True)
    item(page, "why").get_by_role("textbox").fill("Because.")
    expect_saved(page, "why")
    likely.fill("10")
    likely.blur()
    expect_shown(page, grave=False, why=False)
    expect(said).to_have_text("No longer asked: How grave?; Why so grave?")
    expect(page.locator("#progress .progress__label")).to_have_text("1 of 2 answered")
    likely.fill("90")
    likely.blur()
    expect_shown(page, grave=True, why=True)
    expect(item(page, "why").get_by_role("textbox")).to_have_value("Because.")
    expect_saved(page, "likely")
    assert Answer.objects.count() == 3
    choose(page, "grave", "None")
    item(page, "grave").locator("textarea").fill("Still, a reason.")
    expect_saved(page, "grave")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")


def test_who_left_an_opened_item_open_goes_on(page: Page, live_server: Any) -> None:
    _round, experts = a_round()
    open_section(page, live_server, experts[0])
    item(page, "likely").get_by_role("textbox").fill("80")
    expect_shown(page, grave=True)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")


def test_items_follow_while_the_line_is_down_and_after_a_restored_draft(page: Page, live_server: Any) -> None:
    _round, experts = a_round()
    open_section(page, live_server, experts[0])
    page.context.set_offline(True)
    item(page, "likely").get_by_role("textbox").fill("60")
    expect_shown(page, grave=True)
    choose(page, "grave", "Much")
    expect_shown(page, why=True)
    page.context.set_offline(False)
    page.reload()
    expect_shown(page, grave=True, why=True)
    expect_saved(page, "grave")


def test_in_a_later_round_a_kept_answer_opens_and_an_undecided_one_does_not(window: OpenWindow, live_server: Any) -> None:
    first, experts = a_round()
    give(first, {expert.code: {"likely": 80, "grave": 3} for expert in experts})
    count(first)
    open_round(first.study, 2)
    page = window(reduced_motion="reduce")
    open_section(page, live_server, experts[0])
    expect_shown(page, grave=False)
    item(page, "likely").get_by_text("Keep my answer").click()
    expect_shown(page, grave=True, why=False)
    item(page, "likely").get_by_text("Change it").click()
    item(page, "likely").get_by_role("textbox").fill("20")
    expect_shown(page, grave=False)
    item(page, "likely").get_by_text("Cannot judge").click()
    expect_shown(page, grave=False)
    assert violations(page) == []


def test_without_a_script_the_page_stays_and_points_out_what_opened(window: OpenWindow, live_server: Any) -> None:
    _round, experts = a_round()
    page = window(width=320, java_script_enabled=False)
    open_section(page, live_server, experts[0])
    item(page, "likely").get_by_role("textbox").fill("80")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Your answer opened one more question")).to_be_visible()
    page.locator("#opened").get_by_role("link", name="Item 2").click()
    expect(item(page, "grave")).to_be_in_viewport()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")


SETTINGS = {"languages": ["en"], "scales": {"five": {"points": 5, "ends": {"en": ["low", "high"]}}}, "panels": []}
OPTIONS = [{"code": code, "text": {"en": code}} for code in ("a", "b", "c")]
SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any], list[dict[str, str]]]] = {
    "rating": ({"scale": "five"}, {"one_of": [2, 4]}, [{"": "2"}, {"": "3"}, {}]),
    "number": ({"minimum": 0, "maximum": 50, "decimals": 1}, {"at_least": 10, "at_most": 20},
               [{"": text} for text in ("10", "20,0", " 15.5 ", "９", "１２", "15.55", "60", "x", "−12", "1 5", "１２．５", "1,500", "1,5,0", "0x10", "")]),
    "probability": ({}, {"at_most": 0.5}, [{"": text} for text in ("0.5", "0.5%", "０．５％", "0.501", "0", ".5", "-1", "0.0005")]),
    "choice": ({"options": OPTIONS}, {"one_of": ["a", "c"]}, [{"": "a"}, {"": "b"}, {}]),
    "choices": ({"options": OPTIONS, "at_most": 2}, {"includes": "b"},
                [{"b": "1"}, {"a": "1"}, {"": "none"}, {"a": "1", "b": "1"}, {"a": "1", "b": "1", "c": "1"}, {}]),
    "ranking": ({"options": OPTIONS}, {"component": "a", "at_most": 2},
                [{"a": "1", "b": "2", "c": "3"}, {"a": "3", "b": "2", "c": "1"}, {"a": "1", "b": "2"}, {"a": "1", "b": "1", "c": "2"}]),
    "allocation": ({"options": OPTIONS, "total": 10, "decimals": 1}, {"component": "c", "at_most": 4},
                   [{"a": "10"}, {"a": "6", "c": "4"}, {"a": "5", "c": "5"}, {"a": "2", "c": "3"}, {"a": "9,9", "b": "0.1"}, {"a": "8", "b": "8"}]),
    "grid": ({"scale": "five", "rows": OPTIONS, "columns": OPTIONS}, {"component": "a.b", "at_least": 4},
             [{"a.b": "4"}, {"a.b": "3", "c.c": "5"}, {"a.b": "cannot_judge"}, {"c.c": "5"}]),
    "plane": ({"x": {"scale": "five", "text": "x"}, "y": {"scale": "five", "text": "y"}}, {"component": "y", "at_least": 3},
              [{"x": "1", "y": "3"}, {"y": "3"}, {"x": "5", "y": "2"}]),
    "quantiles": ({"quantiles": [0.1, 0.5, 0.9], "minimum": 0, "maximum": 20, "decimals": 1}, {"component": "0.5", "at_least": 5},
                  [{"0.1": "1", "0.5": "5", "0.9": "9"}, {"0.1": "6", "0.5": "5", "0.9": "9"}, {"0.1": "5", "0.5": "5", "0.9": "9"},
                   {"0.1": "1", "0.5": "5"}, {"0.1": "1", "0.5": "4", "0.9": "25"}]),
}
INTERVAL = ({"interval": "idea", "minimum": 0, "maximum": 20, "decimals": 1}, {"component": "confidence", "at_least": 80},
            [{"lower": "1", "best": "1", "upper": "1", "confidence": "80"}, {"lower": "2", "best": "1", "upper": "3", "confidence": "90"},
             {"lower": "1", "best": "2", "upper": "3"}, {"lower": "1", "best": "2", "upper": "3", "confidence": "40"}])


def server_says(spec: ItemSpec, waits: ItemSpec, raw: Mapping[str, str]) -> bool:
    kind = kind_of(spec)
    try:
        value = kind.clean(spec, raw)
    except ValueError:
        return False  # refused, so it is no answer
    if value is None or not kind.counts(spec, value) or waits.shown_if is None:
        return False
    return is_met(waits.shown_if, kind.to_components(spec, value).get(waits.shown_if.component))


def test_the_script_goes_by_the_server_s_rules_for_every_kind(page: Page, live_server: Any) -> None:
    _round, experts = a_round()
    open_section(page, live_server, experts[0])
    script = page.locator('script[src*="expert-conditions"]').get_attribute("src")
    cases = [(kind, *entry) for kind, entry in SOURCES.items()] + [("quantiles", *INTERVAL)]
    for kind, keys, condition, answers in cases:
        source = resolve_item({"code": "source", "kind": kind, "text": "?", **keys}, SETTINGS)
        waits = resolve_item({"code": "waits", "kind": "text", "text": "?", "shown_if": {"item": "source", **condition}}, SETTINGS)
        given = json.loads(condition_as_json(Question(2, 2, waits), Question(1, 1, source)))
        filled = [{code: text.strip() for code, text in raw.items() if text.strip()} for raw in answers]
        passed = page.evaluate("async ([from, given, all]) => { const { passes } = await import(from); return all.map((one) => passes(given, one)); }",
                               [script, given, filled])
        expected = [server_says(source, waits, raw) for raw in answers]
        assert dict(zip(map(str, answers), passed, strict=True)) == dict(zip(map(str, answers), expected, strict=True)), kind
        assert {True, False} == set(expected), f"{kind}: the cases must tell both apart"
