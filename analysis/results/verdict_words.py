"""Why a part is agreed or settled: the registered rule, what it asks for and what came out, a sentence each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from analysis.results.glance import class_of
from analysis.results.glance_words import CLASSES
from analysis.results.item import ItemOfRound, Part
from analysis.results.lines import OF_FILES
from analysis.results.value_words import in_figures, percent
from analysis.verdicts import in_words
from surveys.forms.items.rule_words import NAMES, THRESHOLDS, band_in_words
from surveys.workflow.deviations import ADDED, CHANGED
from surveys.workflow.studies import rules_of_item

Rule = Mapping[str, Any]
SHARES = ("percent_agreement", "modal_share")
PERCENTAGES = ("scheibe", "percent_changed")
NOT_ASSESSED = "not_assessed"
MAJORITY = 0.5


@dataclass(frozen=True)
class Explained:
    """A verdict, the rule's name, and why: what was found, and what the rule asks for."""

    name: str
    verdict: str
    words: str
    rule: str
    why: str


def verdicts_explained(item: ItemOfRound, part: Part) -> list[Explained]:
    """Consensus, then stability; none for a protected part."""
    figures = part.everybody.figures
    if part.everybody.suppressed:
        return []
    consensus, stability = item.rules(part, "consensus"), item.rules(part, "stability")
    return [_explained(_("Consensus"), "consensus", figures, consensus, figures.get("rule_value"), why_not_judged(part, consensus)),
            _explained(_("Stability"), "stability", figures, stability, figures.get("stability_value"), why_not_settled(item, part, stability))]


def _explained(title: str, name: str, figures: Mapping[str, Any], rule: Rule | None, value: float | None, otherwise: str) -> Explained:
    verdict = figures.get(name) or NOT_ASSESSED
    is_told = rule is not None and value is not None and rule["rule"] in FOUND and rule["rule"] == figures.get(f"{name}_rule")
    why = f"{found_in_words(rule, value, figures)} {asked_in_words(rule)}".strip() if is_told and rule is not None and value is not None else ""
    if verdict == NOT_ASSESSED:
        why = otherwise
    code = figures.get(f"{name}_rule") or ""
    return Explained(title, verdict, in_words(verdict), str(NAMES.get(code, code)), why)


def why_not_judged(part: Part, rule: Rule | None) -> str:
    if not part.everybody.figures.get("n"):
        return _("There are no answers to judge.")
    if rule is None:
        return _("No rule of this study says when such answers agree.")
    return _("The rule cannot be applied to these answers.")


def why_not_settled(item: ItemOfRound, part: Part, rule: Rule | None) -> str:
    if item.previous_round is None:
        return _("The question was asked for the first time in this wording. Whether its answers are settled shows when it is asked again.")
    if rule is None:
        return _("No rule of this study says when such answers are settled.")
    return _("Of both rounds together too little may be told, or is there, to judge it.")


def found_in_words(rule: Rule, value: float, figures: Mapping[str, Any]) -> str:
    """What the rule looks at, as it came out."""
    return FOUND[rule["rule"]](rule, value, figures)


def _agreement(rule: Rule, value: float, figures: Mapping[str, Any]) -> str:
    if not rule.get("band"):
        return _("%(percent)s %% gave the same answer.") % {"percent": percent(value)}
    said = {"percent": percent(value), "band": band_in_words(rule["band"])}
    if rule["band"] == "either_end":
        found = _("At the fuller of the two ends (the two highest or the two lowest points) lie %(percent)s %% of the answers.") % said
    else:
        found = _("%(percent)s %% of the answers lie in this band: %(band)s.") % said
    if (figures.get("modal_share") or 0.0) <= max(value, MAJORITY):
        return found
    outside = _("Most experts gave one and the same answer, but it lies outside this band.")
    return f"{found} {outside}"


def _modal(rule: Rule, value: float, figures: Mapping[str, Any]) -> str:
    return _("%(percent)s %% gave the commonest answer.") % {"percent": percent(value)}


def _changed(rule: Rule, value: float, figures: Mapping[str, Any]) -> str:
    said = {"percent": percent(value / 100)}
    if figures.get("paired_coarse") == "yes":
        return _("About %(percent)s %% of those who answered both times changed their answer.") % said
    return _("%(percent)s %% of those who answered both times changed their answer.") % said


def _said(words: Callable[[], str]) -> Callable[[Rule, float, Mapping[str, Any]], str]:
    return lambda rule, value, figures: words() % {"value": in_figures(value)}


FOUND: dict[str, Callable[[Rule, float, Mapping[str, Any]], str]] = {
    "percent_agreement": _agreement,
    "modal_share": _modal,
    "iqr": _said(lambda: _("The middle half of the answers is %(value)s wide.")),
    "relative_iqr": _said(lambda: _("The middle half of the answers, divided by the middle answer, is %(value)s wide.")),
    "sd": _said(lambda: _("The answers lie %(value)s from their mean (standard deviation).")),
    "rand": _said(lambda: _("The disagreement index of RAND/UCLA is %(value)s; up to 1 counts as agreement.")),
    "van_der_eijk": _said(lambda: _("Van der Eijk’s agreement is %(value)s, where 1 means all alike and −1 two opposed camps.")),
    "kendall_w": _said(lambda: _("Kendall’s W is %(value)s, where 1 means that all gave the same order and 0 that the orders have nothing in common.")),
    "scheibe": _said(lambda: _("Since the earlier round the answers as a whole shifted by %(value)s %%.")),
    "percent_changed": _changed,
    "weighted_kappa": _said(lambda: _("Weighted kappa between the rounds is %(value)s, where 1 means that nobody changed.")),
}


def asked_in_words(rule: Rule) -> str:
    """“The rule asks for at least 75 %.”"""
    for key, words in THRESHOLDS.items():
        if key in rule:
            return _("The rule asks for %(threshold)s.") % {"threshold": str(words) % {"number": threshold_in_words(rule["rule"], rule[key])}}
    return ""


def threshold_in_words(rule: str, threshold: float) -> str:
    """As it was registered, never rounded; shares in per cent."""
    number = in_figures(100 * threshold if rule in SHARES else threshold, OF_FILES)
    return f"{number}\u00a0%" if rule in (*SHARES, *PERCENTAGES) else number


def outcome_in_words(part: Part) -> tuple[str, str] | None:
    """Both verdicts together: a title and what it means; None where either was not judged."""
    figures = part.everybody.figures
    name = class_of(figures)
    if part.everybody.suppressed or name == NOT_ASSESSED:
        return None
    title, meaning = CLASSES[name]
    return str(title), str(meaning)


def departure_of(item: ItemOfRound) -> str:
    """Is the version judged by other rules than were registered when round 1 opened: ADDED, CHANGED or ""?"""
    if not item.study.rules_text:
        return ""
    registered = json.loads(item.study.rules_text)["items"].get(item.code)
    if registered is None:
        return ADDED
    return CHANGED if registered != rules_of_item(item.definition) else ""
