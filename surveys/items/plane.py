"""Plane: two ratings placed as one point on a map, or given on two plain scales."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import LIMITS, Axis, Component, ItemKind, ItemSpec
from surveys.items.rating import check_position

AXES = ("x", "y")


class Plane(ItemKind):
    name = "plane"
    decides_by = LIMITS
    needs_all = True
    keys = frozenset({"x", "y"})
    required = frozenset({"x", "y"})

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return tuple(component_of(code, axis_of(spec, code)) for code in AXES)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """`x` and `y` → position; one alone is kept, and counts as missing."""
        given = {code: check_position(raw[code].strip(), axis_of(spec, code).scale.points) for code in AXES if raw.get(code, "").strip()}
        return given or None

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        return "" if len(value) == len(AXES) else _("One of the two scales is still open.")


def component_of(code: str, axis: Axis) -> Component:
    positions = tuple(str(point) for point in range(1, axis.scale.points + 1))
    return Component(code, Level.ORDINAL, positions, consensus=axis.consensus, stability=axis.stability)


def axis_of(spec: ItemSpec, code: str) -> Axis:
    found = spec.x if code == "x" else spec.y
    if found is None:
        raise LookupError(f"item {spec.code} has no axis {code}")
    return found
