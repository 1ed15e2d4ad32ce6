"""Seconds from closing a round to its feedback: experts × items, frozen, counted, protected and stored, in one process.

    .venv/bin/python -m benchmarks.close_to_feedback [--experts 1000] [--items 100] [--panels 8] [--mixed]

Ratings alone, or with --mixed every kind in turn, among them grids of 6 × 8 cells.

The answers are made up and written straight into the tables; everything from `close_round` on is the product's own way.
"""

import argparse
import random
import time
from typing import TYPE_CHECKING, Any

from benchmarks.mixed import MIXED
from benchmarks.stage import servers

if TYPE_CHECKING:
    from surveys.models import Round, Study

SEED, POINTS = 7, 9
RATING = {"kind": "rating", "scale": "nine"}


def definition(items: int, panels: int, kinds: list[dict[str, Any]]) -> dict[str, object]:
    questions = [{"code": f"q{number}", "text": {"en": f"What of event {number}?"}, **kinds[number % len(kinds)]} for number in range(items)]
    return {
        "study": "large", "title": "A large study", "languages": ["en"], "panels": [{"code": f"p{number}"} for number in range(panels)],
        "consensus": {"ordinal": {"rule": "iqr", "at_most": 2}, "rank": {"rule": "kendall_w", "at_least": 0.7}},
        "scales": {"nine": {"points": POINTS, "ends": {"en": ["Low", "High"]}}},
        "questionnaire": [{"section": "main", "items": questions}],
    }  # fmt: skip


def prepare(experts: int, items: int, panels: int, kinds: list[dict[str, Any]]) -> "Round":
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    study: Study = import_study(definition(items, panels, kinds))[0]
    import_panel(study, "panelist,panel\n" + "\n".join(f"e{number},p{number % panels}" for number in range(experts)))
    study_round = open_round(study, 1)
    fill(study_round)
    return study_round


def fill(study_round: "Round") -> None:
    """Every expert answers every item."""
    from django.utils import timezone

    from surveys.enums import ResponseState
    from surveys.items import kind_of
    from surveys.models import Answer, Response
    from surveys.simulation import written_opinion

    chance, now = random.Random(SEED), timezone.now()
    asked = [(found.pk, found.item_version.spec(study_round.study.settings)) for found in study_round.asked_items.select_related("item_version")]
    responses = Response.objects.bulk_create(
        Response(round=study_round, panelist=panelist, state=ResponseState.SUBMITTED, submitted_at=now)
        for panelist in study_round.study.panelists.all()
    )
    Answer.objects.bulk_create(
        (Answer(response=response, asked_item_id=pk, saved_at=now, value=kind_of(spec).from_components(spec, written_opinion(spec, chance.random(), chance)))
         for response in responses for pk, spec in asked),
        batch_size=5000,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("experts", 1000), ("items", 100), ("panels", 8)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--mixed", action="store_true", help="every kind in turn instead of ratings alone")
    options = parser.parse_args()
    with servers():
        from analysis.aggregation import aggregate_round
        from analysis.models import ItemResult
        from surveys.models import Feedback
        from surveys.workflow.rounds import close_round

        study_round = prepare(options.experts, options.items, options.panels, MIXED if options.mixed else [RATING])
        began = time.perf_counter()
        closed = close_round(study_round.pk)
        closed_after = time.perf_counter() - began
        assert aggregate_round(closed.pk, closed.closing)
        ready_after = time.perf_counter() - began
        feedback = Feedback.objects.filter(round=closed).count()
        components = ItemResult.objects.filter(run__round=closed, group_type="all").count()
    assert feedback == options.items
    print(f"{options.experts} experts × {options.items} {'items of every kind' if options.mixed else 'ratings'} in {options.panels} panels: "
          f"closed after {closed_after:.2f} s, aggregated and the feedback of {feedback} items stored after {ready_after:.2f} s "
          f"({components} components, {1000 * ready_after / components:.1f} ms each)")


if __name__ == "__main__":
    main()
