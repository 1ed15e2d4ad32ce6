"""A study in Korean with two theatres and a protected panel, and everything that an analyst gets of it."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.db import transaction

from analysis.blocks import analyse_now
from analysis.exports.bundle import write_folder
from analysis.exports.formats import FORMATS
from analysis.exports.formats.making import write_format
from surveys.models import Study
from tests.factories import a_study, add_experts, by_panel, run_round

TITLE = "동맹의 위협 인식"
PANELS = {"us": "미국", "jp": "일본", "kr": "대한민국"}
THEATRES = [{"code": "taiwan", "name": {"ko": "대만 해협"}, "panels": ["us", "jp"]}, {"code": "korea", "name": {"ko": "한반도"}, "panels": ["us", "kr"]}]


def korean_study() -> Study:
    """Panel kr is protected in round 1: two experts answer where three are needed. An item's text would be a formula."""
    items = [{"code": "grave", "kind": "rating", "scale": "five", "text": {"ko": "=얼마나 심각합니까?"}},
             {"code": "aim", "kind": "choice", "text": {"ko": "무엇을\n노립니까?"},
              "options": [{"code": "within", "text": {"ko": "내부"}}, {"code": "force", "text": {"ko": "무력"}}]}]
    study = a_study(
        title={"ko": TITLE}, languages=["ko", "en"], disclosure={"minimum": 3}, theatres=THEATRES,
        panels=[{"code": code, "name": {"ko": name}} for code, name in PANELS.items()],
        consensus={"ordinal": {"rule": "iqr", "at_most": 1}, "nominal": {"rule": "modal_share", "at_least": 0.7}},
        scales={"five": {"labels": {"ko": ["없음", "조금", "보통", "많이", "매우"]}}},
        questionnaire=[{"section": "main", "title": {"ko": "본문"}, "items": items}],
    )
    add_experts(study, {"us": 6, "jp": 6, "kr": 4})
    for number, few in ((1, [1, 2]), (2, [1, 2, 3, 5])):
        answers = by_panel("grave", {"us": [1, 2, 3, 4, 5, 3], "jp": [1, 2, 2, 3, 4, 5], "kr": few})
        for given in answers.values():
            given["aim"] = "force" if given["grave"] > 2 else "within"
        analyse_now(run_round(study, number, answers))
    study.refresh_from_db()
    return study


@contextmanager
def all_formats() -> Iterator[Path]:
    """A folder with all files in all formats; the study itself is rolled back at once."""
    with tempfile.TemporaryDirectory() as folder:
        with transaction.atomic():
            write_everything(korean_study(), Path(folder))
            transaction.set_rollback(True)
        yield Path(folder)


def write_everything(study: Study, folder: Path) -> None:
    write_folder(study, folder)
    for form in FORMATS:
        write_format(study, form.option, folder)


def lines(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((folder / name).read_bytes().decode(), newline="")))


def numbers(folder: Path, name: str) -> set[str]:
    """The columns of numbers, as the code book has them."""
    return {row["column"] for row in lines(folder, "columns.csv") if (row["file"], row["kind"]) == (name, "number")}


def meanings(folder: Path) -> dict[str, str]:
    """Column of aggregates.csv → its meaning, without the apostrophe that the CSV file puts before a minus."""
    return {row["column"]: row["meaning"].removeprefix("'") for row in lines(folder, "columns.csv") if row["file"] == "aggregates.csv"}


def meant(folder: Path, name: str) -> list[dict[str, Any]]:
    """The cells as values: what every format has to hold."""
    of_numbers = numbers(folder, name)
    return [{column: None if cell == "" else float(cell) if column in of_numbers else cell for column, cell in row.items()} for row in lines(folder, name)]


def csv_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.csv"))
