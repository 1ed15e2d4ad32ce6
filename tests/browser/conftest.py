"""One Chromium for all browser tests of a worker, and what makes a window fail its test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# For each window Chromium draws the list below its address bar as a page of its own, and keeps another process ready: half of what a window costs,
# and no test looks at them. Of several lists of features it heeds the last, so what Playwright turns off is in this one too (nothing may leave the host).
FEATURES = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints",
    "PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin", "ThirdPartyStoragePartitioning",
)  # fmt: skip
ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    f"--disable-features={','.join(FEATURES)}",
]  # fmt: skip


def chromium() -> str | None:
    """DELPHI_CHROMIUM, else the system's own."""
    named = os.environ.get("DELPHI_CHROMIUM", "/usr/bin/chromium")
    return named if Path(named).exists() else shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium found: install one, or name it in DELPHI_CHROMIUM")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; Django would refuse its ORM there
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


def watch(page: Page, problems: list[str], meant: tuple[str, ...]) -> Page:
    """Notes script errors, what the console calls an error (but for replies that a test is about) and requests that leave the host."""
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", lambda message: problems.append(f"console: {message.text}") if is_trouble(message, meant) else None)
    page.on("request", lambda request: problems.append(f"left the host: {request.url}") if is_foreign(request.url) else None)
    return page


def is_trouble(message: Any, meant: tuple[str, ...]) -> bool:
    return message.type == "error" and not any(text in message.text for text in meant)


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:"))
