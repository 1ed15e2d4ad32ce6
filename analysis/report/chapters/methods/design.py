"""The design: how many rounds, who was asked, who was asked again, and what the experts were told."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.report.document import Block, Paragraph, Section, ToWrite
from analysis.report.material import Material
from analysis.report.wording import listed, worded


def design(material: Material) -> Section:
    return Section("methods-design", _("Design and experts"), tuple(_blocks(material)))


def _blocks(material: Material) -> Iterator[Block]:
    yield Paragraph(rounds_sentence(material))
    yield Paragraph(_("The panels were fixed before the answers came in: %(panels)s. An expert belongs to one panel.") % {
        "panels": listed(material.panels.values())})
    if len(material.rounds) > 1:
        yield Paragraph(again_sentence(material))
    yield ToWrite(_("How experts were found and chosen: what made somebody an expert, who was looked for, how many per panel and why so many."))
    if material.study.is_simulated:
        yield Paragraph(_("No person answered: the experts of this study are simulated, "
                          "and their answers are drawn by the model that docs/simulation.md describes."))
    information = material.study.settings.get("information")
    if information:
        yield Paragraph(_("What experts are given to read before they begin:"))
        yield Paragraph(worded(material.study, information))


def rounds_sentence(material: Material) -> str:
    done, most = len(material.rounds), material.study.maximum_rounds
    promised = "peers" in material.study.settings.get("anonymity", [])
    said = {"count": done, "most": most, "kind": _("A Delphi study with anonymous answers") if promised else _("A Delphi study")}
    if most is None:
        return ngettext("%(kind)s; %(count)s round was held and counted.", "%(kind)s; %(count)s rounds were held and counted.", done) % said
    return ngettext("%(kind)s, planned for at most %(most)s rounds; %(count)s round was held and counted.",
                    "%(kind)s, planned for at most %(most)s rounds; %(count)s rounds were held and counted.", done) % said


def again_sentence(material: Material) -> str:
    if material.study.invites_everyone:
        return _("Every round invited everybody who had neither declined nor withdrawn, whether they had answered the round before or not.")
    return _("From round 2 on, of those who had been asked before only those were invited who had answered the round before; "
             "experts who were added while a round was open were invited to it, too.")
