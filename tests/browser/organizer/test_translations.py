"""The translators' page in a browser: by keyboard, on a phone, light and dark, without scripts, and nothing typed is lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from surveys.enums import Role
from surveys.models import Study
from surveys.studyfile.translating import study_texts
from surveys.workflow.drafts import edit_draft, read_draft
from surveys.workflow.translations import Written, save_translations
from tests.browser.accessibility import violations_in
from tests.browser.organizer.conftest import come_in
from tests.surveys.views.organizer.stage import counted, somebody, staged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
URL = "/studies/staged/build/translations/"
GRAVE = "Question “grave” · Question"


def a_study(role: str = Role.TRANSLATOR) -> Study:
    study = staged()
    somebody(study, role, email="translator@example.org")
    return study


def korean(study: Study) -> dict[str, str]:
    return {text.key: text.texts["ko"] for text in study_texts(read_draft(Study.objects.get(pk=study.pk)).definition) if "ko" in text.texts}


def field(page: Page, where: str) -> Locator:
    return page.get_by_label(f"Korean: {where}", exact=True)


def test_a_translator_goes_from_the_study_to_a_reviewed_text(live_server: object, page: Page) -> None:
    study = a_study()
    come_in(page, str(live_server), "translator@example.org")
    page.goto(f"{live_server}/studies/staged/")
    page.get_by_role("link", name="Translations").click()
    field(page, GRAVE).fill("봉쇄는 귀국에 얼마나 심각합니까?")
    page.get_by_label(f"Reviewed: {GRAVE}", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. 1 text has changed.")).to_be_visible()
    expect(page.get_by_label(f"Reviewed: {GRAVE}", exact=True)).to_be_checked()
    assert korean(study)["item:grave:text"] == "봉쇄는 귀국에 얼마나 심각합니까?"


def test_leaving_with_unsaved_typing_asks_and_keeps_it(live_server: object, page: Page) -> None:
    a_study()
    come_in(page, str(live_server), "translator@example.org")
    page.goto(f"{live_server}{URL}")
    field(page, GRAVE).fill("봉쇄는")
    page.wait_for_timeout(600)  # typing is kept a moment after it ends
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server}/studies/")
    assert asked == ["beforeunload"]
    page.goto(f"{live_server}{URL}")
    page.get_by_role("button", name="Bring it back").click()
    expect(field(page, GRAVE)).to_have_value("봉쇄는")


def test_a_file_goes_out_and_comes_in(live_server: object, page: Page, tmp_path: Path) -> None:
    study = a_study()
    come_in(page, str(live_server), "translator@example.org")
    page.goto(f"{live_server}{URL}")
    page.get_by_text("Work in a spreadsheet").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as plain CSV").click()
    content = Path(started.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="Take a file up").click()
    choose(page, tmp_path / "wrong.csv", content.replace(",ko,,missing,", ",ko,번역,missing,"))
    expect(page.get_by_text("Give as many, and no empty line")).to_be_visible()  # the scale has five labels
    choose(page, tmp_path / "right.csv", re.sub("(?m)^(panel:.*),ko,,missing,", r"\1,ko,번역,missing,", content))
    page.get_by_role("button", name="Take this file up").click()
    expect(page.get_by_text("3 new texts")).to_be_visible()
    assert korean(study)["panel:kr"] == "번역"


def choose(page: Page, path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    page.get_by_label("File with translations").set_input_files(path)
    page.get_by_role("button", name="See every row").click()


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.OWNER])
def test_a_phone_shows_every_state_light_and_dark(live_server: object, browser: Browser, role: str) -> None:
    study = a_study(role)
    save_translations(study, "ko", {"panel:kr": Written("한국", is_reviewed=True, note="official name"), "item:grave:text": Written("얼마나?")})
    edit_draft(study, "head", lambda definition: {**definition, "title": {"en": "Other threats", "ko": "두 전구의 위협"}})
    context = browser.new_context(viewport={"width": 320, "height": 900}, reduced_motion="reduce", locale="en")
    page = context.new_page()
    come_in(page, str(live_server), "translator@example.org")
    faults = faults_at(page, f"{live_server}{URL}") + faults_at(page, f"{live_server}{URL}ko/upload/")
    counted(study)
    faults += faults_at(page, f"{live_server}{URL}")
    context.close()
    assert faults == []


def faults_at(page: Page, address: str) -> list[str]:
    page.goto(address)
    faults = []
    for scheme, width in (("light", 320), ("dark", 320), ("light", 1280)):
        faults += [f"{page.url}, {scheme}, {width}: {rule}: {elements[0]}" for rule, elements in violations_in(page, scheme, width)]
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [f"{page.url}: {too_wide} px too wide for {width}"] if too_wide > 0 else []
    small = page.evaluate("""[...document.querySelectorAll('main :is(button, textarea, select, summary, .button)')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 80))""")
    return faults + [f"{page.url}: smaller than 44 px: {one}" for one in small]


def test_everything_works_without_scripts(live_server: object, browser: Browser) -> None:
    study = a_study()
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    come_in(page, str(live_server), "translator@example.org")
    page.goto(f"{live_server}{URL}?state=missing")
    page.locator("#choice-part").select_option("section:aims")
    page.get_by_role("button", name="Show").click()
    field(page, "Question “aim” · Option force").fill("힘으로")
    page.get_by_role("button", name="Save, and mark everything on this page as reviewed").click()
    assert "Saved. 1 text has changed." in page.content()
    assert korean(study)["item:aim:options.force"] == "힘으로"
    context.close()
