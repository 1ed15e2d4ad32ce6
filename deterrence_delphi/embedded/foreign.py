"""Would an environment that we did not make do? (An activated one, a container's, a developer's own.)"""

import hashlib
import importlib.util
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from .requirements import LOCKS, OPTIONAL, SOURCES, lock_digest

if TYPE_CHECKING:
    from packaging.requirements import Requirement

# Compiled packages are the ones that are there and yet do not import.
IMPORTED = {
    "run": "django rest_framework celery redis numpy pandas scipy.stats psycopg environ allauth csp cryptography yaml",
    "test": "pytest pytest_django xdist hypothesis",
}


def requirement_lines(text: str) -> list[str]:
    """The requirements in a lock or a source, without hashes, comments and options."""
    lines = (line.split(" #")[0].strip().rstrip("\\").strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def what_is_missing(root: Path, kind: str) -> list[str]:
    """Locked packages that are not installed here, and named ones in a version that we do not allow."""
    if importlib.util.find_spec("packaging") is None:
        return ["packaging"]
    from packaging.requirements import Requirement

    locked = [Requirement(line) for line in requirement_lines((root / LOCKS[kind]).read_text())]
    needed = [entry for entry in locked if entry.marker is None or entry.marker.evaluate()]
    allowed = {entry.name: entry for entry in map(Requirement, named_requirements(root, kind))}
    return [entry.name for entry in needed if entry.name not in OPTIONAL and not is_met(allowed.get(entry.name, entry))]


def named_requirements(root: Path, kind: str) -> list[str]:
    """What people wrote (requirements*.in): the versions that are allowed, where the lock has just one of them."""
    sources = ["run", "test"] if kind == "test" else ["run"]
    return [line for source in sources for line in requirement_lines((root / SOURCES[source]).read_text())]


def is_met(requirement: "Requirement") -> bool:
    try:
        installed = version(requirement.name)
    except PackageNotFoundError:
        return False
    return "==" in str(requirement.specifier) or requirement.specifier.contains(installed, prereleases=True)


def satisfies(root: Path, kind: str) -> bool:
    """True when everything required is here and imports; the imports are tried once per environment and lock."""
    if what_is_missing(root, kind):
        return False
    note = memory_of_imports(root, kind)
    if note.exists():
        return True
    names = IMPORTED["run"] + (f" {IMPORTED['test']}" if kind == "test" else "")
    code = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)"
    if subprocess.run([sys.executable, "-c", code, *names.split()], check=False, capture_output=True).returncode:
        return False
    remember(note)
    return True


def memory_of_imports(root: Path, kind: str) -> Path:
    what = f"{sys.prefix}|{sys.version}|{lock_digest(root, kind)}"
    return root / "var" / "environments" / hashlib.sha256(what.encode()).hexdigest()[:16]


def remember(note: Path) -> None:
    """Only saves time: a folder that can't be written costs the imports again."""
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()
    except OSError:
        return
