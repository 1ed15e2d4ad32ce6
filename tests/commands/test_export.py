"""export SLUG --to FOLDER: the analyst's files of all closed rounds; the same results give the same bytes."""

import json
from pathlib import Path

import pytest

from analysis.exports.bundle import NAMES
from analysis.models import AnalysisBlock
from surveys.enums import RoundState
from surveys.models import Round, Study
from surveys.workflow.rounds import open_round
from tests.commands.running import run
from tests.factories import a_study, add_experts, by_panel, give, run_round

FILES = set(NAMES)

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 5, "jp": 6})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 4, 5], "jp": [1, 2, 2, 3, 4, 5]}))
    return study


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_files_are_written_and_named(study: Study, tmp_path: Path) -> None:
    ran = run("export", "small", "--to", tmp_path / "deep" / "files")
    assert (ran.status, ran.err) == (0, "")
    assert {Path(line).name for line in ran.out.splitlines()} == FILES == set(contents(tmp_path / "deep" / "files"))


def test_the_same_results_give_the_same_bytes(study: Study, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        run("export", "small", "--to", tmp_path / folder)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_export_writes_over_an_earlier_one(study: Study, tmp_path: Path) -> None:
    (tmp_path / "aggregates.csv").write_text("old")
    assert run("export", "small", "--to", tmp_path).status == 0
    assert (tmp_path / "aggregates.csv").read_bytes().startswith(b"study,round,")


def test_a_closed_round_is_counted_and_exported_and_an_open_one_is_left_out(study: Study, tmp_path: Path) -> None:
    give(open_round(study, 2), by_panel("grave", {"us": [1, 2, 3, 4, 5]}))
    run("export", "small", "--to", tmp_path)
    assert b"small,2," not in (tmp_path / "aggregates.csv").read_bytes()
    assert [found["round"] for found in json.loads((tmp_path / "provenance.json").read_bytes())["rounds"]] == [1]
    run("close_round", "small", 2)
    assert Round.objects.get(number=2).state == RoundState.CLOSED
    run("export", "small", "--to", tmp_path)
    assert b"small,2," in (tmp_path / "aggregates.csv").read_bytes()


def test_no_answer_of_a_person_leaves(study: Study, tmp_path: Path) -> None:
    run("export", "small", "--to", tmp_path)
    assert not any(b"us-1" in content or b"jp-1" in content for content in contents(tmp_path).values())


def test_nothing_to_export_is_told(tmp_path: Path) -> None:
    study = a_study()
    ran = run("export", "small", "--to", tmp_path / "files")
    assert (ran.status, ran.out) == (1, "") and "nothing to export" in ran.err
    open_round(study, 1)
    assert run("export", "small", "--to", tmp_path / "files").status == 1
    assert not (tmp_path / "files").exists()


def test_a_folder_that_cannot_be_made_is_told(study: Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("export", "small", "--to", tmp_path / "file")
    assert ran.status == 1 and str(tmp_path / "file") in ran.err


def test_further_figures_are_worked_out_first(study: Study, tmp_path: Path) -> None:
    assert set(AnalysisBlock.objects.values_list("state", flat=True)) == {"queued"}
    run("export", "small", "--to", tmp_path)
    assert set(AnalysisBlock.objects.values_list("state", flat=True)) == {"done"}
    assert (tmp_path / "distributions.csv").read_bytes().count(b"\r\n") > 10


def test_figures_that_were_given_up_are_tried_again(study: Study, tmp_path: Path) -> None:
    AnalysisBlock.objects.update(state="failed", attempts=3, problem="MemoryError while counting")
    assert run("export", "small", "--to", tmp_path).status == 0


def test_formats_of_other_programs_are_written_when_they_are_named(study: Study, tmp_path: Path) -> None:
    ran = run("export", "small", "--to", tmp_path, "--formats", "dta, sav,xlsx,parquet")
    assert (ran.status, ran.err) == (0, "")
    alone = {"workbook.xlsx", "aggregates.sav", "aggregates.dta"}
    tables = {name.replace(".csv", ".parquet") for name in NAMES if name.endswith(".csv")}
    assert {Path(line).name for line in ran.out.splitlines()} == alone | tables == set(contents(tmp_path))


def test_csv_is_a_format_among_others(study: Study, tmp_path: Path) -> None:
    run("export", "small", "--to", tmp_path, "--formats", "csv,sav")
    assert set(contents(tmp_path)) == {*NAMES, "aggregates.sav"}


def test_an_unknown_format_is_told_before_anything_is_written(study: Study, tmp_path: Path) -> None:
    ran = run("export", "small", "--to", tmp_path / "files", "--formats", "csv,ods")
    assert ran.status == 1 and "no format “ods”" in ran.err and "csv, parquet, xlsx, sav, dta" in ran.err
    assert not (tmp_path / "files").exists()


def test_a_folder_is_required(study: Study) -> None:
    assert run("export", "small").status == 1
