"""The study: what for, who asked whom, in which languages, and when."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from analysis.report.document import Block, Columns, Facts, Paragraph, Section, TableBlock, Text, ToWrite
from analysis.report.material import CountedRound, Material
from analysis.report.wording import count, day, listed, worded
from surveys.forms.texts import language_in_words


def inquiry(material: Material) -> Section:
    return Section("study", _("The study"), tuple(_blocks(material)), (panels(material), rounds(material)))


def _blocks(material: Material) -> Iterator[Block]:
    study = material.study
    yield ToWrite(_("Why this question matters now, what is known about it, and what this study adds; cite the literature."))
    yield Facts(tuple(facts(material)))
    perspective = study.settings.get("perspective")
    if perspective:
        yield Paragraph(_("Every page told the experts in which capacity to answer:"))
        yield Paragraph(worded(study, perspective))


def facts(material: Material) -> Iterator[tuple[str, Text]]:
    study = material.study
    if study.settings.get("aim"):
        yield _("Aim"), worded(study, study.settings["aim"])
    organisation = study.settings.get("organisation", {})
    if organisation.get("name"):
        yield _("Carried out by"), worded(study, organisation["name"])
    if organisation.get("contact"):
        yield _("Contact"), str(organisation["contact"])
    yield _("Languages"), listed(language_in_words(code) for code in study.languages)
    yield _("Rounds"), count(len(material.rounds))
    yield _("Questions"), count(len({entry.item_version.item_id for held in material.rounds for entry in held.asked}))


def panels(material: Material) -> Section:
    """Which panels there are; how many of each answered stands in the flow."""
    if not material.theatres:
        return Section("study-panels", _("Panels"), (Paragraph(listed(material.panels.values())),))
    rows = tuple((material.panels[panel["code"]], listed(material.theatres[code] for code in panel.get("theatres", ()))) for panel in material.groups.panels)
    table = TableBlock("study-panels-table", _("The panels and their theatres"), Columns((_("Panel"), _("Theatres")), wide=frozenset({1})), rows)
    return Section("study-panels", _("Panels"), (table,))


def rounds(material: Material) -> Section:
    heads = (_("Round"), _("Opened"), _("Closed"), _("Questions"), _("Invited"), _("Answered"))
    rows = tuple(_round(material, held) for held in material.rounds)
    return Section("study-rounds", _("Rounds"), (TableBlock("study-rounds-table", _("The rounds"), Columns(heads, frozenset({3, 4, 5})), rows),))


def _round(material: Material, held: CountedRound) -> tuple[str, ...]:
    invited, answered = (count(sum(row[name] for row in held.people)) for name in ("invited", "answered"))
    return (count(held.number), day(material.study, held.round.opened_at), day(material.study, held.closed_at), count(len(held.asked)),
            invited, answered)
