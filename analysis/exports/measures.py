"""The further measures of aggregates.csv: worked out with the further tables, and appended to the rows that they belong to."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.exports.columns import COLUMNS
from analysis.models import AnalysisRun, ItemTable
from analysis.tables import TABLES
from analysis.tables.base import Column

NAME = "measures"
ROW = ("component", "group_type", "group")
Name = tuple[str, str, str]


def measure_columns() -> tuple[Column, ...]:
    """The figures that aggregates.csv does not have of its own."""
    taken = {column.name for column in COLUMNS}
    return tuple(column for table in TABLES if table.name == NAME for column in table.columns if column.name not in taken)


class Measures:
    """A run's measures, asked for item by item in the files' order, so that one item's are in memory at a time."""

    def __init__(self, run: AnalysisRun) -> None:
        self.names = [column.name for column in measure_columns()]
        stored = ItemTable.objects.filter(run=run, name=NAME).exclude(asked_item=None).order_by("asked_item__position")
        self._stored: Iterator[tuple[Any, Any]] = stored.values_list("asked_item", "content").iterator(20) if self.names else iter(())
        self._next = next(self._stored, None)

    def of_item(self, asked_item_id: int) -> dict[Name, list[Any]]:
        """(component, group type, group) → the measures, in the order of `measure_columns`."""
        if self._next is None or self._next[0] != asked_item_id:
            return {}
        content, self._next = self._next[1], next(self._stored, None)
        return dict(self._rows(content))

    def _rows(self, content: Mapping[str, Any]) -> Iterator[tuple[Name, list[Any]]]:
        for row in content["rows"]:
            said = dict(zip(content["columns"], row, strict=True))
            yield (said["component"] or "", said["group_type"], said["group"]), [said.get(name) for name in self.names]
