"""An open round of any size, every item answered by everybody: what reading and counting are measured on.

Answers are made up, and loaded by COPY: only what comes afterwards is the product's own way.
"""

import json
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.mixed import MIXED

if TYPE_CHECKING:
    from surveys.models import Round, Study

SEED, POINTS = 7, 9
RATING = {"kind": "rating", "scale": "nine"}
KINDS = {"ratings": [RATING], "mixed": MIXED}
THEATRES = ("west", "east")
OPINIONS = 500  # of an item: drawn once each and given to experts at random, for drawing is slower than loading
COPY_ANSWERS = """COPY surveys_answer
    (response_id, asked_item_id, value, is_complete, cannot_judge, confidence, decision, revision, saved_at) FROM STDIN"""


def definition(slug: str, items: int, panels: int, kinds: list[dict[str, Any]]) -> dict[str, Any]:
    """Two theatres; the first panel stands in both."""
    questions = [{"code": f"q{number}", "text": {"en": f"What of event {number}?"}, **kinds[number % len(kinds)]} for number in range(items)]
    return {
        "study": slug, "title": "A large study", "languages": ["en"],
        "theatres": [{"code": code, "name": {"en": code}} for code in THEATRES],
        "panels": [{"code": f"p{number}", "theatres": list(THEATRES) if number == 0 else [THEATRES[number % 2]]} for number in range(panels)],
        "consensus": {"ordinal": {"rule": "iqr", "at_most": 2}, "rank": {"rule": "kendall_w", "at_least": 0.7}},
        "scales": {"nine": {"points": POINTS, "ends": {"en": ["Low", "High"]}}},
        "questionnaire": [{"section": "main", "items": questions}],
    }  # fmt: skip


def opened(slug: str, experts: int, items: int, panels: int, kinds: list[dict[str, Any]]) -> "Round":
    """A round 1 that is open and fully answered."""
    from surveys.workflow.panels import import_panel
    from surveys.workflow.rounds import open_round
    from surveys.workflow.studies import import_study

    study: Study = import_study(definition(slug, items, panels, kinds))[0]
    import_panel(study, "panelist,panel\n" + "\n".join(f"e{number},p{number % panels}" for number in range(experts)))
    study_round = open_round(study, 1)
    fill(study_round)
    return study_round


def fill(study_round: "Round") -> None:
    """Every expert answers every item. PostgreSQL then knows how much there is, as it does after a round of ordinary length."""
    from django.db import connection
    from django.utils import timezone

    from surveys.enums import ResponseState
    from surveys.models import Response

    now, said = timezone.now(), opinions(study_round)
    responses = Response.objects.bulk_create(
        Response(round=study_round, panelist=panelist, state=ResponseState.SUBMITTED, submitted_at=now)
        for panelist in study_round.study.panelists.all()
    )
    with connection.cursor() as cursor:
        with cursor.copy(COPY_ANSWERS) as copy:
            for row in made_up([response.pk for response in responses], said):
                copy.write_row((*row, now))
        cursor.execute("ANALYZE surveys_answer, surveys_response")


def opinions(study_round: "Round") -> dict[int, list[str]]:
    """Asked item → some answers to it, as they are stored."""
    from surveys.items import kind_of
    from surveys.simulation import written_opinion

    chance, found = random.Random(SEED), dict[int, list[str]]()
    for asked in study_round.asked_items.select_related("item_version"):
        spec = asked.item_version.spec(study_round.study.settings)
        drawn = (written_opinion(spec, chance.random(), chance) for _number in range(OPINIONS))
        found[asked.pk] = [json.dumps(kind_of(spec).from_components(spec, opinion)) for opinion in drawn]
    return found


def made_up(responses: list[int], said: dict[int, list[str]]) -> Iterator[tuple[Any, ...]]:
    """Expert by expert, as answers come in; the columns as in COPY_ANSWERS, without the time."""
    chance = random.Random(SEED)
    for response in responses:
        for asked_id, answers in said.items():
            yield response, asked_id, chance.choice(answers), True, False, None, "new", 1
