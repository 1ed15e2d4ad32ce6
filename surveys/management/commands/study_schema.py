"""Prints the JSON Schema of the study file; needs no database."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from surveys.studyfile import study_schema


class Command(BaseCommand):
    help = "Print the JSON Schema of the study file, for editors and other programs."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(study_schema(), ensure_ascii=False, indent=2))
