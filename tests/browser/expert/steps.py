"""What an expert does, in the words of the tests."""

from typing import Any

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from surveys.models import Panelist
from surveys.workflow.invitations import issue_link
from tests.surveys.views.expert.expert_studies import enter


def open_link(page: Page, server: Any, panelist: Panelist) -> None:
    """From the link through consent to the page where things stand."""
    page.goto(f"{server.url}/i/{issue_link(panelist)}/")
    page.get_by_role("button", name="Open the questionnaire").click()
    if page.url.endswith("/consent/"):
        page.get_by_role("checkbox").check()
        page.get_by_role("button", name="Agree and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A small study")


def come_in(page: Page, server: Any, panelist: Panelist) -> None:
    """With the session of somebody who came in through the link and agreed: for tests of what comes after that."""
    client = Client()
    enter(client, panelist)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url} for cookie in client.cookies.values()])


def open_section(page: Page, server: Any, panelist: Panelist, section: str = "main") -> None:
    come_in(page, server, panelist)
    page.goto(f"{server.url}/s/small/section/{section}/")


def item(page: Page, code: str) -> Locator:
    return page.locator(f'.item[data-code="{code}"]')


def choose(page: Page, code: str, label: str) -> None:
    """Click the tile or option with this text."""
    item(page, code).locator("label", has_text=label).first.click()


def expect_saved(page: Page, code: str) -> None:
    expect(item(page, code).locator(".saved")).to_have_attribute("data-state", "saved", timeout=3000)
