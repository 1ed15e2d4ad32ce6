"""report SLUG --to FOLDER [--language LANGUAGE] [--format html|pdf|docx|all]: the report of a study, for all closed rounds."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.management.counting import count_now
from analysis.readiness import check_ready, work_out
from analysis.report.languages import report_languages
from analysis.report.making import FORMS, file_name, set_as
from analysis.report.writing import write_report
from surveys.enums import RoundState
from surveys.management.base import StudyCommand
from surveys.models import Study

ALL = "all"


class Command(StudyCommand):
    help = "Write the report of a study in its languages; what is not worked out yet is worked out first. Same results, same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("--to", required=True, metavar="FOLDER", help="where to write; made if it is not there")
        parser.add_argument("--language", default=ALL, metavar="LANGUAGE", help="one of the study's languages, such as en; all unless named")
        parser.add_argument("--format", default=ALL, metavar="NAME", dest="form", help=f"{', '.join(FORMS)} or {ALL}; all unless named")

    def act(self, **options: Any) -> None:
        study = self.study(options["slug"])
        languages, forms = self.chosen("language", options["language"], report_languages(study)), self.chosen("format", options["form"], list(FORMS))
        for study_round in study.rounds.filter(state=RoundState.CLOSED).order_by("number"):
            count_now(study_round)
        work_out(study)
        check_ready(study)
        files = {file_name(study, language, form): content for language in languages for form, content in _files(study, language, forms)}
        try:
            for path in _written(files, Path(options["to"])):
                self.say(str(path))
        except OSError as error:
            raise CommandError(f"{options['to']} can't be written: {error.strerror}.") from None

    def chosen(self, what: str, named: str, there_are: list[str]) -> list[str]:
        if named == ALL:
            return there_are
        if named not in there_are:
            raise CommandError(f"There is no {what} “{named}”. There are: {', '.join(there_are)}, and {ALL}.")
        return [named]


def _files(study: Study, language: str, forms: list[str]) -> list[tuple[str, bytes]]:
    document = write_report(study, language)
    return [(form, set_as(document, form)) for form in forms]


def _written(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Everything was made before the first byte is written; each file appears whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        part = folder / f".part-{name}"
        part.write_bytes(content)
        part.replace(folder / name)
    return [folder / name for name in files]
