"""A counted round as published: its items, each with what may be told of its components. The further tables see nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group
from analysis.published_component import Protected, PublishedComponent
from analysis.round_data import RoundData
from analysis.rows import Row

__all__ = ["Protected", "PublishedComponent", "PublishedItem", "PublishedRound"]


@dataclass(frozen=True)
class PublishedItem:
    """An asked item with its components. `whole`: the rows that judge a ranking as a whole (empty for other kinds)."""

    meta: Mapping[str, Any]
    components: tuple[PublishedComponent, ...]
    whole: tuple[Row, ...] = ()

    @property
    def key(self) -> str:
        return str(self.meta["key"])

    @property
    def code(self) -> str:
        return str(self.meta["code"])

    @property
    def kind(self) -> str:
        return str(self.meta["kind"])

    @property
    def data(self) -> RoundData:
        return self.components[0].data

    @property
    def minimum(self) -> int:
        """The study's k."""
        return int(self.data.meta["minimum"])

    @property
    def quantile_type(self) -> int:
        return int(self.data.meta["quantile_type"])

    @property
    def previous_round(self) -> int | None:
        previous = self.components[0].previous
        return None if previous is None else int(previous.data.meta["round"])

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What one table worked out at some cost and another needs as well; it lives no longer than the item."""
        return {}

    def component(self, code: str) -> PublishedComponent | None:
        return next((component for component in self.components if component.code == code), None)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that are shown in every component."""
        return [group for group in self.components[0].groups if all(other.group(group.kind, group.code) for other in self.components)]

    def matrix(self, group: Group) -> Any:
        """Experts × components, of those who answered every component; for kinds whose components belong together."""
        answered = np.logical_and.reduce([component.here(group) for component in self.components])
        return np.column_stack([component.answers_by_expert(group)[answered] for component in self.components])


class PublishedRound:
    """All asked items of a counted round, each made when it is needed."""

    def __init__(self, data: RoundData, items: Iterator[PublishedItem] | Sequence[PublishedItem]) -> None:
        self.data, self._items = data, items

    @cached_property
    def items(self) -> list[PublishedItem]:
        return list(self._items)

    @cached_property
    def by_code(self) -> dict[str, PublishedItem]:
        return {item.code: item for item in self.items}

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """As of an item."""
        return {}

    @property
    def number(self) -> int:
        return int(self.data.meta["round"])
