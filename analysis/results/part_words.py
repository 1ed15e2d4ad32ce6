"""What came out of an answer of several numbers, in a few words, for the page at a glance and for the report's tables."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analysis.results.extremes import has_ties, in_order
from analysis.results.value_words import ValueWords, percent

MOST_NAMED = 3


class ToldPart(NamedTuple):
    """A number of the answer whose row over everybody is shown."""

    component: str
    level: str
    figures: Mapping[str, Any]


def in_parts(words: ValueWords, parts: Sequence[ToldPart]) -> str:
    """A ranking's order, the options that most ticked or gave most to, the few numbers of an estimate; "" for grids, which have too many."""
    kind, told = words.spec.kind, [part for part in parts if part.component and part.figures.get("mean") is not None]
    if not told:
        return ""
    if kind == "ranking":
        means = [(words.part(part.component), part.figures["mean"]) for part in told]
        order = _("By mean rank (= where it is the same): %(order)s") if has_ties(means) else _("By mean rank: %(order)s")
        return order % {"order": in_order(means)}
    if kind in ("choices", "allocation"):
        most = sorted(told, key=lambda part: -part.figures["mean"])[:MOST_NAMED]
        return "; ".join(f"{words.part(part.component)}: {_mean(words, part)}" for part in most)
    if kind in ("plane", "quantiles"):
        return "; ".join(f"{words.part(part.component)}: {words.value(part.component, part.level, part.figures['median'])}" for part in told)
    return ""


def _mean(words: ValueWords, part: ToldPart) -> str:
    mean = part.figures["mean"]
    return _("%(number)s %%") % {"number": percent(mean)} if part.level == "binary" else words.value("", "share", round(mean, 1) or mean)
