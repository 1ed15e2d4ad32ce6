"""import_xlsform FILE: a draft study from a workbook, the report on standard error, the slug last."""

from pathlib import Path

import pytest

from surveys.models import Round, Study
from surveys.queries import definition_of
from surveys.studyfile import read_study
from tests.commands.running import run
from tests.surveys.xlsform.forms import form

pytestmark = pytest.mark.django_db
QUESTIONS = (
    {"type": "integer", "name": "days", "label": "How many days?"},
    {"type": "geopoint", "name": "place", "label": "Where?"},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form(*QUESTIONS))
    return path


def test_the_form_becomes_a_draft_study_and_its_slug_is_the_last_line(file: Path) -> None:
    ran = run("import_xlsform", file)
    assert (ran.status, ran.out) == (0, "a-form\n")
    study = Study.objects.get()
    assert [item["code"] for item in definition_of(study)["questionnaire"][0]["items"]] == ["days"]
    assert not Round.objects.exclude(state="draft").exists()


def test_the_report_goes_to_standard_error_row_by_row(file: Path) -> None:
    lines = run("import_xlsform", file).err.splitlines()
    assert lines[0].startswith("survey 2: days (integer) → number days: ")
    assert lines[1].startswith("survey 3: place (geopoint) → –: ")
    assert any("panel “experts”" in line for line in lines)
    assert "Rows taken over: 1; left out: 1." in lines


def test_another_slug_can_be_given(file: Path) -> None:
    assert run("import_xlsform", file, "--slug", "another").out == "another\n"
    assert Study.objects.get().slug == "another"


def test_an_impossible_slug_is_refused(file: Path) -> None:
    ran = run("import_xlsform", file, "--slug", "Not A Slug")
    assert (ran.status, ran.out) == (1, "")
    assert "no slug" in ran.err and not Study.objects.exists()


def test_importing_twice_changes_nothing(file: Path) -> None:
    run("import_xlsform", file)
    again = run("import_xlsform", file)
    assert again.out == "a-form\n" and "nothing changed" in again.err


def test_a_study_that_was_worked_on_since_is_not_replaced(file: Path) -> None:
    run("import_xlsform", file)
    file.write_bytes(form(*QUESTIONS, {"type": "text", "name": "why", "label": "Why?"}))
    ran = run("import_xlsform", file)
    assert (ran.status, ran.out) == (1, "")
    assert "--slug" in ran.err
    assert len(definition_of(Study.objects.get())["questionnaire"][0]["items"]) == 1


def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "nonsense.xlsx"
    file.write_bytes(b"type,name,label\ntext,q1,Why?\n")
    ran = run("import_xlsform", file)
    assert (ran.status, ran.out) == (1, "")
    assert ".xlsx" in ran.err and not Study.objects.exists()


def test_the_exported_study_is_a_study_file(file: Path) -> None:
    run("import_xlsform", file)
    assert read_study(run("export_study", "a-form").out)["study"] == "a-form"
