"""The questionnaire: its sections, how many questions of which kind, in which languages, and what each of them offered."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from analysis.report.document import Block, Columns, Paragraph, Section, TableBlock, ToWrite
from analysis.report.material import Material
from analysis.report.wording import count, listed, worded
from surveys.forms.texts import language_in_words
from surveys.templatetags.organizer import kind_in_words

OFFERED = ("rationale", "confidence", "expertise")


def questionnaire(material: Material) -> Section:
    return Section("methods-questionnaire", _("Questionnaire"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    definitions = newest_definitions(material)
    yield ToWrite(_("How the questions came about: literature, workshops or interviews, who wrote them, and how they were tried before round 1."))
    yield _sections(material)
    yield _kinds(definitions)
    yield from _languages(material.study.languages)
    if any(definition.get(name) for definition in definitions for name in OFFERED):
        yield Paragraph(offers_sentence(definitions))
    yield Paragraph(_("A question that is asked for the first time starts empty. Where “cannot judge” is offered, it is an answer of its own that enters "
                      "no figure but its count. No answer is carried forward from one round to the next."))


def _languages(codes: Sequence[str]) -> Iterator[Block]:
    languages = {"languages": listed(language_in_words(code) for code in codes)}
    if len(codes) == 1:
        yield Paragraph(_("The questionnaire was offered in one language: %(languages)s.") % languages)
        return
    yield Paragraph(_("The questionnaire was offered in these languages: %(languages)s. The first is the one in which it was written.") % languages)
    yield ToWrite(_("Who translated the questionnaire, and how the translations were checked."))


def newest_definitions(material: Material) -> list[Mapping[str, Any]]:
    """Each question's latest wording that a counted round asked."""
    found = {entry.item_version.item_id: entry.item_version.definition for held in material.rounds for entry in held.asked}
    return list(found.values())


def _sections(material: Material) -> TableBlock:
    sections: dict[int, tuple[Any, set[int]]] = {}
    for entry in (entry for held in material.rounds for entry in held.asked):
        item = entry.item_version.item
        sections.setdefault(item.section.position, (item.section, set()))[1].add(item.pk)
    rows = tuple((worded(material.study, section.title), count(len(items))) for _position, (section, items) in sorted(sections.items()))
    return TableBlock("methods-sections", _("Sections of the questionnaire"), Columns((_("Section"), _("Questions")), frozenset({1}), frozenset({0})), rows)


def _kinds(definitions: list[Mapping[str, Any]]) -> TableBlock:
    found = Counter(definition["kind"] for definition in definitions)
    rows = tuple((kind_in_words(kind), count(number)) for kind, number in found.most_common())
    return TableBlock("methods-kinds", _("Questions by the kind of their answer"), Columns((_("Kind"), _("Questions")), frozenset({1}), frozenset({0})), rows)


def offers_sentence(definitions: list[Mapping[str, Any]]) -> str:
    reasons = sum(definition.get("rationale", "none") != "none" for definition in definitions)
    said = {"all": len(definitions), "reasons": reasons, **{name: sum(bool(definition.get(name)) for definition in definitions) for name in OFFERED[1:]}}
    return _("Of %(all)s questions, %(reasons)s asked for a reason, %(confidence)s for the expert’s confidence and %(expertise)s for their expertise.") % said
