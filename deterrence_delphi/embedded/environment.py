"""Which interpreter runs the command, and `.venv` made, repaired or brought up to date when it has to be.

Any number of commands may start at once: one builds, the others wait for it. A build that was killed leaves
the marker behind, and the next command starts afresh. A `.venv` that somebody made by hand is used, or
completed, but nothing in it is removed.
"""

import os
import shutil
import subprocess
import sys
from enum import Enum
from pathlib import Path

from .foreign import satisfies
from .installation import InstallationFailed, as_refusal, fill, make_interpreter
from .locks import exclusive
from .refusal import Refused, check_space, say
from .requirements import Stamp, kind_to_keep, lock_digest, this_python, wanted_stamp

STAMP = "deterrence-delphi.json"
MARKER = "being-built-by-deterrence-delphi"
ENTERED = "DELPHI_ENVIRONMENT_ENTERED"  # how often this command has re-started itself: an endless loop would be worse than an error
MEGABYTES = {"run": 700, "test": 1200}


class Condition(Enum):
    READY = "made from this lock"
    ABSENT = "not there"
    BROKEN = "half built, or its interpreter is gone"
    OUTDATED = "made from another lock"
    HAND_MADE = "not made by us"


class Environment:
    """The `.venv` beside manage.py."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / ".venv"
        self.python = self.folder / "bin" / "python"
        self.stamp_file, self.marker = self.folder / STAMP, self.folder / MARKER

    def stamp(self) -> Stamp | None:
        try:
            return Stamp.from_text(self.stamp_file.read_text())
        except OSError:
            return None

    def is_where_we_run(self) -> bool:
        return self.folder.exists() and Path(sys.prefix).resolve() == self.folder.resolve()

    def condition(self, kind: str) -> Condition:
        stamp = self.stamp()
        if not self.folder.exists() or not any(self.folder.iterdir()):
            return Condition.ABSENT
        if self.marker.exists() or not os.access(self.python, os.X_OK):
            return Condition.BROKEN
        if stamp is None:
            return Condition.HAND_MADE
        return self.condition_by(stamp, kind)

    def condition_by(self, stamp: Stamp, kind: str) -> Condition:
        """Only the environment's own interpreter knows its version; from outside the platform must do."""
        version, platform = this_python()
        if stamp.platform != platform or (self.is_where_we_run() and minor(stamp.python) != minor(version)):
            return Condition.BROKEN
        kept = kind_to_keep(kind, stamp)
        return Condition.READY if (stamp.kind, stamp.lock) == (kept, lock_digest(self.root, kept)) else Condition.OUTDATED

    def make_ready(self, kind: str) -> None:
        """Whatever state it is in, afterwards `.venv` matches the lock."""
        condition = self.condition(kind)
        if condition is Condition.READY:  # another command was faster
            return
        kind = kind_to_keep(kind, self.stamp())
        check_space(self.root, MEGABYTES[kind])
        if condition in (Condition.ABSENT, Condition.BROKEN):
            self.build(kind)
        else:
            self.update(kind, only_add=condition is Condition.HAND_MADE)

    def build(self, kind: str) -> None:
        say("Setting up .venv from the locked requirements (once; seconds to a minute or two) ...")
        if self.folder.is_symlink():
            self.folder.unlink()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.marker.touch()
        try:
            make_interpreter(self.folder)
        except InstallationFailed as failure:
            raise as_refusal(str(failure)) from None
        fill(self.root, self.folder, kind, only_add=False)
        self.put_stamp(kind)
        self.marker.unlink()

    def update(self, kind: str, *, only_add: bool) -> None:
        """In place: a running demo keeps its files until it is started again."""
        say("The locked requirements have changed: updating .venv ..." if not only_add else "Completing .venv ...")
        if not only_add:
            self.marker.touch()
        fill(self.root, self.folder, kind, only_add=only_add)
        self.put_stamp(kind)
        self.marker.unlink(missing_ok=True)

    def put_stamp(self, kind: str) -> None:
        """Written by a rename, so that it is whole or not there."""
        new = self.stamp_file.with_suffix(".new")
        new.write_text(wanted_stamp(self.root, kind, asked_python(self.python)).as_text())
        new.replace(self.stamp_file)


def minor(version: str) -> str:
    return ".".join(version.split(".")[:2])


def asked_python(python: Path) -> tuple[str, str]:
    """Version and platform of another interpreter."""
    code = "import platform, sysconfig; print(platform.python_version(), sysconfig.get_platform())"
    answer = subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return answer[0], answer[1]


def is_foreign() -> bool:
    """Inside a virtual or conda environment that somebody activated on purpose."""
    conda = os.environ.get("CONDA_PREFIX")
    return sys.prefix != sys.base_prefix or (conda is not None and os.path.realpath(conda) == os.path.realpath(sys.prefix))


def will_do_as_it_is(environment: Environment, kind: str) -> bool:
    """True when the interpreter that asks can run the command."""
    condition = environment.condition(kind)
    if environment.is_where_we_run():
        return condition is Condition.READY or (condition is Condition.HAND_MADE and satisfies(environment.root, kind))
    return (is_foreign() or condition is Condition.ABSENT) and satisfies(environment.root, kind)


def enter_environment(root: Path, kind: str, arguments: list[str]) -> None:
    """Returns in an interpreter that has everything; else replaces this process by one that has."""
    environment = Environment(root)
    if will_do_as_it_is(environment, kind):
        os.environ.pop(ENTERED, None)
        return
    condition = environment.condition(kind)
    only_its_own_python_knows = condition is Condition.HAND_MADE and not environment.is_where_we_run()
    if condition is not Condition.READY and not only_its_own_python_knows:
        with exclusive(root, lambda: "Waiting for another command that is setting up .venv ..."):
            environment.make_ready(kind)
    restart(environment, arguments)


def restart(environment: Environment, arguments: list[str]) -> None:
    """This process goes on as the environment's interpreter, with the same arguments."""
    times = int(os.environ.get(ENTERED, "0")) + 1
    if times > 3:
        raise Refused(f"{environment.folder} does not become usable.", "Delete that folder, then run the same command again.")
    os.environ[ENTERED] = str(times)
    sys.stdout.flush()
    os.execv(environment.python, [str(environment.python), str(environment.root / "manage.py"), *arguments[1:]])  # noqa: S606
