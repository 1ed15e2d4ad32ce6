"""The administration has no back door past the second factor."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_the_administrations_own_sign_in_leads_to_the_sites() -> None:
    a_user("operator@example.org", is_staff=True, is_superuser=True)
    client = Client()
    answer = client.post("/admin/login/", {"username": "operator@example.org", "password": "a long enough password"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_an_operator_who_signed_in_there_is_let_in() -> None:
    a_user("operator@example.org", is_staff=True, is_superuser=True)
    client = Client()
    client.post(reverse("account_login"), {"login": "operator@example.org", "password": "a long enough password"})
    assert client.get("/admin/").status_code == 200
