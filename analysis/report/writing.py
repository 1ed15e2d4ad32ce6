"""The report of a study in one language, from what was published alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from analysis.report.chapters.agreement import agreement
from analysis.report.chapters.authors import authors
from analysis.report.chapters.checklists import checklists
from analysis.report.chapters.dissent import dissent
from analysis.report.chapters.flow import flow
from analysis.report.chapters.gaps import gaps
from analysis.report.chapters.inquiry import inquiry
from analysis.report.chapters.methods import methods
from analysis.report.chapters.paths import paths
from analysis.report.chapters.pools import pools
from analysis.report.chapters.questions import questions
from analysis.report.chapters.reasons import reasons
from analysis.report.chapters.record import record
from analysis.report.chapters.roles import roles
from analysis.report.chapters.story import story
from analysis.report.chapters.summary import summary
from analysis.report.document import Document, Section, Text
from analysis.report.material import Material, material_of
from analysis.report.wording import day, day_of, listed, worded
from analysis.results.closing_words import why_not_the_latest
from surveys.models import Study

Chapter = Callable[[Material], Section | None]
CHAPTERS: tuple[Chapter, ...] = (
    summary, inquiry, methods, flow, story, agreement, dissent, gaps, roles, pools, reasons, authors, paths, questions, record,
)


def write_report(study: Study, language: str) -> Document:
    """Texts of the study in that language where it has them, else in its source language, marked. Raises NotReady while nothing is counted."""
    with override(language):
        return _document(material_of(study))


def _document(material: Material) -> Document:
    sections = tuple(section for chapter in CHAPTERS if (section := chapter(material)) is not None)
    study = material.study
    made_on = day_of(study, (held.closed_at for held in material.rounds))
    told = Document(worded(study, study.settings["title"]), _("Report of a Delphi study"), material.language, made_on, sections,
                    tuple(_facts(material)), tuple(cautions(material)))
    return replace(told, sections=(*sections, checklists(material, told.names())))


def _facts(material: Material) -> Iterator[tuple[str, Text]]:
    """For the first page."""
    study = material.study
    organisation = study.settings.get("organisation", {})
    if organisation.get("name"):
        yield _("Carried out by"), worded(study, organisation["name"])
    yield _("As of"), day(study, max(held.closed_at for held in material.rounds if held.closed_at))
    yield _("Rounds"), str(len(material.rounds))


def cautions(material: Material) -> Iterator[str]:
    """What must be known before anything else, on the first page and on every other."""
    if material.study.is_simulated:
        yield _("Simulated: no person gave these answers. They show what a report looks like, and nothing about the world.")
    if material.study.minimum == 1:
        yield _("The answers of this study are public already; no figure is protected.")
    for held in material.rounds:
        if why := why_not_the_latest(held.standing):
            yield _("The figures of round %(number)s are those of an earlier closing.") % {"number": held.number} + " " + why
    if material.incomplete_rounds:
        rounds = listed(str(number) for number in material.incomplete_rounds)
        yield _("Some answers were erased before all was worked out. Gaps, roles, pools, and verdicts under other rules or without each ally are missing "
                "where they would rest on them (rounds: %(rounds)s); provenance.json names the questions.") % {"rounds": rounds}
    if material.study.finished_at is None:
        yield _("The study is not finished: this report holds the rounds that are counted so far.")
