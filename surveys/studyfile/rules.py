"""The rules of consensus and stability: which there are, their thresholds and units, one for all levels or for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Level
from surveys.studyfile.containers import check_keys, near_to, suggestion
from surveys.studyfile.problems import Place, quoted, shown
from surveys.studyfile.shapes import Schema, Shape, is_number

COMPARATORS = ("at_least", "at_most", "below")
AGREEMENT = ("at_least",)  # the higher, the more alike
SPREAD = ("at_most", "below")  # the higher, the less alike
NAMED_BANDS = ("top_two", "bottom_two", "either_end")
MOST = 1e15


@dataclass(frozen=True)
class Rule:
    """`low` and `high` bound the threshold; `share` marks a unit that is easily mistaken for a percentage."""

    comparators: tuple[str, ...] = ()
    low: float = 0
    high: float = MOST
    low_excluded: bool = False
    share: bool = False
    band: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return ("rule", *(("band",) if self.band else ()), *self.comparators)


SHARE = Rule(AGREEMENT, high=1, share=True)
WIDTH = Rule(SPREAD, low_excluded=True)
PERCENT = Rule(SPREAD, high=100)

CONSENSUS_RULES = {
    "percent_agreement": Rule(AGREEMENT, high=1, share=True, band=True),
    "iqr": WIDTH,
    "relative_iqr": WIDTH,
    "sd": WIDTH,
    "rand": Rule(),
    "van_der_eijk": Rule(AGREEMENT, low=-1, high=1, share=True),
    "modal_share": SHARE,
    "kendall_w": SHARE,
}
STABILITY_RULES = {"scheibe": PERCENT, "weighted_kappa": SHARE, "percent_changed": PERCENT}


class RuleOrLevels(Shape):
    """One rule for every measurement level, or a mapping from levels to rules."""

    def __init__(self, kind: str, said: str | Promise, rules: dict[str, Rule]) -> None:
        self.kind, self.said, self.rules = kind, said, rules
        self.example = f"{{rule: {next(iter(rules))}, …}}"
        self.wanted = format_lazy(gettext_lazy("a mapping such as {example}, or from levels to such rules"), example=self.example)

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, dict) or not value:
            self.refuse(None if value == {} else value, place)
        elif "rule" in value:
            self.check_rule(value, place, level=None)
        else:
            self.check_levels(value, place)

    def check_levels(self, value: dict[str, Any], place: Place) -> None:
        for level, rule in value.items():
            here = place.at(level)
            if level not in Level.values:
                known = (*Level.values, "rule")
                here.refuse(_("%(level)s is no measurement level. %(hint)s") % {"level": quoted(level), "hint": suggestion(level, known)})
            elif isinstance(rule, dict):
                self.check_rule(rule, here, level)
            else:
                here.refuse(_("must be a rule such as %(example)s, not %(given)s.") % {"example": self.example, "given": shown(rule)})

    def check_rule(self, value: dict[str, Any], place: Place, level: str | None) -> None:
        name = value.get("rule")
        if "rule" not in value:
            place.at("rule").refuse(_("is missing. Use one of %(names)s.") % {"names": ", ".join(self.rules)})
        elif not isinstance(name, str) or name not in self.rules:
            near = near_to(name, self.rules) if isinstance(name, str) else ""
            hint = near or _("Use one of %(names)s.") % {"names": ", ".join(self.rules)}
            text = _("there is no %(kind)s rule %(name)s. %(hint)s")
            place.at("rule").refuse(text % {"kind": self.said, "name": quoted(str(name)), "hint": hint})
        else:
            check_settings(name, self.rules[name], value, place, level)

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.kind}"}

    def definitions(self) -> dict[str, Schema]:
        """Kept under $defs, as they stand in many places of the format."""
        every, binary = f"{self.kind}_rule", f"{self.kind}_rule_for_binary"
        levels = {level: {"$ref": f"#/$defs/{binary if level == Level.BINARY else every}"} for level in Level.values}
        by_level = {"type": "object", "properties": levels, "additionalProperties": False, "minProperties": 1}
        return {
            self.kind: {"anyOf": [{"$ref": f"#/$defs/{every}"}, by_level]},
            every: self.schema_of_rule(is_binary=False),
            binary: self.schema_of_rule(is_binary=True),
        }

    def schema_of_rule(self, is_binary: bool) -> Schema:
        return {"oneOf": [part for name, rule in self.rules.items() for part in rule_schemas(name, rule, is_binary)]}

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        if not isinstance(value, dict):
            return value
        order = (*Level.values, "rule", "band", *COMPARATORS)
        found = {key: value[key] for key in order if key in value} | value
        return {key: self.arranged(part, languages) if isinstance(part, dict) else part for key, part in found.items()}


def check_settings(name: str, rule: Rule, value: dict[str, Any], place: Place, level: str | None) -> None:
    """Band and threshold of a rule that exists."""
    if "band" in value and rule.band:
        check_band(value["band"], place.at("band"))
    elif rule.band and level != Level.BINARY:
        place.at("band").refuse(_("is missing. Give positions [low, high], or one of %(names)s.") % {"names": ", ".join(NAMED_BANDS)})
    check_comparators(name, rule, value, place)
    check_keys({key: value[key] for key in value if key not in COMPARATORS}, place, rule.keys)


def check_comparators(name: str, rule: Rule, value: dict[str, Any], place: Place) -> None:
    given = [key for key in COMPARATORS if key in value]
    wrong = [key for key in given if key not in rule.comparators]
    for key in wrong:
        remedy = _("Use %(names)s.") % {"names": either(rule.comparators)} if rule.comparators else _("Remove it.")
        place.at(key).refuse(_("%(rule)s takes no %(key)s. %(remedy)s") % {"rule": name, "key": key, "remedy": remedy})
    if not rule.comparators or wrong:
        return
    if not given:
        text = _("is missing: %(rule)s needs a threshold. Give %(names)s.")
        place.at(rule.comparators[0]).refuse(text % {"rule": name, "names": either(rule.comparators)})
    elif len(given) > 1:
        place.at(given[1]).refuse(_("stands beside %(key)s. Keep one of the two.") % {"key": given[0]})
    for key in given:
        check_threshold(key, rule, value[key], place.at(key))


def either(names: Sequence[str]) -> str:
    """at_most or below"""
    return _("%(first)s or %(second)s") % {"first": names[0], "second": names[1]} if len(names) == 2 else ", ".join(names)


def must_be(wanted: str, given: Any) -> str:
    return _("must be %(wanted)s, not %(given)s.") % {"wanted": wanted, "given": shown(given)}


def check_threshold(key: str, rule: Rule, value: Any, place: Place) -> None:
    wanted = wanted_threshold(rule, key)
    if not is_number(value):
        place.refuse(must_be(wanted, value))
    elif rule.share and 1 < value <= 100:
        text = _("is a share, from %(low)s to 1, not a percentage. For %(value)s per cent write %(share)s.")
        place.refuse(text % {"low": f"{rule.low:g}", "value": value, "share": f"{value / 100:g}"})
    elif not rule.low <= value <= rule.high or (value == rule.low and is_low_excluded(rule, key)):
        place.refuse(must_be(wanted, value))


def is_low_excluded(rule: Rule, key: str) -> bool:
    """Nothing is ever below the lowest value that there is."""
    return rule.low_excluded or key == "below"


def wanted_threshold(rule: Rule, key: str) -> str:
    is_excluded, limits = is_low_excluded(rule, key), {"low": f"{rule.low:g}", "high": f"{rule.high:g}"}
    if rule.high == MOST:
        return (_("a number above %(low)s") if is_excluded else _("a number from %(low)s")) % limits
    return (_("a number above %(low)s and at most %(high)s") if is_excluded else _("a number from %(low)s to %(high)s")) % limits


def check_band(value: Any, place: Place) -> None:
    """[low, high] positions, or a name. Whether the scale has these positions is checked with the scales."""
    names = {"names": ", ".join(NAMED_BANDS)}
    if isinstance(value, str) and value in NAMED_BANDS:
        return
    if not isinstance(value, list) or len(value) != 2 or not all(type(position) is int for position in value):
        place.refuse(must_be(_("positions [low, high], or one of %(names)s") % names, value))
    elif not 1 <= value[0] <= value[1] <= 21:
        place.refuse(_("must be positions [low, high], or one of %(names)s with 1 ≤ low ≤ high ≤ 21, not [%(low)s, %(high)s].")
                     % {**names, "low": value[0], "high": value[1]})


def rule_schemas(name: str, rule: Rule, is_binary: bool) -> list[Schema]:
    """One schema for each comparator that the rule takes, so that exactly one is given."""
    position = {"type": "integer", "minimum": 1, "maximum": 21}
    fixed: Schema = {"rule": {"const": name}}
    if rule.band:
        positions = {"type": "array", "items": position, "minItems": 2, "maxItems": 2}
        fixed["band"] = {"anyOf": [{"enum": list(NAMED_BANDS)}, positions]}
    required = ["rule"] + (["band"] if rule.band and not is_binary else [])
    if not rule.comparators:
        return [{"type": "object", "properties": fixed, "required": required, "additionalProperties": False}]
    return [{
        "type": "object", "properties": {**fixed, key: threshold_schema(rule, key)}, "required": [*required, key],
        "additionalProperties": False,
    } for key in rule.comparators]


def threshold_schema(rule: Rule, key: str) -> Schema:
    low = "exclusiveMinimum" if is_low_excluded(rule, key) else "minimum"
    return {"type": "number", low: rule.low, "maximum": rule.high}


CONSENSUS = RuleOrLevels("consensus", gettext_lazy("consensus"), CONSENSUS_RULES)
STABILITY = RuleOrLevels("stability", gettext_lazy("stability"), STABILITY_RULES)
