"""import_xlsform FILE: a questionnaire of ODK or KoboToolbox becomes a draft study; what became of each row is told."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from surveys.management.base import StudyCommand, read_file
from surveys.models import Study
from surveys.queries import definition_of
from surveys.workflow.studies import differing_parts, import_study
from surveys.xlsform import read_xlsform


class Command(StudyCommand):
    help = "Import an XLSForm questionnaire (.xlsx) as a draft study. What became of each row goes to standard error; the last line printed is the slug."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the workbook, or - for standard input")
        parser.add_argument("--slug", default="", help="the study's slug; by default it is made of the form's form_id")

    def act(self, **options: Any) -> None:
        imported = read_xlsform(read_file(options["file"]), options["slug"])
        self.check_new(imported.definition)
        study, changed = import_study(imported.definition)
        for line in imported.report.lines():
            self.warn(line)
        self.warn(f"Rows taken over: {len(imported.report.taken)}; left out: {len(imported.report.left_out)}.")
        if not changed:
            self.warn("The study is there already and the same; nothing changed.")
        self.say(study.slug)

    def check_new(self, definition: Mapping[str, Any]) -> None:
        """A study made of the form may have been worked on since; a form knows nothing of that and must not replace it."""
        present = Study.objects.filter(slug=definition["study"]).first()
        if present is not None and differing_parts(definition_of(present), definition):
            raise CommandError(f"There is another study “{present.slug}” already. Give this one another name with --slug.")
