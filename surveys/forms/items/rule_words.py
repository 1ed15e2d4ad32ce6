"""The rules of consensus and stability in plain words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Level
from surveys.studyfile.problems import shown

Words = str | Promise
NAMES: dict[str, Words] = {
    "percent_agreement": gettext_lazy("Agreement in a band"),
    "iqr": gettext_lazy("Interquartile range"),
    "relative_iqr": gettext_lazy("Relative interquartile range"),
    "sd": gettext_lazy("Standard deviation"),
    "rand": gettext_lazy("RAND/UCLA appropriateness"),
    "van_der_eijk": gettext_lazy("Van der Eijk’s agreement"),
    "modal_share": gettext_lazy("Share of the commonest answer"),
    "kendall_w": gettext_lazy("Kendall’s W"),
    "scheibe": gettext_lazy("Scheibe’s change of the distribution"),
    "weighted_kappa": gettext_lazy("Weighted kappa between rounds"),
    "percent_changed": gettext_lazy("Experts who changed their answer"),
}
EXPLANATIONS: dict[str, Words] = {
    "percent_agreement": gettext_lazy("The share of experts whose answer lies in a band of the scale. For example 0.75 in the two highest points."),
    "iqr": gettext_lazy("The distance between the quarters: the middle half of all answers is no wider than this, in the units of the answer."),
    "relative_iqr": gettext_lazy("The same distance, divided by the median. For numbers of very different size."),
    "sd": gettext_lazy("How far answers lie from their mean, in the units of the answer."),
    "rand": gettext_lazy("The RAND/UCLA rule for scales of nine points. It needs no threshold."),
    "van_der_eijk": gettext_lazy("From −1 (two opposed camps) over 0 (evenly spread) to 1 (all alike)."),
    "modal_share": gettext_lazy("The share of experts who gave the commonest answer. For choices without an order."),
    "kendall_w": gettext_lazy("How alike the rankings are: 0 not at all, 1 the same."),
    "scheibe": gettext_lazy("The part of all answers, in per cent, by which the distribution differs from that of the round before."),
    "weighted_kappa": gettext_lazy("How alike each expert’s answers of the two rounds are: 0 no more than by chance, 1 the same."),
    "percent_changed": gettext_lazy("How many per cent of the experts gave another answer than in the round before."),
}
BANDS: dict[str, Words] = {
    "top_two": gettext_lazy("the two highest points"),
    "bottom_two": gettext_lazy("the two lowest points"),
    "either_end": gettext_lazy("the two highest or the two lowest points, whichever have more answers"),
}
COMPARISONS: dict[str, Words] = {"at_least": gettext_lazy("at least"), "at_most": gettext_lazy("at most"), "below": gettext_lazy("below")}
THRESHOLDS: dict[str, Words] = {
    "at_least": gettext_lazy("at least %(number)s"), "at_most": gettext_lazy("at most %(number)s"), "below": gettext_lazy("below %(number)s"),
}


def rule_in_words(given: Any) -> str:
    """One rule, or one for each level: in a line."""
    if not isinstance(given, Mapping) or not given:
        return shown(given)
    if "rule" in given:
        return _one_in_words(given)
    return "; ".join(f"{level_in_words(level)}: {rule_in_words(rule)}" for level, rule in given.items())


def _one_in_words(given: Mapping[str, Any]) -> str:
    name = str(given["rule"])
    threshold = [str(words) % {"number": given[key]} for key, words in THRESHOLDS.items() if key in given]
    return ", ".join([str(NAMES.get(name, name)), *([band_in_words(given["band"])] if "band" in given else []), *threshold])


def band_in_words(band: Any) -> str:
    if isinstance(band, list) and len(band) == 2:
        return _("points %(low)s to %(high)s") % {"low": band[0], "high": band[1]}
    return str(BANDS.get(band, band)) if isinstance(band, str) else shown(band)


def level_in_words(level: str) -> str:
    return str(Level(level).label) if level in Level.values else level
