"""A token made, used and revoked in the browser; and the page that lists the API's addresses, which asks nothing of any other host."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from analysis.exports.contents import table_names
from surveys.enums import Role
from tests.browser.organizer.conftest import sign_in
from tests.browser.organizer.looking import faults_of
from tests.surveys.views.organizer.stage import somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def status_of(address: str, token: str) -> int:
    try:
        with urlopen(Request(address, headers={"Authorization": f"Bearer {token}"})) as answer:
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def test_a_token_is_made_shown_once_and_revoked(page: Page, live_server: object) -> None:
    study = staged()
    address = f"{live_server}{reverse('surveys:api-study', args=[study.slug])}"
    sign_in(page, str(live_server), somebody(study, Role.ANALYST).email)
    page.get_by_role("link", name="Account").click()
    page.get_by_role("link", name="Access tokens").click()
    page.get_by_label("What it is for").fill("notebook")
    page.get_by_label("How long it is valid").select_option(label="a year")
    page.get_by_role("button", name="Make it").click()
    token = page.locator("pre code").inner_text()
    assert faults_of(page) == []
    assert status_of(address, token) == 200
    page.goto(f"{live_server}{reverse('accounts:tokens')}")
    assert token not in page.content()
    page.get_by_role("button", name="Revoke notebook").click()
    expect(page.get_by_text("The token is revoked.")).to_be_visible()
    assert status_of(address, token) == 401


def test_the_list_of_addresses_is_drawn_and_tried_out_without_leaving_the_host(page: Page, live_server: object) -> None:
    study = staged()
    sign_in(page, str(live_server), somebody(study, Role.ANALYST).email)
    page.goto(f"{live_server}{reverse('analysis:api-documentation')}")
    expect(page.locator(".opblock-summary-path", has_text="/gaps/")).to_be_visible()
    assert page.locator(".opblock").count() == len(table_names()) + 7
    page.locator(".opblock", has_text="The studies in which you have a role").locator("button").first.click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, width
