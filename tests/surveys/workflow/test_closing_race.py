"""The second of closing: an answer that was acknowledged is in the snapshot, one that comes later is refused. Nothing in between.

Real writers on real connections, many closings. On PostgreSQL they write without a pause. On SQLite transactions are IMMEDIATE, so
they serialise by themselves, but whoever waits is not served in turn: there the writers pause for a moment, as people do.
"""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections

from analysis.aggregation import aggregate_round
from analysis.models import Snapshot
from analysis.snapshot import unpack
from surveys.exceptions import RoundNotOpen
from surveys.models import Panelist, Round
from surveys.workflow.responses import record_answers
from surveys.workflow.rounds import close_round, open_round, reopen_round
from tests.factories import a_study, add_experts, given, questions

pytestmark = pytest.mark.django_db(transaction=True)


class Writer(threading.Thread):
    """Saves answers one after the other until the round refuses; remembers what was acknowledged."""

    def __init__(self, panelist: Panelist, study_round: Round, start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.panelist, self.study_round, self.start_line = panelist, study_round, start
        self.acknowledged, self.refused, self.problem = 0, False, ""

    def run(self) -> None:
        try:
            question = questions(self.study_round)["grave"]
            self.start_line.wait(timeout=30)
            for turn in range(10_000):
                record_answers(self.panelist, self.study_round, [(question, given(turn % 5 + 1))])
                self.acknowledged = turn % 5 + 1
                if connection.vendor == "sqlite":
                    time.sleep(0.02)
        except RoundNotOpen:
            self.refused = True
        except Exception as error:
            self.problem = repr(error)
        finally:
            connections.close_all()


def race(study_round: Round, panelists: list[Panelist], delay: float) -> tuple[list[Writer], float]:
    """Let the writers run, close in their midst; returns them and how long the closing took."""
    barrier = threading.Barrier(len(panelists) + 1)
    writers = [Writer(panelist, study_round, barrier) for panelist in panelists]
    for writer in writers:
        writer.start()
    barrier.wait(timeout=30)
    time.sleep(delay)
    began = time.perf_counter()
    close_round(study_round.pk)
    took = time.perf_counter() - began
    for writer in writers:
        writer.join(timeout=60)
    return writers, took


def counted(study_round: Round) -> dict[str, float]:
    """Panelist → what the snapshot of the latest closing holds."""
    study_round.refresh_from_db()
    assert aggregate_round(study_round.pk, study_round.closing)
    data = unpack(Snapshot.objects.get(round=study_round, closing=study_round.closing).content)
    return {code: data.values[0, column] for column, code in enumerate(data.panelists) if data.submitted[column]}


def test_what_was_acknowledged_is_in_the_snapshot_over_many_closings() -> None:
    study = a_study()
    panelists = add_experts(study, {"us": 4, "jp": 4})
    study_round = open_round(study, 1)
    closings = 20 if connection.vendor == "postgresql" else 5
    for closing in range(closings):
        if closing:
            reopen_round(study_round.pk, reason="another race")
        writers, _took = race(study_round, panelists, delay=0.002 * closing)
        assert [writer.problem for writer in writers] == [""] * len(writers)
        assert all(writer.refused for writer in writers)
        snapshot = counted(study_round)
        assert {writer.panelist.code: snapshot[writer.panelist.code] for writer in writers if writer.acknowledged} == {
            writer.panelist.code: writer.acknowledged for writer in writers if writer.acknowledged
        }


def test_fifty_writers_without_pause_do_not_hold_up_the_closing() -> None:
    study = a_study()
    panelists = add_experts(study, {"us": 50 if connection.vendor == "postgresql" else 8})
    study_round = open_round(study, 1)
    writers, took = race(study_round, panelists, delay=0.5)
    assert [writer.problem for writer in writers] == [""] * len(writers)
    assert took < 2.0
    assert all(counted(study_round)[writer.panelist.code] == writer.acknowledged for writer in writers if writer.acknowledged)


def run_together(acts: list[Callable[[], object]]) -> list[str]:
    """Run acts at the same time on connections of their own; returns what went wrong."""
    problems: list[str] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=30)
            act()
        except Exception as error:
            problems.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return problems


def test_two_organizers_pressing_close_at_once_close_it_once() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    study_round = open_round(study, 1)
    assert run_together([lambda: close_round(study_round.pk)] * 4) == []
    study_round.refresh_from_db()
    assert (study_round.state, study_round.closing) == ("closed", 1)
    assert study.audit_events.filter(act="close_round").count() == 1


def test_counting_the_same_closing_at_once_gives_one_result() -> None:
    study = a_study()
    add_experts(study, {"us": 6})
    study_round = close_round(open_round(study, 1).pk)
    assert run_together([lambda: aggregate_round(study_round.pk, 1)] * 3) == []
    assert study_round.analysis_runs.count() == 1
    assert study_round.analysis_runs.get().results.count() == 5  # all, equal weight, three panels
