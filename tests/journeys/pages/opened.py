"""The pages of a study's results and the CSV files of their charts, as its analyst gets them."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import reverse

from analysis.models import ItemResult
from surveys.enums import Role
from surveys.models import Item, Study
from tests.factories import a_member
from tests.journeys.pages.gaps import gaps
from tests.journeys.pages.glance import glance
from tests.journeys.pages.item import item_page
from tests.journeys.pages.picked import convergence, maps, pools, record
from tests.journeys.pages.questions import questions
from tests.journeys.pages.reading import read
from tests.journeys.pages.roles import roles
from tests.journeys.pages.source import DASH, Source, Tied, in_chart, in_picture, in_short, written
from tests.journeys.pages.walking import Expected, OraclePage, differences

ORACLES: Mapping[str, OraclePage] = {
    "results": glance, "results-items": questions, "results-gaps": gaps, "results-roles": roles, "results-convergence": convergence,
    "results-pools": pools, "results-maps": maps, "results-record": record,
}
ITEM = "item-results"
FIGURE = re.compile(r'<figure class="chart.*?</figure>', re.DOTALL)
CSV_OF_CHART = re.compile(r'href="([^"]*/charts/[^"]*\.csv[^"]*)"')
Place = tuple[str, int]


@dataclass(frozen=True)
class Opened:
    """Page and round → its HTML; page, round → each chart as it is on the page, and its file. An item's page is named by its code, too."""

    pages: dict[Place, str]
    charts: dict[Place, list[tuple[str, list[list[str]]]]]
    in_other_languages: dict[str, str]  # of the latest round, by language and page

    def of_round(self, number: int) -> dict[str, str]:
        """Address → HTML, as a browser may be given it."""
        return {f"/{number}/{name.replace(' ', '/')}/": markup for (name, held), markup in self.pages.items() if held == number}


def open_results(study: Study) -> Opened:
    """Every page of every round; of the pages of single items one for each kind in each round."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(a_member(study, Role.ANALYST))
    numbers = list(study.rounds.order_by("number").values_list("number", flat=True))
    addresses = {(name, number): reverse(f"analysis:{name}", args=[study.slug, number]) for number in numbers for name in ORACLES}
    for number in numbers:
        addresses |= {(f"{ITEM} {code}", number): reverse(f"analysis:{ITEM}", args=[study.slug, number, code]) for code in a_few(study, number)}
    pages = {place: page(client, address) for place, address in addresses.items()}
    charts = {place: [(figure, file_of(client, figure)) for figure in FIGURE.findall(markup)] for place, markup in pages.items()}
    latest = {name: address for (name, number), address in addresses.items() if number == numbers[-1]}
    return Opened(pages, charts, dict(in_other_languages(client, study, latest)))


def in_other_languages(client: Client, study: Study, addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for language in study.languages[1:]:
        client.cookies["delphi_language"] = language
        yield from ((f"/{language}/{name.replace(' ', '/')}/", page(client, address)) for name, address in addresses.items())


def a_few(study: Study, number: int) -> list[str]:
    """The items of a kind take turns."""
    by_kind: dict[str, list[str]] = {}
    counted = ItemResult.objects.filter(run__round__study=study, run__round__number=number).values("asked_item")
    for item in Item.objects.filter(versions__askings__in=counted).distinct().order_by("pk"):
        by_kind.setdefault(item.kind, []).append(item.code)
    return [codes[number % len(codes)] for codes in by_kind.values()]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def file_of(client: Client, figure: str) -> list[list[str]]:
    (address,) = CSV_OF_CHART.findall(figure)
    return list(csv.reader(io.StringIO(page(client, unescape(address)))))


def strays(opened: Opened, source: Source) -> list[str]:
    """Every figure on every page that is not the cell of the file it must be."""
    return [f"round {number}, {name}: {found}" for (name, number), markup in opened.pages.items()
            for found in differences(read(markup), expected(source, name, number), source)]


def expected(source: Source, name: str, number: int) -> Expected:
    return ORACLES[name](source, number) if name in ORACLES else item_page(source, number, name.removeprefix(f"{ITEM} "))


def strays_of_charts(opened: Opened) -> list[str]:
    """Every cell of a chart's file that its table on the page does not show; the table itself is held to the analyst's files."""
    return [f"round {number}, {name}: {found}" for (name, number), charts in opened.charts.items() for figure, file in charts
            for found in of_chart(figure, file)]


def of_chart(figure: str, file: list[list[str]]) -> list[str]:
    (table,) = read(f"<main>{figure}</main>").tables
    shown = [[row.name, *row.cells.values()] for row in table.rows]
    return [f"{table.caption}: {left}, not {right}" for left, right in zip(shown, file[1:], strict=True)
            if left[0] != right[0] or not all(cell in ways_to_write(value) for cell, value in zip(left[1:], right[1:], strict=True))]


def ways_to_write(cell: str) -> set[str]:
    """A number of a file as a table may show it: with the decimals of its chart, or as a percentage."""
    if is_word(cell) or cell == "":
        return {cell or DASH}
    found = in_short(cell)
    return {in_chart(cell), in_chart(cell, 1), in_picture(cell), f"{written(cell, 0, 100)} %", *(found.ways if isinstance(found, Tied) else (found,))}


def is_word(cell: str) -> bool:
    try:
        float(cell or "0")
    except ValueError:
        return True
    return False

