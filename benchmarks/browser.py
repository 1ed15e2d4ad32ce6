"""A real Chromium (DELPHI_CHROMIUM, else the system's own), for measuring and for pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Request, sync_playwright

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Closed again at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("DELPHI_CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def transferred(request: Request) -> int:
    """Bytes on the line for one request's answer: headers and body, as compressed."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
