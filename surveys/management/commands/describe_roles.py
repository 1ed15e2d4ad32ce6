"""describe_roles: docs/roles.md, made from the table of acts."""

from collections.abc import Iterator
from typing import Any

from surveys.enums import Role
from surveys.management.base import StudyCommand
from surveys.permissions import ACTS, STATES

HEAD = """# Roles

Made by `manage.py describe_roles` from the table in `surveys/permissions.py`; a test keeps the two the same.

Somebody who signs in has roles in single studies: an owner gives and takes them on the page “Roles” of the study, an operator with
`manage.py add_member SLUG EMAIL ROLE` or in the administration. Who has several roles may do what any of them allows. Being an operator is no role in
a study. Whoever makes a study is its owner; the role of its last owner can't be taken back.

Who has no role in a study gets 404 for each of its addresses, as if it were not there; a member whose roles do not include an act gets 403 and a page
that says so; who is not signed in is asked to sign in (pages) or gets 401 (API). Experts have no role and no account: they come by their personal link.

## Who may do what

"""
BETWEEN = """
Analysts, moderators, translators and observers never see an expert's name, address or pseudonym, the lists of experts, or e-mails. Nobody sees a figure
made of answers of a round that is open or was reopened.

## In which state of the study

The state is that of the latest round; `finished` comes after the last one. “yes” means that the act can succeed; elsewhere it is refused with a sentence
that says why, and nothing changes. A page can be read in every state as far as there is something to show.

"""


class Command(StudyCommand):
    help = "Print docs/roles.md: which role may do what, and in which state of the study."

    def act(self, **options: Any) -> None:
        self.stdout.write("".join((HEAD, *by_role(), BETWEEN, *by_state())), ending="")


def by_role() -> Iterator[str]:
    yield from table(("act", *(role.value for role in Role), "meaning"),
                     ((name, *(marked(role in act.roles) for role in Role), act.meaning) for name, act in ACTS.items()))


def by_state() -> Iterator[str]:
    yield from table(("act", *STATES), ((name, *(marked(state in act.states) for state in STATES)) for name, act in ACTS.items()))


def table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n|{' --- |' * len(head)}\n"
    for name, *cells in rows:
        yield f"| `{name}` | {' | '.join(cells)} |\n"


def marked(holds: bool) -> str:
    return "yes" if holds else ""
