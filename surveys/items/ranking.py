"""Ranking: every option put in order, 1 = first. An unfinished order is kept, and counts as missing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import Level
from surveys.items.base import LIMITS, Component, ItemKind, ItemSpec, Problem, option_codes


class Ranking(ItemKind):
    name = "ranking"
    keys = frozenset({"options"})
    required = frozenset({"options"})
    shown_together = True
    whole_level = Level.RANK
    decides_by = LIMITS
    needs_all = True

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        options = item.get("options")
        if isinstance(options, list) and len(options) < 2:
            yield Problem("options", _("needs at least two options"))

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        ranks = tuple(str(rank) for rank in range(1, len(spec.options) + 1))
        return tuple(Component(code, Level.RANK, ranks, 1.0, float(len(ranks))) for code in option_codes(spec))

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """Option code → rank, in the questionnaire's order, for the options that have one."""
        ranks: dict[str, int] = {}
        for code in option_codes(spec):
            text = raw.get(code, "").strip()
            if not text:
                continue
            if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= len(spec.options):
                raise ValueError(_("A position is a whole number from 1 to %(last)s.") % {"last": len(spec.options)})
            if int(text) in ranks.values():
                raise ValueError(_("Two options stand at position %(rank)s. Give each position once.") % {"rank": int(text)})
            ranks[code] = int(text)
        return ranks or None

    def counting_rules(self, spec: ItemSpec) -> dict[str, Any]:
        return {**super().counting_rules(spec), "distinct": True, "decimals": 0}

    def left_open(self, spec: ItemSpec, value: Any) -> str:
        left = len(spec.options) - len(value)
        return ngettext("%(left)s option has no position yet.", "%(left)s options have no position yet.", left) % {"left": left} if left else ""
