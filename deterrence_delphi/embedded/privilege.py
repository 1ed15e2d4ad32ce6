"""As whom a server runs, and how it is told to die with its parent.

PostgreSQL refuses to run as root. Where root may make a user namespace, the server sees itself as nobody while its
files stay root's own, so it works under a private home folder too. Where that is forbidden (Docker's default
seccomp profile), it really becomes nobody, if nobody can reach the files.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534  # exists in every passwd file
NAMESPACE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


@dataclass(frozen=True)
class Guise:
    """The user as whom a server runs: ourselves, nobody in a namespace, or really another user."""

    namespace: bool = False
    user: int | None = None

    def command(self, program: list[str], death_signal: str = "") -> list[str]:
        """The flag has to be set after the change of user: the kernel clears it then."""
        becoming = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if self.user is not None else []
        dying = [f"--pdeathsig={death_signal}"] if death_signal and has_death_signal() else []
        prefix = ["setpriv", *becoming, *dying, "--"] if becoming or dying else []
        return [*(NAMESPACE if self.namespace else []), *prefix, *program]


OURSELVES = Guise()


def has_death_signal() -> bool:
    """True where the kernel can end a child with its parent (Linux with util-linux); elsewhere a watchdog does it."""
    return os.uname().sysname == "Linux" and shutil.which("setpriv") is not None


def guise_for_postgres(programs: Path, data: Path) -> Guise | None:
    """The first way in which PostgreSQL can run here; None where there is none."""
    if os.geteuid():
        return OURSELVES
    owner = data.stat().st_uid if data.exists() else 0
    if owner and owner != NOBODY:
        return Guise(user=owner)
    if not owner and may_make_namespace():
        return Guise(namespace=True)
    return Guise(user=NOBODY) if can_reach(NOBODY, [programs / "postgres", data.parent]) else None


def may_make_namespace() -> bool:
    return succeeds([*NAMESPACE, "true"])


def can_reach(user: int, paths: list[Path]) -> bool:
    return all(succeeds(Guise(user=user).command(["test", "-x", os.fspath(path)])) for path in paths)


def succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False
