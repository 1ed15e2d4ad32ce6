"""Anonymity: what experts were promised, and from how many answers on figures are shown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.document import Block, Paragraph, Section
from analysis.report.material import Material


def disclosure(material: Material) -> Section:
    return Section("methods-disclosure", _("Anonymity and protection of answers"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    yield from (Paragraph(text) for text in promises(material))
    minimum = material.study.minimum
    if minimum == 1:
        yield Paragraph(_("The answers of this study are public already, so every figure is shown, whatever number of answers it rests on."))
        return
    yield Paragraph(_("A figure is shown where at least %(minimum)s answers stand behind it. Where fewer do, the row is marked as protected; "
                      "so are further rows from which it could be computed, and rows of a small panel that answered unanimously.") % {"minimum": minimum})
    yield Paragraph(_("Changes between two rounds are told roughly where few experts joined or left, "
                      "and not at all where they would tell what one person said. "
                      "Text and charts of this report rest on the same figures as the files; nothing was computed from answers beside them."))
    hidden = sum(row.result.suppressed for held in material.rounds for row in held.rows)
    if hidden:
        yield Paragraph(ngettext("Over everybody, %(count)s row of figures is protected.",
                                 "Over everybody, %(count)s rows of figures are protected.", hidden) % {"count": hidden})


def promises(material: Material) -> Iterator[str]:
    promised = material.study.settings.get("anonymity", [])
    if "peers" in promised:
        yield _("Experts were promised that no other expert learns who answered what.")
    if "organizers" in promised:
        yield _("Experts were promised that the organizers do not learn who answered what: names are kept apart from answers, under a pseudonym.")
