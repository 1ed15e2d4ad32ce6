"""The page of roles: owners see who may do what, give roles to people who have an account, and take them back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from surveys.enums import Role
from surveys.models import Study, StudyMember
from tests.surveys.views.organizer.stage import signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def owner(study: Study) -> User:
    return somebody(study, Role.OWNER, email="owner@example.org")


@pytest.fixture
def client(owner: User) -> Client:
    return signed_in(owner)


def page(client: Client, study: Study) -> str:
    return client.get(reverse("surveys:members", args=[study.slug])).content.decode()


def give(client: Client, study: Study, email: str, role: str) -> Any:
    return client.post(reverse("surveys:members", args=[study.slug]), {"email": email, "role": role}, follow=True)


def take(client: Client, study: Study, user: User, role: str) -> Any:
    return client.post(reverse("surveys:member-remove", args=[study.slug]), {"user": user.pk, "role": role}, follow=True)


def test_it_lists_people_with_their_roles_and_says_what_roles_are_for(study: Study, client: Client) -> None:
    somebody(study, Role.ANALYST, email="ann@example.org", name="Ann Analyst")
    text = page(client, study)
    assert "Ann Analyst" in text and "ann@example.org" in text
    assert "Never learns who the experts are." in text


def test_a_role_is_given_by_address_in_any_case(study: Study, client: Client) -> None:
    somebody(email="ann@example.org")
    assert "ann@example.org is analyst of this study now." in give(client, study, " Ann@Example.org ", "analyst").content.decode()
    assert StudyMember.objects.filter(study=study, user__email="ann@example.org", role="analyst").exists()
    assert "already; nothing changed" in give(client, study, "ann@example.org", "analyst").content.decode()


@pytest.mark.parametrize(("email", "role"), [("nobody@example.org", "analyst"), ("locked@example.org", "analyst"), ("ann@example.org", "king"), ("", "")])
def test_who_has_no_account_gets_no_role(study: Study, client: Client, email: str, role: str) -> None:
    somebody(email="ann@example.org")
    somebody(email="locked@example.org", is_active=False)
    assert give(client, study, email, role).status_code == 422
    assert StudyMember.objects.count() == 1


def test_a_role_is_taken_back_and_its_page_is_gone(study: Study, client: Client) -> None:
    user = somebody(study, Role.ORGANIZER, email="other@example.org")
    assert "is no longer organizer of this study" in take(client, study, user, "organizer").content.decode()
    assert signed_in(user).get(study.get_absolute_url()).status_code == 404


def test_the_last_owner_is_told_so(study: Study, client: Client, owner: User) -> None:
    assert "the study&#x27;s last owner" in take(client, study, owner, "owner").content.decode()
    assert StudyMember.objects.filter(user=owner).exists()


def test_an_owner_who_leaves_is_back_among_the_studies(study: Study, client: Client, owner: User) -> None:
    somebody(study, Role.OWNER, email="second@example.org")
    answer = take(client, study, owner, "owner")
    assert answer.redirect_chain == [(reverse("surveys:study-list"), 302)]


@pytest.mark.parametrize("said", [{}, {"user": "x", "role": "owner"}, {"user": "0", "role": "owner"}, {"user": "9" * 20, "role": "owner"}])
def test_nobody_is_taken_anything_by_nonsense(study: Study, client: Client, said: dict[str, str]) -> None:
    assert client.post(reverse("surveys:member-remove", args=[study.slug]), said).status_code == 404


def test_members_of_another_study_are_not_touched(study: Study, client: Client) -> None:
    stranger = somebody(staged(study="another"), Role.ANALYST, email="stranger@example.org")
    assert take(client, study, stranger, "analyst").status_code == 404
    assert StudyMember.objects.filter(user=stranger).exists()


def test_only_owners_are_offered_it(study: Study, client: Client) -> None:
    address = reverse("surveys:members", args=[study.slug])
    assert address in client.get(study.get_absolute_url()).content.decode()
    organizer = signed_in(somebody(study, Role.ORGANIZER))
    assert address not in organizer.get(study.get_absolute_url()).content.decode()
    assert organizer.get(address).status_code == 403


def test_who_may_not_is_told_in_plain_words(study: Study) -> None:
    answer = signed_in(somebody(study, Role.OBSERVER)).get(reverse("surveys:experts", args=[study.slug]))
    assert answer.status_code == 403
    assert "Your role in this study does not include it." in answer.content.decode()
