"""Rating: one position on an ordered scale."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import ONE_NUMBER, Component, ItemKind, ItemSpec


class Rating(ItemKind):
    name = "rating"
    decides_by = ONE_NUMBER
    keys = frozenset({"scale", "dimension"})
    required = frozenset({"scale"})

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return (Component("", Level.ORDINAL, tuple(str(point) for point in range(1, points_of(spec) + 1))),)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        text = raw.get("", "").strip()
        return check_position(text, points_of(spec)) if text else None


def check_position(text: str, points: int) -> int:
    """A position on a scale of so many points. Raises ValueError with a text for the expert."""
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= points:
        raise ValueError(_("Choose one of the positions 1 to %(points)s.") % {"points": points})
    return int(text)


def points_of(spec: ItemSpec) -> int:
    """How many positions the item's scale has; an item that was accepted always has one."""
    if spec.scale is None:
        raise LookupError(f"item {spec.code} has no scale")
    return spec.scale.points
