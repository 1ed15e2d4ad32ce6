"""What may not reach a log: the token of a personal link."""

import logging
import re

TOKEN_IN_PATH = re.compile(r"/i/[A-Za-z0-9_-]{8,}")


class WithoutTokens(logging.Filter):
    """Replaces the token in every personal link that a record would print."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/i/" in message:
            record.msg, record.args = TOKEN_IN_PATH.sub("/i/[link]", message), ()
        return True
