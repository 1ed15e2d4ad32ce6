"""Number: a quantity with a unit, within the limits that the item sets."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import ONE_NUMBER, Component, ItemKind, ItemSpec, Problem, is_number, read_number
from surveys.items.probability import check_decimals

MOST_DECIMALS = 6  # files print six


class NumberItem(ItemKind):
    name = "number"
    decides_by = ONE_NUMBER
    usual_decimals = MOST_DECIMALS
    keys = frozenset({"unit", "minimum", "maximum", "decimals", "dimension", "truth"})

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        yield from check_decimals(item)
        yield from check_limits(item)

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return (Component("", Level.INTERVAL, minimum=spec.minimum, maximum=spec.maximum),)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        text = raw.get("", "").strip()
        decimals = MOST_DECIMALS if spec.decimals is None else spec.decimals
        return read_number(text, decimals, spec.minimum, spec.maximum) if text else None


def check_limits(item: Mapping[str, Any]) -> Iterator[Problem]:
    """`minimum` and `maximum` are numbers, the first below the second."""
    limits = {}
    for key in ("minimum", "maximum"):
        value = item.get(key)
        if value is None:
            continue
        if not is_number(value):
            yield Problem(key, _("must be a number, not %(given)s") % {"given": repr(value)})
        else:
            limits[key] = value
    if len(limits) == 2 and limits["minimum"] >= limits["maximum"]:
        yield Problem("maximum", _("must be greater than minimum (%(minimum)s)") % {"minimum": limits["minimum"]})
