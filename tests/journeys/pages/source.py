"""The study file and the analyst's files, and how a cell of a file is written on a page. Nothing here comes from the product."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.journeys.oracle_study import codes_of, items_of

DASH, PROTECTED = "–", "Protected"
LONGEST_LABEL, LONGEST_WORD = 90, 20
FileRow = Mapping[str, str]
VERDICTS = {
    "reached": "reached", "not_reached": "not reached", "not_assessed": "not assessed", "stable": "stable", "unstable": "not stable",
    "stable_consensus": "stable consensus", "unstable_consensus": "consensus, not stable yet", "stable_dissent": "stable dissent",
    "unstable_dissent": "dissent, not stable yet", "": "",
}


def written(cell: str, places: int, factor: int = 1) -> str:
    """A number of a file with so many decimals, half-even, and a true minus; nothing is a dash. What would be nothing has its first two digits."""
    if cell == "":
        return DASH
    number = Decimal(cell) * factor
    if places and 0 < abs(number) < Decimal(1).scaleb(-places):
        return f"{number.quantize(Decimal(1).scaleb(max(number.adjusted() - 1, -6)), rounding=ROUND_HALF_EVEN).normalize():f}".replace("-", "−")
    return str(number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN) + 0).replace("-", "−")


def in_picture(cell: str) -> str:
    """Differences and shares of disagreement have two decimals, also where these leave nothing: the cells of a heat map are small."""
    return DASH if cell == "" else f"{Decimal(cell).quantize(Decimal('0.01'), rounding=ROUND_HALF_EVEN) + 0:f}".replace("-", "−")


def in_chart(cell: str, places: int = 2) -> str:
    """The same under a chart, usually with two decimals."""
    return written(cell, places)


def in_short(cell: str, places: int = 2) -> str:
    """With two decimals at most, or as many as are named."""
    text = without_zeros(written(cell, places))
    if cell and Decimal(cell).scaleb(places + 1) % 10 in (5, -5):
        step = Decimal(1).scaleb(-places - 1)
        return Tied(text, {text, *(without_zeros(written(str(Decimal(cell) + way), places)) for way in (step, -step))})
    return text


def without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


class Tied(str):
    """What lies halfway in a file may have lain a little to one side before it was rounded to six decimals: both neighbours are right."""

    ways: set[str]

    def __new__(cls, text: str, ways: set[str]) -> "Tied":
        found = super().__new__(cls, text)
        found.ways = ways
        return found

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return other in self.ways

    def __ne__(self, other: object) -> bool:
        return other not in self.ways


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    """As labels and titles of charts have it: up to a space, if there is one among the last letters."""
    if len(text) <= longest:
        return text
    space = text.rfind(" ", longest - LONGEST_WORD, longest)
    return (text[:space] if space >= 0 else text[:longest - 1]).rstrip(" ,;:") + "…"


def told_apart(texts: list[str]) -> list[str]:
    """Labels in one chart; those that would be alike stay whole."""
    return [text if any(shortened(other) == shortened(text) for other in texts if other != text) else shortened(text) for text in texts]


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a study file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from texts_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts_in(held)


def numbers_of(value: Any) -> Iterator[float]:
    """Every number of a part of a study file."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield value
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from numbers_of(held)
    elif isinstance(value, list):
        for held in value:
            yield from numbers_of(held)


@dataclass(frozen=True)
class Source:
    study_file: Path
    folder: Path

    @cached_property
    def definition(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load(self.study_file.read_text())
        return found

    @cached_property
    def provenance(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "provenance.json").read_text())
        return found

    @cached_property
    def _files(self) -> dict[str, list[FileRow]]:
        return {}

    def rows(self, name: str, **where: str | int) -> list[FileRow]:
        """Rows of a file whose cells are as they are asked for, in the file's order."""
        if name not in self._files:
            with (self.folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
                self._files[name] = list(csv.DictReader(file))
        wanted = {column: str(value) for column, value in where.items()}
        return [row for row in self._files[name] if all(row[column] == value for column, value in wanted.items())]

    def of_item(self, name: str, code: str) -> list[FileRow]:
        """The rows of a file that speak of an item, alone or beside another."""
        if name not in self._by_item:
            found: dict[str, list[FileRow]] = {}
            for row in self.rows(name):
                for held in {row.get("item", ""), row.get("first_item", ""), row.get("second_item", ""), row.get("about_item", "")} - {""}:
                    found.setdefault(held, []).append(row)
            self._by_item[name] = found
        return self._by_item[name].get(code, [])

    @cached_property
    def _by_item(self) -> dict[str, dict[str, list[FileRow]]]:
        return {}

    @cached_property
    def items(self) -> dict[str, Mapping[str, Any]]:
        return {item["code"]: item for item in items_of(self.definition)}

    @cached_property
    def panels(self) -> dict[str, str]:
        return {panel["code"]: panel["name"]["en"] for panel in self.definition["panels"]}

    @cached_property
    def theatres(self) -> dict[str, str]:
        return {theatre["code"]: theatre["name"]["en"] for theatre in self.definition.get("theatres", [])}

    @cached_property
    def texts(self) -> list[str]:
        """The study's own texts that hold a numeral, the longest first."""
        found = {" ".join(text.split()) for text in texts_in(self.definition) if any(letter.isdigit() for letter in text)}
        return sorted({*found, *map(shortened, found)}, key=len, reverse=True)

    def text(self, code: str) -> str:
        text: str = self.items[code]["text"]["en"]
        return text

    def options(self, item: Mapping[str, Any], place: str) -> dict[str, str]:
        """Code → name of the options, rows or columns of an item."""
        given = item[place]
        if given == "panels":
            return self.panels
        listed = self.definition["option_lists"][given] if isinstance(given, str) else given
        return {code: option["text"]["en"] for code, option in zip(codes_of(self.definition, given), listed, strict=True)}

    def part(self, code: str, component: str) -> str:
        """The name of a part of an item's answer."""
        item = self.items[code]
        if item["kind"] == "grid":
            row, column = component.split(".")
            return f"{self.options(item, 'rows')[row]} · {self.options(item, 'columns')[column]}"
        if item["kind"] == "plane":
            name: str = item[component]["text"]["en"]
            return name
        if item["kind"] == "quantiles":
            words = {"lower": "Lowest plausible value", "best": "Best guess", "upper": "Highest plausible value", "confidence": "How sure"}
            return words.get(component) or f"{(Decimal(component) * 100).normalize():f} % quantile"
        return self.options(item, "options").get(component, "")

    def value(self, item: Mapping[str, Any], cell: str) -> str:
        """"4 (Much)", "33 %", "12 days": a number of an item whose answer is one number, with two decimals at most or as many as answers may have."""
        short = in_short(cell, max(2, item.get("decimals") or 0))
        unit = "%" if item["kind"] == "probability" else item.get("unit", {}).get("en", "")
        return self.position(item, short) if short.isdigit() and not unit else f"{short} {unit}".strip()

    def position(self, holder: Mapping[str, Any], code: str) -> str:
        """A position of a scale with its label, where it has one; a number as it is. `holder`: the item, or an axis of it."""
        labels = self.definition.get("scales", {}).get(holder.get("scale"), {}).get("labels", {}).get("en", [])
        return f"{code} ({labels[int(code) - 1]})" if labels else code
