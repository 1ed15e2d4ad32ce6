"""Children that are started with a log, stopped in order, and never outlive us."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from .privilege import OURSELVES, Guise
from .refusal import Refused

LARGEST_LOG = 5 * 1024 * 1024
# A child becomes its program at our word only. Should we be killed before we have a watchdog for it, it reads an end and goes.
AT_OUR_WORD = ["sh", "-c", 'read -r word && exec "$@" </dev/null', "sh"]


@dataclass
class Child:
    """A running server or worker."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stop_signal: signal.Signals
    patience: float = 15.0
    log_began: int = 0  # where this run's part of the log begins
    watchdog: "subprocess.Popen[bytes] | None" = None

    def is_running(self) -> bool:
        """Signals wait meanwhile: one that raises while `poll` holds its lock would leave it taken, and stopping would wait for it for ever."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        try:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            return self.process.poll() is None
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def stop(self) -> None:
        """Asks, waits up to `patience` seconds, then ends what is left of the group: a killed worker leaves children."""
        if self.is_running():
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        end_group(self.process.pid)
        self.dismiss_watchdog()

    def dismiss_watchdog(self) -> None:
        """Before the process number can belong to somebody else."""
        if self.watchdog is not None:
            self.watchdog.kill()
            self.watchdog.communicate()
            self.watchdog = None

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_bytes()[self.log_began :].decode(errors="replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])

    def died(self) -> Refused:
        status = self.process.poll()
        return Refused(f"{self.name} stopped by itself (status {status}). The last lines of {self.log}:\n{self.last_words()}")


def end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody is left; macOS says the latter of a group of zombies
        return


def start(
    name: str,
    program: list[str],
    *,
    log: Path,
    environment: dict[str, str],
    stop_signal: signal.Signals = signal.SIGTERM,
    guise: Guise = OURSELVES,
    folder: Path | None = None,
) -> Child:
    """Starts a child in a group of its own: Ctrl-C in the terminal reaches only us, and we stop the others in order."""
    keep_log_small(log)
    with log.open("ab") as stream:
        log_began = stream.tell()
        process = subprocess.Popen(
            guise.command([*AT_OUR_WORD, *program], stop_signal.name.removeprefix("SIG")),
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(name, process, log, stop_signal, log_began=log_began)
    child.watchdog = watch(child)
    give_word(child)
    return child


def give_word(child: Child) -> None:
    """A child that could not even start says why in its log; whoever waits for it reads that."""
    with contextlib.suppress(BrokenPipeError), cast("IO[bytes]", child.process.stdin) as words:
        words.write(b"go\n")


def keep_log_small(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_name(log.name + ".1"))


def watch(child: Child) -> "subprocess.Popen[bytes]":
    """A small process that notices our end by a closed pipe.

    Linux tells the child of our end as well, but once, and a child that does not listen (a worker whose broker is told in
    the same moment may be waiting for it) would stay for ever. The watchdog asks again, waits, and ends what is left.
    """
    program = [sys.executable, "-I", "-S", os.fspath(Path(__file__).with_name("watchdog.py"))]
    arguments = [str(child.process.pid), child.stop_signal.name, str(child.patience)]
    return subprocess.Popen([*program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)


def wait_until(is_ready: Callable[[], bool], child: Child, seconds: float = 60.0) -> None:
    """Waits for a server to answer; says why when it has died or does not answer."""
    end = time.monotonic() + seconds
    while not is_ready():
        if not child.is_running():
            raise child.died()
        if time.monotonic() > end:
            raise Refused(f"{child.name} does not answer. The last lines of {child.log}:\n{child.last_words()}")
        time.sleep(0.02)
