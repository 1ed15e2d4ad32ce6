"""An item of a reporting checklist, and what a report has to say to it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from analysis.report.facts import ReportFacts

Words = str | Promise


class State(StrEnum):
    """Who answers: the data alone, the data and the authors, or the authors."""

    ANSWERED = "answered"
    PARTLY = "partly"
    AUTHORS = "authors"


@dataclass(frozen=True)
class Reply:
    """`places`: keys of the sections that tell it. `add`: what authors must still write; without `text` all of it is theirs."""

    text: str = ""
    places: tuple[str, ...] = ()
    add: str = ""

    @property
    def state(self) -> State:
        if not self.add:
            return State.ANSWERED
        return State.PARTLY if self.text else State.AUTHORS


@dataclass(frozen=True)
class Item:
    """`number` as published; empty where the published number could not be looked up. `asked` is our own short wording."""

    number: str
    asked: Words
    reply: Callable[[ReportFacts], Reply]


@dataclass(frozen=True)
class Topic:
    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """`source`: the publication. `published`: how many items it has. `remark`: what a reader must know of our account of them."""

    key: str
    title: str
    source: str
    published: int
    topics: tuple[Topic, ...]
    remark: Words = ""

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for topic in self.topics for item in topic.items)
