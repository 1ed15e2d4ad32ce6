"""The pages on convergence, and on allies and theatres, with everything on them: no fault that axe finds, nothing wider than a small phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser

from surveys.enums import Role
from surveys.models import Study
from tests.analysis.views.test_convergence import a_study_of_three_rounds
from tests.analysis.views.test_maps import compared
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import sign_in
from tests.factories import a_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("make", "name", "said"), [
    (a_study_of_three_rounds, "results-convergence", "The dissent runs between the allies"), (compared, "results-maps", "Abandonment against entrapment"),
], ids=["convergence", "maps"])
def test_the_page_has_no_fault_on_a_laptop_or_a_small_phone(live_server: object, browser: Browser, make: Callable[[], Study], name: str, said: str) -> None:
    study = make()
    a_member(study, Role.ANALYST, "analyst@example.org")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en")
    context.add_init_script(Axe().axe_script)
    page = context.new_page()
    sign_in(page, str(live_server), "analyst@example.org")
    page.goto(f"{live_server}{reverse(f'analysis:{name}', args=[study.slug, 2])}")
    assert said in page.inner_text("main")
    for summary in page.locator("main details > summary").all():
        summary.click()
    found = {(scheme, width): violations_in(page, scheme, width) for scheme, width in (("light", 1280), ("dark", 320))}
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    context.close()
    assert {place: rules for place, rules in found.items() if rules} == {}
    assert too_wide <= 0
