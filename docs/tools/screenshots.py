"""Pictures of every page, as the demonstration shows it: docs/screenshots/PAGE-WIDTH-SCHEME[-LANGUAGE].png.

    .venv/bin/python docs/tools/screenshots.py [--only expert-round2 analyst ...] [--to docs/screenshots]

`--only`: pages whose names begin so. Starts a demonstration of its own in a temporary folder, signs in with a real Chromium (DELPHI_CHROMIUM,
else the system's own), and stops everything again. Experts' pages come in each language (the others in light only), English without a suffix;
what is shown briefly comes in light at 1280 px and in dark at 360 px.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, StorageState

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from screenshot_pages import PAGES, Shown  # noqa: E402
from small_png import save_small  # noqa: E402

from benchmarks.browser import chromium  # noqa: E402
from benchmarks.stage import free_port  # noqa: E402

WIDTHS = {360: 740, 768: 1024, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "ko", "ja")
TALLEST = 2200
MARGIN = 10
BRIEFLY = {("light", 1280), ("dark", 360)}
MORE_STUDIES = "import sys; sys.path.insert(0, 'docs/tools'); import picture_studies; picture_studies.main()"


@dataclass
class Site:
    """A running demonstration, its people, and the sessions that were opened in it."""

    address: str
    people: dict[str, dict[str, str]]
    links: dict[str, str]
    sessions: dict[str, StorageState] = field(default_factory=dict)


@contextmanager
def demonstration(pages: Sequence[Shown]) -> Iterator[Site]:
    """With the further studies of picture_studies.py where one of the pages is of these."""
    with tempfile.TemporaryDirectory(prefix="delphi-pictures-") as made:
        folder, port = Path(made) / "var", free_port()
        folder.parent.chmod(0o711)
        environment = {**os.environ, "DELPHI_VAR": str(folder)}
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            said = next((line for line in process.stdout if "is running" in line), "")
            assert said, "the demonstration did not start"
            people = json.loads((folder / "demo.json").read_text())
            if any(shown.who == "analyst" for shown in pages):
                work_out(environment, Path(made))
            more = more_studies(environment) if {shown.who for shown in pages} & {"author", "newcomer"} else {}
            links = {"expert": people["experts"][0]["link"], **{name: more[name] for name in ("newcomer", "plan") if name in more}}
            yield Site(f"http://127.0.0.1:{port}", {**people, **{name: more[name] for name in ("author",) if name in more}}, links)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def work_out(environment: dict[str, str], folder: Path) -> None:
    """The further tables, which the demonstration's workers work out after it says that it is running: an export waits for none."""
    for slug in ("deterrence-labour", "replicats"):
        command = [sys.executable, "manage.py", "export", slug, "--to", str(folder / slug)]
        subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)


def more_studies(environment: dict[str, str]) -> dict[str, Any]:
    """What picture_studies.py made in the demonstration's database."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MORE_STUDIES]
    answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    made: dict[str, Any] = json.loads(answer.split("MADE ")[1])
    return made


def sign_in(browser: Browser, site: Site, who: str) -> StorageState | None:
    """The cookies of somebody who came in the usual way; None for a stranger."""
    if who == "stranger":
        return None
    if who not in site.sessions:
        page = browser.new_page()
        come_in = come_by_link if who in site.links else come_by_password
        come_in(page, site, who)
        site.sessions[who] = page.context.storage_state()
        page.close()
    return site.sessions[who]


def come_by_link(page: Page, site: Site, who: str) -> None:
    page.goto(site.address + site.links[who])
    page.locator('button[name="act"][value="open"]').click()
    if page.url.endswith("/consent/"):
        page.get_by_role("checkbox").check()
        page.locator("main form button.button").first.click()
    page.wait_for_load_state("networkidle")


def come_by_password(page: Page, site: Site, who: str) -> None:
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("Email").fill(site.people[who]["email"])
    page.get_by_label("Password").first.fill(site.people[who]["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/studies/")


def take_all(browser: Browser, site: Site, pages: Sequence[Shown], folder: Path) -> None:
    """A window of its own for each person, width, scheme and language; what it has loaded once it keeps."""
    decoder = browser.new_page()
    for scheme, width, language in product(SCHEMES, WIDTHS, LANGUAGES):
        if language != "en" and scheme == "dark":
            continue
        windows: dict[str, Page] = {}
        for shown in pages:
            if (language == "en" or shown.in_every_language) and (not shown.briefly or (scheme, width) in BRIEFLY):
                page = windows.get(shown.who) or open_window(browser, site, shown.who, (scheme, width, language))
                windows[shown.who] = page
                page.goto(site.address + shown.path.format(**site.links), wait_until="networkidle")
                shown.prepare(page)
                suffix = "" if language == "en" else f"-{language}"
                save_small(decoder, picture(page, shown, width), folder / f"{shown.name}-{width}-{scheme}{suffix}.png")
        for page in windows.values():
            page.context.close()


def open_window(browser: Browser, site: Site, who: str, form: tuple[Literal["light", "dark"], int, str]) -> Page:
    scheme, width, language = form
    context = browser.new_context(
        storage_state=sign_in(browser, site, who), color_scheme=scheme, viewport={"width": width, "height": WIDTHS[width]},
        locale="en", timezone_id="Asia/Seoul", reduced_motion="reduce",
    )  # fmt: skip
    context.add_cookies([{"name": "delphi_language", "value": language, "url": site.address}])
    return context.new_page()


def picture(page: Page, shown: Shown, width: int) -> bytes:
    """The page, or one element of it with a little around it; at most TALLEST."""
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        print(f"{shown.name} at {width} px is {wide} px wide")
    top, end = 0.0, float(page.evaluate("document.documentElement.scrollHeight"))
    if shown.element:
        box = page.locator(shown.element).first.bounding_box()
        assert box is not None, f"{shown.name}: no {shown.element}"
        top, end = box["y"] - MARGIN, box["y"] + box["height"] + MARGIN
    return page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": width, "height": min(end - top, TALLEST)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    pages = [shown for shown in PAGES if not options.only or shown.name.startswith(tuple(options.only))]
    with demonstration(pages) as site, chromium() as browser:
        take_all(browser, site, pages, options.to)


if __name__ == "__main__":
    main()
