"""Access tokens: what a program shows in place of a password. They read, and nothing else.

Only a digest is stored: a token holds 256 random bits, so there is nothing to guess and no salt or slow hash to be had by.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AccessToken, User

PREFIX = "delphi_"
AT_MOST = 20
"""Live tokens of one account: whoever needs more has forgotten some."""
SELDOM = timedelta(minutes=10)
"""How often the time of the last use is written at most."""


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def create_token(user: User, name: str, days: int) -> tuple[AccessToken, str]:
    """The token as it is stored, and its text, which can't be had again."""
    text, now = PREFIX + secrets.token_urlsafe(32), timezone.now()
    token = AccessToken.objects.create(
        user=user, name=name, digest=digest_of(text), hint=text[: len(PREFIX) + 4], created_at=now, expires_at=now + timedelta(days=days)
    )
    return token, text


def tokens_of(user: User) -> QuerySet[AccessToken]:
    """Those that were not revoked, the newest first; expired ones too, so that one sees why a program stopped."""
    return AccessToken.objects.filter(user=user, revoked_at=None).order_by("-created_at", "-pk")


def revoke_token(user: User, token_id: int) -> bool:
    """Whether there was such a token of this user. It is of no use from this moment on."""
    return bool(tokens_of(user).filter(pk=token_id).update(revoked_at=timezone.now()))


def live_token(text: str) -> AccessToken | None:
    """The token with its user, if both may still be used (1 query, and seldom a second that notes the use)."""
    if not text.startswith(PREFIX):
        return None
    now = timezone.now()
    found = AccessToken.objects.filter(digest=digest_of(text), revoked_at=None, expires_at__gt=now, user__is_active=True).select_related("user").first()
    if found is not None and (found.last_used_at is None or found.last_used_at < now - SELDOM):
        AccessToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found
