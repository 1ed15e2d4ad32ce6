"""Agreement: every question by its last verdict, with the figure that its rule compared."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from analysis.report.document import Block, Columns, Paragraph, Section, TableBlock, Text
from analysis.report.material import Asked, Material
from analysis.report.wording import count, decimal, percent, worded
from analysis.results.glance import CLASSES as ORDER
from analysis.results.glance_words import CLASSES


def agreement(material: Material) -> Section:
    return Section("agreement", _("Agreement"), (), tuple(_classes(material)))


def _classes(material: Material) -> Iterator[Section]:
    for name in ORDER:
        held = [asked for asked in material.last_asked if asked.question.outcome == name]
        if held:
            yield Section(f"agreement-{name.replace('_', '-')}", str(CLASSES[name][0]), tuple(_blocks(material, name, held)))


def _blocks(material: Material, name: str, held: Sequence[Asked]) -> Iterator[Block]:
    yield Paragraph(str(CLASSES[name][1]))
    heads = (_("Question"), _("Last asked in round"), _("Figure of the rule"), _("Changed their answer"))
    rows = tuple(_row(material, asked) for asked in held)
    yield TableBlock(f"agreement-{name.replace('_', '-')}-table", str(CLASSES[name][0]), Columns(heads, frozenset({1, 2, 3}), frozenset({0})), rows)


def _row(material: Material, asked: Asked) -> tuple[Text, ...]:
    question = asked.question
    if question.parts > 1:
        figure = _("%(agreed)s of %(parts)s parts agreed") % {"agreed": question.agreed, "parts": question.parts}
    else:
        figure = decimal(question.figures[0].get("rule_value")) if question.figures else decimal(None)
    moved = None if question.percent_changed is None else question.percent_changed / 100
    return worded(material.study, question.definition["text"]), count(asked.held.number), figure, percent(moved)
