"""The expert's way in the browser: from the link to submission and back to a changed answer."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Answer, Rationale, Response
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import choose, come_in, expect_saved, item, open_link, open_section
from tests.surveys.views.expert.expert_studies import a_second_round, an_open_round, asked_ids

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_link_to_submission_with_the_mouse(page: Page, live_server: Any) -> None:
    _study, study_round, experts = an_open_round()
    ids = asked_ids(study_round)
    open_link(page, live_server, experts[0])
    page.get_by_role("link", name="Begin").click()
    choose(page, "grave", "Much")
    expect_saved(page, "grave")
    item(page, "likely").locator(".slider").first.click()
    expect_saved(page, "likely")
    item(page, "days").get_by_role("textbox").fill("30")
    expect_saved(page, "days")
    page.get_by_role("button", name="Save and continue").click()
    choose(page, "way", "By force")
    item(page, "way").get_by_label("Your reason").fill("It was always so.")
    choose(page, "next", "Cannot judge")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Much (4 of 5)")).to_be_visible()
    page.get_by_role("button", name="Submit my answers").click()
    expect(page.get_by_text("Thank you. Your answers are submitted.")).to_be_visible()
    assert Response.objects.get().state == "submitted"
    assert dict(Answer.objects.values_list("asked_item", "value")) == {
        ids["grave"]: 4, ids["likely"]: 50, ids["days"]: 30, ids["way"]: "force", ids["next"]: None}
    assert Rationale.objects.get().text == "It was always so."


def test_a_change_after_submitting_is_saved_at_once(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    choose(page, "grave", "Much")
    expect_saved(page, "grave")
    page.goto(f"{live_server.url}/s/small/review/")
    page.get_by_role("button", name="Submit my answers").click()
    page.goto(f"{live_server.url}/s/small/section/main/")
    choose(page, "grave", "Little")
    expect_saved(page, "grave")
    assert Answer.objects.get().value == 2
    assert Response.objects.get().state == "submitted"


def test_an_answer_is_on_the_server_within_two_seconds(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    field = item(page, "days").get_by_role("textbox")
    field.press_sequentially("120")
    started = time.monotonic()
    expect_saved(page, "days")
    assert time.monotonic() - started < 2
    assert Answer.objects.get().value == 120


def test_the_whole_way_with_the_keyboard(page: Page, live_server: Any) -> None:
    _study, study_round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    grave = item(page, "grave")
    grave.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_saved(page, "grave")
    page.keyboard.press("Tab")  # cannot judge
    page.keyboard.press("Tab")  # the reason
    page.keyboard.type("By keyboard.")
    item(page, "likely").locator(".slider").first.focus()
    expect(item(page, "likely").locator(".slider").first).to_have_class(re.compile("slider--empty"))
    page.keyboard.press("ArrowRight")
    expect(item(page, "likely").locator('input[name$="-value"]')).to_have_value("51")
    page.get_by_role("button", name="Save and continue").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/section/more/")
    found = dict(Answer.objects.values_list("asked_item", "value"))
    assert found == {asked_ids(study_round)["grave"]: 3, asked_ids(study_round)["likely"]: 51}
    assert Rationale.objects.get().text == "By keyboard."


def test_a_slider_says_nothing_until_it_is_touched(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    slider = item(page, "likely").locator(".slider").first
    expect(slider).to_have_attribute("aria-valuetext", "no answer yet")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/section/more/")
    assert not Answer.objects.exists()


def test_the_whole_way_without_javascript(window: OpenWindow, live_server: Any) -> None:
    _study, study_round, experts = an_open_round()
    page = window(java_script_enabled=False)
    open_link(page, live_server, experts[0])
    page.get_by_role("link", name="Begin").click()
    choose(page, "grave", "Much")
    expect(item(page, "likely").locator(".slider").first).to_be_hidden()
    item(page, "likely").locator('input[name$="-value"]').fill("0.001")
    item(page, "days").get_by_role("textbox").fill("many")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Some answers could not be saved")).to_be_visible()
    expect(item(page, "days").get_by_role("textbox")).to_have_value("many")
    item(page, "days").get_by_role("textbox").fill("30")
    page.get_by_role("button", name="Save and continue").click()
    choose(page, "way", "By law")
    item(page, "way").get_by_label("Your reason").fill("Law.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Submit my answers").click()
    expect(page.get_by_text("Thank you. Your answers are submitted.")).to_be_visible()
    ids = asked_ids(study_round)
    assert dict(Answer.objects.values_list("asked_item", "value")) == {ids["grave"]: 4, ids["likely"]: 0.001, ids["days"]: 30, ids["way"]: "law"}


def test_a_second_round_without_javascript(window: OpenWindow, live_server: Any) -> None:
    _study, study_round, experts = a_second_round()
    page = window(java_script_enabled=False)
    open_section(page, live_server, experts[0])
    expect(item(page, "grave").locator(".tiles")).to_be_hidden()
    item(page, "grave").get_by_text("Change it").click()
    expect(item(page, "grave").locator(".tiles")).to_be_visible()
    choose(page, "grave", "Some")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/section/more/")
    answer = Answer.objects.get(asked_item=asked_ids(study_round)["grave"])
    assert (answer.value, answer.decision) == (3, "changed")


def test_keep_is_one_click(page: Page, live_server: Any) -> None:
    _study, study_round, experts = a_second_round()
    open_section(page, live_server, experts[0])
    item(page, "grave").get_by_text("Keep my answer").click()
    expect_saved(page, "grave")
    answer = Answer.objects.get(asked_item=asked_ids(study_round)["grave"])
    assert (answer.value, answer.decision) == (1, "kept")


def test_opening_the_scale_is_no_answer_and_choosing_on_it_is(page: Page, live_server: Any) -> None:
    _study, study_round, experts = a_second_round(feedback={"previous_answer": "preselected"})
    asked = asked_ids(study_round)["grave"]
    open_section(page, live_server, experts[0])
    item(page, "grave").get_by_text("Change it").click()
    expect(item(page, "grave").locator(".saved")).to_have_text("Choose your new answer; until then nothing changes.")
    page.wait_for_timeout(600)
    assert not Answer.objects.filter(asked_item=asked).exists()
    choose(page, "grave", "Some")
    expect_saved(page, "grave")
    assert Answer.objects.filter(asked_item=asked).values_list("value", "decision").get() == (3, "changed")


def test_a_scale_that_was_only_opened_is_no_answer_when_the_page_is_left(page: Page, live_server: Any) -> None:
    _study, _second, experts = a_second_round(feedback={"previous_answer": "preselected"})
    open_section(page, live_server, experts[0])
    item(page, "grave").get_by_text("Change it").click()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/section/more/")
    assert not Answer.objects.filter(response__round__number=2).exists()


def test_a_reason_is_asked_for_outside_the_middle_half_only(page: Page, live_server: Any) -> None:
    """The middle half of round 1 runs from 2.25 to 4."""
    _study, _round, experts = a_second_round()
    open_section(page, live_server, experts[0])
    grave = item(page, "grave")
    grave.get_by_text("Change it").click()
    choose(page, "grave", "Some")
    expect(grave.locator(".item__reason")).to_be_hidden()
    choose(page, "grave", "Extreme")
    expect(grave.get_by_text("Your answer lies outside the middle half.")).to_be_visible()
    expect_saved(page, "grave")


def test_the_deadline_stands_in_the_reader_s_zone_too(page: Page, live_server: Any) -> None:
    from datetime import UTC, datetime

    from surveys.workflow.rounds import move_deadline

    _study, study_round, experts = an_open_round()
    move_deadline(study_round.pk, datetime(2040, 1, 14, 9, 0, tzinfo=UTC))  # 18:00 in Seoul, 10:00 in Oslo
    come_in(page, live_server, experts[0])
    page.goto(f"{live_server.url}/s/small/")
    expect(page.locator(".moment").first).to_have_text(re.compile(r"6 p\.m\. \(Asia/Seoul\) · .*10:00.* in your zone, Europe/Oslo"))
