"""The rules that hold for a question over everybody: their thresholds, and what their figures are called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from analysis.registered import rule_for
from analysis.results.lines import OF_FILES
from analysis.results.pictures import component_of
from analysis.results.value_words import in_figures
from surveys.forms.items.rule_words import NAMES, THRESHOLDS
from surveys.items import ItemSpec

COMPARISONS = ("at_least", "at_most", "below")
RAND: Mapping[str, Any] = {"rule": "rand", "at_most": 1}  # of the disagreement index; the study file gives it no threshold


@dataclass(frozen=True)
class Asked:
    """A rule as it was registered. Two questions with the same one can be told on one axis."""

    rule: str
    comparison: str
    threshold: float
    band: str = ""
    given: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_more_better(self) -> bool:
        return self.comparison == "at_least"

    @property
    def name(self) -> str:
        return _("Disagreement index") if self.rule == "rand" else str(NAMES.get(self.rule, self.rule))

    @property
    def in_words(self) -> str:
        return str(THRESHOLDS[self.comparison]) % {"number": in_figures(self.threshold, OF_FILES)}


def asked_of(which: str, spec: ItemSpec, component: str, level: str, settings: Mapping[str, Any]) -> Asked | None:
    """`which`: consensus or stability. The nearest rule: the item's, its scale's, that of the axis, the study's."""
    part = component_of(spec, component)
    own = (*getattr(spec, which), *(getattr(part, which) if part is not None else ()))
    rule = rule_for(level, *own, settings.get(which))
    return None if rule is None else asked(rule)


def asked(rule: Mapping[str, Any]) -> Asked | None:
    found = {**RAND, **rule} if rule["rule"] == "rand" else rule
    comparison = next((name for name in COMPARISONS if name in found), None)
    return None if comparison is None else Asked(found["rule"], comparison, float(found[comparison]), str(found.get("band", "")), rule)
