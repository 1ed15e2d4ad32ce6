"""Seconds from closing a round to its feedback: experts × ratings, frozen, counted, protected and stored, in one process.

    .venv/bin/python -m benchmarks.close_to_feedback [--experts 1000] [--items 100] [--panels 8]

The answers are made up and written straight into the tables; everything from `close_round` on is the product's own way.
"""

import argparse
import random
import time
from typing import TYPE_CHECKING

from benchmarks.stage import servers

if TYPE_CHECKING:
    from surveys.models import Round, Study

SEED, POINTS = 7, 9


def definition(items: int, panels: int) -> dict[str, object]:
    questions = [{"code": f"q{number}", "kind": "rating", "scale": "nine", "text": {"en": f"How grave is event {number}?"}} for number in range(items)]
    return {
        "study": "large", "title": "A large study", "languages": ["en"], "panels": [{"code": f"p{number}"} for number in range(panels)],
        "consensus": {"ordinal": {"rule": "iqr", "at_most": 2}}, "scales": {"nine": {"points": POINTS, "ends": {"en": ["Low", "High"]}}},
        "questionnaire": [{"section": "main", "items": questions}],
    }  # fmt: skip


def prepare(experts: int, items: int, panels: int) -> "Round":
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    study: Study = import_study(definition(items, panels))[0]
    import_panel(study, "panelist,panel\n" + "\n".join(f"e{number},p{number % panels}" for number in range(experts)))
    study_round = open_round(study, 1)
    fill(study_round)
    return study_round


def fill(study_round: "Round") -> None:
    """Every expert answers every item."""
    from django.utils import timezone

    from surveys.enums import ResponseState
    from surveys.models import Answer, Response

    chance, now = random.Random(SEED), timezone.now()
    asked = list(study_round.asked_items.values_list("pk", flat=True))
    responses = Response.objects.bulk_create(
        Response(round=study_round, panelist=panelist, state=ResponseState.SUBMITTED, submitted_at=now)
        for panelist in study_round.study.panelists.all()
    )
    Answer.objects.bulk_create(
        (Answer(response=response, asked_item_id=item, value=chance.randint(1, POINTS), saved_at=now) for response in responses for item in asked),
        batch_size=5000,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("experts", 1000), ("items", 100), ("panels", 8)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = parser.parse_args()
    with servers():
        from analysis.aggregation import aggregate_round
        from surveys.models import Feedback
        from surveys.workflow.rounds import close_round

        study_round = prepare(options.experts, options.items, options.panels)
        began = time.perf_counter()
        closed = close_round(study_round.pk)
        closed_after = time.perf_counter() - began
        assert aggregate_round(closed.pk, closed.closing)
        ready_after = time.perf_counter() - began
        feedback = Feedback.objects.filter(round=closed).count()
    assert feedback == options.items
    print(f"{options.experts} experts × {options.items} ratings in {options.panels} panels: closed after {closed_after:.2f} s, "
          f"aggregated and the feedback of {feedback} items stored after {ready_after:.2f} s")


if __name__ == "__main__":
    main()
