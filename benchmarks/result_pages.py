"""How long a page of results takes in a warm web process: a large study, two rounds, every further table worked out.

    .venv/bin/python -m benchmarks.result_pages [--items 200] [--experts 204] [--times 20]

17 panels in two theatres; a grid of roles (each ally in each of 13 functions), one item of each other kind, all others ratings. Every page of the second
round is asked for by an analyst through Django's test client, session and permissions included, one request at a time; of questions one of each kind.
How many queries a page takes, tests hold (tests/analysis/views/test_queries.py).
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.large_round import KINDS
from benchmarks.mixed import MIXED
from benchmarks.stage import servers
from benchmarks.two_rounds import PANELS, second_round_open

if TYPE_CHECKING:
    from django.test import Client

    from surveys.models import Round, Study

FUNCTIONS, KIND = 13, "with roles"
MOST_SECONDS = 1.0
ROLES: dict[str, Any] = {
    "code": "roles", "kind": "grid", "text": {"en": "Which role should each of these allies take in each function?"}, "scale": "nine", "rows": "panels",
    "columns": [{"code": f"f{number}", "text": {"en": f"Function {number}"}} for number in range(FUNCTIONS)], "about": "role_expectation",
}


def counted(items: int, experts: int) -> "Round":
    """The second round, counted, with all its further tables and those of the first."""
    from analysis.aggregation import aggregate_round
    from analysis.readiness import work_out
    from surveys.workflow.rounds import close_round

    study_round = second_round_open("large", experts, items, KIND)
    closed = close_round(study_round.pk)
    aggregate_round(closed.pk, closed.closing)
    work_out(study_round.study)
    return closed


def addresses(study: "Study", number: int) -> Iterator[tuple[str, str]]:
    """Every page of results by its name, and the page of one item of each kind."""
    from django.urls import reverse

    from analysis.urls import urlpatterns

    for name in (pattern.name for pattern in urlpatterns):
        if name == "results" or str(name).startswith("results-"):
            yield str(name), reverse(f"analysis:{name}", args=[study.slug, number])
    codes = {("a grid of roles" if item.code == "roles" else item.kind): item.code for item in study.items.order_by("-pk")}
    for kind, code in codes.items():
        yield f"item-results, {kind}", reverse("analysis:item-results", args=[study.slug, number, code])


def an_analyst(study: "Study") -> "Client":
    from django.contrib.auth import get_user_model
    from django.test import Client

    from surveys.models import StudyMember

    user = get_user_model().objects.create(email="analyst@example.org")
    StudyMember.objects.create(study=study, user=user, role="analyst")
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def measure(client: "Client", name: str, address: str, times: int) -> bool:
    """Prints a page's line. Is it within the goal? The first request is set apart: it loads templates, and remembers what was seen."""
    first, size = seconds_of(client, address), len(client.get(address).content)
    busy = time.process_time()
    taken = [seconds_of(client, address) for _time in range(times)]
    processor = (time.process_time() - busy) / times
    p95 = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    milliseconds = " | ".join(f"{1000 * seconds:.0f}" for seconds in (first, statistics.median(taken), p95, processor))
    print(f"| {name} | {milliseconds} | {size / 1024:.0f} |", flush=True)
    return p95 < MOST_SECONDS


def seconds_of(client: "Client", address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--experts", type=int, default=204)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    KINDS[KIND] = [ROLES, *MIXED[1:], *KINDS["ratings"] * (options.items - len(MIXED))]
    with servers():
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        study_round = counted(options.items, options.experts)
        study = study_round.study
        client = an_analyst(study)
        print(f"{options.experts} experts × {options.items} items, {PANELS} panels, two rounds; milliseconds, {options.times} times each", flush=True)
        print("| page | first | median | p95 | processor | KB |\n| --- | --- | --- | --- | --- | --- |")
        within = [measure(client, name, address, options.times) for name, address in addresses(study, study_round.number)]
        print("Every page is within the goal." if all(within) else "A page is beyond the goal.")


if __name__ == "__main__":
    main()
