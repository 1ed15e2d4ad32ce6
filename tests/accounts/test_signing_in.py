"""Signing in, the second step, and what nobody gets: an account by signing up."""

import base64
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import a_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
PAGES = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
OWN_PAGES = ["mfa_index", "account_change_password", "account_logout"]


def sign_in(client: Client, password: str = PASSWORD) -> str:
    response = client.post(reverse("account_login"), {"login": "organizer@example.org", "password": password})
    return response.headers.get("Location", "")


def test_the_right_password_leads_to_the_studies() -> None:
    a_user()
    assert sign_in(Client()) == "/studies/"


def test_the_address_may_be_typed_in_capitals() -> None:
    a_user()
    assert Client().post(reverse("account_login"), {"login": "Organizer@Example.org", "password": PASSWORD}).headers["Location"] == "/studies/"


def test_a_wrong_password_does_not_say_which_was_wrong() -> None:
    a_user()
    client = Client()
    wrong = client.post(reverse("account_login"), {"login": "organizer@example.org", "password": "wrong"}).content.decode()
    unknown = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}).content.decode()
    message = "The email address and/or password you specified are not correct."
    assert message in wrong
    assert message in unknown


def test_nobody_signs_up() -> None:
    page = Client().get(reverse("account_signup")).content.decode()
    assert "Accounts are given, not taken" in page
    Client().post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_our_head_language_and_landmarks(name: str) -> None:
    check_page(Client().get(reverse(name)).content.decode())


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_own_page_has_them_too(name: str) -> None:
    client = Client()
    client.force_login(a_user())
    check_page(client.get(reverse(name)).content.decode())


def check_page(text: str) -> None:
    assert '<html lang="en">' in text
    assert '<main id="main"' in text
    assert 'href="#main"' in text
    assert text.count("<h1") == 1
    assert "css/delphi.css" in text
    assert re.search(r"<style|<script>|style=", text) is None


def test_the_page_speaks_korean_where_it_is_asked_to() -> None:
    assert '<html lang="ko">' in Client().get(reverse("account_login"), headers={"Accept-Language": "ko"}).content.decode()


def test_signing_out_needs_a_press_of_the_button() -> None:
    client = Client()
    client.force_login(a_user())
    client.get(reverse("account_logout"))
    assert client.get(reverse("surveys:study-list")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("surveys:study-list")).status_code == 302


def test_the_second_step_is_set_up_and_then_asked_for() -> None:
    user = a_user()
    client = with_second_step()
    assert {found.type for found in Authenticator.objects.filter(user=user)} == {"totp", "recovery_codes"}
    assert "Recovery codes" in client.get(reverse("mfa_index")).content.decode()
    fresh = Client()
    assert sign_in(fresh) == reverse("mfa_authenticate")
    assert fresh.get(reverse("surveys:study-list")).status_code == 302
    check_page(fresh.get(reverse("mfa_authenticate")).content.decode())


def test_a_recovery_code_opens_the_account_once() -> None:
    user = a_user()
    with_second_step()
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    for opens in (True, False):
        fresh = Client()
        sign_in(fresh)
        fresh.post(reverse("mfa_authenticate"), {"code": code})
        assert (fresh.get(reverse("surveys:study-list")).status_code == 200) is opens


def with_second_step() -> Client:
    """Signs in, gives the password once more, as such a change asks for, and sets up an authenticator app."""
    client = Client()
    sign_in(client)
    url = reverse("mfa_activate_totp")
    page = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": url}, follow=True).content.decode()
    secret = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', page).group(1)
    client.post(url, {"code": code_of(secret)})
    return client


def code_of(secret: str) -> str:
    """The six digits that an authenticator app shows now: RFC 6238 with its defaults, over RFC 4226's truncation."""
    said = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    offset = said[-1] & 0x0F
    return f"{(struct.unpack('>I', said[offset:offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


@pytest.mark.django_db
def test_nobody_changes_the_address_of_an_account_by_themselves(client: Client) -> None:
    client.force_login(a_user(), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/accounts/email/").status_code == 404
