"""Who is signed in, from the one query that reads the session."""

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.sessions import user_of


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's own, but for the way to the user; in any doubt it is Django that decides."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_once(request))  # type: ignore[assignment]


def _user_once(request: HttpRequest) -> User | AnonymousUser:
    """Remembered with the request, as Django does: a session that is flushed under way does not change who asked."""
    if not hasattr(request, "_cached_user"):
        request._cached_user = user_of(request, settings.AUTHENTICATION_BACKENDS) or get_user(request)  # type: ignore[attr-defined]
    return request._cached_user  # type: ignore[attr-defined]
