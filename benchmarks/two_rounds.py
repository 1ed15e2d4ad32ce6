"""Two rounds of any size: the first counted, the second open and answered, with some who left and some who joined in between.

Opinions are made up and loaded by COPY: only what comes afterwards is the product's own way. Two experts in five say something else in the
second round; one in twelve has left it, and one in twenty-five comes in only there.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.large_round import COPY_ANSWERS, KINDS, OPINIONS, SEED, definition, opinions

if TYPE_CHECKING:
    from surveys.models import Round, Study

PANELS = 17
STAYS_WITH_IT, LEAVES, JOINS = 0.6, 1 / 12, 1 / 25
EXPERTS_A_WRITE = 500


def second_round_open(slug: str, experts: int, items: int, kinds: str = "ratings") -> "Round":
    """The first round closed, counted and shown; the second open and fully answered."""
    from analysis.aggregation import aggregate_round
    from surveys.workflow.rounds import close_round, open_round

    chance = np.random.default_rng(SEED)
    said, fate = chance.integers(OPINIONS, size=(experts, items), dtype=np.uint16), chance.random(experts)
    first = open_round(new_study(slug, experts, items, kinds), 1)
    fill(first, said, fate < 1 - JOINS)
    closed = close_round(first.pk)
    if not aggregate_round(closed.pk, closed.closing):
        raise SystemExit("the first round was not counted")
    second = open_round(first.study, 2)
    changes = chance.random(said.shape, dtype=np.float32) >= STAYS_WITH_IT
    said[changes] = chance.integers(OPINIONS, size=int(changes.sum()), dtype=np.uint16)
    fill(second, said, fate >= LEAVES)
    return second


def first_round_open(slug: str, experts: int, items: int, kinds: str = "ratings") -> "Round":
    """One round, open and fully answered by everybody."""
    from surveys.workflow.rounds import open_round

    first = open_round(new_study(slug, experts, items, kinds), 1)
    said = np.random.default_rng(SEED).integers(OPINIONS, size=(experts, items), dtype=np.uint16)
    fill(first, said, np.ones(experts, dtype=bool))
    return first


def new_study(slug: str, experts: int, items: int, kinds: str) -> "Study":
    from surveys.workflow.panels import import_panel
    from surveys.workflow.studies import import_study

    study: Study = import_study(definition(slug, items, PANELS, KINDS[kinds]))[0]
    import_panel(study, "panelist,panel\n" + "\n".join(f"e{number},p{number % PANELS}" for number in range(experts)))
    return study


def fill(study_round: "Round", said: Any, takes_part: Any) -> None:
    """`said`: expert × item, which of the item's made-up opinions; `takes_part`: which experts answer at all."""
    from django.db import connection
    from django.utils import timezone

    from surveys.enums import ResponseState
    from surveys.models import Response

    now, panelists = timezone.now(), list(study_round.study.panelists.order_by("pk"))
    responses = Response.objects.bulk_create(
        (Response(round=study_round, panelist=panelist, state=ResponseState.SUBMITTED, submitted_at=now)
         for panelist, here in zip(panelists, takes_part, strict=True) if here),
        batch_size=5000,
    )
    lines = lines_of(study_round, now.isoformat())
    with connection.cursor() as cursor:
        with cursor.copy(COPY_ANSWERS) as copy:
            for text in written([response.pk for response in responses], said[takes_part], lines):
                copy.write(text)
        cursor.execute("ANALYZE surveys_answer, surveys_response")


def lines_of(study_round: "Round", saved_at: str) -> list[list[str]]:
    """Asked item → opinion → its line for COPY, without the response it belongs to."""
    return [
        [f"\t{asked_id}\t{copied(answer)}\tt\tf\t\\N\tnew\t1\t{saved_at}\n" for answer in answers]
        for asked_id, answers in opinions(study_round).items()
    ]


def copied(answer: str) -> str:
    return answer.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def written(responses: list[int], said: Any, lines: list[list[str]]) -> Iterator[str]:
    """Some experts at a time."""
    for start in range(0, len(responses), EXPERTS_A_WRITE):
        chosen = zip(responses[start : start + EXPERTS_A_WRITE], said[start : start + EXPERTS_A_WRITE].tolist(), strict=True)
        yield "".join(f"{response}{of_item[opinion]}" for response, opinions_of in chosen for of_item, opinion in zip(lines, opinions_of, strict=True))
