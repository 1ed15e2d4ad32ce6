"""The builder in a browser: a study written in it alone, by mouse and keyboard, run through two rounds, and equal to its file."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from surveys.models import Study
from surveys.studyfile import read_study
from surveys.studyfile.bundled import bundled_study
from surveys.workflow.drafts import create_study, edit_draft, read_draft
from tests.browser.organizer.conftest import come_in, sign_in
from tests.browser.organizer.looking import faults_of
from tests.browser.organizer.test_the_way import close_round, count_waiting, decide_on_the_next_round, download, open_round
from tests.surveys.views.organizer.stage import answered, panel_csv, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TARGET: dict[str, Any] = {
    "study": "threats-2032",
    "title": {"en": "Threats across two theatres", "ko": "두 전구의 위협"},
    "aim": {"en": "To see where allies differ"},
    "languages": ["en", "ko"],
    "time_zone": "Asia/Seoul",
    "rounds": {"maximum": 3},
    "disclosure": {"minimum": 3},
    "consensus": {"rule": "iqr", "at_most": 1},
    "stability": {"rule": "scheibe", "below": 15},
    "theatres": [{"code": "indo-pacific", "name": {"en": "Indo-Pacific", "ko": "인도·태평양"}}],
    "panels": [
        {"code": "us", "name": {"en": "United States", "ko": "미국"}},
        {"code": "jp", "name": {"en": "Japan", "ko": "일본"}, "theatres": ["indo-pacific"]},
        {"code": "kr", "name": {"en": "South Korea", "ko": "한국"}, "theatres": ["indo-pacific"]},
    ],
    "scales": {"five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"], "ko": ["없음", "조금", "다소", "많이", "극심"]}}},
    "option_lists": {"ways": [
        {"code": "within", "text": {"en": "From within", "ko": "안에서"}}, {"code": "force", "text": {"en": "By force", "ko": "힘으로"}}]},
    "questionnaire": [
        {"section": "threats", "title": {"en": "Threats", "ko": "위협"}, "items": [
            {"code": "grave", "kind": "rating", "scale": "five", "rationale": "optional",
             "text": {"en": "How grave is a blockade for your country?", "ko": "봉쇄는 귀국에 얼마나 심각합니까?"}},
            {"code": "chance", "kind": "probability",
             "text": {"en": "A blockade lasts a week or more within five years", "ko": "5년 안에 봉쇄가 일주일 이상 이어진다"}},
        ]},
        {"section": "aims", "title": {"en": "Aims", "ko": "목적"}, "items": [
            {"code": "aim", "kind": "choice",
             "text": {"en": "How does the challenger mean to change the order?", "ko": "도전국은 질서를 어떻게 바꾸려 합니까?"},
             "options": "ways"},
        ]},
    ],
}


def test_a_study_written_in_the_builder_alone_runs_two_rounds_and_equals_its_file(live_server: object, page: Page, tmp_path: Path) -> None:
    somebody(email="organizer@example.org", may_create_studies=True)
    sign_in(page, str(live_server), "organizer@example.org")
    begin(page)
    write_groups(page)
    write_scale(page)
    write_list(page)
    write_head(page)
    write_rules(page)
    write_questions(page)
    expect(page.locator(".builder-problems")).to_have_count(0)  # what is missing are translations alone
    study = Study.objects.get()
    assert read_study(file_of(page, tmp_path)) == TARGET

    page.get_by_role("link", name=TARGET["title"]["en"]).click()
    take_up_experts(page, study, tmp_path)
    for number in (1, 2):
        open_round(page, "Prepare round 1", "Open round 1") if number == 1 else decide_on_the_next_round(page)
        answered(study.rounds.get(number=number), reason="Because of geography" if number == 1 else "")
        page.reload()
        close_round(page, number)
        count_waiting()
        page.goto(f"{live_server}{study.get_absolute_url()}")
        if number == 1:
            withhold_all(page)

    rows = download(page, tmp_path)
    whole = rows[(rows["item"] == "grave") & (rows["group"] == "all")]
    assert [(row["round"], row["n"], row["median"]) for _place, row in whole.iterrows()] == [(1, 15, 2), (2, 15, 2)]  # 1, 2, 3 five times each
    page.goto(f"{live_server}{reverse('surveys:build', args=[study.slug])}")
    expect(page.get_by_text("Nothing can be changed here any more")).to_be_visible()
    assert read_study(file_of(page, tmp_path)) == TARGET


def begin(page: Page) -> None:
    page.get_by_role("link", name="Write a new study").click()
    page.get_by_label("Title").fill(TARGET["title"]["en"])
    page.get_by_label("Languages").fill("en, ko")
    page.get_by_label("Short name").fill(TARGET["study"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Begin with a section")).to_be_visible()


def fill_texts(page: Page, name: str, texts: dict[str, str]) -> None:
    for language, text in texts.items():
        page.locator(f"[name='{name}-{language}']").fill(text)


def save(page: Page) -> None:
    """Until the page is there that says so: a link followed before would stop the browser from sending the form."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages").first).to_be_visible()


