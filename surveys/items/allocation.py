"""Allocation: a fixed number of points shared out among options. An unbalanced draft is kept, and counts as missing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import LIMITS, Component, ItemKind, ItemSpec, Problem, option_codes, plain, read_number
from surveys.items.number import MOST_DECIMALS
from surveys.items.probability import check_decimals


class Allocation(ItemKind):
    name = "allocation"
    keys = frozenset({"options", "total", "decimals"})
    required = frozenset({"options", "total"})
    shown_together = True
    decides_by = LIMITS
    usual_decimals = 0

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        total, options = item.get("total"), item.get("options")
        if isinstance(total, bool) or not isinstance(total, int | float) or not 0 < total <= 1e9:
            yield Problem("total", _("must be a number greater than 0, not %(given)s") % {"given": repr(total)})
        elif not can_be_reached(total, item.get("decimals", 0)):
            yield Problem("total", _("has more decimals than the points given out. Raise decimals, or round the total"))
        if isinstance(options, list) and len(options) < 2:
            yield Problem("options", _("needs at least two options"))
        yield from check_decimals(item)

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return tuple(Component(code, Level.SHARE, (), 0.0, total_of(spec)) for code in option_codes(spec))

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """Option code → points for the options that have some said; a field left empty is 0 once the total is reached."""
        points = {}
        for code in option_codes(spec):
            text = raw.get(code, "").strip()
            if text:
                points[code] = read_number(text, spec.decimals or 0, 0, total_of(spec))
        if points and points_left(spec, points) == 0:
            return {code: points.get(code, 0) for code in option_codes(spec)}
        return points or None

    def counting_rules(self, spec: ItemSpec) -> dict[str, Any]:
        return {**super().counting_rules(spec), "total": spec.total}

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        left = points_left(spec, value)
        if left > 0:
            return _("%(left)s of %(total)s points are not given out yet.") % {"left": plain(left), "total": plain(total_of(spec))}
        if left < 0:
            return _("%(over)s points too many are given out; the total is %(total)s.") % {"over": plain(-left), "total": plain(total_of(spec))}
        return ""


def can_be_reached(total: float, decimals: Any) -> bool:
    """Do points of so many decimals ever add up to the total? Decimals that are no whole number are refused for themselves."""
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        return True
    return Decimal(str(total)) == round(Decimal(str(total)), decimals)


def total_of(spec: ItemSpec) -> float:
    if spec.total is None:
        raise LookupError(f"item {spec.code} has no total")
    return float(spec.total)


def points_left(spec: ItemSpec, points: Mapping[str, Any]) -> float:
    """What is left to give out; negative when too much is given. Exact: 0.1 and 0.2 make 0.3."""
    given = sum((Decimal(str(number)) for number in points.values()), Decimal(0))
    return float(Decimal(str(spec.total)) - given)
