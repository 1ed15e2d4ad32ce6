"""The numbers that the files know of something: for pages that pick a few of very many, where a test looks whether what they picked is there at all.

A number counts as known where a cell has it, rounded half-even to as many decimals as the page gives, as it is, as a percentage, or from the other side.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cached_property

from tests.journeys.pages.source import FileRow, Source, numbers_of

NUMBER = re.compile(r"[−-]?\d+(?:,\d{3})*(?:\.\d+)?")
OF_ITEMS = ("aggregates", "distributions", "convergence", "changes", "attrition", "sensitivity", "influence", "pools", "linked")
NO_FIGURES = ("study", "section", "item_version", "seed", "draws", "permutations")


class KnownNumbers:
    def __init__(self, rows: Iterable[FileRow], others: Iterable[Decimal] = ()) -> None:
        self.rows, self.others = list(rows), set(others)

    @cached_property
    def cells(self) -> set[Decimal]:
        return {number for row in self.rows for column, cell in row.items() if column not in NO_FIGURES for number in numbers_in(cell)} | self.others

    @cached_property
    def _by_places(self) -> dict[int, set[Decimal]]:
        return {}

    def knows(self, token: str) -> bool:
        number = Decimal(token.replace("−", "-").replace(",", ""))
        places = max(0, -int(number.as_tuple().exponent))
        if places not in self._by_places:
            step = Decimal(1).scaleb(-places)
            self._by_places[places] = {abs((cell * factor).quantize(step, rounding=ROUND_HALF_EVEN)) for cell in self.cells for factor in (1, 100)}
        return abs(number) in self._by_places[places]

    def unknown_in(self, text: str) -> list[str]:
        return [token for token in NUMBER.findall(text) if not self.knows(token)]


def numbers_in(cell: str) -> Iterator[Decimal]:
    try:
        yield Decimal(cell)
    except InvalidOperation:
        yield from (Decimal(token) for token in re.findall(r"\d+(?:\.\d+)?", cell)) if len(cell) < 60 else ()


def of_item(source: Source, code: str, number: int) -> list[FileRow]:
    """All rows of an item up to a round."""
    return [row for name in OF_ITEMS for row in source.of_item(name, code) if int(row["round"]) <= number]


def of_study(source: Source, code: str) -> list[Decimal]:
    """What the study file itself says of an item in numbers: points of its scale, limits, thresholds of rules."""
    item = source.items[code]
    own = {key: value for key, value in source.definition.items() if key in ("consensus", "stability", "scales")}
    return [Decimal(str(number)) for number in (*numbers_of(item), *numbers_of(own))]
