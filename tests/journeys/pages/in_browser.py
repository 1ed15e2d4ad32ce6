"""Pages that were fetched before, shown in a browser: faults that axe finds, sideways scrolling, script errors, requests that leave the host.

The pages are handed over as they came, so that a study which took long to make need not be served once more.
"""

import mimetypes
from collections.abc import Iterator, Mapping
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.browser.accessibility import violations_in
from tests.browser.conftest import watch

HOST = "http://localhost"
SCREENS = ((1280, "light"), (360, "dark"))
Pages = Mapping[str, str]


def faults_in_browser(browser: Browser, pages: Pages, checked: bool = True) -> list[str]:
    """`pages`: address → HTML. `checked`: with axe, in light colours on a laptop and in dark ones on a phone; else on the phone alone, without it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    if checked:
        context.add_init_script(Axe().axe_script)
    problems: list[str] = []
    page = watch(context.new_page(), problems, ())
    page.route("**/*", lambda route: answer(route, pages))
    faults = [fault for address in pages for fault in faults_of(page, address, checked)]
    context.close()
    return faults + problems


def answer(route: Route, pages: Pages) -> None:
    """A page, or a file of the application; what neither is, is not found."""
    path = urlparse(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
        return
    file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if file:
        route.fulfill(path=str(file), content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
    else:
        route.fulfill(status=404)


def faults_of(page: Page, address: str, checked: bool) -> Iterator[str]:
    page.goto(f"{HOST}{address}")
    for width, scheme in SCREENS if checked else SCREENS[1:]:
        if checked:
            yield from (f"{address}, {scheme}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width))
        else:
            page.set_viewport_size({"width": width, "height": 900})
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if too_wide > 0:
            yield f"{address}: {too_wide} px too wide for {width}"
