"""A command as a shell sees it: exit status, standard output, standard error."""

import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str


def run(name: str, *arguments: Any) -> Ran:
    """In this process, inside the test's transaction."""
    out, err = StringIO(), StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        return Ran(error.returncode, out.getvalue(), f"{err.getvalue()}{error}")
    return Ran(0, out.getvalue(), err.getvalue())


def run_for_real(*arguments: str, stdin: str = "") -> Ran:
    """`manage.py ...` as a process of its own, on the test's database; for tests that commit."""
    environment = {**os.environ, "DATABASE_URL": address_of_test_database()}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=stdin, capture_output=True, text=True, timeout=120, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def address_of_test_database() -> str:
    """The run's DATABASE_URL, with the name that pytest-django gave the database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    before, slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{before}{slash}{name}"
