"""Stable dissent as a finding: where experts stay divided, and which allies stand on which side."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from analysis.report.document import Block, Bullets, Columns, Figure, Finding, Paragraph, Section, TableBlock
from analysis.report.material import Material
from analysis.report.wording import listed, worded
from analysis.results.convergence import Tracked
from analysis.results.dissent_words import dissent_in_words


def dissent(material: Material) -> Section | None:
    """None where no question ended so."""
    found, in_parts = material.convergence.dissenting, material.convergence.divided_in_parts
    if not found and not in_parts:
        return None
    return Section("dissent", _("Stable dissent"), tuple(_opening(material)), tuple(_finding(material, item, place) for place, item in enumerate(found, 1)))


def _opening(material: Material) -> Iterator[Block]:
    if material.convergence.dissenting:
        yield Paragraph(_("On these questions the answers fall short of the agreement that the rule asks for, and by the registered rule they have settled. "
                          "The sharpest division comes first."))
    in_parts = material.convergence.divided_in_parts
    if in_parts:
        yield Paragraph(_("These questions have several numbers in their answers, of which some are settled without agreement:"))
        yield Bullets(tuple(worded(material.study, item.definition["text"]) for item in in_parts))


def _finding(material: Material, item: Tracked, place: int) -> Section:
    return Section(f"dissent.{item.item.code}", worded(material.study, item.definition["text"]), tuple(_blocks(material, item, place)))


def _blocks(material: Material, item: Tracked, place: int) -> Iterator[Block]:
    said = dissent_in_words(material.study, item, place)
    if said["sentence"]:
        yield Finding(said["sentence"])
    if said["rules"]:
        yield Bullets(tuple(said["rules"]))
    sides = [(str(side["name"]), listed(_("%(panel)s (%(figure)s)") % {"panel": panel["name"], "figure": panel["figure"]} for panel in side["panels"]))
             for side in said["sides"]]
    if said["protected"]:
        sides.append((_("Protected"), listed(said["protected"])))
    if sides:
        columns = Columns((_("Where it stands"), _("Panels")), wide=frozenset({1}))
        yield TableBlock(f"dissent.{item.item.code}.sides", _("The panels and where they stand"), columns, tuple(sides))
    if said["chart"] is not None:
        yield Figure(replace(said["chart"], key=f"dissent-{item.item.code}-camps"))
