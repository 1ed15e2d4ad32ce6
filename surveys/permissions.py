"""May this user do this? One table of acts and roles; every view asks here and nowhere else."""

from dataclasses import dataclass
from typing import Any

from surveys.enums import Role
from surveys.models import Study, StudyMember

RUN = frozenset({Role.OWNER, Role.ORGANIZER})
ACTS: dict[str, frozenset[Role]] = {
    "see_study": frozenset(Role),
    "see_progress": RUN | {Role.OBSERVER, Role.MODERATOR},
    "edit_study": RUN,
    "translate": RUN | {Role.TRANSLATOR},
    "manage_panel": RUN,
    "run_rounds": RUN,
    "send_messages": RUN,
    "moderate": RUN | {Role.MODERATOR},
    "see_results": RUN | {Role.ANALYST},
    "export_results": RUN | {Role.ANALYST},
    "see_record": RUN | {Role.OBSERVER, Role.ANALYST},
}


def roles_in(user: Any, study: Study) -> frozenset[str]:
    """The user's roles in this study; none for somebody who is not signed in or not active."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    return frozenset(StudyMember.objects.filter(study=study, user=user).values_list("role", flat=True))


def may(act: str, roles: frozenset[str]) -> bool:
    """May somebody with these roles do this act? An unknown act is a programming error."""
    return bool(ACTS[act] & roles)


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
    """The study, when this user may do this act in it (1 query). None otherwise: whoever asks can't tell "forbidden" from "not there"."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return None
    members = list(StudyMember.objects.filter(user=user, study__slug=slug).select_related("study"))
    roles = frozenset(member.role for member in members)
    return Access(members[0].study, roles) if may(act, roles) else None
