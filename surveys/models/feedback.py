"""Controlled feedback: what experts see of the others, stored with the round it tells of and frozen when shown."""

from django.db import models
from django.utils import timezone

from surveys.models.round import AskedItem, Round


class Feedback(models.Model):
    """The published figures of one asked item for all audiences, and the reasons that were let through.

    `figures`: {"components": {component: {"group_type/group": {...published figures...}}}}, already after disclosure control.
    `outcomes`: component → published outcome over everybody, "protected" where it is hidden: what the next round's proposals rest on.
    `reasons`: frozen with `frozen_at`, when the next round opens or the study finishes.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="feedback")
    asked_item = models.ForeignKey(AskedItem, models.CASCADE, related_name="feedback")
    closing = models.PositiveIntegerField()
    figures = models.JSONField()
    outcomes = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [models.UniqueConstraint(fields=["round", "asked_item"], name="feedback_once_per_asked_item")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.asked_item_id}"
