"""What all commands share: refusals go to standard error with exit status 1, and nothing is half written."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.exceptions import Refused
from surveys.models import Round, Study


class StudyCommand(BaseCommand):
    """A command that works on studies; `act` does the work and may raise Refused."""

    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.act(**options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from None

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A command line that can't be understood ends with status 1, like every other refusal."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.exit = exit_with_1  # type: ignore[method-assign]
        return parser

    def act(self, **options: Any) -> None:
        raise NotImplementedError

    def study(self, slug: str) -> Study:
        study = Study.objects.filter(slug=slug).first()
        if study is None:
            known = ", ".join(Study.objects.order_by("slug").values_list("slug", flat=True)[:20])
            raise CommandError(f"There is no study “{slug}”. " + (f"There is: {known}." if known else "Import one with import_study FILE."))
        return study

    def round(self, slug: str, number: int) -> Round:
        study_round = Round.objects.select_related("study").filter(study=self.study(slug), number=number).first()
        if study_round is None:
            raise CommandError(f"The study “{slug}” has no round {number} yet. Open it with open_round {slug} {number}.")
        return study_round

    def say(self, text: str) -> None:
        self.stdout.write(text)

    def warn(self, text: str) -> None:
        self.stderr.write(text)


def exit_with_1(status: int = 0, message: str | None = None) -> NoReturn:
    """argparse ends with 2 where the command line is wrong; --help still ends with 0."""
    if message:
        sys.stderr.write(message)
    raise SystemExit(1 if status else 0)


def read_file(name: str) -> bytes:
    """A file's content, or standard input for “-”. A file that can't be read is told by name."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise CommandError(f"{name} can't be read: {error.strerror}.") from None


def add_round_arguments(parser: CommandParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="the study's slug")
    parser.add_argument("number", metavar="NUMBER", type=int, help="the round's number, from 1")
