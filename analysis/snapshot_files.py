"""Snapshots as files in a storage that all machines reach, where the settings name one (`STORAGES["snapshots"]`).

No page leads there. A file is written under a name of its own before a row points to it, and is never changed: so a row's file is whole,
whatever dies when. What no row points to is a stray, and is deleted.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.exceptions import Refused

STORAGE = "snapshots"
SURELY_STORED = timedelta(hours=1)  # by then whoever wrote a file has committed its row, or has died


class SnapshotLost(Refused):
    """The file of a snapshot is not there, or is not what was written."""


def are_used() -> bool:
    return STORAGE in settings.STORAGES


def storage() -> Storage:
    return storages[STORAGE]


def write(folder: str, content: bytes) -> tuple[str, str]:
    """The file's name and digest."""
    name = storage().save(f"{folder}/{secrets.token_hex(16)}.npz", ContentFile(content))
    return name, hashlib.sha256(content).hexdigest()


def read(name: str, sha256: str) -> bytes:
    """Raises SnapshotLost, which says what to do."""
    try:
        with storage().open(name) as file:
            content: bytes = file.read()
    except OSError as error:
        raise SnapshotLost(_("The frozen answers in %(name)s can't be read. Restore this file from the backup.") % {"name": name}) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SnapshotLost(_("The frozen answers in %(name)s are not as they were written. Restore this file from the backup.") % {"name": name})
    return content


def delete(name: str) -> None:
    storage().delete(name)


def delete_strays(names: Collection[str]) -> int:
    """Delete what none of the names points to: left by a process that died between a file and its row. Returns how many there were."""
    strays = [name for name in _all() if name not in names and storage().get_modified_time(name) < timezone.now() - SURELY_STORED]
    for name in strays:
        delete(name)
    return len(strays)


def _all() -> list[str]:
    try:
        folders, _files = storage().listdir("")
    except FileNotFoundError:  # nothing was ever written
        return []
    return [f"{folder}/{file}" for folder in folders for file in storage().listdir(folder)[1]]
