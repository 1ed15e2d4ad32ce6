"""report SLUG --to FOLDER: the report in the study's languages and in every form; the same results give the same bytes."""

from pathlib import Path

import pytest

from surveys.models import Study
from tests.commands.running import run
from tests.commands.test_export import contents
from tests.factories import a_study, add_experts, by_panel, public, run_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study(public(languages=["en", "ja"]))
    add_experts(study, {"us": 2, "jp": 2})
    run_round(study, 1, by_panel("grave", {"us": [1, 2], "jp": [4, 5]}))
    return study


def test_it_is_written_in_every_language_and_form_and_the_files_are_named(study: Study, tmp_path: Path) -> None:
    ran = run("report", "small", "--to", tmp_path / "deep" / "reports")
    assert (ran.status, ran.err) == (0, "")
    named = {f"small-report-{language}.{form}" for language in ("en", "ja") for form in ("html", "pdf", "docx")}
    assert {Path(line).name for line in ran.out.splitlines()} == named == set(contents(tmp_path / "deep" / "reports"))


def test_the_same_results_give_the_same_bytes(study: Study, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        run("report", "small", "--to", tmp_path / folder, "--language", "en")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_one_language_and_one_form_can_be_chosen(study: Study, tmp_path: Path) -> None:
    assert run("report", "small", "--to", tmp_path, "--language", "ja", "--format", "html").status == 0
    (page,) = contents(tmp_path).items()
    assert page[0] == "small-report-ja.html"
    assert b'<html lang="ja"' in page[1]


@pytest.mark.parametrize(("more", "says"), [
    (("--language", "ko"), "There is no language “ko”. There are: en, ja, and all."),
    (("--format", "odt"), "There is no format “odt”. There are: html, pdf, docx, and all."),
])
def test_what_there_is_not_is_refused_and_nothing_is_written(study: Study, tmp_path: Path, more: tuple[str, str], says: str) -> None:
    ran = run("report", "small", "--to", tmp_path / "reports", *more)
    assert (ran.status, ran.out) == (1, "")
    assert says in ran.err
    assert not (tmp_path / "reports").exists()


def test_a_study_without_a_counted_round_is_refused(tmp_path: Path) -> None:
    a_study()
    ran = run("report", "small", "--to", tmp_path / "reports")
    assert ran.status == 1
    assert "no round" in ran.err.lower()
    assert not (tmp_path / "reports").exists()


def test_a_folder_that_cannot_be_written_is_named(study: Study, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    ran = run("report", "small", "--to", tmp_path / "taken", "--format", "html")
    assert ran.status == 1
    assert "can't be written" in ran.err
