"""Responses, answers, and the reasons given for them. None of these rows knows a name."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from surveys.enums import Decision, RationaleState, ResponseState
from surveys.models.panel import Panelist
from surveys.models.round import AskedItem, Round


class Response(models.Model):
    """A panelist's answers in a round: a draft until submitted."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="responses")
    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="responses")
    state = models.CharField(max_length=20, choices=ResponseState, default=ResponseState.DRAFT)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True)
    submitted_by_closing = models.BooleanField(default=False)  # the closing submitted it, not the expert

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "panelist"], name="response_once"),
            models.CheckConstraint(
                name="response_submitted_has_a_time",
                condition=Q(state="draft", submitted_at__isnull=True) | Q(state="submitted", submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.panelist_id}"

    @property
    def is_submitted(self) -> bool:
        return self.state == ResponseState.SUBMITTED


class Answer(models.Model):
    """A saved answer: a value, or *cannot judge*. `revision` counts its changes, so that two devices notice each other.

    A value that is not complete (an unbalanced allocation, an unfinished order) is kept for its expert, and counts as missing.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    asked_item = models.ForeignKey(AskedItem, models.CASCADE, related_name="answers")
    value = models.JSONField(null=True)
    is_complete = models.BooleanField(default=True)
    cannot_judge = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(null=True)
    expertise = models.PositiveSmallIntegerField(null=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.NEW)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "asked_item"], name="answer_once"),
            models.CheckConstraint(name="answer_cannot_judge_has_no_value", condition=Q(cannot_judge=False) | Q(value__isnull=True)),
            models.CheckConstraint(
                name="answer_confidence_in_range", condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 100))
            ),
            models.CheckConstraint(
                name="answer_expertise_in_range", condition=Q(expertise__isnull=True) | Q(expertise__range=(1, 5))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}/{self.asked_item_id}"

    @property
    def is_given(self) -> bool:
        return self.cannot_judge or (self.value is not None and self.is_complete)


def number_without_order() -> int:
    """A key that tells nothing about when a row was written; small enough for a browser's numbers."""
    return secrets.randbelow(2**53 - 1) + 1


class Rationale(models.Model):
    """The reason an expert gives for an answer. Others see `published_text`, and only once a moderator let it through.

    Moderators' pages name reasons by their keys: counted up, these would give the order in which experts wrote, and with
    it, beside the progress of the panels, the panel.
    """

    id = models.BigIntegerField(primary_key=True, default=number_without_order, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="rationales")
    asked_item = models.ForeignKey(AskedItem, models.CASCADE, related_name="rationales")
    text = models.TextField()
    state = models.CharField(max_length=20, choices=RationaleState, default=RationaleState.PENDING)
    published_text = models.TextField(blank=True)
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "asked_item"], name="rationale_once"),
            models.CheckConstraint(
                name="rationale_published_only_when_let_through",
                condition=Q(published_text="") | Q(state__in=["approved", "redacted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_item_id}"


class OpenAnswerDecision(models.Model):
    """What a moderator decided on an answer to an open question: nobody but moderators reads it before.

    It stands for the text that was read. When the expert changes that, the answer waits again.
    """

    id = models.BigIntegerField(primary_key=True, default=number_without_order, editable=False)
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="moderation")
    text = models.JSONField()  # as the answer's value was, so that the database can tell whether it still is
    state = models.CharField(max_length=20, choices=RationaleState)
    published_text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open_answer_published_only_when_let_through",
                condition=Q(published_text="") | Q(state__in=["approved", "redacted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}"
