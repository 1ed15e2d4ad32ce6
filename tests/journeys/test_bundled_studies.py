"""Each bundled study from its file to aggregates.csv and to every page: two hundred simulated experts, three rounds, by an organizer's commands.

What must be there is read from the study file by the oracle, which uses nothing of the product; the file is read by pandas.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas
import pytest
import yaml
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from surveys.models import Round, Study
from tests.commands.running import run
from tests.journeys.oracle_study import groups_of, items_of, panels_of, questions_of
from tests.journeys.pages.in_browser import faults_in_browser
from tests.journeys.pages.opened import Opened, open_results, strays, strays_of_charts
from tests.journeys.pages.source import Source

STUDIES = Path(__file__).resolve().parents[2] / "studies"
EXPERTS = {"threat-perception": 20, "deterrence-labour": 23}  # of each of ten panels, and of nine
ROUNDS = (1, 2, 3)
KEY = ["round", "item", "component", "group_type", "group"]

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Finished:
    """A study after its last round: what it asked, what its rounds were in the end, the files, and the pages of its results."""

    definition: dict[str, Any]
    rounds: list[tuple[int, str, int]]  # number, state, responses that were submitted
    rows: pandas.DataFrame
    provenance: dict[str, Any]
    source: Source
    opened: Opened

    @property
    def experts(self) -> int:
        return EXPERTS[self.definition["study"]] * len(panels_of(self.definition))


@pytest.fixture(scope="module", params=sorted(EXPERTS))
def finished(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory,
             ) -> Iterator[Finished]:
    """Made once for each study, because every test only reads; the study itself is rolled back at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = through_three_rounds(request.param, tmp_path_factory.mktemp(request.param))
        transaction.set_rollback(True)
    yield made


def through_three_rounds(slug: str, folder: Path) -> Finished:
    file = STUDIES / slug / "study.yaml"
    for command in (("import_study", file), ("simulate", slug, "--experts-per-panel", EXPERTS[slug], "--rounds", len(ROUNDS), "--seed", 11),
                    ("export", slug, "--to", folder)):
        ran = run(*command)
        assert ran.status == 0, ran.err
    rounds = [(held.number, str(held.state), held.responses.filter(state="submitted").count()) for held in Round.objects.order_by("number")]
    rows = pandas.read_csv(folder / "aggregates.csv", dtype={"component": str, "group": str, "item": str}, keep_default_na=False, na_values={
        name: [""] for name in ("n", "n_cannot_judge", "n_missing", "n_pairs")})
    provenance = json.loads((folder / "provenance.json").read_text())
    return Finished(yaml.safe_load(file.read_text()), rounds, rows, provenance, Source(file, folder), open_results(Study.objects.get(slug=slug)))


def test_hundreds_answered_every_round_and_each_was_closed_and_counted(finished: Finished) -> None:
    assert finished.experts >= 200
    assert [(number, state) for number, state, _submitted in finished.rounds] == [(1, "released"), (2, "released"), (3, "aggregated")]
    submitted = [submitted for _number, _state, submitted in finished.rounds]
    assert submitted[0] == finished.experts and submitted == sorted(submitted, reverse=True), "everybody answers at first, and some leave"
    everybody = finished.rows[finished.rows["group"] == "all"]
    assert everybody.groupby("round").n_submitted.unique().map(list).to_dict() == {number: [count] for number, _state, count in finished.rounds}


def test_every_component_that_was_asked_has_one_row_for_every_group_in_every_round(finished: Finished) -> None:
    asked = [question for questions in questions_of(finished.definition) for question in questions]
    expected = {(number, question.code, question.component, *group[:2]) for number in ROUNDS for question in asked for group in groups_of(finished.definition)}
    found = list(finished.rows[KEY].itertuples(index=False, name=None))
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_every_kind_of_the_study_but_open_text_was_counted(finished: Finished) -> None:
    kinds = {item["kind"] for item in items_of(finished.definition)}
    assert set(finished.rows.kind) == kinds - {"text"}


def test_everybody_is_accounted_for_in_every_question_that_all_were_asked(finished: Finished) -> None:
    """Who submitted gave a value, could not judge, or left it open; the panels add up to everybody."""
    conditional = {item["code"] for item in items_of(finished.definition) if "shown_if" in item}
    rows = finished.rows[~finished.rows["item"].isin(conditional)]
    assert (rows.suppressed == "no").all()
    assert (rows.n + rows.n_cannot_judge + rows.n_missing == rows.n_submitted).all()
    panels = rows[rows.group_type == "panel"].groupby(KEY[:3]).n.sum()
    everybody = rows[rows.group_type == "all"].set_index(KEY[:3]).n
    assert (panels == everybody.reindex(panels.index)).all() and (everybody > 0).all()


def test_who_was_asked_on_a_condition_is_fewer_and_someone(finished: Finished) -> None:
    conditional = {item["code"] for item in items_of(finished.definition) if "shown_if" in item}
    rows = finished.rows[finished.rows["item"].isin(conditional) & (finished.rows["group"] == "all")]
    assert set(rows["item"]) == conditional
    assert rows.n.between(1, rows.n_submitted - 1).all()


def test_the_second_and_third_round_end_in_verdicts_on_everything_that_is_shown(finished: Finished) -> None:
    """Consensus is judged of a ranking as a whole, over experts: neither of its options nor with panels weighted alike.

    Where nobody of a panel came to a conditional question, or nobody twice, there is nothing to judge; of everybody there always is.
    """
    later = finished.rows[(finished.rows.suppressed == "no") & (finished.rows["round"] > 1) & (finished.rows.n != 0)]
    unjudged = (later.kind == "ranking") & ((later.component != "") | (later.group_type == "equal_weight"))
    assert set(later[unjudged].consensus) == {"not_assessed"}
    assert set(later[~unjudged].consensus) == {"reached", "not_reached"}
    assert (later[later["group"] == "all"].n_pairs > 0).all()
    assert set(later[later.n_pairs > 0].stability) == {"stable", "unstable"}
    judged = later[~unjudged & (later.n_pairs > 0)]
    assert set(judged.outcome) == {"stable_consensus", "unstable_consensus", "stable_dissent", "unstable_dissent"}


def test_in_the_first_round_nothing_is_stable_yet(finished: Finished) -> None:
    shown = finished.rows[(finished.rows.suppressed == "no") & (finished.rows["round"] == 1)]
    assert set(shown.stability) == {"not_assessed"}


def test_every_row_and_the_provenance_say_that_it_is_simulated(finished: Finished) -> None:
    assert set(finished.rows.simulated) == {"yes"}
    assert finished.provenance["simulated"]


def test_every_figure_on_every_page_of_results_is_the_cell_of_the_file_that_it_comes_from(finished: Finished) -> None:
    """Every cell of every table, every number in a sentence; what is protected in the file is protected on the page."""
    assert strays(finished.opened, finished.source) == []


def test_every_cell_of_a_charts_file_is_what_the_page_shows(finished: Finished) -> None:
    assert strays_of_charts(finished.opened) == []


@pytest.mark.browser
def test_no_page_of_results_has_a_fault_that_axe_finds_or_is_too_wide(finished: Finished, browser: Browser) -> None:
    """Light on a laptop, dark on a phone; the rounds before and the other languages on the phone."""
    opened = finished.opened
    assert faults_in_browser(browser, opened.of_round(ROUNDS[-1])) == []
    others = {address: markup for number in ROUNDS[:-1] for address, markup in opened.of_round(number).items()}
    assert faults_in_browser(browser, {**others, **opened.in_other_languages}, checked=False) == []
