"""Choice: one of several options without an order."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items.base import Component, ItemKind, ItemSpec, Problem


class Choice(ItemKind):
    name = "choice"
    decides_by = ("is", "one_of")
    keys = frozenset({"options"})
    required = frozenset({"options"})

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        options = item.get("options")
        if isinstance(options, list) and len(options) < 2:
            yield Problem("options", _("needs at least two options"))

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return (Component("", Level.NOMINAL, tuple(option.code for option in spec.options)),)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        text = raw.get("", "").strip()
        if not text:
            return None
        if text not in {option.code for option in spec.options}:
            raise ValueError(_("Choose one of the options."))
        return text
