"""Who has which role in a study. A study that has an owner keeps one: nobody else could give roles in it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.enums import Role
from surveys.exceptions import Refused
from surveys.models import Study, StudyMember
from surveys.workflow.record import record_act


@transaction.atomic
def add_member(study: Study, user: Any, role: str, *, by: Any = None) -> bool:
    """Give a user a role in the study. Returns False when they had it already."""
    _member, created = StudyMember.objects.get_or_create(study=study, user=user, role=role)
    if created:
        record_act(study, "add_member", by=by, subject=f"user {user.pk}", role=role)
    return created


@transaction.atomic
def remove_member(study: Study, user: Any, role: str, *, by: Any = None) -> bool:
    """Take a role back. Returns False when the user did not have it; raises Refused for the last owner's."""
    Study.objects.select_for_update().get(pk=study.pk)  # of two owners who take the role from each other, one is told
    member = StudyMember.objects.filter(study=study, user=user, role=role)
    if role == Role.OWNER and member.exists() and is_last_owner(study, user):
        raise Refused(_("This is the study's last owner. Make somebody else an owner first."))
    removed, _by_table = member.delete()
    if removed:
        record_act(study, "remove_member", by=by, subject=f"user {user.pk}", role=role)
    return bool(removed)


def is_last_owner(study: Study, user: Any) -> bool:
    """Would nobody who can sign in own the study without this user?"""
    return not StudyMember.objects.filter(study=study, role=Role.OWNER, user__is_active=True).exclude(user=user).exists()
