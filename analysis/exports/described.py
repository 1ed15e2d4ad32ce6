"""A column of a file as the code book describes it."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Describes(Protocol):
    """What every list of columns says of each: its name, "text" or "number", and what it means in one line."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def meaning(self) -> str: ...


def names_of(columns: Iterable[Describes]) -> list[str]:
    return [column.name for column in columns]


class Described(NamedTuple):
    name: str
    kind: str
    meaning: str


def text(name: str, meaning: str) -> Described:
    return Described(name, "text", meaning)


def number(name: str, meaning: str) -> Described:
    return Described(name, "number", meaning)
