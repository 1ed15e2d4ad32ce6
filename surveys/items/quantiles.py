"""Quantiles: numbers below which the true value lies with given probabilities, or an interval with a best guess (IDEA)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import Level
from surveys.items.base import LIMITS, WIDE_SIGNS, Component, ItemKind, ItemSpec, Number, Problem, is_number, plain, read_number
from surveys.items.number import MOST_DECIMALS, check_limits
from surveys.items.probability import check_decimals

BOUNDS = ("lower", "best", "upper")
CONFIDENCE = "confidence"
LOWEST_CONFIDENCE = 50


class Quantiles(ItemKind):
    name = "quantiles"
    decides_by = LIMITS
    usual_decimals = MOST_DECIMALS
    needs_all = True
    keys = frozenset({"quantiles", "interval", "unit", "minimum", "maximum", "decimals", "truth"})

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        yield from check_decimals(item)
        yield from check_limits(item)
        if ("quantiles" in item) == ("interval" in item):
            yield Problem("quantiles", _("an item of kind quantiles has either quantiles, such as [0.05, 0.5, 0.95], or interval: idea"))
        yield from check_probabilities(item.get("quantiles"))

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        numbers = tuple(Component(code, Level.INTERVAL, (), spec.minimum, spec.maximum) for code in number_codes(spec))
        return (*numbers, Component(CONFIDENCE, Level.PROBABILITY, (), 0.0, 100.0)) if is_interval(spec) else numbers

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """Component code → number, for those that are given; refused when they stand in the wrong order."""
        decimals = MOST_DECIMALS if spec.decimals is None else spec.decimals
        given: dict[str, Number] = {}
        for code in number_codes(spec):
            if raw.get(code, "").strip():
                given[code] = read_number(raw[code], decimals, spec.minimum, spec.maximum)
        check_order(list(given.values()), is_interval(spec))
        if is_interval(spec) and raw.get(CONFIDENCE, "").strip():
            given[CONFIDENCE] = read_number(raw[CONFIDENCE].strip().translate(WIDE_SIGNS).removesuffix("%"), MOST_DECIMALS, LOWEST_CONFIDENCE, 100)
        return given or None

    def counting_rules(self, spec: ItemSpec) -> dict[str, Any]:
        found = {**super().counting_rules(spec), "rising": {"codes": list(number_codes(spec)), "equal": is_interval(spec)}}
        if is_interval(spec):
            found["limits"] = {**found.get("limits", {}), CONFIDENCE: [LOWEST_CONFIDENCE, 100]}
        return found

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        left = len(self.components(spec)) - len(value)
        return ngettext("%(left)s value is still missing.", "%(left)s values are still missing.", left) % {"left": left} if left else ""


def check_probabilities(given: Any) -> Iterator[Problem]:
    """`quantiles` is a rising list of two or more probabilities between 0 and 1, as their components are called: to ten decimals."""
    if given is None:
        return
    if not isinstance(given, list) or len(given) < 2:
        yield Problem("quantiles", _("must be a list of at least two probabilities, such as [0.05, 0.5, 0.95]"))
        return
    for place, probability in enumerate(given):
        if not is_number(probability) or not 0 < float(plain(probability)) < 1:
            yield Problem(f"quantiles[{place}]", _("must be a probability between 0 and 1, not %(given)s") % {"given": repr(probability)})
            return
    if any(float(plain(low)) >= float(plain(high)) for low, high in pairwise(given)):
        yield Problem("quantiles", _("must rise from one probability to the next"))


def check_order(numbers: list[Number], may_be_equal: bool) -> None:
    """Raises ValueError where a number is not above the one before it (an interval may shrink to a point)."""
    for low, high in pairwise(numbers):
        if low > high or (low == high and not may_be_equal):
            raise ValueError(_("The values must rise from the lowest to the highest; %(low)s stands before %(high)s.")
                             % {"low": plain(low), "high": plain(high)})


def is_interval(spec: ItemSpec) -> bool:
    """Is it asked as lower, best and upper with a confidence (IDEA)?"""
    return spec.interval == "idea"


def number_codes(spec: ItemSpec) -> tuple[str, ...]:
    """The components that are numbers on the item's own axis, in rising order."""
    return BOUNDS if is_interval(spec) else tuple(plain(probability) for probability in spec.quantiles)
