"""How many items each rule calls agreed, and on how many it says what the registered rule says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.rules import NOT_ASSESSED, REACHED
from analysis.tables.base import Closing, Values

Key = tuple[Any, ...]
BY = ("group_type", "group", "level", "rule", "parameters", "points")
REGISTERED = "registered"


@dataclass
class Count:
    n_judged: int = 0
    n_consensus: int = 0
    n_compared: int = 0
    n_agreeing: int = 0

    def add(self, verdict: str, registered: str | None) -> None:
        if verdict == NOT_ASSESSED:
            return
        self.n_judged += 1
        self.n_consensus += verdict == REACHED
        if registered not in (None, NOT_ASSESSED):
            self.n_compared += 1
            self.n_agreeing += verdict == registered


def round_rows(closing: Closing) -> Iterator[Values]:
    """By group and level, in the order in which rules first occur; the registered rules of all items together stand as one more."""
    counts: dict[Key, Count] = {}
    for lines in components(closing.item_rows("sensitivity")):
        registered = next((row for row in lines if row["registered"] == "yes"), None)
        verdict = registered["consensus"] if registered else None
        if registered is not None:
            counts.setdefault(key({**registered, "rule": REGISTERED, "parameters": "", "points": None}), Count()).add(registered["consensus"], verdict)
        for row in lines:
            counts.setdefault(key(row), Count()).add(row["consensus"], verdict)
    order = {group: place for place, group in enumerate(dict.fromkeys(names[:2] for names in counts))}
    for names, count in sorted(counts.items(), key=lambda entry: order[entry[0][:2]]):
        yield {"component": "", **dict(zip(BY, names, strict=True)), **vars(count)}


def key(row: Mapping[str, Any]) -> Key:
    return tuple(row[name] for name in BY)


def components(rows: Iterable[Values]) -> Iterator[list[Values]]:
    """The lines of one component for one group, together."""
    found: list[Values] = []
    for row in rows:
        if found and any(row[name] != found[0][name] for name in ("item", "component", "level", "group_type", "group")):
            yield found
            found = []
        found.append(row)
    if found:
        yield found