def write_groups(page: Page) -> None:
    part(page, "Panels and theatres")
    for link, groups in (("Add a theatre", TARGET["theatres"]), ("Add a panel", TARGET["panels"])):
        for group in groups:
            page.get_by_role("link", name=link).click()
            fill_texts(page, "name", group["name"])
            page.get_by_label("Code", exact=True).fill(group["code"])
            for theatre in group.get("theatres", []):
                page.locator(f"[name=theatres][value={theatre}]").check()
            page.keyboard.press("Enter") if group["code"] == "us" else save(page)
            expect(page.get_by_role("link", name=group["name"]["en"])).to_be_visible()


def part(page: Page, name: str) -> None:
    page.get_by_label("Parts of the study").get_by_role("link", name=name).click()


def write_scale(page: Page) -> None:
    part(page, "Scales")
    page.get_by_role("link", name="Add a scale").click()
    page.get_by_label("Name of the scale").fill("five")
    page.get_by_label("Every point has a label").check()
    for language, labels in TARGET["scales"]["five"]["labels"].items():
        page.locator(f"[name=labels-{language}]").fill("\n".join(labels))
    save(page)
    expect(page.get_by_text("None · Little · Some · Much · Extreme")).to_be_visible()


def write_list(page: Page) -> None:
    part(page, "Lists of options")
    page.get_by_role("link", name="Add a list").click()
    page.get_by_label("Name of the list").fill("ways")
    for place, option in enumerate(TARGET["option_lists"]["ways"]):
        fill_texts(page, f"entries-{place}-text", option["text"])
        page.locator(f"[name=entries-{place}-code]").fill(option["code"])
    save(page)


def write_rules(page: Page) -> None:
    part(page, "Rules")
    for which, threshold in (("consensus", "1"), ("stability", "15")):
        page.locator(f"button[value='{which}:add:0']").click()
        page.locator(f"[name={which}-0-rule]").select_option(TARGET[which]["rule"])
        comparison = next(key for key in TARGET[which] if key != "rule")
        page.locator(f"[name={which}-0-comparison]").select_option(comparison)
        page.locator(f"[name={which}-0-threshold]").fill(threshold)
    page.get_by_label("Rounds at most").fill("3")
    page.get_by_label("Fewest answers that a figure rests on").fill("3")
    save(page)


def write_head(page: Page) -> None:
    part(page, "Study and information")
    fill_texts(page, "title", TARGET["title"])
    fill_texts(page, "aim", TARGET["aim"])
    page.get_by_label("Time zone of deadlines").fill("Asia/Seoul")
    save(page)


def write_questions(page: Page) -> None:
    """The sections the wrong way round, a question too many: moved, duplicated, removed and undone with the buttons."""
    part(page, "Questions")
    for section in reversed(TARGET["questionnaire"]):
        page.get_by_role("link", name="Add a section").click()
        fill_texts(page, "title", section["title"])
        page.get_by_role("button", name="Add this section").click()
        for item in reversed(section["items"]):
            if page.get_by_role("heading", name="Add a question").count() == 0:
                page.locator(f"#section-{section['section']}").get_by_role("link", name="Add a question").click()
            write_question(page, item)
    page.locator("button[name=section-up][value=threats]").click()
    assert page.url.endswith("#section-threats")
    page.locator("button[name=item-up][value=grave]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#item-grave")
    assert page.evaluate("document.activeElement.id") == "item-grave"
    page.locator("button[name=item-copy][value=aim]").click()
    page.locator("button[name=item-remove][value=aim]").click()
    page.get_by_role("button", name="Bring it back").click()
    page.locator("button[name=item-remove][value=aim-2]").click()
    expect(page.locator("#item-aim-2")).to_have_count(0)


def write_question(page: Page, item: dict[str, Any]) -> None:
    page.get_by_role("link", name=item["kind"], exact=True).click()
    fill_texts(page, "text", item["text"])
    page.get_by_label("Code", exact=True).fill(item["code"])
    if "scale" in item:
        page.get_by_label("Scale", exact=True).select_option(item["scale"])
    if "rationale" in item:
        page.get_by_label("Reason", exact=True).select_option(item["rationale"])
    if "options" in item:
        page.locator("[name=options-source]").select_option(item["options"])
    save(page)
    page.get_by_role("link", name="Back to the questions").click()
    expect(page.get_by_role("link", name=item["text"]["en"])).to_be_visible()


def file_of(page: Page, folder: Path) -> str:
    page.locator(".builder-state").get_by_role("link", name="Study file").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=f"Download {TARGET['study']}.yaml").click()
    waiting.value.save_as(folder / "study.yaml")
    return (folder / "study.yaml").read_text()


