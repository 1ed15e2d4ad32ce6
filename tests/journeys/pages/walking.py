"""A page against what must be on it: every table cell by cell, and every number in a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.pages.reading import ReadPage, Table
from tests.journeys.pages.source import Source

MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass
class Expected:
    """`said`: the words around each number of a page's sentences. Whatever has a numeral and is neither here nor in the study file is too much."""

    tables: list[Table] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


OraclePage = Callable[[Source, int], Expected]


def differences(page: ReadPage, expected: Expected, source: Source) -> Iterator[str]:
    """Nothing, or what is on the page and not in the files, and the other way round."""
    if [table.caption for table in page.tables] != [table.caption for table in expected.tables]:
        yield f"tables {[table.caption for table in page.tables]}, not {[table.caption for table in expected.tables]}"
    for shown, meant in zip(page.tables, expected.tables, strict=False):
        yield from _of_tables(shown, meant)
    yield from _of_sentences(page.sentences, expected.said, source.texts)


def _of_tables(shown: Table, meant: Table) -> Iterator[str]:
    if [row.name for row in shown.rows] != [row.name for row in meant.rows]:
        yield f"{shown.caption}: rows {[row.name for row in shown.rows]}, not {[row.name for row in meant.rows]}"
        return
    for row, expected in zip(shown.rows, meant.rows, strict=True):
        for column in [*row.cells, *(column for column in expected.cells if column not in row.cells)]:
            if row.cells.get(column) != expected.cells.get(column):
                yield f"{shown.caption} / {row.name} / {column}: {row.cells.get(column)}, not {expected.cells.get(column)}"


def _of_sentences(sentences: list[str], said: list[str], texts: list[str]) -> Iterator[str]:
    missing = set(said)
    known = sorted(missing, key=len, reverse=True)
    for sentence in sentences:
        rest = sentence
        for fragment in [*known, *texts]:
            if fragment in rest:
                rest = rest.replace(fragment, " ")
                missing.discard(fragment)
        if any(letter.isdigit() for letter in rest):
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
