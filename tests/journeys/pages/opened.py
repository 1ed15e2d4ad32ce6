"""The pages of a study's results and the CSV files of their charts, as its analyst gets them."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study
from tests.factories import a_member
from tests.journeys.pages.gaps import gaps
from tests.journeys.pages.glance import glance
from tests.journeys.pages.questions import questions
from tests.journeys.pages.reading import read
from tests.journeys.pages.roles import roles
from tests.journeys.pages.source import Source, in_chart
from tests.journeys.pages.walking import OraclePage, differences

ORACLES: Mapping[str, OraclePage] = {"results": glance, "results-items": questions, "results-gaps": gaps, "results-roles": roles}
FIGURE = re.compile(r'<figure class="chart.*?</figure>', re.DOTALL)
CSV_OF_CHART = re.compile(r'href="([^"]*/charts/[^"]*\.csv[^"]*)"')
Place = tuple[str, int]


@dataclass(frozen=True)
class Opened:
    """Page and round → its HTML; page, round → each chart as it is on the page, and its file."""

    pages: dict[Place, str]
    charts: dict[Place, list[tuple[str, list[list[str]]]]]


def open_results(study: Study) -> Opened:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(a_member(study, Role.ANALYST))
    places = [(name, number) for number in study.rounds.values_list("number", flat=True) for name in ORACLES]
    pages = {place: page(client, reverse(f"analysis:{place[0]}", args=[study.slug, place[1]])) for place in places}
    return Opened(pages, {place: [(figure, file_of(client, figure)) for figure in FIGURE.findall(markup)] for place, markup in pages.items()})


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
            for found in differences(read(markup), ORACLES[name](source, number), source)]


def strays_of_charts(opened: Opened) -> list[str]:
    """Every cell of a chart's file that its table on the page does not show; the table itself is held to the analyst's files."""
    return [f"round {number}, {name}: {found}" for (name, number), charts in opened.charts.items() for figure, file in charts
            for found in of_chart(figure, file)]


def of_chart(figure: str, file: list[list[str]]) -> list[str]:
    (table,) = read(f"<main>{figure}</main>").tables
    shown = [[row.name, *row.cells.values()] for row in table.rows]
    meant = [[row[0], *(in_words(cell) for cell in row[1:])] for row in file[1:]]
    return [f"{table.caption}: {left}, not {right}" for left, right in zip(shown, meant, strict=True) if left != right]


def in_words(cell: str) -> str:
    """Numbers of a file as a table shows them: counts as they are, all else with two decimals."""
    return cell if is_word(cell) else in_chart(cell)


def is_word(cell: str) -> bool:
    try:
        float(cell or "0")
    except ValueError:
        return True
    return False

