"""Reading a closing's answers for its snapshot, against PostgreSQL's own COPY of the same rows, in one run.

    .venv/bin/python -m benchmarks.reading [--repeats 5]

Three rounds: 1,000 and 10,000 experts × 100 ratings, and 1,000 experts × 100 items of every kind. Ours is all of `read_round`: people, what was
asked, answers and reasons, until the arrays are there. COPY has to write the answers to nowhere, once within the server (/dev/null, which saves it
every client), once to a client that throws them away byte by byte as they come. The walk is what an ordinary loop over `values_list()` takes for
the rows alone, with nothing done to them. A first time of each does not count.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks.large_round import KINDS, opened
from benchmarks.stage import cpu_seconds, servers

if TYPE_CHECKING:
    from surveys.models import Round

SIZES = ((1_000, "ratings"), (10_000, "ratings"), (1_000, "mixed"))
ITEMS, PANELS = 100, 17
FIELDS = ("response_id", "asked_item_id", "value", "cannot_judge", "decision", "confidence")


def the_rows(study_round: "Round") -> Any:
    from surveys.models import Answer
    from surveys.queries import GIVEN, responses_that_count

    return Answer.objects.filter(GIVEN, response__in=responses_that_count(study_round)).order_by()


def copy_within_the_server(study_round: "Round") -> None:
    from django.db import connection

    statement, parameters = the_rows(study_round).values(*FIELDS).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"COPY ({statement}) TO '/dev/null'", parameters)


def copy_to_a_client(study_round: "Round") -> None:
    """Below psycopg's own cursors, which make an object of every row: libpq hands over what has come, and it is dropped."""
    from django.db import connection

    statement, parameters = the_rows(study_round).values(*FIELDS).query.sql_with_params()
    with connection.cursor() as cursor:
        whole = cursor.mogrify(f"COPY ({statement}) TO STDOUT", parameters)
        wire = connection.connection.pgconn
        wire.exec_(whole.encode() if isinstance(whole, str) else whole)
        while wire.get_copy_data(0)[0] > 0:
            pass
        while wire.get_result() is not None:
            pass


def walk(study_round: "Round") -> None:
    for _row in the_rows(study_round).values_list(*FIELDS).iterator(20_000):
        pass


def read(study_round: "Round") -> None:
    from analysis.snapshot import read_round

    read_round(study_round)


WAYS: dict[str, Callable[["Round"], None]] = {"ours": read, "COPY within": copy_within_the_server, "COPY out": copy_to_a_client, "walk": walk}


def measured(study_round: "Round", repeats: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds, and mean processor time of both processes, ours and the server's. The ways are taken in turn: a busy moment meets them all."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = cursor.fetchone()[0]
    seconds: dict[str, list[float]] = {name: [] for name in WAYS}
    busy = dict.fromkeys(WAYS, 0.0)
    for repeat in range(repeats + 1):
        for name, way in WAYS.items():
            began, used = time.perf_counter(), time.process_time() + cpu_seconds(server)
            way(study_round)
            if repeat:
                seconds[name].append(time.perf_counter() - began)
                busy[name] += (time.process_time() + cpu_seconds(server) - used) / repeats
    return {name: statistics.median(found) for name, found in seconds.items()}, busy


def against(ours: str, figures: dict[str, float]) -> str:
    listed = ", ".join(f"{name} {value:.3f} s" for name, value in figures.items())
    ratios = ", ".join(f"{figures[ours] / figures[name]:.2f} times {name}" for name in ("COPY within", "COPY out"))
    return f"{listed}; {ours} is {ratios}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    with servers():
        for experts, kinds in SIZES:
            study_round = opened(f"{kinds}-{experts}", experts, ITEMS, PANELS, KINDS[kinds])
            seconds, busy = measured(study_round, options.repeats)
            print(f"{experts} experts × {ITEMS} items ({kinds})\n  time: {against('ours', seconds)}\n  processor: {against('ours', busy)}")


if __name__ == "__main__":
    main()
