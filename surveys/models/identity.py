"""Names, addresses and links. Kept apart from the answers: no foreign key leads from an identity to a panelist.

An identity is found from a panelist only through `link_digest`, an HMAC under IDENTITY_KEY that only
surveys/workflow/identities.py computes. A copy of the database without that key joins no name to an answer.
"""

from django.db import models
from django.utils import timezone

from surveys.enums import MessageKind, MessageState
from surveys.models.panel import Panelist
from surveys.models.round import Round
from surveys.models.study import Study


class Identity(models.Model):
    """A person's name, address and time zone, encrypted."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="identities")
    link_digest = models.CharField(max_length=64, unique=True)
    email_digest = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(
                fields=["study", "email_digest"], condition=~models.Q(email_digest=""), name="identity_email_once_per_study"
            )
        ]

    def __str__(self) -> str:
        return "identity"


class AccessLink(models.Model):
    """A personal link. Only a digest of its token is stored; the token itself is in the e-mail alone."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="access_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    redeemed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "personal link"


class Message(models.Model):
    """An e-mail to be sent, without its address: `number` tells the first reminder from the second."""

    panelist = models.ForeignKey(Panelist, models.CASCADE, related_name="messages")
    round = models.ForeignKey(Round, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=MessageKind)
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=MessageState, default=MessageState.QUEUED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panelist", "round", "kind", "number"], name="message_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
