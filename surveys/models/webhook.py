"""Addresses that are told when a round is closed or counted, and what became of each telling."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from surveys.enums import DeliveryState, WebhookEvent
from surveys.models.round import Round
from surveys.models.study import Study


class Webhook(models.Model):
    """The secret that signs its deliveries is not stored: it follows from the site's own secret and `nonce`."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=500)
    nonce = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "url"], name="webhook_once_per_study")]

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One telling: to be done while it is queued and `due_at` has come. A trial has no round."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30, choices=WebhookEvent)
    round = models.ForeignKey(Round, models.CASCADE, null=True, related_name="+")
    closing = models.PositiveIntegerField(default=0)
    happened_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=20, choices=DeliveryState, default=DeliveryState.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveIntegerField(null=True)  # of the latest answer
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="delivery_due")]
        constraints = [models.UniqueConstraint(fields=["webhook", "event", "round", "closing"], name="delivery_once_per_closing")]

    def __str__(self) -> str:
        return f"{self.webhook_id}/{self.event} {self.state}"
