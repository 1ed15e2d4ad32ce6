"""How many requests a user may make in a minute, by whatever way in. Counted in the cache, which all web processes share."""

import logging
from typing import Any

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

logger = logging.getLogger(__name__)


class ReadThrottle(UserRateThrottle):
    scope = "read"

    def get_rate(self) -> str:
        return f"{settings.API_REQUESTS_PER_MINUTE}/min"

    def allow_request(self, request: Request, view: Any) -> bool:
        """A cache that is down must not close the API: it counts nothing then."""
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            logger.warning("requests are not counted: the cache is not reached (%s)", type(error).__name__)
            return True
