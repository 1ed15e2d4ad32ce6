"""reopen_round SLUG NUMBER --reason TEXT: let experts answer a closed round again."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from analysis.management.commands.open_round import read_time
from surveys.management.base import StudyCommand, add_round_arguments
from surveys.workflow.rounds import reopen_round


class Command(StudyCommand):
    help = "Reopen a closed round, until the next one opens. Reopening an open round changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        add_round_arguments(parser)
        parser.add_argument("--reason", required=True, metavar="TEXT", help="why; it becomes part of the record")
        parser.add_argument("--closes-at", metavar="TIME", help="new deadline, ISO 8601; without an offset in the study's time zone")

    def act(self, **options: Any) -> None:
        study_round = self.round(options["slug"], options["number"])
        was_open = study_round.is_open
        deadline: datetime | None = read_time(options["closes_at"], study_round.study)
        reopen_round(study_round.pk, reason=options["reason"], deadline_at=deadline)
        self.say(f"Round {study_round.number} of {study_round.study.slug} is open{' already' if was_open else ' again'}.")
