"""A form of ODK in the browser: chosen, its report read on any screen, and saved; without a script too."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from surveys.models import Study
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import somebody
from tests.surveys.xlsform.forms import form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = form(
    {"type": "today", "name": "today"},
    {"type": "begin group", "name": "threats", "label::English (en)": "Threats", "label::한국어 (ko)": "위협"},
    {"type": "select_one agree5", "name": "both_theatres_are_one", "label::English (en)": "Both theatres are one", "label::한국어 (ko)": "두 전구는 하나이다"},
    {"type": "integer", "name": "days", "label::English (en)": "How many days of warning?", "constraint": "regex(., '[0-9]+')",
     "relevant": "${both_theatres_are_one} >= 4 and ${today} > '2027-01-01'"},
    {"type": "geopoint", "name": "place", "label::English (en)": "Where?"},
    {"type": "end group"},
)


def preview(page: Page, folder: Path) -> None:
    file = folder / "form.xlsx"
    file.write_bytes(FORM)
    page.get_by_label("Study file").set_input_files(file)
    page.get_by_role("button", name="See what is in it").click()
    expect(page.get_by_role("heading", name="What became of the form")).to_be_visible()


def test_the_report_is_readable_on_every_screen_and_the_draft_is_saved(live_server: object, page: Page, tmp_path: Path) -> None:
    somebody(email="organizer@example.org", may_create_studies=True)
    come_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}/studies/new/")
    preview(page, tmp_path)
    expect(page.get_by_role("row", name="place geopoint")).to_contain_text("left out")
    page.emulate_media(reduced_motion="reduce")  # a button half-way between two schemes has the colours of neither
    for scheme in ("light", "dark"):
        for width in (320, 1280):
            assert violations_in(page, scheme, width) == []
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_role("button", name="Save this study").click()
    expect(page.get_by_text("The study is saved.")).to_be_visible()
    assert Study.objects.get().slug == "a-form"


def test_it_needs_no_script(live_server: object, browser: Browser, tmp_path: Path) -> None:
    somebody(email="organizer@example.org", may_create_studies=True)
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    come_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}/studies/new/")
    preview(page, tmp_path)
    page.get_by_role("button", name="Save this study").click()
    expect(page.get_by_text("The study is saved.")).to_be_visible()
    context.close()
