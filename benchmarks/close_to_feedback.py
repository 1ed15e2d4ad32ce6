"""Seconds from closing a round to its feedback and decision figures: experts × items, by a real worker that a real broker wakes.

    .venv/bin/python -m benchmarks.close_to_feedback [--experts 1000 10000] [--items 100] [--panels 17] [--mixed]

Ratings alone, or with --mixed every kind in turn, among them grids of 6 × 8 cells. The panels stand in two theatres, the first in both.

The answers are made up and loaded by COPY; everything from `close_round` on is the product's own way: the closing is committed, its message wakes
the worker, the answers are frozen, counted, protected and stored with the feedback, and the round is marked. The worker is one process, started
anew: what it has to load before its first count is in the first figure. (`between_rounds` measures second rounds, and all further tables.)
"""

import argparse
import time
from typing import TYPE_CHECKING

from benchmarks.large_round import KINDS, opened
from benchmarks.stage import servers
from benchmarks.workers import processor_time, worker

if TYPE_CHECKING:
    from surveys.models import Round

LONGEST = 300.0


def seconds_to_feedback(study_round: "Round") -> tuple[float, float]:
    """Until the closing is committed, and until the round is counted with its feedback stored."""
    from surveys.enums import RoundState
    from surveys.models import Round
    from surveys.workflow.rounds import close_round

    began = time.perf_counter()
    close_round(study_round.pk)
    closed_after = time.perf_counter() - began
    while not Round.objects.filter(pk=study_round.pk, state=RoundState.AGGREGATED).exists():
        if time.perf_counter() - began > LONGEST:
            raise SystemExit("The round was not counted in time.")
        time.sleep(0.02)
    return closed_after, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experts", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--panels", type=int, default=17)
    parser.add_argument("--mixed", action="store_true", help="every kind in turn instead of ratings alone")
    options = parser.parse_args()
    kinds = "mixed" if options.mixed else "ratings"
    with servers():
        from analysis.models import ItemResult
        from surveys.models import Feedback

        rounds = [opened(f"large-{experts}", experts, options.items, options.panels, KINDS[kinds]) for experts in options.experts]
        with worker(1) as pid:
            for experts, study_round in zip(options.experts, rounds, strict=True):
                busy = processor_time(pid)
                closed_after, ready_after = seconds_to_feedback(study_round)
                busy = processor_time(pid) - busy
                rows = ItemResult.objects.filter(run__round=study_round).count()
                assert Feedback.objects.filter(round=study_round).count() == options.items
                print(f"{experts} experts × {options.items} items ({kinds}) in {options.panels} panels: closed after {closed_after:.2f} s, "
                      f"{rows} rows and the feedback of {options.items} items stored after {ready_after:.2f} s "
                      f"({busy:.2f} s of the worker's processor time)")


if __name__ == "__main__":
    main()
