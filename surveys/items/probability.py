"""Probability: 0 to 100, with as many decimals as the item allows."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import ONE_NUMBER, WIDE_SIGNS, Component, ItemKind, ItemSpec, Problem, read_number

DEFAULT_DECIMALS = 3  # one in a hundred thousand can be said without asking for it


class Probability(ItemKind):
    name = "probability"
    decides_by = ONE_NUMBER
    usual_decimals = DEFAULT_DECIMALS
    keys = frozenset({"decimals", "dimension", "truth"})

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        yield from check_decimals(item)

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return (Component("", Level.PROBABILITY, minimum=0.0, maximum=100.0),)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        text = raw.get("", "").strip().translate(WIDE_SIGNS).removesuffix("%")
        decimals = DEFAULT_DECIMALS if spec.decimals is None else spec.decimals
        return read_number(text, decimals, 0, 100) if text else None


def check_decimals(item: Mapping[str, Any]) -> Iterator[Problem]:
    """`decimals` is a whole number from 0 to 6: files print six."""
    decimals = item.get("decimals", 0)
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= 6:
        yield Problem("decimals", _("must be a whole number from 0 to 6, not %(given)s") % {"given": repr(decimals)})
