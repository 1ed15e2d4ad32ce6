"""What the data know of how a study was done, for the reporting checklists: numbers and yes or no, no figures of any answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analysis.report.chapters.methods.questionnaire import newest_definitions
from analysis.report.chapters.methods.rules import ITS_OWN, rules_used
from analysis.report.material import Material
from analysis.report.wording import day


@dataclass(frozen=True)
class ReportFacts:
    """`invited` and `answered`: of each counted round, None where its figures do not tell. `started` and `ended`: days as the report writes them.

    `answered_here`: by people, on the study's own pages. `rules`: of these two, which the study has. `sections`: the keys of what its report holds.
    """

    rounds: int
    most_rounds: int | None
    everybody_again: bool
    panels: int
    theatres: int
    invited: tuple[int | None, ...]
    answered: tuple[int | None, ...]
    started: str
    ended: str
    questions: int
    asking_reasons: int
    asking_confidence: int
    open_questions: int
    languages: int
    has_aim: bool
    has_organisation: bool
    has_information: bool
    anonymity: frozenset[str]
    minimum: int
    feedback: Mapping[str, str]
    rules: frozenset[str]
    rules_fixed_on: str
    departures: int
    dropped: int
    reworded: int
    answered_here: bool
    is_complete: bool
    sections: frozenset[str]


def facts_of(material: Material, sections: Collection[str]) -> ReportFacts:
    study, settings = material.study, material.study.settings
    definitions = newest_definitions(material)
    versions = versions_asked(material)
    return ReportFacts(
        rounds=len(material.rounds), most_rounds=study.maximum_rounds, everybody_again=study.invites_everyone,
        panels=len(material.panels), theatres=len(material.theatres),
        invited=_people(material, "invited"), answered=_people(material, "answered"),
        started=day(study, material.rounds[0].round.opened_at), ended=day(study, material.last.closed_at), questions=len(definitions),
        asking_reasons=sum(definition.get("rationale", "none") != "none" for definition in definitions),
        asking_confidence=sum(bool(definition.get("confidence")) for definition in definitions),
        open_questions=sum(definition["kind"] == "text" for definition in definitions), languages=len(study.languages),
        has_aim=bool(settings.get("aim")), has_organisation=bool(settings.get("organisation", {}).get("name")),
        has_information=bool(settings.get("information")), anonymity=frozenset(settings.get("anonymity", [])), minimum=study.minimum,
        feedback=study.feedback_settings, rules=frozenset(which for which in ITS_OWN if rules_used(material, which=[which])),
        rules_fixed_on=day(study, study.rules_locked_at) if study.rules_locked_at else "",
        departures=len(material.deviations), dropped=len(versions.keys() - {entry.item_version.item_id for entry in material.last.asked}),
        reworded=sum(len(asked) > 1 for asked in versions.values()), answered_here=material.is_answered_here,
        is_complete=not material.incomplete_rounds, sections=frozenset(sections),
    )  # fmt: skip


def _people(material: Material, which: str) -> tuple[int | None, ...]:
    return tuple(sum(row[which] for row in held.people) if held.people else None for held in material.rounds)


def versions_asked(material: Material) -> dict[int, set[int]]:
    """Every question with its wordings that a counted round asked."""
    found: dict[int, set[int]] = {}
    for entry in (entry for held in material.rounds for entry in held.asked):
        found.setdefault(entry.item_version.item_id, set()).add(entry.item_version_id)
    return found
