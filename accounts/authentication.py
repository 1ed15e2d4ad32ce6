"""Signing in to the read API with an access token: `Authorization: Bearer delphi_…`."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import AccessToken, User
from accounts.tokens import live_token


class AccessTokenAuthentication(BaseAuthentication):
    """Whoever shows a token stands on it alone: one that is not valid (any more) is refused, never taken for no token."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        scheme, _space, text = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = live_token(text.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed(_("This access token is not valid: it was revoked, has expired, or was never given."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Listed first, this makes "not signed in" a 401, as programs expect."""
        return "Bearer"
