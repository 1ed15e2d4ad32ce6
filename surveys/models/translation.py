"""What is known of translations beside their texts: for which source each was written, and whether somebody has reviewed it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from surveys.enums import TranslationState
from surveys.models.study import Study

KEY_LENGTH = 400
NOTE_LENGTH = 500


class TextReview(models.Model):
    """One wording of a translation. A text that comes back (undo, an older file) finds again what was known of it.

    Texts are named by digests, because they stand in the study itself.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="text_reviews")
    key = models.CharField(max_length=KEY_LENGTH)
    language = models.CharField(max_length=35)
    text_digest = models.CharField(max_length=32)
    source_digest = models.CharField(max_length=32)
    state = models.CharField(max_length=20, choices=[(state.value, state.label) for state in (TranslationState.DRAFT, TranslationState.REVIEWED)],
                             default=TranslationState.DRAFT)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "key", "language", "text_digest"], name="text_review_once_a_wording")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}) {self.state}"
