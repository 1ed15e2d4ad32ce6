"""Access tokens: shown once, stored as a digest, expiring, revocable, good for reading alone, and worth what their user's roles are worth now."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessToken, User
from accounts.tokens import AT_MOST, create_token, live_token, revoke_token
from surveys.enums import Role
from surveys.models import Study, StudyMember
from tests.surveys.views.organizer.stage import signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def user(study: Study) -> User:
    return somebody(study, Role.ANALYST)


def read(text: str, study: Study, scheme: str = "Bearer") -> int:
    return Client(headers={"Authorization": f"{scheme} {text}"}).get(reverse("surveys:api-study", args=[study.slug])).status_code


def test_a_token_reads_what_its_user_may_read(user: User, study: Study) -> None:
    _token, text = create_token(user, "notebook", 30)
    assert (read(text, study), read(text, study, "bearer"), read(text, staged(study="another"))) == (200, 200, 404)


def test_the_text_of_a_token_is_stored_nowhere(user: User) -> None:
    token, text = create_token(user, "notebook", 30)
    row = AccessToken.objects.filter(pk=token.pk).values().get()
    assert len(text) > 45
    assert not any(isinstance(value, str) and text[12:] in value for value in row.values())
    assert len(row["digest"]) == 64 and text.startswith(row["hint"]) and len(row["hint"]) < 12


def test_no_two_tokens_are_the_same(user: User) -> None:
    assert len({create_token(user, "notebook", 30)[1] for _ in range(20)}) == 20


def test_a_revoked_token_is_refused_at_once(user: User, study: Study) -> None:
    token, text = create_token(user, "notebook", 30)
    assert read(text, study) == 200
    assert revoke_token(user, token.pk)
    assert read(text, study) == 401


def test_a_token_expires(user: User, study: Study) -> None:
    token, text = create_token(user, "notebook", 30)
    AccessToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert read(text, study) == 401


def test_a_token_is_worth_no_more_than_its_users_role_at_that_moment(user: User, study: Study) -> None:
    _token, text = create_token(user, "notebook", 30)
    StudyMember.objects.filter(user=user).delete()
    assert read(text, study) == 404


def test_a_token_of_a_locked_account_is_refused(user: User, study: Study) -> None:
    _token, text = create_token(user, "notebook", 30)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert read(text, study) == 401


@pytest.mark.parametrize("text", ["", "delphi_", "delphi_wrong", "nothing", "ÿ" * 50, "a b c", signing.dumps("x")])
def test_what_is_no_token_is_refused_even_with_a_session(user: User, study: Study, text: str) -> None:
    address = reverse("surveys:api-study", args=[study.slug])
    assert signed_in(user).get(address, headers={"Authorization": f"Bearer {text}".encode().decode("latin-1")}).status_code == 401


def test_who_shows_nothing_is_told_how_to_sign_in(study: Study) -> None:
    answer = Client().get(reverse("surveys:api-study", args=[study.slug]))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_token_opens_no_page_and_changes_nothing(user: User, study: Study) -> None:
    _token, text = create_token(user, "notebook", 30)
    client = Client(headers={"Authorization": f"Bearer {text}"})
    assert client.get(reverse("surveys:study", args=[study.slug])).status_code == 302
    assert client.get(reverse("accounts:tokens")).status_code == 302
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(reverse("surveys:api-study", args=[study.slug])).status_code == 405


def test_its_last_use_is_noted(user: User, study: Study) -> None:
    token, text = create_token(user, "notebook", 30)
    read(text, study)
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert live_token(text) == token


def test_the_page_shows_a_new_token_once(user: User) -> None:
    client = signed_in(user)
    page = client.post(reverse("accounts:tokens"), {"name": "notebook", "days": "90"}).content.decode()
    token = AccessToken.objects.get()
    assert page.count("delphi_") == 2 and f"<code>{token.hint}" in page
    assert (token.user, token.name, (token.expires_at - token.created_at).days) == (user, "notebook", 90)
    assert client.get(reverse("accounts:tokens")).content.decode().count("delphi_") == 1


@pytest.mark.parametrize("given", [{"name": "", "days": "90"}, {"name": "x", "days": "9999"}, {"name": "x" * 101, "days": "90"}, {}])
def test_a_token_without_a_name_or_for_ever_is_not_made(user: User, given: dict[str, str]) -> None:
    assert signed_in(user).post(reverse("accounts:tokens"), given).status_code == 422
    assert not AccessToken.objects.exists()


def test_nobody_has_more_tokens_than_one_can_look_after(user: User) -> None:
    for _ in range(AT_MOST):
        create_token(user, "notebook", 30)
    assert signed_in(user).post(reverse("accounts:tokens"), {"name": "one more", "days": "30"}).status_code == 422
    AccessToken.objects.filter(pk=AccessToken.objects.first().pk).update(expires_at=timezone.now())
    assert signed_in(user).post(reverse("accounts:tokens"), {"name": "one more", "days": "30"}).status_code == 200


def test_one_sees_and_revokes_only_ones_own(user: User) -> None:
    token, _text = create_token(user, "the analyst's notebook", 30)
    stranger = signed_in(somebody(email="stranger@example.org"))
    assert "notebook" not in stranger.get(reverse("accounts:tokens")).content.decode().replace("notebook in the office", "")
    assert stranger.post(reverse("accounts:token-revoke", args=[token.pk])).status_code == 404
    mine = signed_in(user)
    assert mine.get(reverse("accounts:token-revoke", args=[token.pk])).status_code == 405
    assert mine.post(reverse("accounts:token-revoke", args=[token.pk]), follow=True).status_code == 200
    assert live_token(_text) is None


def test_who_is_not_signed_in_is_asked_to() -> None:
    assert Client().get(reverse("accounts:tokens")).headers["Location"].startswith(reverse("account_login"))
