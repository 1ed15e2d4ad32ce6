"""Sections, items and their versions. A version is never changed once a round has asked it."""

from typing import Any

from django.db import models
from django.utils import timezone

from surveys.items import ItemSpec, resolve_item
from surveys.models.study import Study


class Section(models.Model):
    study = models.ForeignKey(Study, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=60)
    title = models.JSONField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="section_code_once")]

    def __str__(self) -> str:
        return self.code


class Item(models.Model):
    """A question, under a code that stays the same through all rounds and rewordings."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="item_code_once")]

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """A wording of an item. `definition` is the item as the study file gives it.

    `first_version` is set where the organizer declared an earlier version equivalent: the earliest one of that line.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    definition = models.JSONField()
    first_version = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # null: nothing earlier compares with it
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # Where queries.versions_of has read it:
    was_asked: bool
    is_asked: bool
    open_number: int | None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]

    def __str__(self) -> str:
        return f"{self.item.code} v{self.number}"

    @property
    def line_id(self) -> int:
        """Versions whose answers compare share a line: the id of the first of them."""
        return self.first_version_id or self.pk

    def spec(self, settings: dict[str, Any]) -> ItemSpec:
        """The version with its scale and options looked up in the study's settings."""
        return resolve_item(self.definition, settings)
