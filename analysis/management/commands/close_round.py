"""close_round SLUG NUMBER [--wait]: close a round; Celery counts it, or this process with --wait."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.management.counting import count_now
from surveys.enums import RoundState
from surveys.management.base import StudyCommand, add_round_arguments
from surveys.workflow.rounds import close_round


class Command(StudyCommand):
    help = "Close a round. Closing a closed round changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        add_round_arguments(parser)
        parser.add_argument("--wait", action="store_true", help="return when the results are there; no broker is needed")

    def act(self, **options: Any) -> None:
        study_round = self.round(options["slug"], options["number"])
        if study_round.state == RoundState.DRAFT:
            raise CommandError(f"Round {study_round.number} of {study_round.study.slug} has not been opened.")
        was_open = study_round.is_open
        study_round = close_round(study_round.pk, reason="command")
        self.say(f"Round {study_round.number} of {study_round.study.slug} is closed{'' if was_open else ' already'}.")
        if not options["wait"]:
            return
        count_now(study_round)
        self.say("Its results are there.")
