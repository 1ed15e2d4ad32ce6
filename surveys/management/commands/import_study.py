"""import_study FILE: create a study from its file, or take up its changes before round 1 opens."""

from typing import Any

from django.core.management.base import CommandParser

from surveys.management.base import StudyCommand, read_file
from surveys.studyfile import missing_texts, read_study
from surveys.workflow.studies import import_study


class Command(StudyCommand):
    help = "Import a study file (YAML). The last line printed is the study's slug. Importing the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the study file, or - for standard input")

    def act(self, **options: Any) -> None:
        definition = read_study(read_file(options["file"]))
        study, changed = import_study(definition)
        for language, paths in missing_texts(definition).items():
            if paths:
                self.warn(f"{language}: {len(paths)} texts are missing, the first is {paths[0]}; a round opens in the complete languages.")
        if not changed:
            self.warn("The study is there already and the same; nothing changed.")
        self.say(study.slug)
