"""export SLUG --to FOLDER: the analyst's files, for all closed rounds."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.exports.bundle import write_folder
from analysis.management.counting import count_now
from analysis.readiness import check_ready, work_out
from surveys.enums import RoundState
from surveys.management.base import StudyCommand


class Command(StudyCommand):
    help = "Write all files of all closed rounds (docs/files.md names them); what is not worked out yet is worked out first. Same results, same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("--to", required=True, metavar="FOLDER", help="where to write; made if it is not there")

    def act(self, **options: Any) -> None:
        study = self.study(options["slug"])
        for study_round in study.rounds.filter(state=RoundState.CLOSED).order_by("number"):
            count_now(study_round)
        work_out(study)
        check_ready(study)
        try:
            for path in write_folder(study, Path(options["to"])):
                self.say(str(path))
        except OSError as error:
            raise CommandError(f"{options['to']} can't be written: {error.strerror}.") from None
