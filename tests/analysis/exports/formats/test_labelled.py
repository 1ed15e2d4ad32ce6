"""SPSS and Stata, read back with pyreadstat and pandas: the cells of aggregates.csv, with labels.

Limits: Stata, “help limits” (names 32 signs, labels of variables 80 signs); SPSS, “Variable Names” and “Variable Labels” of the command syntax
reference (names 64 bytes, labels of variables 256 bytes, labels of values 120 bytes).
"""

import re
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest

from analysis.exports.formats.coded import WORDS
from analysis.exports.formats.labelled import cut, numbered
from analysis.statistics.result import Status
from analysis.verdicts import WORDS as VERDICTS
from surveys.enums import Level
from surveys.items import KINDS
from tests.analysis.exports.formats.korean_study import TITLE, meanings, meant

pytestmark = pytest.mark.django_db
READERS = {"sav": pyreadstat.read_sav, "dta": pyreadstat.read_dta}
STATA_WORDS = {"_all", "_b", "_coef", "_cons", "_n", "_pi", "_pred", "_rc", "_skip", "byte", "double", "float", "if", "in", "int", "long", "strl",
               "using", "with"}
SPSS_WORDS = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}


@pytest.fixture(params=sorted(READERS))
def read(request: pytest.FixtureRequest, folder: Path) -> tuple[Any, Any]:
    found: tuple[Any, Any] = READERS[request.param](folder / f"aggregates.{request.param}")
    return found


def plain(rows: Any, labels: dict[str, dict[float, str]]) -> list[dict[str, Any]]:
    """Words for their numbers; what is missing, and empty text, as None."""
    decoded = rows.drop(columns="group_name").assign(**{name: rows[name].map(words) for name, words in labels.items() if name != "group_name"})
    return [{name: None if value == "" or pandas.isna(value) else value for name, value in row.items()} for row in decoded.to_dict("records")]


def test_every_cell_is_that_of_aggregates_csv(folder: Path, read: tuple[Any, Any]) -> None:
    rows, about = read
    assert plain(rows, about.variable_value_labels) == meant(folder, "aggregates.csv")


def test_verdicts_and_groups_are_numbers_with_labels(read: tuple[Any, Any]) -> None:
    labels = read[1].variable_value_labels
    assert labels["consensus"] == {1: "reached", 2: "not_reached", 3: "not_assessed"}
    assert labels["suppressed"] == {0: "no", 1: "yes"}
    assert {"stability", "outcome", "level", "kind", "group_type", "status", "group_name"} <= labels.keys()


def test_groups_have_their_names_in_the_studys_language(read: tuple[Any, Any]) -> None:
    rows, about = read
    assert about.variable_value_labels["group_name"] == {
        1: "전체", 2: "모든 패널에 같은 가중치", 101: "대만 해협 (taiwan)", 102: "한반도 (korea)",
        1001: "미국 (us)", 1002: "일본 (jp)", 1003: "대한민국 (kr)",
    }
    codes = dict(zip(rows["group_name"], rows["group"], strict=True))
    assert codes == {1: "all", 2: "equal_weight", 101: "taiwan", 102: "korea", 1001: "us", 1002: "jp", 1003: "kr"}


def test_the_study_and_every_variable_say_what_they_are(folder: Path, read: tuple[Any, Any]) -> None:
    about = read[1]
    assert about.file_label == TITLE
    assert all(about.column_names_to_labels[name].rstrip("…") and meaning.startswith(about.column_names_to_labels[name].rstrip("…"))
               for name, meaning in meanings(folder).items())


def test_names_and_labels_keep_to_the_limits(folder: Path) -> None:
    for ending, limit, words in (("sav", 64, SPSS_WORDS), ("dta", 32, STATA_WORDS)):
        _rows, about = READERS[ending](folder / f"aggregates.{ending}", metadataonly=True)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) and len(name) <= limit and name not in words for name in about.column_names)
        assert all(len(label) <= 80 if ending == "dta" else len(label.encode()) <= 255 for label in about.column_labels)


def test_pandas_reads_stata_with_categories(folder: Path) -> None:
    rows = pandas.read_stata(folder / "aggregates.dta")
    row = rows[(rows["round"] == 2) & (rows["item"] == "grave") & (rows["group_name"] == "대한민국 (kr)")].iloc[0]
    assert (row["n"], row["median"], row["suppressed"]) == (4, 2.5, "no")  # 1, 2, 3, 5


def test_every_word_has_a_number() -> None:
    assert list(WORDS["kind"].values()) == list(KINDS)
    assert sorted(WORDS["level"].values()) == sorted(Level.values)
    assert sorted(WORDS["status"].values()) == sorted(Status)
    assert {word for name in ("consensus", "stability", "outcome") for word in WORDS[name].values()} == set(VERDICTS)


def test_a_word_without_a_number_is_never_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="consensus has no number for perhaps"):
        numbered(pandas.Series(["reached", "", "perhaps"], name="consensus"), WORDS["consensus"])


@pytest.mark.parametrize(("said", "limit", "in_bytes", "kept"), [
    ("abc", 3, False, "abc"), ("abcd", 3, False, "ab…"), ("대한민국", 4, False, "대한민국"), ("대한민국", 12, True, "대한민국"),
    ("대한민국", 11, True, "대한…"),
])
def test_what_is_too_long_is_cut_at_a_sign(said: str, limit: int, in_bytes: bool, kept: str) -> None:
    assert cut(said, limit, in_bytes=in_bytes) == kept
