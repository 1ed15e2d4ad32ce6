"""open_round SLUG NUMBER: open a round; the round before is counted if need be, and released with its feedback."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from analysis.management.counting import count_now
from surveys.enums import RoundState
from surveys.management.base import StudyCommand, add_round_arguments
from surveys.models import Study
from surveys.workflow.rounds import open_round
from surveys.workflow.text_reviews import gaps


class Command(StudyCommand):
    help = "Open a round and invite its panelists. Opening an open round changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        add_round_arguments(parser)
        parser.add_argument("--closes-at", metavar="TIME", help="deadline, ISO 8601; without an offset in the study's time zone")
        parser.add_argument("--items", metavar="CODE,CODE", help="the items asked; the others are dropped")
        parser.add_argument("--allow-incomplete", metavar="LANGUAGE", action="append", default=[],
                            help="open in this language too although texts are missing; the source language fills the gaps")

    def act(self, **options: Any) -> None:
        study, number = self.study(options["slug"]), options["number"]
        present = study.rounds.filter(number=number).first()
        if present is not None and present.state == RoundState.OPEN:
            self.say(f"Round {number} of {study.slug} is open already.")
            return
        before = study.rounds.filter(number=number - 1, state=RoundState.CLOSED).first()
        if before is not None:
            count_now(before)
        items = [code.strip() for code in options["items"].split(",") if code.strip()] if options["items"] is not None else None
        study_round = open_round(study, number, deadline_at=read_time(options["closes_at"], study), items=items,
                                 languages=self.languages(study, options["allow_incomplete"]))
        items_asked, invited = study_round.asked_items.count(), study_round.invitations.count()
        self.say(f"Round {study_round.number} of {study.slug} is open: {items_asked} items, {invited} experts invited.")

    def languages(self, study: Study, allowed: Sequence[str]) -> list[str]:
        """The complete languages and those allowed with gaps; the others are named on standard error."""
        unknown = set(allowed) - set(study.languages)
        if unknown:
            raise CommandError(f"The study has no language {', '.join(sorted(unknown))}; it has: {', '.join(study.languages)}.")
        incomplete = gaps(study)
        for language, found in incomplete.items():
            if language not in allowed:
                self.warn(f"{language}: {found.percent} % translated, {found.missing} texts are missing and {found.outdated} outdated; its experts get "
                          f"{study.source_language}, marked. --allow-incomplete {language} opens it with the gaps filled. "
                          f"Translate them at {reverse('surveys:build-translations', args=[study.slug])}?language={language}.")
        return [language for language in study.languages if language not in incomplete or language in allowed]


def read_time(text: str | None, study: Study) -> datetime | None:
    """A deadline as typed. Raises CommandError with an example."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a time. Write it like 2027-03-01T18:00 or 2027-03-01T18:00+09:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=study.zone)


