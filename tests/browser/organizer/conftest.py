"""The organizer's window, signed in: through the real pages, or with a session made for it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import User
from tests.browser.conftest import watch
from tests.surveys.views.organizer.stage import signed_in

PASSWORD = "a long enough password"
MEANT = ("422",)  # the browser's own note on a refused form


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of 1280 px that fails the test on any script error or any request that leaves the host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="en")
    problems: list[str] = []
    yield watch(context.new_page(), problems, MEANT)
    context.close()
    assert problems == []


def come_in(page: Page, base: str, email: str) -> None:
    """With the session of somebody who signed in: for tests of what comes after that."""
    client = signed_in(User.objects.get(email=email))
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base} for cookie in client.cookies.values()])


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studies/")
