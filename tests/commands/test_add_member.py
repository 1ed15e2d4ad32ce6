"""add_member SLUG EMAIL ROLE: a role in a study, and an account where there is none."""

import pytest

from accounts.models import User
from surveys.enums import Role
from surveys.models import AuditEvent, Study, StudyMember
from tests.commands.running import Ran, run
from tests.factories import a_study, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return a_study()


@pytest.mark.parametrize("role", Role.values)
def test_an_account_is_made_that_cannot_sign_in_before_it_has_a_password(study: Study, role: str) -> None:
    assert run("add_member", "small", "Ann@Example.org", role) == Ran(0, f"ann@example.org is {role} of small\n", "")
    user = User.objects.get()
    assert not user.has_usable_password() and not user.is_staff and not user.is_superuser
    assert StudyMember.objects.filter(study=study, user=user, role=role).exists()


def test_twice_is_once(study: Study) -> None:
    run("add_member", "small", "ann@example.org", "analyst")
    events = AuditEvent.objects.count()
    assert run("add_member", "small", "ann@example.org", "analyst").out == "ann@example.org is analyst of small already\n"
    assert (StudyMember.objects.count(), AuditEvent.objects.count(), User.objects.count()) == (1, events, 1)


def test_an_account_that_is_there_is_used(study: Study) -> None:
    user = a_user("ann@example.org")
    run("add_member", "small", "ann@example.org", "organizer")
    assert User.objects.get() == user and user.has_usable_password()


@pytest.mark.parametrize("arguments", [("nowhere", "ann@example.org", "analyst"), ("small", "ann", "analyst"), ("small", "", "analyst"),
                                       ("small", "ann@example.org", "king"), ("small", "ann@example.org")])
def test_nonsense_is_refused_and_no_account_is_made(study: Study, arguments: tuple[str, ...]) -> None:
    ran = run("add_member", *arguments)
    assert (ran.status, ran.out) == (1, "") and ran.err
    assert not User.objects.exists()
