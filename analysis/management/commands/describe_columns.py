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

`LANGUAGE` and `NUMBER` in names of columns stand for each language of the study and each counted round.
"""


class Command(StudyCommand):
    help = "Print docs/files.md, which explains every file and column that analysts get."

    def act(self, **options: Any) -> None:
        self.stdout.write(HEAD + "".join(lines()), ending="")


def lines() -> Iterator[str]:
    yield from (f"| [`{name}`](#{anchor(name)}) | {contents_in_english(name)} |\n" if name.endswith(".csv") else
                f"| `{name}` | {contents_in_english(name)} |\n" for name in NAMES)
    yield READING
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