def take_up_experts(page: Page, study: Study, folder: Path) -> None:
    (folder / "panel.csv").write_text(panel_csv(study))
    page.get_by_role("link", name="Upload a list of experts").click()
    page.get_by_label("List of experts").set_input_files(folder / "panel.csv")
    page.get_by_role("button", name="See every row").click()
    page.get_by_role("button", name="Take up this list").click()
    expect(page.get_by_text("15 new, 0 changed, 0 unchanged")).to_be_visible()
    page.get_by_role("link", name=TARGET["title"]["en"]).click()


def withhold_all(page: Page) -> None:
    page.get_by_role("link", name="Read the reasons").click()
    for _reason in range(3):
        page.get_by_role("button", name="Approve as it is").first.click()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    page.get_by_role("link", name=TARGET["title"]["en"]).click()


@pytest.fixture
def study() -> Study:
    """Every kind of question, and one that is not finished."""
    user = somebody(email="organizer@example.org", may_create_studies=True)
    study = create_study({**bundled_study("every-kind"), "study": "mine"}, by=user)
    odd = {"section": "odd", "title": {"en": "Odd"}, "items": [{"code": "unfinished", "kind": "rating"}]}
    edit_draft(study, "item-added", lambda definition: {**definition, "questionnaire": [*definition["questionnaire"], odd]}, subject="unfinished", by=user)
    create_study({"study": "empty", "title": {"en": "Empty"}, "languages": ["en", "ko"]}, by=user)
    return study


def test_no_page_has_a_fault_that_axe_finds_or_is_too_wide(live_server: object, browser: Browser, study: Study) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en")
    page = context.new_page()
    come_in(page, str(live_server), "organizer@example.org")
    faults = []
    for address in ("/studies/", "/studies/new/start/", "/studies/empty/", "/studies/empty/build/", *(f"/studies/mine/build/{name}" for name in (
            "", "sections/odd/", "add-section/", "sections/odd/kinds/", "history/", "file/", "preview/", "preview/?width=laptop&item=unfinished",
            "preview/frame/?section=odd"))):
        page.goto(f"{live_server}{address}")
        faults += faults_of(page)
        page.set_viewport_size({"width": 320, "height": 800})
        faults += [f"{address}: too wide for 320"] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
    context.close()
    assert faults == []


def test_the_preview_answers_and_keeps_nothing(live_server: object, page: Page, study: Study) -> None:
    come_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}/studies/mine/build/preview/")
    frame = page.frame_locator("iframe")
    first = frame.locator(".item input[name$='-value']").first
    first.fill("40")
    expect(first).to_have_value("40")
    before = read_draft(study).step
    page.get_by_role("link", name="Korean").click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("분쟁 예상 지점")
    page.get_by_role("link", name="Laptop").click()
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == 1024
    assert read_draft(study).step == before


def test_typing_survives_a_page_that_was_left_without_saving(live_server: object, page: Page, study: Study) -> None:
    come_in(page, str(live_server), "organizer@example.org")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server}/studies/mine/build/sections/odd/")
    page.locator("[name=title-ko]").fill("아직 저장하지 않음")
    page.wait_for_timeout(600)  # the script waits for a pause in typing
    assert page.evaluate("Object.keys(sessionStorage).length") == 1
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/build/")
    assert asked == ["beforeunload"]
    page.goto(f"{live_server}/studies/mine/build/sections/odd/")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("[name=title-ko]")).to_have_value("아직 저장하지 않음")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/build/#section-odd")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0
    page.goto(f"{live_server}/studies/mine/build/sections/odd/")
    expect(page.locator("#typing-kept")).to_be_hidden()


def test_typing_in_a_question_comes_back_with_the_options_that_a_script_added(live_server: object, page: Page, study: Study) -> None:
    come_in(page, str(live_server), "organizer@example.org")
    page.on("dialog", lambda dialog: dialog.accept())
    address = f"{live_server}/studies/mine/build/sections/odd/items/new/?kind=choice"
    page.goto(address)
    page.locator("[name=text-en]").fill("Who goes first?")
    page.locator("button[value='options:add:0']").click()
    page.locator("[name=options-2-text-en]").fill("A third one")
    page.wait_for_timeout(600)  # the script waits for a pause in typing
    page.goto(f"{live_server}/studies/mine/build/")
    page.goto(address)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("[name=options-2-text-en]")).to_have_value("A third one")
    expect(page.locator("[name=text-en]")).to_have_value("Who goes first?")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/build/items/**")
    assert page.evaluate("Object.keys(sessionStorage).length") == 0


def test_the_outline_works_without_scripts(live_server: object, browser: Browser, study: Study) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    come_in(page, str(live_server), "organizer@example.org")
    page.goto(f"{live_server}/studies/mine/build/")
    page.locator("#item-unfinished summary").click()
    page.get_by_label("Section for unfinished").select_option("flashpoints")
    page.locator("button[name=item-place][value=unfinished]").click()
    page.get_by_role("button", name="Undo").click()
    assert "Taken back: question moved: unfinished." in page.content()
    assert [item["code"] for item in read_draft(study).definition["questionnaire"][-1]["items"]] == ["unfinished"]
    context.close()
