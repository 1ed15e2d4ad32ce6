"""The record of acts: append-only, each entry holding the hash of the one before it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from surveys.models.study import Study


class AuditEvent(models.Model):
    """Who did what to a study, and when. `details` never holds an answer, a name or an address."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="audit_events")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor = models.CharField(max_length=200)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["study", "sequence"], name="audit_sequence_once")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.act}"
