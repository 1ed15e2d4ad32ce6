"""A session and its user are read at once, and whatever ends a session ends it with the next request."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as FormerStore
from django.contrib.sessions.models import Session as FormerSession
from django.test import Client
from django.urls import reverse

from accounts.models import Session, User
from accounts.sessions import SessionStore
from tests.factories import a_user

pytestmark = pytest.mark.django_db
HERE = "/studies/"


@pytest.fixture
def user() -> User:
    return a_user()


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(HERE).status_code == 200


def test_the_session_and_its_user_take_one_query(client: Client, django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(2) as captured:  # the second one: the user's studies
        client.get(HERE)
    assert "accounts_session" in captured.captured_queries[0]["sql"]
    assert "accounts_user" in captured.captured_queries[0]["sql"]


def test_signing_out_takes_effect_at_once_also_for_a_copy_of_the_cookie(client: Client) -> None:
    copy = Client()
    copy.cookies.update(client.cookies)
    assert is_in(copy)
    client.post(reverse("account_logout"))
    assert not is_in(client)
    assert not is_in(copy)


def test_a_new_password_ends_every_other_session_at_once(client: Client, user: User) -> None:
    user.set_password("another long password")
    user.save()
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_locked_account_is_out_at_once_and_in_again_when_it_is_unlocked(client: Client, user: User) -> None:
    User.objects.update(is_active=False)
    assert not is_in(client)
    User.objects.update(is_active=True)
    assert is_in(client)


def test_a_deleted_account_is_out_at_once_and_its_sessions_are_gone(client: Client, user: User) -> None:
    user.delete()
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_session_that_has_expired_is_none(client: Client) -> None:
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert not is_in(client)


def test_what_the_session_says_counts_and_not_the_user_beside_it(client: Client) -> None:
    Session.objects.update(user=a_user("other@example.org"))
    assert client.get(HERE).context["user"].email == "organizer@example.org"


def test_a_session_whose_signature_is_wrong_is_nobodys(client: Client) -> None:
    Session.objects.update(session_data="forged:1:signature")
    assert not is_in(client)


def test_a_session_under_a_backend_that_is_not_used_any_more_is_nobodys(client: Client, settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert not is_in(client)


def test_a_new_secret_key_keeps_sessions_while_the_former_one_is_a_fallback(client: Client, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret key, which is quite long enough for a test"
    assert is_in(client)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_in(client)


def test_an_expert_has_a_session_without_a_user() -> None:
    store = SessionStore()
    store["panelist"] = 1
    store.save()
    assert Session.objects.get().user is None
    assert SessionStore(store.session_key)["panelist"] == 1


def test_sessions_of_former_versions_are_taken_over(user: User) -> None:
    store = FormerStore()
    store[SESSION_KEY] = str(user.pk)
    store.save()
    import_module("accounts.migrations.0002_sessions_with_users").take_over(apps, None)
    assert SessionStore(store.session_key)[SESSION_KEY] == str(user.pk)
    assert not FormerSession.objects.exists()
