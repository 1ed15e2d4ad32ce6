"""Long answers in pages: a page ends with the address of the next one, and the last with none.

A cursor says with which row to begin, so that a page far back costs no more than the first; and a mark of what the rows rest on,
so that pages of two different countings are never put together.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from surveys.api.parameters import Parameter

LIMIT = Parameter("limit", "How many rows a page has at most.", minimum=1, maximum=5000, default=1000)
CURSOR = Parameter("cursor", "Where a page begins: as the address in “next” says it.", pattern=r"^[0-9]{1,6}\.[0-9]{1,8}\.[0-9a-f]{8}$", longest=30)
PAGING = (LIMIT, CURSOR)
FIRST_BATCH = 20  # entries that are read at once; then 40, 80 and so on: few reads, whatever a filter leaves

Entry = TypeVar("Entry")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """The entry (an item of a round, say) and the row in it that a page begins with."""

    entry: int = 0
    row: int = 0

    def text(self, mark: str) -> str:
        return f"{self.entry}.{self.row}.{mark}"


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    following: Start | None


def mark_of(*based_on: object) -> str:
    """Eight characters that are others when something else is paged through."""
    return hashlib.sha256(repr(based_on).encode()).hexdigest()[:8]


def start_of(asked: Mapping[str, Any], mark: str) -> Start:
    """Raises NotFound for a cursor of other results."""
    if "cursor" not in asked:
        return Start()
    entry, row, said = asked["cursor"].split(".")
    if said != mark:
        raise NotFound(_("This page is not there any more: the rows are others by now. Begin again without “cursor”."))
    return Start(int(entry), int(row))


def page_of(entries: Sequence[Entry], rows_of: Callable[[Sequence[Entry]], Iterator[Sequence[Row]]], start: Start, limit: int,
            keep: Callable[[Row], bool] = bool) -> Page:
    """The rows that are kept, from the start on, with the start of the next page if there is one. `rows_of`: the rows of some entries, entry by entry."""
    found = ((place, row) for place, row in _numbered(entries, rows_of, start) if keep(row))
    rows = [row for _place, row in islice(found, limit)]
    following = next(found, None)
    return Page(rows, following[0] if following else None)


def _numbered(entries: Sequence[Entry], rows_of: Callable[[Sequence[Entry]], Iterator[Sequence[Row]]], start: Start) -> Iterator[tuple[Start, Row]]:
    place, size = start.entry, FIRST_BATCH
    while place < len(entries):
        for number, rows in enumerate(rows_of(entries[place : place + size]), start=place):
            first = start.row if number == start.entry else 0
            yield from ((Start(number, at), rows[at]) for at in range(first, len(rows)))
        place, size = place + size, size * 2


def page_of_rows(rows: Sequence[Row], asked: Mapping[str, Any], mark: str) -> Page:
    """Of a list that is at hand."""
    return page_of(rows, lambda some: ([row] for row in some), start_of(asked, mark), asked["limit"])


def address_of_next(request: Request, page: Page, mark: str) -> str | None:
    if page.following is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = page.following.text(mark)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
