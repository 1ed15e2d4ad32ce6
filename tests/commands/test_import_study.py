"""import_study FILE: the last line is the slug; a study that has begun is left alone."""

from pathlib import Path

import pytest

from surveys.models import Item, Study
from surveys.studyfile import read_study
from tests.commands.running import run
from tests.factories import a_study, add_experts, by_panel, run_round
from tests.surveys.studyfile.studies import EXAMPLE, SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "study.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_the_last_line_is_the_slug(file: Path) -> None:
    ran = run("import_study", file)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "small")
    assert Study.objects.get().slug == "small"


def test_missing_texts_are_named_on_standard_error(file: Path) -> None:
    ran = run("import_study", file)
    assert ran.err.startswith("ko: ") and "texts are missing" in ran.err and ran.out == "small\n"


def test_importing_twice_changes_nothing(file: Path) -> None:
    run("import_study", file)
    items = list(Item.objects.order_by("pk").values_list("pk", flat=True))
    again = run("import_study", file)
    assert (again.status, again.out) == (0, "small\n")
    assert "nothing changed" in again.err
    assert list(Item.objects.order_by("pk").values_list("pk", flat=True)) == items


def test_the_example_of_the_whole_format_imports_exports_and_imports_the_same(file: Path) -> None:
    file.write_text(EXAMPLE, encoding="utf-8")
    first = run("import_study", file)
    assert (first.status, first.out.splitlines()[-1]) == (0, "strait-and-roles-2027")
    exported = run("export_study", "strait-and-roles-2027").out
    assert read_study(exported) == read_study(EXAMPLE)
    file.write_text(exported, encoding="utf-8")
    assert "nothing changed" in run("import_study", file).err
    Study.objects.all().delete()
    assert run("import_study", file).status == 0
    assert run("export_study", "strait-and-roles-2027").out == exported


def test_a_changed_file_replaces_a_study_that_has_not_begun(file: Path) -> None:
    run("import_study", file)
    file.write_text(SMALL.replace("How often?", "How seldom?"), encoding="utf-8")
    assert run("import_study", file).status == 0
    assert Item.objects.get(code="rated").versions.get().definition["text"] == "How seldom?"


def test_mistakes_go_to_standard_error_with_line_and_path_and_nothing_is_written(file: Path) -> None:
    file.write_text(SMALL.replace("scale: agreement5", "scale: agreement7"), encoding="utf-8")
    ran = run("import_study", file)
    assert (ran.status, ran.out) == (1, "")
    assert "questionnaire[0].items[0].scale" in ran.err and "line " in ran.err
    assert not Study.objects.exists()


def test_a_study_that_has_begun_is_not_replaced(tmp_path: Path) -> None:
    study = a_study()
    add_experts(study, {"us": 5})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5]}))
    file = tmp_path / "study.yaml"
    file.write_text(run("export_study", "small").out, encoding="utf-8")
    same = run("import_study", file)
    assert (same.status, same.out) == (0, "small\n")
    file.write_text(file.read_text(encoding="utf-8").replace("A small study", "Another study"), encoding="utf-8")
    ran = run("import_study", file)
    assert (ran.status, ran.out) == (1, "")
    assert "title" in ran.err
    assert Study.objects.get().settings["title"] == {"en": "A small study"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"[1, 2", b"study: x\nstudy: y\n", b"- a list", b"%PDF-1.4 \x00\x01"])
def test_what_is_no_study_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "nonsense.yaml"
    file.write_bytes(content)
    ran = run("import_study", file)
    assert ran.status == 1 and ran.err and not ran.out
    assert not Study.objects.exists()


def test_a_file_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        ran = run("import_study", path)
        assert ran.status == 1 and str(path) in ran.err
