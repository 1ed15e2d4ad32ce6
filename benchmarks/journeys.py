"""Journeys per second: open the link → 20 ratings → submit → thanks, ours against the bare anchor in the same run.

    .venv/bin/python -m benchmarks.journeys [--journeys 400] [--at-once 10]

Ours does more on the way: the link's own page and its redemption, a session, the page of the section, a review page, and the answers are
saved before they are submitted. So the anchor's 3 requests stand against our 7; both figures and their ratio are printed.
"""

import argparse
import re
from statistics import median

from benchmarks.bare import ITEMS, POINTS
from benchmarks.stage import cpu_seconds, servers, web
from benchmarks.visitors import Measured, Visitor, run

STUDY = {
    "study": "journey", "title": "A journey", "languages": ["en"], "panels": [{"code": "us"}, {"code": "jp"}],
    "scales": {"nine": {"points": POINTS, "ends": {"en": ["Negligible", "Existential"]}}},
    "questionnaire": [{"section": "main", "items": [
        {"code": f"q{number}", "kind": "rating", "scale": "nine", "text": {"en": f"How grave would event {number} be for your country?"}}
        for number in range(ITEMS)]}],
}


def prepare_ours(count: int) -> list[str]:
    """A study with `count` invited experts; returns their tokens."""
    from surveys.workflow.invitations import issue_link
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    study, _changed = import_study(STUDY)
    rows = [f"e{number},{('us', 'jp')[number % 2]}" for number in range(count)]
    import_panel(study, "panelist,panel\n" + "\n".join(rows))
    open_round(study, 1)
    return [issue_link(panelist) for panelist in study.panelists.all()]


def our_journey(port: int, token: str) -> None:
    visitor = Visitor(port)
    expect(visitor.get(f"/i/{token}/"), 200)
    expect(visitor.post(f"/i/{token}/", {"act": "open"}), 303, 302)
    _status, _place, text = expect(visitor.get("/s/journey/section/main/"), 200)
    prefixes = sorted(set(re.findall(r'name="(i\d+)-value"', text)))
    assert len(prefixes) == ITEMS, f"{len(prefixes)} items on the page"
    form = {f"{prefix}-value": str(place % POINTS + 1) for place, prefix in enumerate(prefixes)}
    form.update({f"{prefix}-revision": "0" for prefix in prefixes})
    expect(visitor.post("/s/journey/section/main/", {**form, "then": "next"}), 303)
    expect(visitor.get("/s/journey/review/"), 200)
    expect(visitor.post("/s/journey/submit/", {}), 303, 302)
    expect(visitor.get("/s/journey/"), 200)


def bare_journey(port: int, token: str) -> None:
    visitor = Visitor(port)
    expect(visitor.get(f"/b/{token}/"), 200)
    expect(visitor.post(f"/b/{token}/", {f"q{number}": str(number % POINTS + 1) for number in range(ITEMS)}), 302)
    expect(visitor.get("/thanks/"), 200)


def expect(answer: tuple[int, str, str], *statuses: int) -> tuple[int, str, str]:
    assert answer[0] in statuses, f"status {answer[0]}, {answer[2][:200]}"
    return answer


def describe(name: str, measured: Measured, cpu: float) -> str:
    p50, p95 = 1000 * measured.quantile(0.5), 1000 * measured.quantile(0.95)
    speed = f"{measured.rate:8.1f} journeys/s   p50 {p50:6.0f} ms   p95 {p95:6.0f} ms"
    return f"{name:<6}{speed}   {1000 * cpu / measured.journeys:6.1f} ms of server CPU a journey"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--journeys", type=int, default=400)
    parser.add_argument("--at-once", type=int, default=10)
    options = parser.parse_args()
    repeats = 3
    with servers():
        from benchmarks import bare

        ours = prepare_ours(options.journeys * repeats + 20)
        bare.prepare(ours)
        with web("deterrence_delphi.wsgi", "/healthz") as (port, pid), web("benchmarks.bare_site:application", "/thanks/") as (bare_port, bare_pid):
            run(lambda token: our_journey(port, token), ours[:20], 4)
            run(lambda token: bare_journey(bare_port, token), ours[:20], 4)
            found = []
            for repeat in range(repeats):
                tokens = ours[20 + repeat * options.journeys : 20 + (repeat + 1) * options.journeys]
                start = cpu_seconds(pid)
                mine = run(lambda token: our_journey(port, token), tokens, options.at_once)
                mine_cpu, start = cpu_seconds(pid) - start, cpu_seconds(bare_pid)
                its = run(lambda token: bare_journey(bare_port, token), tokens, options.at_once)
                its_cpu = cpu_seconds(bare_pid) - start
                print(describe("ours", mine, mine_cpu))
                print(describe("bare", its, its_cpu))
                found.append((mine.rate / its.rate, mine_cpu / its_cpu))
    print(f"ours / bare, medians of {repeats}: {median(rate for rate, _cpu in found):.2f} times the journeys/s, "
          f"{median(cpu for _rate, cpu in found):.2f} times the CPU a journey")


if __name__ == "__main__":
    main()
