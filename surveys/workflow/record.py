"""The audit record: every act appends one entry that holds the hash of the entry before it."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from surveys.models import AuditEvent, Study
from surveys.workflow.locks import lock_study


@transaction.atomic
def record_act(study: Study, act: str, *, by: Any = None, subject: str = "", **details: Any) -> AuditEvent:
    """Append an act. `by` is a user, or None for the system's own clock and the command line. Details hold no answer and no name."""
    lock_study(study.pk)
    last = AuditEvent.objects.filter(study=study).order_by("-sequence").first()
    event = AuditEvent(
        study=study, sequence=last.sequence + 1 if last else 1, at=timezone.now(), by=by,
        actor=f"user {by.pk}" if by is not None else "system", act=act, subject=subject, details=details,
        previous_hash=last.hash if last else "",
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    return event


def hash_of(event: AuditEvent) -> str:
    """SHA-256 of everything the entry says, the hash before it included."""
    said = [event.study_id, event.sequence, event.at.isoformat(), event.actor, event.act, event.subject, event.details, event.previous_hash]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_broken_entry(study: Study) -> int | None:
    """The sequence number of the first entry that was altered or is missing, or None when the record is whole."""
    previous, expected = "", 1
    for event in AuditEvent.objects.filter(study=study).order_by("sequence").iterator():
        if event.sequence != expected or event.previous_hash != previous or event.hash != hash_of(event):
            return expected
        previous, expected = event.hash, expected + 1
    return None
