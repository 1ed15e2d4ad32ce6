"""What axe finds on a page as it stands. Only its violations travel back: its account of all it was content with is far larger."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"resultTypes": ["violations"], "preload": False,  # only rules about sound and about turned pages would look at what it loads again
         "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
# Colours that fade from one scheme to the other have faded first: halfway between the two no contrast can be judged.
SETTLED = "Promise.all(document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished.catch(() => 0)))"
AXE = f"axe.run({json.dumps(RULES)}).then(results => results.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 160))]))"
RUN = f"{SETTLED}.then(() => {AXE})"


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Rules that are broken, each with the elements that break it; the script is brought to a page once."""
    page.wait_for_load_state()  # a page that a click has only just begun to load has no document yet
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[Any] = page.evaluate(RUN)
    return [(rule, elements) for rule, elements in found]


def violations_in(page: Page, scheme: str, width: int = 0) -> list[tuple[str, list[str]]]:
    """The same page in another colour scheme and, where a width is given, on another screen, without loading it again."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if width:
        page.set_viewport_size({"width": width, "height": 900})
    return violations(page)
