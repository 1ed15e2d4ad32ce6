"""The record of acts shows when it was tampered with."""

import pytest

from surveys.models import AuditEvent
from surveys.workflow.record import first_broken_entry, record_act
from tests.factories import a_study

pytestmark = pytest.mark.django_db


def test_an_untouched_record_is_whole_and_every_tampering_is_found() -> None:
    study = a_study()
    for number in range(3):
        record_act(study, f"act_{number}", detail=number)
    assert first_broken_entry(study) is None
    AuditEvent.objects.filter(sequence=2).update(details={"detail": 9})
    assert first_broken_entry(study) == 2


def test_a_removed_entry_is_missed() -> None:
    study = a_study()
    for number in range(3):
        record_act(study, f"act_{number}")
    AuditEvent.objects.filter(sequence=3).delete()
    assert first_broken_entry(study) == 3
