"""load_demo --json FILE: load the demonstration and write its sign-ins and links."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from analysis.demonstration import load_demo
from surveys.management.base import StudyCommand


class Command(StudyCommand):
    help = "Load the demonstration studies; what is there already is kept. Writes sign-ins and personal links to a file only its owner can read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", required=True, metavar="FILE", help="where the sign-ins and links are written, and read from at the next start")

    def act(self, **options: Any) -> None:
        file = Path(options["json"])
        people = load_demo(_read(file))
        part = file.with_name(file.name + ".part")
        part.touch(mode=0o600)
        part.write_text(json.dumps(people, indent=1))
        part.replace(file)
        self.say("The demonstration is loaded.")


def _read(file: Path) -> dict[str, Any]:
    """What an earlier start wrote; {} when there is nothing of use."""
    try:
        found = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
