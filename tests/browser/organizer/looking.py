"""One page after the other in an organizer's browser: what axe finds on it, and what is wider than the screen, light and dark."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from accounts.models import User
from surveys.enums import Role
from surveys.models import Study, StudyMember
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import somebody, staged

EMAIL = "organizer@example.org"


def owner_of(studies: Iterable[Study]) -> User:
    user = somebody(email=EMAIL, may_create_studies=True)
    for study in studies:
        StudyMember.objects.create(study=study, user=user, role=Role.OWNER)
    return user


def staged_studies(*slugs: str) -> dict[str, Study]:
    """By slug."""
    return {slug: staged(study=slug) for slug in slugs}


def faults_on(addresses: Iterable[str], base: str, browser: Browser, *, before_signing_in: Iterable[str] = ()) -> list[str]:
    """Of all these pages, as their owner (`owner_of`) sees them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en")
    context.add_init_script(Axe().axe_script)  # sent once, not with each of the pages
    page = context.new_page()
    faults: list[str] = []
    for address in before_signing_in:
        page.goto(f"{base}{address}")
        faults += faults_of(page)
    come_in(page, base, EMAIL)
    for address in addresses:
        page.goto(f"{base}{address}")
        faults += faults_of(page)
    context.close()
    return faults


def faults_of(page: Page) -> list[str]:
    """On a laptop in light colours, then on a phone in dark ones."""
    faults = []
    for scheme, width in (("light", 1280), ("dark", 360)):
        faults += [f"{page.url}, {scheme}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width)]
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [f"{page.url}: {too_wide} px too wide for {width}"] if too_wide > 0 else []
    return faults
