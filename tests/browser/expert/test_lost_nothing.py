"""A lost line, two devices, an ended session, a round that closes: nothing typed is lost, and the page says what is."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from surveys.models import Answer
from surveys.workflow.invitations import issue_link
from surveys.workflow.rounds import close_round
from tests.analysis.test_aggregation_faults import wait_for
from tests.browser.expert.conftest import OpenWindow
from tests.browser.expert.steps import choose, expect_saved, item, open_link, open_section
from tests.surveys.views.expert.expert_studies import an_open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = "Your line is down; your answers are kept on this device and will be sent."


def test_answers_given_offline_are_kept_and_sent_when_the_line_is_back(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    page.context.set_offline(True)
    choose(page, "grave", "Much")
    item(page, "grave").get_by_label("Your reason").fill("Typed on a train.")
    expect(page.locator("#line")).to_have_text(LINE)
    expect(item(page, "grave").locator(".saved")).to_have_text("Kept on this device, not yet sent")
    assert not Answer.objects.exists()
    page.context.set_offline(False)
    expect_saved(page, "grave")
    expect(page.locator("#line")).to_be_hidden()
    assert Answer.objects.get().value == 4
    assert Answer.objects.get().response.rationales.get().text == "Typed on a train."


def test_a_reason_typed_before_the_answer_is_not_said_to_be_taken_back(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    item(page, "grave").get_by_label("Your reason").fill("First the reason.")
    expect(item(page, "grave").locator(".saved")).to_have_text("Your reason is saved; an answer is still missing.")
    page.reload()
    expect(item(page, "grave").get_by_label("Your reason")).to_have_value("First the reason.")


def test_what_was_typed_offline_survives_closing_the_page(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    page.context.set_offline(True)
    choose(page, "grave", "Much")
    expect(item(page, "grave").locator(".saved")).to_have_attribute("data-state", "waiting")
    page.close()
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"{live_server.url}/s/small/section/main/")
    expect_saved(again, "grave")
    expect(item(again, "grave").get_by_role("radio", name="4 Much")).to_be_checked()
    assert Answer.objects.get().value == 4


def test_while_the_line_is_down_the_page_is_not_left(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    page.context.set_offline(True)
    choose(page, "grave", "Much")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("#line")).to_be_visible()
    assert page.url.endswith("/section/main/")
    page.context.set_offline(False)
    expect_saved(page, "grave")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/section/more/")


def test_leaving_the_page_at_once_loses_nothing(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    item(page, "days").get_by_role("textbox").press_sequentially("7")
    page.goto(f"{live_server.url}/s/small/section/main/")
    expect(item(page, "days").get_by_role("textbox")).to_have_value("7")
    expect_saved(page, "days")
    assert Answer.objects.get().value == 7


def test_back_forward_and_reload_show_what_was_saved(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    choose(page, "grave", "Much")
    expect_saved(page, "grave")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/section/more/")
    page.go_back()
    expect(item(page, "grave").get_by_role("radio", name="4 Much")).to_be_checked()
    page.reload()
    expect(item(page, "grave").get_by_role("radio", name="4 Much")).to_be_checked()


def test_changing_the_language_loses_no_open_answer(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    item(page, "days").get_by_role("textbox").press_sequentially("12")
    page.locator('#languages button[value="ko"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(item(page, "days").get_by_role("textbox")).to_have_value("12")
    assert Answer.objects.get().value == 12


@pytest.mark.parametrize(("button", "value"), [("Use the other device's answer", 2), ("Use the answer on this page", 5)])
def test_two_devices_notice_each_other_and_the_expert_chooses(window: OpenWindow, live_server: Any, button: str, value: int) -> None:
    _study, _round, experts = an_open_round()
    one, other = window(), window(width=360)
    for device in (one, other):
        open_section(device, live_server, experts[0])
    choose(one, "grave", "Little")
    expect_saved(one, "grave")
    choose(other, "grave", "Extreme")
    conflict = item(other, "grave").locator(".item__conflict")
    expect(conflict).to_contain_text("Saved on another device: Little (2 of 5). Here: Extreme.")
    assert Answer.objects.get().value == 2
    conflict.get_by_role("button", name=button).click()
    expect(conflict).to_be_hidden()
    expect_saved(other, "grave")
    expect(item(other, "grave").locator(f'input[value="{value}"][name$="-value"]')).to_be_checked()
    assert Answer.objects.get().value == value


def test_an_ended_session_keeps_the_answer_until_the_link_is_opened_again(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    page.context.clear_cookies(name="delphi_session")
    choose(page, "grave", "Much")
    expect(page.locator("#line")).to_contain_text("Open your personal link again")
    assert not Answer.objects.exists()
    page.goto(f"{live_server.url}/i/{issue_link(experts[0])}/")  # another link than before
    page.get_by_role("button", name="Open the questionnaire").click()
    wait_for(lambda: Answer.objects.filter(value=4).exists())  # the study's own page sends what was left
    page.wait_for_load_state("networkidle")
    page.goto(f"{live_server.url}/s/small/section/main/")
    expect(item(page, "grave").locator("input[value=\"4\"]")).to_be_checked()


def test_a_round_that_closed_meanwhile_keeps_the_draft_and_shows_it(page: Page, live_server: Any) -> None:
    _study, study_round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    choose(page, "grave", "Little")
    expect_saved(page, "grave")
    close_round(study_round.pk)
    choose(page, "grave", "Extreme")
    expect(page.locator("#line")).to_contain_text("can't be counted any more")
    assert Answer.objects.get().value == 2
    page.goto(f"{live_server.url}/s/small/")
    expect(page.locator("#kept-drafts li")).to_have_text(re.compile("How grave is it\\? — Extreme"))
    page.get_by_role("button", name="Remove them from this device").click()
    page.reload()
    expect(page.locator("#kept-drafts")).to_be_hidden()


def test_leaving_leaves_nothing_on_the_device(page: Page, live_server: Any) -> None:
    _study, study_round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    close_round(study_round.pk)
    choose(page, "grave", "Extreme")
    expect(page.locator("#line")).to_be_visible()
    page.goto(f"{live_server.url}/s/small/")
    page.get_by_role("button", name="Leave on this device").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left on this device")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('delphi:'))") == []


def test_a_refused_value_stays_in_its_field_with_the_reason_beside_it(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_section(page, live_server, experts[0])
    field = item(page, "days").get_by_role("textbox")
    field.fill("400")
    expect(item(page, "days").locator(".saved")).to_have_text("Give a number from 0 to 365.")
    expect(field).to_have_value("400")
    field.fill("40")
    expect_saved(page, "days")


def test_progress_follows_each_answer(page: Page, live_server: Any) -> None:
    _study, _round, experts = an_open_round()
    open_link(page, live_server, experts[0])
    page.get_by_role("link", name="Begin").click()
    choose(page, "grave", "Much")
    expect(page.locator("#progress")).to_contain_text("1 of 5 answered")
