"""Where everything lies that the demo and the commands keep: `var/`, and the folder of the sockets."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path
from urllib.parse import quote

from .privilege import NOBODY
from .refusal import Refused

MADE_BY_US = ".deterrence-delphi"  # the mark of a folder that --reset may empty
LONGEST_SOCKET_FOLDER = 88  # bytes: 103 for a socket's path on macOS, less "/.s.PGSQL.5432"
EXPLANATION = "This folder belongs to Deterrence Delphi: `manage.py demo --reset` empties it.\n"


class DataFolder:
    """`var/` beside manage.py, or the folder that DELPHI_VAR names."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.postgres = self.path / "pg18"  # the major version in the name: 19 cannot open it
        self.valkey = self.path / "valkey"
        self.sqlite = self.path / "db.sqlite3"
        self.log = self.path / "log"
        self.outbox = self.path / "outbox"
        self.snapshots = self.path / "snapshots"
        self.beat = self.path / "beat"
        self.keys = self.path / "keys.json"
        self.lock = self.path / "lock"
        self.holder = self.path / "holder.json"
        self.mark = self.path / MADE_BY_US

    def make(self, *, is_default: bool = False) -> None:
        """Marks the folder as ours where it is `var/` or was empty: one with other people's files is used, never emptied."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Root's PostgreSQL may run as another user, who has to get through to its own folder.
        self.path.mkdir(mode=0o700 if os.geteuid() else 0o711, exist_ok=True)
        if not self.mark.exists() and (is_default or not any(self.path.iterdir())):
            self.mark.write_text(EXPLANATION)
        for private in (self.log, self.outbox, self.snapshots):
            private.mkdir(mode=0o700, exist_ok=True)

    def sockets(self) -> Path:
        """A folder only we can enter (and the user as whom root runs PostgreSQL), with a path short enough for a socket."""
        return private_folder(socket_folder(self.path), self.server_user())

    def server_user(self) -> int | None:
        """Where root has given the database's folder to another user, that user."""
        if os.geteuid() or not self.postgres.exists():
            return None
        return self.postgres.stat().st_uid or None


def socket_folder(data: Path, temporary: str | None = None) -> Path:
    """`run` in the data folder; where that is too long, a short name in the temporary folder, always the same one."""
    usual = data / "run"
    if len(os.fsencode(usual)) <= LONGEST_SOCKET_FOLDER:
        return usual
    name = f"delphi-{os.geteuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    short = Path(temporary or tempfile.gettempdir()) / name
    return short if len(os.fsencode(short)) <= LONGEST_SOCKET_FOLDER else Path("/tmp") / name  # noqa: S108  private_folder refuses a stranger's


def private_folder(folder: Path, server_user: int | None = None) -> Path:
    """Makes the folder, or refuses one that somebody else could have put there (the sockets ask for no password)."""
    owner = os.geteuid() if server_user is None else server_user
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        found = folder.lstat()  # lstat: a link could lead anywhere
        # Root may have given the folder to the server's user before; it takes it back at once.
        trusted = {os.geteuid(), owner} | ({NOBODY} if os.geteuid() == 0 else set())
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in trusted:
            raise Refused(f"{folder} is not a folder of this user.", "Remove it, or set TMPDIR to another folder, then try again.") from None
        folder.chmod(0o700)
    if folder.stat().st_uid != owner:
        os.chown(folder, owner, -1)
    return folder


def postgres_url(socket_folder: Path) -> str:
    """The form in which django-environ finds a socket's folder in any path: everything but the slashes is encoded."""
    return f"postgres://delphi@/{quote(os.fspath(socket_folder))}/postgres"


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{quote(os.fspath(file))}"


def redis_url(socket: Path) -> str:
    return f"redis+socket://{quote(os.fspath(socket))}"
