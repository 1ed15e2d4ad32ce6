"""What respondents feel of a large aggregation: journeys with nothing else going on, and while another study's round is worked out.

    .venv/bin/python -m benchmarks.while_aggregating [--experts 10000] [--items 100] [--at-once 10] [--seconds 15]

Web and workers as in the demonstration: 2 processes of 4 threads for the pages, a worker for what somebody waits for, and one for what nobody
does, which makes way for the rest. The journeys are those of `journeys.py`, without a pause for thought, a few dozen after the other: with nothing
else to do, while the round is counted, while its further tables are worked out, and with nothing else to do again.
"""

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from benchmarks.between_rounds import has_feedback, has_tables
from benchmarks.journeys import our_journey, prepare_ours
from benchmarks.stage import servers, web
from benchmarks.two_rounds import second_round_open
from benchmarks.visitors import Measured, run
from benchmarks.workers import workers

if TYPE_CHECKING:
    from surveys.models import Round

BATCH = 30
MOST_JOURNEYS = 6_000
QUIET, COUNTING, TABLES = "nothing else", "while counting", "while working out tables"


class Journeys:
    """Their times, by what went on beside them from the first to the last of a batch."""

    def __init__(self, port: int, tokens: list[str], at_once: int) -> None:
        self.port, self.tokens, self.at_once = port, iter(tokens), at_once
        self.times: dict[str, list[float]] = defaultdict(list)

    def batch(self, phase: Callable[[], str]) -> None:
        began = phase()
        times = run(lambda token: our_journey(self.port, token), self._next_tokens(), self.at_once).times
        if phase() == began:
            self.times[began] += times

    def quiet(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.batch(lambda: QUIET)

    def beside(self, study_round: "Round", seconds: float) -> None:
        """While the round is counted, and then for so long while its tables are worked out, or until they are."""
        from surveys.workflow.rounds import close_round

        closed, until = close_round(study_round.pk), None
        while not has_tables(closed) and (until is None or time.monotonic() < until):
            self.batch(lambda: TABLES if has_feedback(closed) else COUNTING)
            if until is None and has_feedback(closed):
                until = time.monotonic() + seconds

    def _next_tokens(self) -> list[str]:
        found = [token for _number, token in zip(range(BATCH), self.tokens, strict=False)]
        if len(found) < BATCH:
            raise SystemExit("there are no experts left to make journeys")
        return found

    def in_words(self) -> Iterator[str]:
        quiet = Measured(len(self.times[QUIET]), 1, self.times[QUIET])
        for phase, times in self.times.items():
            measured = Measured(len(times), 1, times)
            p50, p95 = measured.quantile(0.5), measured.quantile(0.95)
            yield (f"{phase:<26}{len(times):5} journeys   p50 {1000 * p50:6.0f} ms   p95 {1000 * p95:6.0f} ms   "
                   f"{p95 / quiet.quantile(0.95):.2f} times the quiet p95")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("experts", 10_000), ("items", 100), ("at-once", 10), ("seconds", 15)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = parser.parse_args()
    with servers():
        from deterrence_delphi import celery_app

        tokens = prepare_ours(MOST_JOURNEYS)
        study_round = second_round_open("large", options.experts, options.items)
        celery_app.control.purge()  # the first round's messages
        with web("deterrence_delphi.wsgi", "/healthz") as (port, _pid):
            journeys = Journeys(port, tokens, options.at_once)
            with workers("celery", "background"):
                journeys.quiet(2)
                journeys.times.clear()
                journeys.quiet(options.seconds)
                journeys.beside(study_round, options.seconds)
            journeys.quiet(options.seconds)
    print(f"{options.experts} experts × {options.items} ratings, two rounds; {options.at_once} visitors at once; load {os.getloadavg()[0]:.1f}")
    print(*journeys.in_words(), sep="\n")


if __name__ == "__main__":
    main()
