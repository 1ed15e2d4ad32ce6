"""The organizer's whole way in a browser: from signing in to the file in pandas, experts answering in between."""

from pathlib import Path

import pandas
import pytest
from playwright.sync_api import Page, expect

from analysis.aggregation import aggregate_round, rounds_to_count
from analysis.blocks import analyse_block, blocks_to_do
from surveys.models import Study
from surveys.studyfile import write_study
from tests.browser.organizer.conftest import sign_in
from tests.surveys.views.organizer.stage import DEFINITION, answered, panel_csv, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def count_waiting() -> None:
    """What a worker does when it comes to it."""
    for round_id, closing in rounds_to_count():
        aggregate_round(round_id, closing)
    for run_id, number in blocks_to_do():
        analyse_block(run_id, number)


def test_from_signing_in_to_the_file_in_pandas(live_server: object, page: Page, tmp_path: Path) -> None:
    somebody(email="organizer@example.org", may_create_studies=True)
    sign_in(page, str(live_server), "organizer@example.org")
    expect(page.get_by_role("heading", name="No study yet")).to_be_visible()

    upload_study(page, tmp_path)
    study = Study.objects.get()
    upload_panel(page, study, tmp_path)

    open_round(page, "Prepare round 1", "Open round 1")
    expect(page.get_by_text("0 of 15 submitted")).to_be_visible()
    answered(study.rounds.get())
    expect(page.get_by_text("15 of 15 submitted")).to_be_visible(timeout=15_000)  # without reload

    close_round(page, 1)
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    count_waiting()
    expect(page.get_by_role("heading", name="Read the reasons")).to_be_visible(timeout=15_000)  # without reload

    moderate(page)
    see_results(page)
    decide_on_the_next_round(page)
    rows = download(page, tmp_path)
    whole = rows[(rows["item"] == "grave") & (rows["group"] == "all")].iloc[0]
    assert (whole["n"], whole["median"], whole["q1"], whole["q3"]) == (15, 2, 1, 3)  # 1, 2, 3 five times each
    assert set(rows["round"]) == {1}


def upload_study(page: Page, folder: Path) -> None:
    file = folder / "study.yaml"
    file.write_text(write_study(DEFINITION))
    page.get_by_role("link", name="Upload a study file").click()
    page.get_by_label("Study file").set_input_files(file)
    page.get_by_role("button", name="See what is in it").click()
    expect(page.get_by_role("heading", name="Threats across two theatres")).to_be_visible()
    page.get_by_role("button", name="Save this study").click()
    expect(page.get_by_text("The study is saved.")).to_be_visible()


def upload_panel(page: Page, study: Study, folder: Path) -> None:
    file = folder / "panel.csv"
    file.write_text(panel_csv(study))
    page.get_by_role("link", name="Upload a list of experts").click()
    page.get_by_label("List of experts").set_input_files(file)
    page.get_by_role("button", name="See every row").click()
    page.get_by_role("button", name="Take up this list").click()
    expect(page.get_by_text("15 new, 0 changed, 0 unchanged")).to_be_visible()
    page.get_by_role("link", name="Threats across two theatres").click()


def open_round(page: Page, button: str, confirm: str) -> None:
    page.get_by_role("link", name=button).click()
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("3 items are asked.")).to_be_visible()
    page.get_by_role("button", name=confirm).click()
    expect(page.get_by_text("is open.", exact=False).first).to_be_visible()


def decide_on_the_next_round(page: Page) -> None:
    page.get_by_role("link", name="Prepare round 2").click()
    page.get_by_role("button", name="Accept all proposals").click()
    page.get_by_role("link", name="Go on to the deadline").click()
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("3 items are asked.")).to_be_visible()
    page.get_by_role("button", name="Open round 2").click()
    expect(page.get_by_text("is open.", exact=False).first).to_be_visible()


def close_round(page: Page, number: int) -> None:
    page.get_by_role("link", name=f"Close round {number}").click()
    page.get_by_role("button", name=f"Close round {number}").click()
    expect(page.get_by_text("Its answers are being counted.")).to_be_visible()


def moderate(page: Page) -> None:
    page.get_by_role("link", name="Read the reasons").click()
    page.get_by_role("button", name="Approve as it is").first.click()
    expect(page.get_by_text("2 wait")).to_be_visible()
    page.get_by_text("Approve in part, or withhold").first.click()
    page.get_by_label("What is shown").first.fill("Because of geography")
    page.get_by_label("Why (for the record)").first.fill("names a panel")
    page.get_by_role("button", name="Approve this part").first.click()
    expect(page.get_by_text("1 waits")).to_be_visible()
    page.get_by_text("Approve in part, or withhold").first.click()
    page.get_by_label("Why (for the record)").first.fill("not about the item")
    page.get_by_role("button", name="Withhold").first.click()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    page.get_by_role("link", name="Threats across two theatres").click()


def see_results(page: Page) -> None:
    page.get_by_role("link", name="Results").click()
    page.get_by_role("link", name="How grave is a blockade for your country?").click()
    expect(page.get_by_role("region", name="What came out")).to_contain_text("The middle half of the 15 answers lies between 1 (None) and 3 (Some)")
    page.get_by_role("link", name="Threats across two theatres").click()


def download(page: Page, folder: Path) -> pandas.DataFrame:
    page.get_by_role("link", name="Files").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="aggregates.csv", exact=True).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return pandas.read_csv(file)
