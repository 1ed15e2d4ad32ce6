"""Choices: any number of several options, or none of these."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.enums import Level
from surveys.items.base import Component, ItemKind, ItemSpec, Number, Problem, option_codes

NONE_OF_THESE = "none"  # what the form's own box sends under the empty component
YES = frozenset({"1"})
NO = frozenset({"", "0"})


class Choices(ItemKind):
    name = "choices"
    decides_by = ("includes",)
    keys = frozenset({"options", "at_most"})
    required = frozenset({"options"})
    is_stored_by_component = False

    def check(self, item: Mapping[str, Any], languages: list[str]) -> Iterator[Problem]:
        at_most, options = item.get("at_most"), item.get("options")
        if at_most is None:
            return
        if isinstance(at_most, bool) or not isinstance(at_most, int) or at_most < 1:
            yield Problem("at_most", _("must be a whole number of at least 1, not %(given)s") % {"given": repr(at_most)})
        elif isinstance(options, list) and at_most > len(options):
            yield Problem("at_most", _("is more than the %(count)s options. Leave it out to allow all of them") % {"count": len(options)})

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return tuple(Component(option.code, Level.BINARY, ("0", "1")) for option in spec.options)

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        """The ticked options' codes in the questionnaire's order; [] for none of these; None while untouched."""
        said = {code: text.strip() for code, text in raw.items()}
        if said.get("", "") not in ("", NONE_OF_THESE) or any(said.get(code, "") not in YES | NO for code in option_codes(spec)):
            raise ValueError(_("Tick the options that apply."))
        ticked = [code for code in option_codes(spec) if said.get(code, "") in YES]
        if said.get("") and ticked:
            raise ValueError(_("Tick options, or “none of these”, not both."))
        if ticked:
            self._check_number(spec, len(ticked))
            return ticked
        all_denied = all(said.get(code, "") == "0" for code in option_codes(spec))
        if any(said.get(code, "") == "0" for code in option_codes(spec)) and not all_denied and not said.get(""):
            raise ValueError(_("Nothing is ticked. To say “none of these”, give 0 for every option."))
        return [] if said.get("") or all_denied else None

    def _check_number(self, spec: ItemSpec, number: int) -> None:
        if spec.at_most is not None and number > spec.at_most:
            raise ValueError(ngettext("Tick at most %(most)s option; %(number)s are ticked.",
                                      "Tick at most %(most)s options; %(number)s are ticked.", spec.at_most)
                             % {"most": spec.at_most, "number": number})

    def to_components(self, spec: ItemSpec, value: Any) -> dict[str, Number | str]:
        return {code: int(code in value) for code in option_codes(spec)}

    def counting_rules(self, spec: ItemSpec) -> dict[str, Any]:
        return super().counting_rules(spec) | ({} if spec.at_most is None else {"most": spec.at_most})

    def raw_of(self, spec: ItemSpec, value: Any) -> dict[str, str]:
        return dict.fromkeys(value, "1") if value else {"": NONE_OF_THESE}
