"""Where frozen answers lie is said by the environment alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

ASKED = """
import json, django
django.setup()
from django.conf import settings
from django.core.files.storage import storages
named = settings.STORAGES.get("snapshots")
print(json.dumps({"named": named, "class": type(storages["snapshots"]).__name__ if named else None}))
"""


def storage_with(**environment: str) -> Any:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SNAPSHOT_")}
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=60,
                          env={**inherited, "DJANGO_SETTINGS_MODULE": "deterrence_delphi.settings", **environment})
    return json.loads(done.stdout)


def test_in_the_database_unless_something_is_said() -> None:
    assert storage_with() == {"named": None, "class": None}


def test_in_a_folder_that_nobody_else_may_read(tmp_path: Path) -> None:
    found = storage_with(SNAPSHOT_FOLDER=os.fspath(tmp_path))
    assert found["class"] == "FileSystemStorage"
    assert found["named"]["OPTIONS"] == {"location": os.fspath(tmp_path), "base_url": None, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}


def test_in_any_storage_with_its_options() -> None:
    found = storage_with(SNAPSHOT_STORAGE="django.core.files.storage.InMemoryStorage", SNAPSHOT_STORAGE_OPTIONS='{"location": "somewhere"}')
    assert found == {"named": {"BACKEND": "django.core.files.storage.InMemoryStorage", "OPTIONS": {"location": "somewhere"}}, "class": "InMemoryStorage"}
