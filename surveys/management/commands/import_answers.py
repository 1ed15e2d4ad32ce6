"""import_answers SLUG NUMBER FILE.csv: answers collected elsewhere, into an open round."""

from typing import Any

from django.core.management.base import CommandParser

from surveys.management.base import StudyCommand, add_round_arguments, read_file
from surveys.workflow.answer_files import import_answers


class Command(StudyCommand):
    help = (
        "Import answers into an open round from a CSV file with the columns panelist,item,component,value,cannot_judge,confidence,"
        "rationale; those responses are submitted. The whole file or nothing; the same file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_round_arguments(parser)
        parser.add_argument("file", metavar="FILE", help="the CSV file, or - for standard input")
        parser.add_argument("--approve-reasons", action="store_true", help="let imported reasons through moderation (public data only)")

    def act(self, **options: Any) -> None:
        study_round = self.round(options["slug"], options["number"])
        counts = import_answers(study_round, read_file(options["file"]), approve_reasons=options["approve_reasons"])
        self.say(f"{counts['responses']} responses, {counts['answers']} answers and {counts['reasons']} reasons written")
