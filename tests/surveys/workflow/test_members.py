"""Giving roles and taking them back: in the record, once, and never the last owner's."""

import pytest

from surveys.enums import Role
from surveys.exceptions import Refused
from surveys.models import AuditEvent, Study
from surveys.workflow.members import add_member, remove_member
from tests.factories import a_member, a_study, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return a_study()


def roles(study: Study) -> set[tuple[str, str]]:
    return set(study.members.values_list("user__email", "role"))


def test_a_role_is_given_once_and_the_record_says_by_whom(study: Study) -> None:
    owner, analyst = a_member(study, Role.OWNER), a_user("ann@example.org")
    assert add_member(study, analyst, Role.ANALYST, by=owner) is True
    assert add_member(study, analyst, Role.ANALYST, by=owner) is False
    event = AuditEvent.objects.get(act="add_member")
    assert (event.by, event.subject, event.details) == (owner, f"user {analyst.pk}", {"role": "analyst"})


def test_a_role_is_taken_back_and_others_stay(study: Study) -> None:
    owner = a_member(study, Role.OWNER)
    add_member(study, owner, Role.ANALYST)
    assert remove_member(study, owner, Role.ANALYST, by=owner) is True
    assert remove_member(study, owner, Role.ANALYST, by=owner) is False
    assert roles(study) == {("owner@example.org", "owner")}
    assert AuditEvent.objects.filter(act="remove_member").count() == 1


def test_the_last_owner_stays(study: Study) -> None:
    owner = a_member(study, Role.OWNER)
    a_member(study, Role.ORGANIZER)
    with pytest.raises(Refused, match="last owner"):
        remove_member(study, owner, Role.OWNER, by=owner)
    assert ("owner@example.org", "owner") in roles(study)


def test_one_of_two_owners_can_go(study: Study) -> None:
    first, second = a_member(study, Role.OWNER), a_member(study, Role.OWNER, "second@example.org")
    assert remove_member(study, first, Role.OWNER, by=second) is True
    with pytest.raises(Refused):
        remove_member(study, second, Role.OWNER, by=second)


def test_an_owner_whose_account_is_locked_does_not_count(study: Study) -> None:
    first, locked = a_member(study, Role.OWNER), a_member(study, Role.OWNER, "locked@example.org")
    locked.is_active = False
    locked.save()
    with pytest.raises(Refused):
        remove_member(study, first, Role.OWNER)
    assert remove_member(study, locked, Role.OWNER) is True


def test_an_owner_of_another_study_does_not_count(study: Study) -> None:
    owner = a_member(study, Role.OWNER)
    a_member(a_study(study="other"), Role.OWNER, "other@example.org")
    with pytest.raises(Refused):
        remove_member(study, owner, Role.OWNER)
