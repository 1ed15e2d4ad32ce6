"""import_panel SLUG FILE.csv: take up a list of experts."""

from typing import Any

from django.core.management.base import CommandParser

from surveys.management.base import StudyCommand, read_file
from surveys.workflow.panels import import_panel


class Command(StudyCommand):
    help = "Import experts from a CSV file with the columns panelist,panel,name,email,language. The same file twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")
        parser.add_argument("file", metavar="FILE", help="the CSV file, or - for standard input")

    def act(self, **options: Any) -> None:
        counts = import_panel(self.study(options["slug"]), read_file(options["file"]))
        self.say(", ".join(f"{number} {what}" for what, number in counts.items()))
