"""Theatres, panels and panelists. A panelist has no name here: only a code, a panel, a language and a state."""

from django.db import models
from django.utils import timezone

from surveys.enums import PanelistState
from surveys.models.study import Study


class Theatre(models.Model):
    study = models.ForeignKey(Study, models.CASCADE, related_name="theatres")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="theatre_code_once")]

    def __str__(self) -> str:
        return self.code


class Panel(models.Model):
    """The group of experts of one ally, or of any stakeholder."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="panels")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    position = models.PositiveIntegerField()
    theatres = models.ManyToManyField(Theatre, related_name="panels", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="panel_code_once")]

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> str:
        return self.study.text(self.name, language) or self.code


class Panelist(models.Model):
    """An expert's membership of a panel in one study, under a pseudonym (`code`)."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="panelists")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="panelists")
    code = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=PanelistState, default=PanelistState.INVITED)
    is_simulated = models.BooleanField(default=False)
    consent_version = models.PositiveIntegerField(null=True)
    consented_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="panelist_code_once"),
            models.CheckConstraint(
                name="panelist_consent_has_a_time",
                condition=models.Q(consent_version__isnull=True, consented_at__isnull=True)
                | models.Q(consent_version__isnull=False, consented_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def takes_part(self) -> bool:
        return self.state in (PanelistState.INVITED, PanelistState.ACTIVE)
