"""A study while it is being written: its definition step by step, complete or not."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from surveys.models.study import Study


class StudyDraft(models.Model):
    """Where the builder stands. `is_taken`: the study's own tables hold the present step; else it waits until nothing is missing."""

    study = models.OneToOneField(Study, models.CASCADE, related_name="draft")
    present = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)  # steps after the present one were undone and can be done again
    is_taken = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="draft_present_is_a_step", condition=Q(present__lte=F("last")))]

    def __str__(self) -> str:
        return f"{self.study_id} at {self.present}"


class DraftStep(models.Model):
    """What the definition was after an edit. Old steps are cut off at the far end, so a study's history stays small."""

    draft = models.ForeignKey(StudyDraft, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    definition = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"
