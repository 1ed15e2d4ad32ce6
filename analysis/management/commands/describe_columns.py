"""describe_columns: docs/files.md, made from the lists of columns."""

from collections.abc import Iterator
from typing import Any

from analysis.exports.bundle import NAMES
from analysis.exports.contents import contents_in_english
from analysis.exports.files import FILES, Asked, ResultFile
from surveys.management.base import StudyCommand

HEAD = """# The analyst's files

Made by `manage.py describe_columns` from the lists in `analysis/exports/` and `analysis/tables/`; a test keeps the two the same.

`manage.py export SLUG --to FOLDER` and the page “Files for analysis” write these files, UTF-8, CRLF, numbers half-even to 6 decimals, the same
bytes for the same results. Text cells that a spreadsheet would run as a formula begin with an apostrophe. The archive holds all of them and
`SHA256SUMS`.

| file | what it holds |
| --- | --- |
"""
READING = """
Rows are sorted by round and questionnaire order, then by component and group: `all`, `equal_weight`, theatres and panels in the order of the
study file. Rows about a round as a whole stand after its items, with `item` empty.

A cell is empty where a figure is not defined, does not apply, or is protected. No file holds more about people than the rows of
`aggregates.csv` that are not `suppressed` give anyhow ([disclosure.md](disclosure.md)). `status` and `reason`, where a file has them, say
why a figure is not there.

A question that was reworded has a new `item_version`. Figures of different versions are never mixed: what looks back to an earlier round looks
back to `previous_round` and `previous_version` alone, and is empty where the new wording was not declared equivalent to an earlier one.

Files with figures that are worked out after a round is counted are there when all of them are; until then the page says how far they are, and
the command works them out first. `manage.py verify_results SLUG` works everything out once more from the frozen answers and says what differs.

`datapackage.json` describes the other files to programs (Frictionless Data Package, version 1): columns, lengths, checksums.
`provenance.json` names closings, snapshot digests, the rules and their hash, versions of the program and of every item, what was decided on each
item for a round, and items whose further figures are not there because somebody's answers were erased before.

`load.py` and `load.R` load all tables of the unpacked archive, each column as text or number: `from load import load; tables = load()` with pandas,
`source("load.R"); tables <- load_tables(".")` with R.

`LANGUAGE` and `NUMBER` in names of columns stand for each language of the study and each counted round.
"""
OTHER_FORMATS = """
## Other formats

`manage.py export SLUG --to FOLDER --formats csv,parquet,xlsx,sav,dta` writes those that are named (`csv` alone unless told otherwise); the page makes
each when it is asked for. They are made from the CSV files' cells, so a number is the same number everywhere, an empty cell is null or missing, and
text keeps its apostrophe.

| format | files | what is special |
| --- | --- | --- |
| `parquet` | one for each CSV file (on the page: `parquet.zip`) | text and double columns, each with its meaning as `description` |
| `xlsx` | `workbook.xlsx` | a sheet for each CSV file; “Read me” says which closings it rests on; more than 1,048,575 rows go on in a further sheet |
| `sav` | `aggregates.sav`, for SPSS | labels of variables (the meanings) and of values |
| `dta` | `aggregates.dta`, for Stata 14 or later | the same; labels of variables are cut at 80 signs |

In SPSS and Stata files verdicts, levels, kinds and yes or no are numbers whose labels are the words of `aggregates.csv`; the numbers stay the same from
version to version. Codes stay text. `group_name` is added after `group`: a number whose label is the group's name in the study's first language and its
code, 1 for all, 2 for equal weight, from 101 theatres, from 1001 panels in the order of the study file.

Making them takes time: of a round of 60 items of mixed kinds, 200 experts and 17 panels (270,000 rows in all files) Parquet took 13 s, SPSS and
Stata 2 s each, and the workbook 2 minutes, on two busy cores. Where a proxy ends requests earlier than that, the command is the way to the workbook.

The same results give the same bytes in these formats too, by the same versions of their libraries: where a format wants a time, it is 1 January 1980.
"""


class Command(StudyCommand):
    help = "Print docs/files.md, which explains every file and column that analysts get."

    def act(self, **options: Any) -> None:
        self.stdout.write(HEAD + "".join(lines()), ending="")


def lines() -> Iterator[str]:
    yield from (f"| [`{name}`](#{anchor(name)}) | {contents_in_english(name)} |\n" if name.endswith(".csv") else
                f"| `{name}` | {contents_in_english(name)} |\n" for name in NAMES)
    yield READING + OTHER_FORMATS
    for file in FILES:
        yield from section(file)


def anchor(name: str) -> str:
    """As a heading that is this name is addressed."""
    return name.replace(".", "")


def section(file: ResultFile) -> Iterator[str]:
    yield f"\n## {file.name}\n\n    rows = pandas.read_csv(\"files/{file.name}\", keep_default_na=False, na_values=[\"\"])\n"
    yield f"    rows <- read.csv(\"files/{file.name}\", na.strings = \"\", fileEncoding = \"UTF-8\")\n\n| column | kind | meaning |\n| --- | --- | --- |\n"
    for column in file.columns(Asked(("LANGUAGE",), ("NUMBER",))):
        meaning = column.meaning.replace("|", "\\|")
        yield f"| `{column.name}` | {column.kind} | {meaning} |\n"
