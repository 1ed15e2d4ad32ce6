"""verify_results SLUG: work all results out once more from the frozen answers, and compare."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from analysis.publication import shown_runs
from analysis.verification import Verified, verify_run
from surveys.management.base import StudyCommand

MOST_TOLD = 20


class Command(StudyCommand):
    help = (
        "Work out every counted round's results once more from its frozen answers, and compare digest, rows and further tables with what is stored. "
        "Nothing is written. Ends with status 1 when something differs, unless answers were erased since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the study's slug")

    def act(self, **options: Any) -> None:
        study = self.study(options["slug"])
        runs = list(shown_runs(study).select_related("round").order_by("round__number"))
        if not runs:
            raise CommandError(f"No round of “{study.slug}” is closed and counted yet, so there is nothing to verify.")
        found = [self.tell(verify_run(run)) for run in runs]
        if any(verified.differs for verified in found):
            raise CommandError("What is stored is not what the frozen answers give.", returncode=1)

    def tell(self, verified: Verified) -> Verified:
        for line in in_words(verified):
            self.say(f"round {verified.round_number}: {line}")
        return verified


def in_words(verified: Verified) -> list[str]:
    said, number = [], len(verified.differences)
    if verified.erased:
        gone = f"{verified.erased:,} {'response' if verified.erased == 1 else 'responses'} erased since it was counted"
        said.append(f"{gone}; {number:,} figures over them can't be worked out any more" if number else f"{gone}; the figures are the same")
    elif number:
        said += [f"{number:,} {'difference' if number == 1 else 'differences'}", *map(str, verified.differences[:MOST_TOLD])]
        said += [f"and {number - MOST_TOLD:,} more"] if number > MOST_TOLD else []
    else:
        said.append(f"{verified.rows:,} rows and {len(verified.tables)} tables are the same")
    if verified.unfinished:
        said.append(f"not worked out yet are the further figures of {', '.join(verified.unfinished)}")
    return said
