"""The whole format: every key of a study file, what it takes, and what it means."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from surveys.studyfile.containers import Field, ListOf, Record
from surveys.studyfile.questionnaire import OPTION_LISTS, SCALES, SECTIONS, item_definitions
from surveys.studyfile.rules import CONSENSUS, STABILITY
from surveys.studyfile.shapes import CODE, LANGUAGE, SLUG, Flag, Line, Reference, Sender, TimeZone, Whole, Word
from surveys.studyfile.texts import ByLanguage, Text

MOST_DAYS = 36_500

ORGANISATION = Record(
    name=Field(Text(), "Who asks.", required=True),
    contact=Field(Line(), "Whom experts can ask, shown on every page."),
    sender=Field(Sender(), "Whom mail comes from."),
)
CONSENT = Record(
    version=Field(Whole(1, 1_000_000), "Raised when the text changes, so that experts are asked again.", required=True),
    text=Field(Text(), "What experts consent to.", required=True),
)
RETENTION = Record(
    identities_days=Field(Whole(1, MOST_DAYS), "Days from the study's end until names and addresses are deleted."),
    answers_days=Field(Whole(1, MOST_DAYS), "Days from the study's end until answers are deleted."),
)
ROUNDS = Record(
    maximum=Field(Whole(1, 20), "How many rounds there are at most."),
    invite=Field(Word("everyone", "respondents"), "Who is invited from round 2 on (default everyone)."),
    unsubmitted=Field(Word("count", "leave_out"), "What closing does with answers never submitted (default count)."),
)
DISCLOSURE = Record(
    minimum=Field(Whole(1, 1_000), "The fewest answers that figures are shown of (default 5): at least 3, "
                                   "or 1 with public_data: true.", required=True),
)
FEEDBACK = Record(
    distribution=Field(Word("none", "own_panel", "all_panels"), "Whose distribution is shown (default all_panels)."),
    reasons=Field(Word("none", "moderated"), "Whether an expert sees others' reasons (default moderated)."),
    previous_answer=Field(Word("preselected", "marked"), "How the own last answer is shown (default preselected)."),
)
THEATRE = Record(
    code=Field(CODE, "The theatre's code in files.", required=True),
    name=Field(Text(), "The theatre's name.", required=True),
)
PANEL = Record(
    code=Field(CODE, "The panel's code in files.", required=True),
    name=Field(Text(), "The panel's name.", required=True),
    theatres=Field(ListOf(Reference(), _("a list of codes of theatres"), least=0, distinct=True), "Its theatres."),
)

STUDY = Record(
    study=Field(SLUG, "The study's slug, in addresses and commands.", required=True),
    title=Field(Text(), "The study's title.", required=True),
    aim=Field(Text(), "What the study wants to find out."),
    languages=Field(ListOf(LANGUAGE, _("a list of language codes, the source language first"), distinct=True),
                    "The languages of the questionnaire, the source language first.", required=True),
    time_zone=Field(TimeZone(), "The time zone in which deadlines are set (default UTC)."),
    organisation=Field(ORGANISATION, "Who carries out the study."),
    information=Field(Text(), "What experts should know before they begin."),
    consent=Field(CONSENT, "What experts are asked to consent to."),
    anonymity=Field(ListOf(Word("peers", "organizers"), _("a list of peers, organizers or both"), least=0, distinct=True),
                    "Who is promised not to learn who answered what. May be strengthened, never weakened."),
    retention=Field(RETENTION, "How long data are kept."),
    perspective=Field(Text(), "As whom experts answer, shown on every page."),
    protocol=Field(Word("classical", not_there_yet=("real_time",)), "How the rounds run (default classical)."),
    rounds=Field(ROUNDS, "How many rounds, and who takes part in them."),
    disclosure=Field(DISCLOSURE, "What is needed for a figure to be shown."),
    public_data=Field(Flag(), "Whether the answers are public already (default false)."),
    quantile_type=Field(Whole(1, 9), "Which quantiles are computed, by Hyndman and Fan (default 7)."),
    feedback=Field(FEEDBACK, "What an expert sees of the others from round 2 on."),
    consensus=Field(CONSENSUS, "The rule of consensus: one, or one for each measurement level."),
    stability=Field(STABILITY, "The rule of stability: one, or one for each measurement level."),
    theatres=Field(ListOf(THEATRE, _("a list of theatres, each with code and name"), least=0), "The theatres compared."),
    panels=Field(ListOf(PANEL, _("a list of panels, each with code and name")), "One panel for each ally.", required=True),
    scales=Field(SCALES, "Ordered scales by name, each lowest first."),
    option_lists=Field(OPTION_LISTS, "Lists of options by name."),
    questionnaire=Field(SECTIONS, "The sections with their items.", required=True),
)
STUDY.wanted = _("a mapping with the keys study, title, languages, panels, questionnaire, and others")


def study_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the format. What one part says of another only `read_study` checks."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Study file of Deterrence Delphi",
        **STUDY.schema(),
        "if": {"properties": {"public_data": {"const": True}}, "required": ["public_data"]},
        "then": {"properties": {"disclosure": {"properties": {"minimum": {"not": {"const": 2}}}}}},
        "else": {"properties": {"disclosure": {"properties": {"minimum": {"minimum": 3}}}}},
        "$defs": {
            "text": ByLanguage.schema(Text()),
            **CONSENSUS.definitions(),
            **STABILITY.definitions(),
            **item_definitions(),
        },
    }
