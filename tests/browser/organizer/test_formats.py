"""The page of files once all figures are there: other programs' formats are offered, fetched with a click, and legible on a phone."""

from pathlib import Path

import pyreadstat
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from analysis.blocks import analyse_now
from analysis.exports.formats import FORMATS
from surveys.enums import Role
from surveys.models import Study
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import counted, somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server: object, browser: Browser) -> Page:
    study: Study = staged()
    analyse_now(counted(study))
    somebody(study, Role.ANALYST, email="analyst@example.org")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en", accept_downloads=True)
    context.add_init_script(Axe().axe_script)
    page = context.new_page()
    come_in(page, str(live_server), "analyst@example.org")
    page.goto(f"{live_server}{reverse('analysis:files', args=[study.slug])}")
    return page


def test_the_formats_are_legible_in_both_schemes_and_on_a_phone(page: Page) -> None:
    assert [page.get_by_role("link", name=form.file).count() for form in FORMATS] == [1] * len(FORMATS)
    for scheme, width in (("light", 1280), ("dark", 320)):
        assert list(violations_in(page, scheme, width)) == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        heights = page.eval_on_selector_all(".downloads > li", "rows => rows.map(row => row.getBoundingClientRect().height)")
        assert min(heights) >= 44


def test_a_click_fetches_a_file_that_spss_reads(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="aggregates.sav").click()
    waiting.value.save_as(tmp_path / "aggregates.sav")
    rows, about = pyreadstat.read_sav(tmp_path / "aggregates.sav")
    assert waiting.value.suggested_filename == "staged-aggregates.sav"
    assert rows.query("item == 'grave' and group == 'all'").iloc[0]["median"] == 2  # 1, 2, 3 five times each
    assert about.variable_value_labels["group_name"][1001] == "United States (us)"
