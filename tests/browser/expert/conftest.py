"""The expert's windows: each fails its test on a script error or a request that leaves the host."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watch

OpenWindow = Callable[..., Page]
MEANT = ("401", "409", "410", "422", "ERR_INTERNET_DISCONNECTED")  # the browser's own notes on replies and failures that a test is about


@pytest.fixture
def window(browser: Browser) -> Iterator[OpenWindow]:
    """Opens windows, each a device of its own: `window(width=320)`, `window(java_script_enabled=False)`."""
    contexts, problems = [], []

    def open_window(width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", timezone_id="Europe/Oslo", **options)
        contexts.append(context)
        return watch(context.new_page(), problems, MEANT)

    yield open_window
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(window: OpenWindow) -> Page:
    return window()
