"""How signing in differs from the library's ways: nobody signs up, accounts are made by operators and owners."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):
    """Accounts are given, not taken."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
