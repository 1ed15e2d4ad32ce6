"""From closing a second round to its feedback, and to every further table, through real workers.

    .venv/bin/python -m benchmarks.between_rounds [--experts 1000 10000] [--items 100] [--kinds ratings]
    .venv/bin/python -m benchmarks.between_rounds --huge        one round of 100,000 × 200, by hand: it takes a while

17 panels in two theatres, one of them in both; the first round is counted before. Each size is closed with two workers, reopened, and closed with
one, so that the two stand side by side. Peaks of memory are those of every process of the workers.
"""

import argparse
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.stage import servers
from benchmarks.two_rounds import PANELS, first_round_open, second_round_open
from benchmarks.workers import EVERYTHING, peak_megabytes, processor_seconds, workers

if TYPE_CHECKING:
    from surveys.models import Round

LOOK_EVERY = 0.05
HUGE = (100_000, 200)


@dataclass(frozen=True)
class Measured:
    """Seconds from closing: until everybody's feedback is stored, and until every further table is. `from_snapshot`: between the two files."""

    feedback: float
    tables: float
    from_snapshot: float
    processor: float
    megabytes: list[int]


def close_and_wait(study_round: "Round", number: int) -> Measured:
    from deterrence_delphi import celery_app
    from surveys.workflow.rounds import close_round

    celery_app.control.purge()  # the first round's messages: its tables are not what is measured
    with workers(*[EVERYTHING] * number) as pids:
        busy, began = processor_seconds(pids), time.perf_counter()
        closed = close_round(study_round.pk)
        wait_until(lambda: has_feedback(closed))
        feedback = time.perf_counter() - began
        wait_until(lambda: has_tables(closed))
        tables = time.perf_counter() - began
        return Measured(feedback, tables, seconds_from_snapshot(closed), processor_seconds(pids) - busy, peak_megabytes(pids))


def wait_until(is_so: Any) -> None:
    while not is_so():
        time.sleep(LOOK_EVERY)


def has_feedback(closed: "Round") -> bool:
    """The counting's one transaction brings the rows, the feedback and the proposals."""
    from analysis.models import AnalysisRun
    from surveys.models import Feedback

    run = AnalysisRun.objects.filter(round=closed, closing=closed.closing).first()
    if run is not None and run.state == AnalysisRun.State.FAILED:
        raise SystemExit(f"counting failed: {run.problem}")
    return run is not None and run.state == AnalysisRun.State.DONE and Feedback.objects.filter(round=closed).exists()


def has_tables(closed: "Round") -> bool:
    from analysis.models import AnalysisBlock

    blocks = AnalysisBlock.objects.filter(run__round=closed, run__closing=closed.closing)
    failed = blocks.filter(state=AnalysisBlock.State.FAILED).first()
    if failed is not None:
        raise SystemExit(f"block {failed.number} failed: {failed.problem}")
    return blocks.exists() and not blocks.exclude(state=AnalysisBlock.State.DONE).exists()


def seconds_from_snapshot(closed: "Round") -> float:
    from django.db.models import Max

    from analysis.models import AnalysisBlock, Snapshot

    frozen = Snapshot.objects.defer("data").get(round=closed, closing=closed.closing).created_at
    last = AnalysisBlock.objects.filter(run__round=closed, run__closing=closed.closing).aggregate(last=Max("finished_at"))["last"]
    return float((last - frozen).total_seconds())


def measure(experts: int, items: int, kinds: str) -> None:
    from surveys.workflow.rounds import reopen_round

    began = time.perf_counter()
    study_round = second_round_open(f"{kinds}-{experts}", experts, items, kinds)
    print(f"{experts} experts × {items} items ({kinds}), {PANELS} panels in two theatres, two rounds (made in {time.perf_counter() - began:.0f} s)", flush=True)
    found = {}
    for number in (2, 1):
        found[number] = close_and_wait(study_round, number)
        print(f"  {number} worker(s): {in_words(found[number])}", flush=True)
        reopen_round(study_round.pk, reason="to measure again")
    print(f"  from the snapshot to the last table two workers are {found[1].from_snapshot / found[2].from_snapshot:.2f} times as fast as one", flush=True)


def measure_huge() -> None:
    experts, items = HUGE
    began = time.perf_counter()
    study_round = first_round_open("huge", experts, items)
    print(f"{experts} experts × {items} items, one round (made in {time.perf_counter() - began:.0f} s)", flush=True)
    found = close_and_wait(study_round, 2)
    print(f"  2 workers: {in_words(found)}; together {sum(found.megabytes)} MB", flush=True)


def in_words(found: Measured) -> str:
    return (f"feedback after {found.feedback:.1f} s, every table after {found.tables:.1f} s ({found.from_snapshot:.1f} s from the snapshot); "
            f"{found.processor:.1f} s of processor time; peaks {' + '.join(map(str, found.megabytes))} MB; load {os.getloadavg()[0]:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experts", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--kinds", default="ratings", choices=["ratings", "mixed"])
    parser.add_argument("--huge", action="store_true", help="100,000 × 200 alone, once, with two workers")
    options = parser.parse_args()
    with servers():
        if options.huge:
            measure_huge()
        for experts in [] if options.huge else options.experts:
            measure(experts, options.items, options.kinds)


if __name__ == "__main__":
    main()
