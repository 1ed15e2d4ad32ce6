"""A round, the items it asks, and who is invited to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from surveys.enums import RoundState
from surveys.models.panel import Panelist
from surveys.models.questionnaire import ItemVersion
from surveys.models.study import Study


class Round(models.Model):
    """One wave. `closing` counts how often it was closed (or renewed by an erasure): results belong to one closing."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=RoundState, default=RoundState.DRAFT)
    closing = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=0)  # raised by each correction of a typing error, so that no page shows the old text
    languages = models.JSONField(default=list)  # in which experts may answer; the others get the source language, marked
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    deadline_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    aggregated_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["study"], condition=Q(state=RoundState.OPEN), name="round_one_open_per_study"),
            models.CheckConstraint(name="round_number_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="round_closed_has_a_closing",
                condition=~Q(state__in=["closed", "aggregated", "released"]) | Q(closing__gte=1, closed_at__isnull=False),
            ),
            models.CheckConstraint(name="round_open_was_opened", condition=Q(state="draft") | Q(opened_at__isnull=False)),
            models.CheckConstraint(name="round_released_has_a_time", condition=~Q(state="released") | Q(released_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.study.slug} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def is_counted(self) -> bool:
        return self.state in (RoundState.AGGREGATED, RoundState.RELEASED)


class AskedItem(models.Model):
    """An item version asked in a round, at a position in its questionnaire."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="asked_items")
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="askings")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "item_version"], name="asked_item_once"),
            models.UniqueConstraint(fields=["round", "position"], name="asked_item_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.position}"


class Invitation(models.Model):
    """A panelist is invited to a round: whom the round's response rates are counted over.

    `item_order`: the asked items' ids in the order drawn for this expert; null where the questionnaire's own order holds.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="invitations")
    item_order = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "panelist"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.panelist_id}"


__all__ = ["AskedItem", "Invitation", "Round"]
