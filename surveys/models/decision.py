"""What an organizer decided on each item of a round: progress while the round is a draft, its record from then on."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from surveys.enums import DecisionWay, Ground, ItemAct
from surveys.models.questionnaire import Item, ItemVersion
from surveys.models.round import Round


class RoundDecision(models.Model):
    """One item in one round. `proposal` and `ground`: what was proposed then, and why. An empty `reason`: the ground is the reason.

    `version` is the wording that the round asks, or that it drops, known from the moment when it opens.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(Item, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=20, choices=ItemAct)
    proposal = models.CharField(max_length=20, choices=ItemAct)
    ground = models.CharField(max_length=30, choices=Ground)
    reason = models.CharField(max_length=500, blank=True)
    way = models.CharField(max_length=20, choices=DecisionWay)
    version = models.ForeignKey(ItemVersion, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "item"], name="decision_once_per_item"),
            models.CheckConstraint(name="decision_departs_with_a_reason", condition=Q(act=F("proposal")) | Q(way="command") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.item_id}: {self.act}"

    @property
    def departs(self) -> bool:
        """Was something else decided than proposed?"""
        return self.act != self.proposal
