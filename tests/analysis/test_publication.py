"""Erasure and reopening: released figures stay, and a difference of two publications never tells what one person said."""

import pytest

from analysis.aggregation import aggregate_round
from analysis.exports.aggregates import published_rows
from analysis.exports.panels import panels_csv
from analysis.exports.provenance import provenance
from analysis.models import AnalysisRun, Snapshot
from analysis.publication import published_run, remember_shown
from analysis.snapshot import unpack
from surveys.models import Answer, Feedback, Identity, Response, Study
from surveys.workflow.identities import Person
from surveys.workflow.panels import replace_expert
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import close_round, open_round, reopen_round
from tests.factories import a_study, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db
ANSWERS = {"us": [1, 2, 3, 4, 5, 3, 3, 2], "jp": [1, 2, 3, 4, 5, 3, 3, 2], "kr": [2, 2, 3, 4, 5, 3, 3, 2]}


@pytest.fixture
def study() -> Study:
    study = a_study()
    add_experts(study, {"us": 8, "jp": 8, "kr": 8})
    run_round(study, 1, by_panel("grave", ANSWERS))
    return Study.objects.get(pk=study.pk)


def shown_n(study: Study) -> dict[str, int]:
    return {row.result.group: row.result.figures["n"] for row in published_rows(study, 1) if not row.result.suppressed}


def recount(study: Study) -> None:
    study_round = study.rounds.get(number=1)
    aggregate_round(study_round.pk, study_round.closing)


def test_withdrawal_deletes_the_rows_the_name_and_the_columns_of_the_snapshot_at_once(study: Study) -> None:
    withdraw(study.panelists.get(code="us-1"))
    assert not Response.objects.filter(panelist__code="us-1").exists()
    assert not Identity.objects.exists()
    assert all("us-1" not in unpack(snapshot.content).panelists for snapshot in Snapshot.objects.all())
    assert Snapshot.objects.get(closing=1).erased == {"us": 1}
    assert Answer.objects.count() == 23


def test_results_that_nobody_saw_are_replaced_at_once(study: Study) -> None:
    withdraw(study.panelists.get(code="us-1"))
    recount(study)
    assert shown_n(study) == {"all": 23, "equal_weight": 23, "us": 7, "jp": 8, "kr": 8}


def test_results_that_somebody_saw_stay_when_one_person_would_be_the_difference(study: Study) -> None:
    remember_shown(study.rounds.get().pk)
    withdraw(study.panelists.get(code="us-1"))
    recount(study)
    assert study.rounds.get().state == "aggregated"
    assert shown_n(study)["us"] == 8
    assert published_run(study.rounds.get()).closing == 1
    assert set(Feedback.objects.values_list("closing", flat=True)) == {1}
    entry = provenance(study)["rounds"][0]
    assert (entry["closing"], entry["shown_closing"], [s["closing"] for s in entry["snapshots"]]) == (2, 1, [1, 2])
    assert entry["snapshots"][0]["erased_since"] == 1


def test_they_are_replaced_when_in_every_panel_nobody_or_at_least_k_differ(study: Study) -> None:
    remember_shown(study.rounds.get().pk)
    study_round = study.rounds.get()
    reopen_round(study_round.pk, reason="a mistake in the list")
    give(study_round, by_panel("grave", {"us": [5, 5, 5, 5, 4]}))
    count(study_round)
    assert published_run(study_round).closing == 2


def test_reopening_and_changing_one_answer_keeps_the_figures_that_were_seen(study: Study) -> None:
    remember_shown(study.rounds.get().pk)
    study_round = study.rounds.get()
    reopen_round(study_round.pk, reason="one more")
    give(study_round, by_panel("grave", {"us": [5]}))
    count(study_round)
    assert published_run(study_round).closing == 1
    assert AnalysisRun.objects.get(closing=2).state == "done"


def test_a_released_round_stays_as_published_and_counts_what_was_erased(study: Study) -> None:
    open_round(study, 2)
    withdraw(study.panelists.get(code="us-1"))
    study_round = study.rounds.get(number=1)
    assert (study_round.state, study_round.closing) == ("released", 1)
    assert shown_n(study)["us"] == 8
    assert provenance(study)["rounds"][0]["snapshots"][0]["erased_since"] == 1


def test_the_list_of_panels_keeps_the_counts_of_the_published_rows(study: Study) -> None:
    before = panels_csv(study)
    assert before.decode().splitlines()[1].endswith(",8,8")
    open_round(study, 2)
    withdraw(study.panelists.get(code="us-1"))
    replace_expert(study.panelists.get(code="jp-1"), person=Person("Another"), language="en")
    assert panels_csv(study) == before


def test_whoever_answered_counts_as_invited_also_if_replaced_before_a_recount(study: Study) -> None:
    replace_expert(study.panelists.get(code="jp-1"), person=Person("Another"), language="en")
    withdraw(study.panelists.get(code="us-1"))
    recount(study)
    rows = {row.result.group: row.result.figures for row in published_rows(study, 1)}
    assert (rows["jp"]["n_invited"], rows["jp"]["n_submitted"]) == (8, 8)
    assert (rows["us"]["n_invited"], rows["us"]["n_submitted"]) == (7, 7)


def test_results_of_an_earlier_closing_never_overwrite_those_of_a_later_one(study: Study) -> None:
    study_round = study.rounds.get()
    reopen_round(study_round.pk, reason="once more")
    closed = close_round(study_round.pk)
    assert aggregate_round(study_round.pk, closed.closing - 1) is False
    assert aggregate_round(study_round.pk, closed.closing) is True
    assert published_run(study_round).closing == closed.closing
