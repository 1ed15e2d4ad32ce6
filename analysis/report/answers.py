"""What everybody answered to a question, in a few words: for tables that hold many questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from analysis.exports.columns import RowContext
from analysis.models import ItemResult
from analysis.report.material import Asked, Material
from analysis.report.wording import DASH
from analysis.results.extremes import has_ties, in_order
from analysis.results.glance_words import parts_in_words
from analysis.results.pictures import WITHOUT_ORDER
from analysis.results.value_words import ValueWords, percent
from surveys.items import resolve_item

MOST_NAMED = 3


def answer_of(material: Material, asked: Asked) -> str:
    """The middle answer with the middle half, or the commonest one; of an answer of several numbers how many of them are agreed."""
    rows = asked.rows
    shown = [row for row in rows if not row.result.suppressed]
    if not shown:
        return _("protected")
    if len(rows) == 1:
        return answer_in_words(material, shown[0])
    said, hidden = _in_parts(_words(material, shown[0]), shown), len(rows) - len(shown)
    if said and hidden:
        return _("%(answer)s (%(hidden)s protected)") % {"answer": said, "hidden": hidden}
    return said or parts_in_words(asked.question)


def _words(material: Material, row: RowContext) -> ValueWords:
    return ValueWords(material.study, resolve_item(row.result.asked_item.item_version.definition, material.study.settings))


def _in_parts(words: ValueWords, rows: Sequence[RowContext]) -> str:
    """A ranking's order, the options that most ticked or gave most to, the few numbers of an estimate; "" for grids, which have too many."""
    kind, results = words.spec.kind, [row.result for row in rows if row.result.component and row.result.figures.get("mean") is not None]
    if kind == "ranking":
        means = [(words.part(result.component), result.figures["mean"]) for result in results]
        order = _("By mean rank (= where it is the same): %(order)s") if has_ties(means) else _("By mean rank: %(order)s")
        return order % {"order": in_order(means)}
    if kind in ("choices", "allocation"):
        most = sorted(results, key=lambda result: -result.figures["mean"])[:MOST_NAMED]
        return "; ".join(f"{words.part(result.component)}: {_mean(words, result)}" for result in most)
    if kind in ("plane", "quantiles"):
        return "; ".join(f"{words.part(result.component)}: {words.value(result.component, result.level, result.figures['median'])}" for result in results)
    return ""


def _mean(words: ValueWords, result: ItemResult) -> str:
    mean = result.figures["mean"]
    return _("%(number)s %%") % {"number": percent(mean)} if result.level == "binary" else words.value("", "share", round(mean, 1) or mean)


def answer_in_words(material: Material, row: RowContext) -> str:
    """Of a row that is shown."""
    result, words = row.result, _words(material, row)
    if result.level in WITHOUT_ORDER:
        return _commonest(words, result.component, result.level, result.figures)
    return _middle(words, result.component, result.level, result.figures)


def middle_or_commonest(material: Material, row: RowContext) -> str:
    """The middle answer alone, or the commonest one with its share."""
    result, words = row.result, _words(material, row)
    if result.level in WITHOUT_ORDER:
        return _commonest(words, result.component, result.level, result.figures)
    median = result.figures.get("median")
    return DASH if median is None else words.value(result.component, result.level, median)


def _commonest(words: ValueWords, component: str, level: str, figures: Mapping[str, Any]) -> str:
    if not figures.get("modal"):
        return DASH
    said = {"answer": words.modal(component, level, figures["modal"]), "percent": percent(figures["modal_share"])}
    return _("%(answer)s (%(percent)s %%)") % said


def _middle(words: ValueWords, component: str, level: str, figures: Mapping[str, Any]) -> str:
    if figures.get("median") is None:
        return DASH
    median, low, high = figures["median"], figures["q1"], figures["q3"]
    middle = words.value(component, level, median)
    if low == high == median:
        return middle
    return _("%(middle)s; middle half %(low)s to %(high)s") % {"middle": middle, "low": words.number(low), "high": words.number(high)}
