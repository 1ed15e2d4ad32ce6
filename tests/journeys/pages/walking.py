"""A page against what must be on it: every table cell by cell, and every number in a sentence."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.journeys.pages.known import KnownNumbers
from tests.journeys.pages.reading import ReadPage, Table
from tests.journeys.pages.source import Source

TIME = re.compile(r"[A-Z][a-z]+\.? \d+, \d{4}, (\d+(:\d+)? [ap]\.m\.|noon|midnight)")
MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


class Anything(str):
    """A cell of words, which other tests hold."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


class SameNumbers(Anything):
    """Words with the same numbers, however they are written."""

    def __eq__(self, other: object) -> bool:
        return numbers(self) == numbers(str(other))

    def __ne__(self, other: object) -> bool:
        return not self == other


def numbers(text: str) -> list[Decimal]:
    return [Decimal(token) for token in re.findall(r"\d+(?:\.\d+)?", text)]


ANYTHING = Anything("(anything)")


@dataclass
class Expected:
    """`said`: the words around each number of a page's sentences. Whatever has a numeral and is neither here nor in the study file is too much.

    A page that picks a few figures of very many has `known`, too: numbers that a file has. A table without rows stands for any of these.
    """

    tables: list[Table] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    known: KnownNumbers = field(default_factory=lambda: KnownNumbers([]))
    has_times: bool = False  # tells when something happened, which no file does


OraclePage = Callable[[Source, int], Expected]


def differences(page: ReadPage, expected: Expected, source: Source) -> Iterator[str]:
    """Nothing, or what is on the page and not in the files, and the other way round."""
    if [table.caption for table in page.tables] != [table.caption for table in expected.tables]:
        yield f"tables {[table.caption for table in page.tables]}, not {[table.caption for table in expected.tables]}"
    for shown, meant in zip(page.tables, expected.tables, strict=False):
        yield from _of_tables(shown, meant) if meant.rows or not shown.rows else _unknown(shown, expected.known, source.texts)
    yield from _of_sentences(page.sentences, expected, source.texts)


def _unknown(shown: Table, known: KnownNumbers, texts: list[str]) -> Iterator[str]:
    for row in shown.rows:
        for column, cell in row.cells.items():
            yield from (f"{shown.caption} / {row.name} / {column}: {token} is in no file" for token in known.unknown_in(without(texts, cell)))


def _of_tables(shown: Table, meant: Table) -> Iterator[str]:
    if [row.name for row in meant.rows] != [row.name for row in shown.rows]:
        yield f"{shown.caption}: rows {[row.name for row in shown.rows]}, not {[row.name for row in meant.rows]}"
        return
    for row, expected in zip(shown.rows, meant.rows, strict=True):
        for column in [*row.cells, *(column for column in expected.cells if column not in row.cells)]:
            if expected.cells.get(column, "") != row.cells.get(column):
                yield f"{shown.caption} / {row.name} / {column}: {row.cells.get(column)}, not {expected.cells.get(column)}"


def without(fragments: Sequence[str], text: str) -> str:
    for fragment in fragments:
        text = text.replace(fragment, " ")
    return text


def _of_sentences(sentences: list[str], expected: Expected, texts: list[str]) -> Iterator[str]:
    missing = set(expected.said)
    known = sorted(missing, key=len, reverse=True)
    for sentence in sentences:
        rest = TIME.sub(" ", sentence) if expected.has_times else sentence
        for fragment in [*known, *texts]:
            if fragment in sentence:
                rest = rest.replace(fragment, " ")
                missing.discard(fragment)
        if expected.known.unknown_in(rest):
            yield f"not known where this comes from: {rest.strip()!r} in {sentence!r}"
    yield from (f"not on the page: {fragment!r}" for fragment in missing)


def basis_of(source: Source, number: int) -> list[str]:
    """What the foot of every page says the figures rest on."""
    of_round = next(found for found in source.provenance["rounds"] if found["round"] == number)
    zone = str(source.definition["time_zone"])
    return [f"closing {of_round['shown_closing']}; the round closed {in_words(datetime.fromisoformat(of_round['closed_at']), zone)}", "SHA-256",
            *(snapshot["sha256"] for snapshot in of_round["snapshots"]), source.provenance["rules_sha256"]]


def in_words(moment: datetime, zone: str) -> str:
    """"Nov. 23, 2026, 12:20 a.m. (Asia/Seoul)" """
    there = moment.astimezone(ZoneInfo(zone))
    hour, half = there.hour % 12 or 12, "a.m." if there.hour < 12 else "p.m."
    time = {(0, 0): "midnight", (12, 0): "noon"}.get((there.hour, there.minute), f"{hour}:{there.minute:02d} {half}".replace(":00 ", " "))
    return f"{MONTHS[there.month - 1]} {there.day}, {there.year}, {time} ({zone})"
