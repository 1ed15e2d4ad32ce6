"""What the data know of how a study was done, for the reporting checklists: numbers and yes or no, no figures of any answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.report.chapters.methods.questionnaire import newest_definitions
from analysis.report.material import Material
from analysis.report.wording import day


@dataclass(frozen=True)
class ReportFacts:
    """`invited` and `answered`: of each counted round. `started` and `ended`: days as the report writes them."""

    rounds: int
    most_rounds: int | None
    everybody_again: bool
    panels: int
    theatres: int
    invited: tuple[int, ...]
    answered: tuple[int, ...]
    started: str
    ended: str
    is_finished: bool
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
    rules_fixed_on: str
    departures: int
    dropped: int
    reworded: int
    is_simulated: bool
    is_complete: bool


def facts_of(material: Material) -> ReportFacts:
    study, settings = material.study, material.study.settings
    definitions = newest_definitions(material)
    people = [held.people for held in material.rounds]
    versions = versions_asked(material)
    return ReportFacts(
        rounds=len(material.rounds), most_rounds=study.maximum_rounds, everybody_again=study.invites_everyone,
        panels=len(material.panels), theatres=len(material.theatres),
        invited=tuple(sum(row["invited"] for row in rows) for rows in people), answered=tuple(sum(row["answered"] for row in rows) for rows in people),
        started=day(study, material.rounds[0].round.opened_at), ended=day(study, material.last.closed_at), is_finished=study.finished_at is not None,
        questions=len(definitions), asking_reasons=sum(definition.get("rationale", "none") != "none" for definition in definitions),
        asking_confidence=sum(bool(definition.get("confidence")) for definition in definitions),
        open_questions=sum(definition["kind"] == "text" for definition in definitions), languages=len(study.languages),
        has_aim=bool(settings.get("aim")), has_organisation=bool(settings.get("organisation", {}).get("name")),
        has_information=bool(settings.get("information")), anonymity=frozenset(settings.get("anonymity", [])), minimum=study.minimum,
        feedback=study.feedback_settings, rules_fixed_on=day(study, study.rules_locked_at) if study.rules_locked_at else "",
        departures=len(material.deviations), dropped=len(versions.keys() - {entry.item_version.item_id for entry in material.last.asked}),
        reworded=sum(len(asked) > 1 for asked in versions.values()), is_simulated=study.is_simulated,
        is_complete=not material.incomplete_rounds,
    )  # fmt: skip


def versions_asked(material: Material) -> dict[int, set[int]]:
    """Every question with its wordings that a counted round asked."""
    found: dict[int, set[int]] = {}
    for entry in (entry for held in material.rounds for entry in held.asked):
        found.setdefault(entry.item_version.item_id, set()).add(entry.item_version_id)
    return found
