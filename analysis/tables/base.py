"""What a further table is: its columns, and how its rows are made of what may be told.

A table is one file (`name` + ".csv"). To add one: write a module with `TABLE = Table(...)` and list it in `analysis/tables/__init__.py`;
the files, the code book, the data package and `verify_results` follow from it (recipe in CONTRIBUTING.md).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.published import PublishedItem, PublishedRound
from analysis.stored_tables import Values, unpacked

__all__ = ["LEADING", "Beside", "Closing", "Column", "Family", "Table", "Values", "listed", "number", "plain", "text", "unpacked"]


@dataclass(frozen=True)
class Column:
    """`kind`: "text" or "number". `meaning`: one line for the code book."""

    name: str
    kind: str
    meaning: str


def text(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning)


def number(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning)


@dataclass(frozen=True)
class Family:
    """P values that are corrected together, over all items of a round.

    `take`: a row → (the family's name, p), or None for a row that is in none. `put` writes the corrected p, and what rests on it, into the row.
    """

    take: Callable[[Mapping[str, Any]], tuple[str, float] | None]
    put: Callable[[Values, float], None]
    method: str = "holm"


@dataclass(frozen=True)
class Beside:
    """What stands in another table's rows of the same item, corrected p values included, and is to stand in this one's too.

    The other table comes first in `analysis.tables.TABLES`. `put`: this table's rows, the other's → None; it writes into the first.
    """

    name: str
    put: Callable[[Sequence[Values], Sequence[Values]], None]


@dataclass(frozen=True)
class Table:
    """One further file.

    `of_item`: an item's rows. `of_round`: rows about all items together, made at the end, from what may be told and from the item rows of
    this table, corrected p values included. Either may be left out. Every file begins with LEADING; rows of the round leave the item empty.
    """

    name: str
    columns: tuple[Column, ...]
    of_item: Callable[[PublishedItem], Iterable[Values]] | None = None
    of_round: "Callable[[Closing], Iterable[Values]] | None" = None
    families: tuple[Family, ...] = field(default=())
    beside: Beside | None = None

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def packed(self, rows: Iterable[Values]) -> dict[str, Any]:
        """As it is stored: the names once, then the values. A value that no column names is a mistake of the table."""
        names, found = self.names, []
        for row in rows:
            if not row.keys() <= set(names):
                raise ValueError(f"{self.name} has no column {', '.join(sorted(row.keys() - set(names)))}")
            found.append([plain(row.get(name)) for name in names])
        return {"columns": names, "rows": found}


LEADING = (
    text("study", "the study's slug"),
    number("round", "the round's number, from 1"),
    text("section", "the section's code; empty in rows about all items"),
    text("item", "the item's code; empty in rows about all items"),
    number("item_version", "the version of the item's wording that was asked"),
    text("kind", "the item's kind"),
)


@dataclass(frozen=True)
class Closing:
    """What the closing step sees: the whole round, and the rows that a table's items have (each with `item` and `kind` added)."""

    round: PublishedRound
    item_rows: Callable[[str], Iterator[Values]]


def plain(value: Any) -> Any:
    """Plain Python for JSON; numpy's numbers become Python's, what is not finite becomes None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    found = value.item() if hasattr(value, "item") else value
    if isinstance(found, float):
        return found if abs(found) < float("inf") else None
    return found


def listed(column: Any) -> list[float | None]:
    """An array as values of rows: NaN is None."""
    return [None if value != value else value for value in column.tolist()]
