"""Agreement: every question by its last verdict, with the figure that its rule compared."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.answers import answer_of
from analysis.report.chapters.story import changed
from analysis.report.document import Block, Bullets, Columns, Figure, Paragraph, Section, TableBlock, Text
from analysis.report.material import Asked, Material
from analysis.report.wording import as_text, count, decimal, percent, worded
from analysis.results.convergence_maps import map_charts, number_without_a_place
from analysis.results.convergence_words import moved_lists, spread_in_words
from analysis.results.glance import CLASSES as ORDER
from analysis.results.glance_words import CLASSES


def agreement(material: Material) -> Section | None:
    """None where all questions are open ones."""
    if not material.last_asked:
        return None
    return Section("agreement", _("Agreement"), tuple(_opening(material)), tuple(_classes(material)))


def _opening(material: Material) -> Iterator[Block]:
    """Whether answers came together, and every question on a map of stability and consensus."""
    found = material.convergence
    if not found.can_compare:
        return
    yield from (Paragraph(text) for text in spread_in_words(found) if text)
    for lists in moved_lists(material.study, found):
        yield Paragraph(f"{lists['title']}:")
        yield Bullets(tuple(as_text(question["text"]) for question in lists["questions"]))
    yield from (Figure(replace(chart, key=f"agreement-{chart.key}")) for chart in map_charts(found, material.study))
    left = number_without_a_place(found, material.study)
    if left:
        yield Paragraph(ngettext("%(count)s question has no place on a map: it was asked once, its answers have several verdicts, "
                                 "no rule judges it, or one of the two figures can’t be told.",
                                 "%(count)s questions have no place on a map: they were asked once, their answers have several verdicts, "
                                 "no rule judges them, or one of the two figures can’t be told.", left) % {"count": left})


def _classes(material: Material) -> Iterator[Section]:
    for name in ORDER:
        held = [asked for asked in material.last_asked if asked.question.outcome == name]
        if held:
            yield Section(f"agreement-{name.replace('_', '-')}", str(CLASSES[name][0]), tuple(_blocks(material, name, held)))


def _blocks(material: Material, name: str, held: Sequence[Asked]) -> Iterator[Block]:
    yield Paragraph(str(CLASSES[name][1]))
    heads = (_("Question"), _("Answer"), _("Figure"), _("Changed"), _("Round"))
    rows = tuple(_row(material, asked) for asked in held)
    note = _("Figure: what the question’s rule compares. Changed: of those who answered twice. Round: the last that asked it.")
    yield TableBlock(f"agreement-{name.replace('_', '-')}-table", str(CLASSES[name][0]), Columns(heads, frozenset({2, 3, 4}), frozenset({0, 1})), rows, note)


def _row(material: Material, asked: Asked) -> tuple[Text, ...]:
    question = asked.question
    figure = decimal(question.figures[0].get("rule_value") if len(question.figures) == question.parts == 1 else None)
    moved = changed(question) if question.percent_changed is not None else percent(None)
    return worded(material.study, question.definition["text"]), answer_of(material, asked), figure, moved, count(asked.held.number)
