"""May this user do this? One table of acts, roles and states; every view asks here and nowhere else. docs/roles.md is drawn from it.

Roles are asked for at the door of every page (`access_to`). States are the workflow's to keep, which says in words why something can't be done now;
tests hold it to this table. A study's state is that of its latest round, `draft` before the first one and `finished` after the last.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from surveys.enums import Role
from surveys.models import Study, StudyMember

RUN = frozenset({Role.OWNER, Role.ORGANIZER})
STATES = ("draft", "open", "closed", "aggregated", "finished")
ALWAYS = frozenset(STATES)
OPENED = ALWAYS - {"draft"}
UNFINISHED = ALWAYS - {"finished"}


@dataclass(frozen=True)
class Act:
    """Who may do something, in which states of the study it can succeed, and what it is, for the document."""

    roles: frozenset[Role]
    states: frozenset[str]
    meaning: str


ACTS: dict[str, Act] = {
    "see_study": Act(frozenset(Role), ALWAYS, "see the study's page, its rounds and its file; read its studies, rounds and items by the API"),
    "see_progress": Act(RUN | {Role.OBSERVER}, ALWAYS, "see how many experts of each panel were invited and have submitted"),
    "see_record": Act(RUN | {Role.ANALYST, Role.OBSERVER}, ALWAYS, "read the record; only those who manage the experts see whom an entry is about"),
    "see_results": Act(RUN | {Role.ANALYST}, OPENED, "see figures of rounds that are counted and not open"),
    "export_results": Act(RUN | {Role.ANALYST}, OPENED, "download files and read figures by the API, of the same rounds"),
    "moderate": Act(RUN | {Role.MODERATOR}, OPENED, "read reasons and answers to open questions, without name and panel, and decide on them"),
    "translate": Act(RUN | {Role.TRANSLATOR}, UNFINISHED - {"open"}, "translate the study's texts; say at any time which are reviewed"),
    "edit_study": Act(RUN, UNFINISHED, "write the questionnaire, before round 1 freely, then only what a coming round asks; plan the panels"),
    "manage_panel": Act(RUN, UNFINISHED, "see the experts' names and addresses; add, replace and upload experts"),
    "send_messages": Act(RUN, frozenset({"open"}), "send invitations and reminders, and see what became of them"),
    "run_rounds": Act(RUN, ALWAYS, "see what to do next; have other programs told when a round is closed or counted"),
    "open_round": Act(RUN, frozenset({"draft", "aggregated"}), "decide what the next round asks and open it, which releases the one before"),
    "move_deadline": Act(RUN, frozenset({"open"}), "move the deadline of a round"),
    "close_round": Act(RUN, frozenset({"open"}), "close a round"),
    "reopen_round": Act(RUN, frozenset({"closed", "aggregated"}), "reopen the latest round, with a reason"),
    "count_again": Act(RUN, OPENED, "have a count tried again that failed"),
    "finish_study": Act(RUN, frozenset({"aggregated"}), "finish the study, which releases its last round"),
    "simulate": Act(RUN, ALWAYS, "try the study with simulated experts, in a copy, and remove them"),
    "manage_members": Act(frozenset({Role.OWNER}), ALWAYS, "see who has which role; give and take roles"),
}


def roles_in(user: Any, study: Study) -> frozenset[str]:
    """The user's roles in this study; none for somebody who is not signed in or not active."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    return frozenset(StudyMember.objects.filter(study=study, user=user).values_list("role", flat=True))


def may(act: str, roles: frozenset[str]) -> bool:
    """May somebody with these roles do this act? An unknown act is a programming error."""
    return bool(ACTS[act].roles & roles)


def may_create_studies(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active and (user.may_create_studies or user.is_superuser))


@dataclass(frozen=True)
class Access:
    """A study as one user may use it."""

    study: Study
    roles: frozenset[str]

    def may(self, act: str) -> bool:
        return may(act, self.roles)


def access_to(user: Any, slug: str, act: str) -> Access | None:
    """The study as this user may use it (1 query); None where the user has no role in it, so that nobody learns which studies there are.

    Raises PermissionDenied for a member whose roles do not include the act: they know the study, and are told that it is not theirs to do.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    members = list(StudyMember.objects.filter(user=user, study__slug=slug).select_related("study"))
    if not members:
        return None
    access = Access(members[0].study, frozenset(member.role for member in members))
    if not access.may(act):
        raise PermissionDenied
    return access
