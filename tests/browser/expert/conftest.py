"""A Chromium for the expert's way: every window fails its test on a script error or a request that leaves the host."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
OpenWindow = Callable[..., Page]
MEANT = ("401", "409", "410", "422", "ERR_INTERNET_DISCONNECTED")  # the browser's own notes on replies and failures that a test is about


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
def window(browser: Browser) -> Iterator[OpenWindow]:
    """Opens windows, each a device of its own: `window(width=320)`, `window(java_script_enabled=False)`."""
    contexts, problems = [], []

    def open_window(width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", timezone_id="Europe/Oslo", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on("console", lambda message: problems.append(message.text) if is_trouble(message) else None)
        page.on("request", lambda request: problems.append(f"left the host: {request.url}") if is_foreign(request.url) else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert problems == []


def is_trouble(message: Any) -> bool:
    return message.type == "error" and not any(text in message.text for text in MEANT)


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))


@pytest.fixture
def page(window: OpenWindow) -> Page:
    return window()
