"""describe_columns: docs/files.md, made from the list of columns."""

from typing import Any

from analysis.exports.columns import COLUMNS
from surveys.management.base import StudyCommand

HEAD = """# The analyst's files

Made by `manage.py describe_columns` from `analysis/exports/columns.py`; a test keeps the two the same.

`manage.py export SLUG --to FOLDER` and the results page write these files, UTF-8, CRLF, numbers half-even to 6 decimals, the same bytes for
the same results. Text cells that a spreadsheet would run as a formula begin with an apostrophe.

| file | what |
| --- | --- |
| `aggregates.csv` | one row per round × item × component × group |
| `items.csv` | what was asked: version, kind, rounds, limits, conditions, components; texts and labels in every language |
| `panels.csv` | panels, theatres, responses by round |
| `columns.csv` | this table |
| `provenance.json` | closings, snapshot digests, rules and their hash, versions of the program and of every item, what was decided on each item for a round |

    import pandas
    rows = pandas.read_csv("files/aggregates.csv")

Rows are sorted by round, questionnaire order, component, then `all`, `equal_weight`, theatres and panels in the order of the study file.

A question that was reworded has a new `item_version`. Figures of different versions are never mixed: `n_pairs`, changes and stability look back to
`previous_round` and `previous_version` alone, and are empty where the new wording was not declared equivalent to an earlier one.

## Columns of aggregates.csv

| column | kind | meaning |
| --- | --- | --- |
"""


class Command(StudyCommand):
    help = "Print docs/files.md, which explains every file and column that analysts get."

    def act(self, **options: Any) -> None:
        self.stdout.write(HEAD + "".join(f"| `{column.name}` | {column.kind} | {column.meaning} |\n" for column in COLUMNS), ending="")
