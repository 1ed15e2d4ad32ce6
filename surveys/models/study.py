"""The study: one Delphi inquiry, and who of the organizers has which role in it."""

from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings as django_settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.enums import Role


class Study(models.Model):
    """`settings` is the study file's head as it was given (all but theatres, panels and questionnaire), already checked."""

    slug = models.SlugField(max_length=80, unique=True)
    settings = models.JSONField()
    is_simulated = models.BooleanField(_("simulated experts"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(django_settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    rules_text = models.TextField(blank=True, editable=False)
    rules_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    rules_locked_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            models.CheckConstraint(
                name="study_locked_rules_have_a_hash",
                condition=Q(rules_locked_at__isnull=True, rules_sha256="") | (Q(rules_locked_at__isnull=False) & ~Q(rules_sha256="")),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("surveys:study", args=[self.slug])

    @property
    def languages(self) -> list[str]:
        return list(self.settings["languages"])

    @property
    def source_language(self) -> str:
        return self.languages[0]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.get("time_zone", "UTC"))

    @property
    def minimum(self) -> int:
        """Fewest answers that a published figure may rest on."""
        return int(self.settings.get("disclosure", {}).get("minimum", 5))

    @property
    def quantile_type(self) -> int:
        return int(self.settings.get("quantile_type", 7))

    @property
    def maximum_rounds(self) -> int | None:
        value = self.settings.get("rounds", {}).get("maximum")
        return None if value is None else int(value)

    @property
    def invites_everyone(self) -> bool:
        return self.settings.get("rounds", {}).get("invite", "everyone") == "everyone"

    @property
    def counts_unsubmitted(self) -> bool:
        return self.settings.get("rounds", {}).get("unsubmitted", "count") == "count"

    @property
    def feedback_settings(self) -> dict[str, Any]:
        return {"distribution": "all_panels", "reasons": "moderated", "previous_answer": "marked",
                **self.settings.get("feedback", {})}

    def text(self, value: Any, language: str) -> str:
        """A text of this study in a language, else in its source language; "" where there is none."""
        if value is None or isinstance(value, str):
            return value or ""
        return value.get(language) or value.get(self.source_language, "")

    def title_in(self, language: str) -> str:
        return self.text(self.settings["title"], language)


class StudyMember(models.Model):
    """A user's role in a study. What each role may do is a table in surveys/permissions.py."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="members")
    user = models.ForeignKey(django_settings.AUTH_USER_MODEL, models.CASCADE, related_name="study_memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "user", "role"], name="study_member_once_per_role")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
