"""What everybody answered to a question, in a few words: for tables that hold many questions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from analysis.exports.columns import RowContext
from analysis.report.material import Asked, Material
from analysis.report.wording import DASH
from analysis.results.glance_words import parts_in_words
from analysis.results.part_words import ToldPart, in_parts
from analysis.results.pictures import WITHOUT_ORDER
from analysis.results.value_words import ValueWords, percent
from surveys.items import resolve_item


def answer_of(material: Material, asked: Asked) -> str:
    """The middle answer with the middle half, or the commonest one; of an answer of several numbers how many of them are agreed."""
    rows = asked.rows
    shown = [row for row in rows if not row.result.suppressed]
    if not shown:
        return _("protected")
    if len(rows) == 1:
        return answer_in_words(material, shown[0])
    parts = [ToldPart(row.result.component, row.result.level, row.result.figures) for row in shown]
    said, hidden = in_parts(_words(material, shown[0]), parts), len(rows) - len(shown)
    if said and hidden:
        return _("%(answer)s (%(hidden)s protected)") % {"answer": said, "hidden": hidden}
    return said or parts_in_words(asked.question)


def _words(material: Material, row: RowContext) -> ValueWords:
    return ValueWords(material.study, resolve_item(row.result.asked_item.item_version.definition, material.study.settings))


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
