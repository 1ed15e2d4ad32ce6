"""export SLUG --to FOLDER [--formats csv,parquet,xlsx,sav,dta]: the analyst's files, for all closed rounds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.exports.bundle import write_folder
from analysis.exports.formats import CSV, OPTIONS
from analysis.management.counting import count_now
from analysis.readiness import check_ready, work_out
from surveys.enums import RoundState
from surveys.management.base import StudyCommand
from surveys.models import Study


class Command(StudyCommand):
    help = "Write all files of all closed rounds (docs/files.md names them); what is not worked out yet is worked out first. Same results, same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("--to", required=True, metavar="FOLDER", help="where to write; made if it is not there")
        parser.add_argument("--formats", default=CSV, metavar="NAMES", help=f"joined by commas, of {', '.join(OPTIONS)}; {CSV} unless named otherwise")

    def act(self, **options: Any) -> None:
        formats, study = self.formats(options["formats"]), self.study(options["slug"])
        for study_round in study.rounds.filter(state=RoundState.CLOSED).order_by("number"):
            count_now(study_round)
        work_out(study)
        check_ready(study)
        try:
            for path in written(study, formats, Path(options["to"])):
                self.say(str(path))
        except OSError as error:
            raise CommandError(f"{options['to']} can't be written: {error.strerror}.") from None

    def formats(self, named: str) -> list[str]:
        """In the order in which they are written; each once."""
        asked = {name.strip() for name in named.split(",")}
        unknown = sorted(asked - set(OPTIONS))
        if unknown:
            raise CommandError(f"There is no format “{unknown[0]}”. There are: {', '.join(OPTIONS)}.")
        return [name for name in OPTIONS if name in asked]


def written(study: Study, formats: list[str], folder: Path) -> Iterator[Path]:
    from analysis.exports.formats.making import write_format

    for name in formats:
        yield from write_folder(study, folder) if name == CSV else write_format(study, name, folder)
