"""The rules of consensus and stability: which there are, their thresholds and units, one for all levels or for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveys.enums import Level
from surveys.studyfile.containers import check_keys, suggestion
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

    def __init__(self, kind: str, rules: dict[str, Rule]) -> None:
        self.kind, self.rules = kind, rules
        self.example = f"{{rule: {next(iter(rules))}, …}}"
        self.wanted = f"a mapping such as {self.example}, or from levels to such rules"

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
                here.refuse(f"{quoted(level)} is no measurement level. {suggestion(level, known)}")
            elif isinstance(rule, dict):
                self.check_rule(rule, here, level)
            else:
                here.refuse(f"must be a rule such as {self.example}, not {shown(rule)}.")

    def check_rule(self, value: dict[str, Any], place: Place, level: str | None) -> None:
        name = value.get("rule")
        if "rule" not in value:
            place.at("rule").refuse(f"is missing. Use one of {', '.join(self.rules)}.")
        elif not isinstance(name, str) or name not in self.rules:
            known = suggestion(name, self.rules) if isinstance(name, str) else ""
            hint = known if known.startswith("Did") else f"Use one of {', '.join(self.rules)}."
            place.at("rule").refuse(f"there is no {self.kind} rule {quoted(str(name))}. {hint}")
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
        order = (*Level.values, "rule", "band", *COMPARATORS)
        found = {key: value[key] for key in order if key in value} | value
        return {key: self.arranged(part, languages) if isinstance(part, dict) else part for key, part in found.items()}


def check_settings(name: str, rule: Rule, value: dict[str, Any], place: Place, level: str | None) -> None:
    """Band and threshold of a rule that exists."""
    if "band" in value and rule.band:
        check_band(value["band"], place.at("band"))
    elif rule.band and level != Level.BINARY:
        place.at("band").refuse(f"is missing. Give positions [low, high], or one of {', '.join(NAMED_BANDS)}.")
    check_comparators(name, rule, value, place)
    check_keys({key: value[key] for key in value if key not in COMPARATORS}, place, rule.keys)


def check_comparators(name: str, rule: Rule, value: dict[str, Any], place: Place) -> None:
    given = [key for key in COMPARATORS if key in value]
    wrong = [key for key in given if key not in rule.comparators]
    for key in wrong:
        remedy = f"Use {' or '.join(rule.comparators)}." if rule.comparators else "Remove it."
        place.at(key).refuse(f"{name} takes no {key}. {remedy}")
    if not rule.comparators or wrong:
        return
    if not given:
        remedy = f"Give {' or '.join(rule.comparators)}."
        place.at(rule.comparators[0]).refuse(f"is missing: {name} needs a threshold. {remedy}")
    elif len(given) > 1:
        place.at(given[1]).refuse(f"stands beside {given[0]}. Keep one of the two.")
    for key in given:
        check_threshold(key, rule, value[key], place.at(key))


def check_threshold(key: str, rule: Rule, value: Any, place: Place) -> None:
    wanted = wanted_threshold(rule, key)
    if not is_number(value):
        place.refuse(f"must be {wanted}, not {shown(value)}.")
    elif rule.share and 1 < value <= 100:
        remedy = f"For {value} per cent write {value / 100:g}."
        place.refuse(f"is a share, from {rule.low:g} to 1, not a percentage. {remedy}")
    elif not rule.low <= value <= rule.high or (value == rule.low and is_low_excluded(rule, key)):
        place.refuse(f"must be {wanted}, not {shown(value)}.")


def is_low_excluded(rule: Rule, key: str) -> bool:
    """Nothing is ever below the lowest value that there is."""
    return rule.low_excluded or key == "below"


def wanted_threshold(rule: Rule, key: str) -> str:
    low = f"a number above {rule.low:g}" if is_low_excluded(rule, key) else f"a number from {rule.low:g}"
    if rule.high == MOST:
        return low
    return f"{low} to {rule.high:g}" if low.startswith("a number from") else f"{low} and at most {rule.high:g}"


def check_band(value: Any, place: Place) -> None:
    """[low, high] positions, or a name. Whether the scale has these positions is checked with the scales."""
    wanted = f"positions [low, high], or one of {', '.join(NAMED_BANDS)}"
    if isinstance(value, str) and value in NAMED_BANDS:
        return
    if not isinstance(value, list) or len(value) != 2 or not all(type(position) is int for position in value):
        place.refuse(f"must be {wanted}, not {shown(value)}.")
    elif not 1 <= value[0] <= value[1] <= 21:
        place.refuse(f"must be {wanted} with 1 ≤ low ≤ high ≤ 21, not [{value[0]}, {value[1]}].")


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


CONSENSUS = RuleOrLevels("consensus", CONSENSUS_RULES)
STABILITY = RuleOrLevels("stability", STABILITY_RULES)
