"""The closing race, solved in one place.

A writer of answers takes `lock_round_for_writing` inside its transaction, whoever changes the round's state takes
`lock_round_for_changing`. Writers don't wait for each other; a closer waits for the writers already inside and lets no new one
in before itself. PostgreSQL's row locks alone would starve the closer (a shared row lock is handed to newcomers past a waiting
closer), so a gate of advisory locks, which queue fairly, stands before the row. SQLite's IMMEDIATE transactions serialise already.

Whoever takes several locks takes them in this order, or two acts could wait for each other: study, gate, round, panelist, answers.
Every recorded act takes the study's lock in the end, so an act that takes any other begins with `lock_study`.
"""

from django.db import connection

from surveys.enums import RoundState
from surveys.exceptions import RoundNotOpen
from surveys.models import Round, Study

GATE = 1_146_440_772  # "DEeD": the number space of this lock among PostgreSQL's advisory locks


def lock_study(study_id: int) -> Study:
    """The study, locked for an act that is recorded, until this transaction ends."""
    return Study.objects.select_for_update(no_key=True).get(pk=study_id)


def lock_round_for_writing(round_id: int) -> None:
    """Hold the round open until this transaction ends. Raises RoundNotOpen when it is not open (any more)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [GATE, round_id])
            cursor.execute("SELECT state FROM surveys_round WHERE id = %s FOR SHARE", [round_id])
            row = cursor.fetchone()
        state = row[0] if row else None
    else:
        state = Round.objects.filter(pk=round_id).values_list("state", flat=True).first()
    if state != RoundState.OPEN:
        raise RoundNotOpen


def lock_round_for_changing(round_id: int) -> Round:
    """The round, with its study, locked for a change of state until this transaction ends. Order: study, gate, round."""
    Study.objects.select_for_update(of=("self",), no_key=True).get(rounds__pk=round_id)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [GATE, round_id])
    return Round.objects.select_for_update(of=("self",)).select_related("study").get(pk=round_id)


def lock_rounds_for_changing(study_id: int) -> list[Round]:
    """All rounds of a study that were opened, locked one after the other: for what concerns more than one of them."""
    lock_study(study_id)
    opened = Round.objects.filter(study=study_id).exclude(state=RoundState.DRAFT).order_by("number")
    return [lock_round_for_changing(pk) for pk in opened.values_list("pk", flat=True)]
