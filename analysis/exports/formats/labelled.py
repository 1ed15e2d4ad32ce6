"""aggregates.csv for SPSS and Stata: every variable with its meaning, verdicts and groups as numbers with labels.

Both libraries write the moment of writing into the file; it is written over, because the same results give the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.exports.datapackage import title_of
from analysis.exports.described import Describes, text
from analysis.exports.files import FILES
from analysis.exports.formats.coded import GROUP_NAME, GROUP_NAME_MEANING, WORDS, Labels, group_labels, group_numbers, number_of
from analysis.exports.formats.typed import batches_of, columns_of, schema_of
from analysis.exports.shown import Shown
from surveys.models import Study

AGGREGATES = FILES[0]
# Where the moment of writing stands, and what stands there instead. SPSS: “System File Format”, PSPP's developer's guide, file header record.
# Stata: “help dta”, format 118.
SAV_MOMENT, SAV_FIXED = 92, b"01 Jan 8000:00:00"
DTA_MOMENT, DTA_FIXED = b"<timestamp>\x11", b"01 Jan 1980 00:00"
SAV_LABEL, SAV_VALUE_LABEL, SAV_TITLE = 255, 120, 64  # bytes
DTA_LABEL, DTA_TITLE = 80, 80  # signs
STATA_14 = 14


@dataclass(frozen=True)
class Labelled:
    """The rows as a data frame, what each variable means, and what its numbers stand for."""

    rows: Any
    meanings: Mapping[str, str]
    values: dict[str, Labels]


def write_sav(shown: Shown, path: Path) -> None:
    import pyreadstat

    made = labelled(shown)
    pyreadstat.write_sav(
        made.rows, path, file_label=cut(title_of(shown.study), SAV_TITLE, in_bytes=True), row_compress=True,
        column_labels={name: cut(meaning, SAV_LABEL, in_bytes=True) for name, meaning in made.meanings.items()},
        variable_value_labels={name: {number: cut(label, SAV_VALUE_LABEL, in_bytes=True) for number, label in labels.items()}
                               for name, labels in made.values.items()},
        variable_measure=measures_of(made), variable_format=dict.fromkeys(made.values, "F5.0"),
    )
    with path.open("r+b") as file:
        file.seek(SAV_MOMENT)
        file.write(SAV_FIXED)


def write_dta(shown: Shown, path: Path) -> None:
    import pyreadstat

    made = labelled(shown)
    values: Any = made.values
    pyreadstat.write_dta(
        made.rows, path, file_label=cut(title_of(shown.study), DTA_TITLE), version=STATA_14,
        column_labels={name: cut(meaning, DTA_LABEL) for name, meaning in made.meanings.items()}, variable_value_labels=values,
    )
    with path.open("r+b") as file:
        file.seek(file.read(1000).index(DTA_MOMENT) + len(DTA_MOMENT))
        file.write(DTA_FIXED)


def labelled(shown: Shown) -> Labelled:
    columns = columns_of(AGGREGATES, shown)
    rows, words = rows_as_frame(columns, shown), {column.name: WORDS[column.name] for column in columns if column.name in WORDS}
    rows.insert(rows.columns.get_loc("group") + 1, GROUP_NAME, group_column(rows, shown.study))
    for name, labels in words.items():
        rows[name] = numbered(rows[name], labels)
    described = {column.name: column for column in (*columns, text(GROUP_NAME, GROUP_NAME_MEANING))}
    return Labelled(rows, {name: described[name].meaning for name in rows.columns}, {**words, GROUP_NAME: group_labels(shown.study)})


def rows_as_frame(columns: Sequence[Describes], shown: Shown) -> Any:
    """Text that is not there is empty text: neither program knows another way to say so."""
    import pyarrow

    schema = schema_of(columns)
    with batches_of(AGGREGATES, shown, schema) as batches:
        rows = pyarrow.Table.from_batches(batches, schema).to_pandas()
    return rows.fillna({column.name: "" for column in columns if column.kind == "text"})


def group_column(rows: Any, study: Study) -> list[int]:
    numbers = group_numbers(study)
    return [numbers[group] for group in zip(rows["group_type"], rows["group"], strict=True)]


def numbered(words: Any, labels: Labels) -> Any:
    """The words' numbers. A word without one is a mistake of the list: nothing is left out in silence."""
    numbers = number_of(labels)
    unknown = sorted(set(words) - numbers.keys() - {""})
    if unknown:
        raise ValueError(f"{words.name} has no number for {', '.join(unknown)}")
    return words.map(numbers).astype("float64")


def measures_of(made: Labelled) -> dict[str, str]:
    return {name: "nominal" if name in made.values or kind == "text" else "scale" for name, kind in _kinds(made.rows)}


def _kinds(rows: Any) -> Iterator[tuple[str, str]]:
    for name, kind in rows.dtypes.items():
        yield str(name), "number" if kind.kind in "if" else "text"


def cut(said: str, limit: int, *, in_bytes: bool = False) -> str:
    """As much as the format takes, with a sign that something is left out."""
    if len(said.encode() if in_bytes else said) <= limit:
        return said
    if in_bytes:
        return said.encode()[:limit - 3].decode(errors="ignore") + "…"
    return said[:limit - 1] + "…"
