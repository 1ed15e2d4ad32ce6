"""export_study SLUG: the study file on standard output."""

from typing import Any

from django.core.management.base import CommandParser

from surveys.management.base import StudyCommand
from surveys.queries import definition_of
from surveys.studyfile import write_study


class Command(StudyCommand):
    help = "Print a study as its file. Importing that file gives the same study."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")

    def act(self, **options: Any) -> None:
        self.stdout.write(write_study(definition_of(self.study(options["slug"]))), ending="")
