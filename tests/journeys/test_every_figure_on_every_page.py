"""Every figure on every page of results is the cell of the file it comes from: with real answers, and that a wrong one would be found.

The bundled studies, whose rounds take long to simulate, are walked in test_bundled_studies.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from analysis.urls import urlpatterns
from surveys.models import Study
from tests.journeys.pages.in_browser import faults_in_browser
from tests.journeys.pages.opened import ORACLES, Opened, open_results, strays, strays_of_charts
from tests.journeys.pages.source import Source
from tests.journeys.test_real_answers import STUDY, run_study

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Walked:
    source: Source
    opened: Opened

    def with_other(self, name: str, shown: str, instead: str) -> list[str]:
        """What is found when the page of round 2 shows something else."""
        changed = self.opened.pages[name, 2].replace(shown, instead, 1)
        assert changed != self.opened.pages[name, 2]
        return strays(replace(self.opened, pages={(name, 2): changed}), self.source)


@pytest.fixture(scope="module")
def walked(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """Made once, because every test only reads; the study is rolled back at once."""
    folder = tmp_path_factory.mktemp("replicats")
    with django_db_blocker.unblock(), transaction.atomic():
        run_study(folder)
        made = Walked(Source(STUDY / "study.yaml", folder), open_results(Study.objects.get()))
        transaction.set_rollback(True)
    yield made


def test_every_figure_from_real_answers_is_the_cell_of_the_file(walked: Walked) -> None:
    assert strays(walked.opened, walked.source) == []


def test_every_cell_of_a_charts_file_is_what_the_page_shows(walked: Walked) -> None:
    assert strays_of_charts(walked.opened) == []


def test_no_page_of_results_is_left_out() -> None:
    named = {str(pattern.name) for pattern in urlpatterns}
    assert {name for name in named if name == "results" or name.startswith("results-")} == set(ORACLES)


def test_there_is_something_to_walk(walked: Walked) -> None:
    assert sum(markup.count('<td class="num"') for markup in walked.opened.pages.values()) > 400
    assert all(walked.opened.charts["results-gaps", number] for number in (1, 2))


def test_a_wrong_cell_is_found(walked: Walked) -> None:
    assert walked.with_other("results-items", '<td class="num">70.0</td>', '<td class="num">70.1</td>') == [
        "round 2, results-items: Every item, over all experts / Claim 20: how probable is it, in per cent, that a direct replication finds the "
        "claimed effect? / Median: 70.1, not 70.0"]


@pytest.mark.parametrize(("name", "shown", "instead", "where"), [
    ("results-convergence", '<td class="num">25</td>', '<td class="num">24</td>', "The answers of each panel / Everybody / Experts: 24, not 25"),
    ("results-pools", '<td class="num">69.7</td>', '<td class="num">70.0</td>', "Mean of the probabilities: 70.0, not 69.7"),
    ("results-record", '<td class="num">18</td>', '<td class="num">17</td>', "Protected rows by group / Everybody / Rows: 17, not 18"),
])
def test_a_figure_that_another_cell_has_is_wrong_in_its_place(walked: Walked, name: str, shown: str, instead: str, where: str) -> None:
    (found,) = walked.with_other(name, shown, instead)
    assert found.endswith(where)


def test_a_number_in_a_sentence_that_nobody_knows_is_found(walked: Walked) -> None:
    found = walked.with_other("results-gaps", "<h2", "<p>Seen by 12 readers.</p><h2")
    assert found == ["round 2, results-gaps: not known where this comes from: 'Seen by 12 readers.' in 'Seen by 12 readers.'"]


def test_a_wrong_number_in_a_sentence_is_found_as_too_much_and_as_missing(walked: Walked) -> None:
    found = walked.with_other("results", "counted since round 1", "counted since round 3")
    assert len(found) == 2


def test_a_row_that_is_left_out_is_found(walked: Walked) -> None:
    found = walked.with_other("results", '<tr><th scope="row">Group UOM1</th>', '<tr hidden><th scope="row">Nobody</th>')
    assert found and "Experts by panel: rows" in found[0]


@pytest.mark.browser
def test_no_page_of_results_has_a_fault_that_axe_finds_or_is_too_wide(walked: Walked, browser: Browser) -> None:
    """Light on a laptop, dark on a phone; the round before on the phone."""
    assert faults_in_browser(browser, walked.opened.of_round(2)) == []
    assert faults_in_browser(browser, walked.opened.of_round(1), checked=False) == []
