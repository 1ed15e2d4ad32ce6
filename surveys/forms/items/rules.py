"""A rule of consensus or stability as part of a form: one for everything, or one for each level of measurement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.forms.items.fields import KeyField, number_in_words, number_or_text, with_stray
from surveys.forms.items.rule_words import BANDS, COMPARISONS, EXPLANATIONS, NAMES
from surveys.forms.items.surroundings import Choices
from surveys.items.base import is_number
from surveys.studyfile.rules import COMPARATORS, CONSENSUS_RULES, STABILITY_RULES, Rule

LINES = ("level", "rule", "band", "low", "high", "comparison", "threshold")
POSITIONS = "positions"
RULES: dict[str, dict[str, Rule]] = {"consensus": CONSENSUS_RULES, "stability": STABILITY_RULES}
Held = list[dict[str, str]]


class RulesWidget(forms.Widget):
    """Reads NAME-count, and for each rule NAME-0-level, NAME-0-rule, NAME-0-band …"""

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Held:
        given = str(data.get(f"{name}-count", ""))
        count = min(int(given), len(Level.values) + 1) if given.isdecimal() and len(given) < 6 else 0
        return [{line: data.get(f"{name}-{place}-{line}") or "" for line in LINES} for place in range(count)]


class BoundRules(BoundField):
    field: "RulesKey"

    @property
    def anchor(self) -> str:
        return f"part-{self.html_name}"

    @property
    def rows(self) -> list[dict[str, Any]]:
        held = self.value()
        return [self._row(place, entry, is_alone=len(held) == 1) for place, entry in enumerate(held)]

    def _row(self, place: int, entry: dict[str, str], is_alone: bool) -> dict[str, Any]:
        rule = self.field.rules.get(entry["rule"])
        comparisons = [(key, str(words)) for key, words in COMPARISONS.items() if rule is None or key in rule.comparators]
        return {
            "number": place + 1, "place": place, "name": f"{self.html_name}-{place}", "id": f"{self.auto_id}-{place}",
            **{f"held_{key}": entry[key] for key in LINES},
            "levels": self.field.levels, "rules": with_stray(self.field.choices, [entry["rule"]]),
            "bands": with_stray(self.field.bands, [entry["band"]]), "is_alone": is_alone,
            "comparisons": with_stray(comparisons, [entry["comparison"]]), "explanation": EXPLANATIONS.get(entry["rule"], ""),
            "takes_band": (rule is not None and rule.band) or bool(entry["band"]),
            "takes_threshold": (rule is not None and bool(rule.comparators)) or bool(entry["threshold"] or entry["comparison"]),
            "is_share": rule is not None and rule.share, "focus": self.field.focus == place,
        }


class RulesKey(KeyField):
    """Held as a list of rules, each for a level or for all ("")."""

    template = "surveys/builder/item/_rules.html"

    def __init__(self, *, which: str, unset: str | Promise, **kwargs: Any) -> None:
        """`which`: consensus or stability; `unset`: what holds where no rule is given, in words."""
        super().__init__(widget=RulesWidget(), **kwargs)
        self.rules, self.unset = RULES[which], unset
        self.empty: Held = []
        self.focus: int | None = None

    @property
    def choices(self) -> Choices:
        return [(name, str(NAMES.get(name, name))) for name in self.rules]

    @property
    def levels(self) -> Choices:
        return [("", _("every level")), *((level, str(label)) for level, label in Level.choices)]

    @property
    def bands(self) -> Choices:
        return [("", "–"), *((name, str(words)) for name, words in BANDS.items()), (POSITIONS, _("points from … to …"))]

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundRules:
        return BoundRules(form, self, field_name)

    def can_show(self, given: Any) -> bool:
        if not isinstance(given, Mapping):
            return False
        levels = {level: rule for level, rule in given.items() if level in Level.values}
        whole = {key: value for key, value in given.items() if key not in levels}
        return all(is_rule(rule) for rule in (*levels.values(), whole))

    def shown(self, given: Any) -> Held:
        levels = [(level, given[level]) for level in Level.values if level in given]
        whole = {key: value for key, value in given.items() if key not in Level.values}
        return [_held(level, rule) for level, rule in [*([("", whole)] if whole else []), *levels]]

    def to_python(self, value: Any) -> Held:
        tidy = [{line: entry[line].strip() for line in LINES} for entry in value]
        return [entry for entry in tidy if any(text for line, text in entry.items() if line != "level")]

    def written(self, held: Held, before: Any) -> Any:
        found: dict[str, Any] = {}
        for entry in held:
            if entry["level"]:
                found[entry["level"]] = _rule_of(entry)
            else:
                found |= _rule_of(entry)
        return found or None

    def acted(self, held: Held, act: str, place: int) -> Held:
        """add, remove."""
        if act == "add":
            self.focus = len(held)
            return [*held, {**dict.fromkeys(LINES, ""), "level": self._free_level(held)}]
        return [entry for there, entry in enumerate(held) if there != place] if act == "remove" else held

    def _free_level(self, held: Held) -> str:
        taken = {entry["level"] for entry in held}
        return next((level for level in ("", *Level.values) if level not in taken), "")


def is_rule(given: Any) -> bool:
    if not isinstance(given, Mapping) or not set(given) <= {"rule", "band", *COMPARATORS} or len(set(given) & set(COMPARATORS)) > 1:
        return False
    band = given.get("band", "")
    is_band = isinstance(band, str) or (isinstance(band, list) and len(band) == 2 and all(is_number(part) or isinstance(part, str) for part in band))
    are_thresholds = all(is_number(given[key]) or isinstance(given[key], str) for key in COMPARATORS if key in given)
    return is_band and are_thresholds and isinstance(given.get("rule", ""), str)


def _held(level: str, rule: Mapping[str, Any]) -> dict[str, str]:
    band = rule.get("band", "")
    low, high = (number_in_words(part) for part in band) if isinstance(band, list) else ("", "")
    comparison = next((key for key in COMPARATORS if key in rule), "")
    return {"level": level, "rule": rule.get("rule", ""), "band": POSITIONS if isinstance(band, list) else band, "low": low, "high": high,
            "comparison": comparison, "threshold": number_in_words(rule.get(comparison, ""))}


def _rule_of(entry: dict[str, str]) -> dict[str, Any]:
    """As in a study file. A threshold without a comparison is taken for the first that the rule knows."""
    rule = {**CONSENSUS_RULES, **STABILITY_RULES}.get(entry["rule"])
    comparison = entry["comparison"] or (rule.comparators[0] if rule and rule.comparators else "at_least")
    found: dict[str, Any] = {"rule": entry["rule"]} if entry["rule"] else {}
    if entry["band"] == POSITIONS:
        found["band"] = [number_or_text(entry["low"]), number_or_text(entry["high"])]
    elif entry["band"]:
        found["band"] = entry["band"]
    if entry["threshold"]:
        found[comparison] = number_or_text(entry["threshold"])
    return found
