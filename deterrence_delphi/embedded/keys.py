"""The demo's keys: made once, kept in `var/`, readable by nobody else."""

import json
import os
import secrets
from pathlib import Path

NAMES = ("SECRET_KEY", "IDENTITY_KEY")


def keys_in(file: Path) -> dict[str, str]:
    """The keys of this data folder. Two commands that start at once agree: a link to an existing name fails."""
    if not file.exists():
        new = file.with_name(f"{file.name}.{os.getpid()}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            json.dump({name: secrets.token_urlsafe(48) for name in NAMES}, stream)
        try:
            os.link(new, file)
        except FileExistsError:
            pass  # the other command's keys are as good as ours, and already in use
        finally:
            new.unlink()
    keys: dict[str, str] = json.loads(file.read_text())
    return keys
