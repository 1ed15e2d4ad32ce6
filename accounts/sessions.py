"""Sessions that know whose they are, so that a request reads its session and its user in one query.

Nothing is remembered between requests: whoever signs out, is locked, or has a new password, is out with the next request.
"""

from typing import Any, cast

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import Session, User


class SessionStore(DatabaseStore):
    """Django's own, on a table with the user beside the data. `found_user`: as the row that was read last names them."""

    found_user: User | None = None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now()).select_related("user").first()
        if row is None:
            self._session_key = None
        else:
            self.found_user = row.user
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        return row


def user_of(request: HttpRequest, backends: list[str]) -> User | None:
    """The user who came with the session, if all that Django asks of one holds. None: let Django look, and end what has to end."""
    session = request.session
    user_id, user = session.get(SESSION_KEY), getattr(session, "found_user", None)  # in this order: reading the session finds the user
    if user is None or str(user.pk) != user_id or not user.is_active or session.get(BACKEND_SESSION_KEY) not in backends:
        return None
    return user if constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()) else None
