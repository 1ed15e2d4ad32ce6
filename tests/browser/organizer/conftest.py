"""A Chromium for the organizer's way, signed in through the real pages."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PASSWORD = "a long enough password"


def chromium() -> str | None:
    """DELPHI_CHROMIUM, else the system's own."""
    named = os.environ.get("DELPHI_CHROMIUM", "/usr/bin/chromium")
    return named if Path(named).exists() else shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: install one, or name it in DELPHI_CHROMIUM")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; Django would refuse its ORM there
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window of 1280 px that fails the test on any script error or any request that leaves the host."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True, locale="en")
    found = context.new_page()
    problems: list[str] = []
    found.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    found.on("console", lambda message: problems.append(f"console: {message.text}") if is_trouble(message) else None)
    found.on("request", lambda request: problems.append(f"left the host: {request.url}") if is_foreign(request.url) else None)
    yield found
    context.close()
    assert problems == []


def is_trouble(message: Any) -> bool:
    """Errors but for the browser's own note on a refused form (status 422), which is meant."""
    return message.type == "error" and "422" not in message.text


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studies/")
