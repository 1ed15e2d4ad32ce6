"""What somebody has read, named, so that nobody writes over what they have not."""

import hashlib
import json
from typing import Any


def digest_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
