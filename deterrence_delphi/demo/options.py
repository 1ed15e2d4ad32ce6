"""The demo's options, and what can be refused before anything long starts. Standard library only: nothing is installed yet."""

import argparse
import errno
import os
import socket
from contextlib import closing
from dataclasses import dataclass

from deterrence_delphi.embedded.folders import DataFolder
from deterrence_delphi.embedded.holder import present_holder
from deterrence_delphi.embedded.locks import take
from deterrence_delphi.embedded.refusal import Refused

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  compared with, never bound to unasked


@dataclass(frozen=True)
class DemoOptions:
    """Where the demo listens, and whether it starts from nothing."""

    host: str
    port: int
    reset: bool

    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def demo_options(arguments: list[str]) -> DemoOptions:
    parser = argparse.ArgumentParser(
        prog="manage.py demo",
        description="Start Deterrence Delphi with demo studies: database, broker, web and workers, on this machine only.",
    )
    parser.add_argument("--port", type=port_number, default=8000, help="port of the web pages (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--reset", action="store_true", help="delete the demo's data first and start from nothing")
    chosen = parser.parse_args(arguments[arguments.index("demo") + 1 :])
    return DemoOptions(chosen.host, chosen.port, chosen.reset)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port (1 to 65535)")
    return int(text)


def check_options(options: DemoOptions, data: DataFolder) -> None:
    refuse_second_demo(data)
    check_port(options.host, options.port)


def refuse_second_demo(data: DataFolder) -> None:
    """Two demos on one data folder can't be; the second one is told where the first one is."""
    holder = present_holder(data)
    if holder is None or holder.command != "demo" or not is_held(data):
        return
    where = f" at {holder.address}" if holder.address else ""
    raise Refused(
        f"The demo is already running{where} (process {holder.pid}).",
        "Stop it with Ctrl-C there, or start another one with its own data:  DELPHI_VAR=/another/folder python3 manage.py demo --port 8001",
    )


def is_held(data: DataFolder) -> bool:
    descriptor = take(data.lock)
    if descriptor is not None:
        os.close(descriptor)
    return descriptor is None


def check_port(host: str, port: int) -> None:
    """Binds and lets go again, as the web server will."""
    try:
        try_to_bind(host, port)
    except socket.gaierror:
        raise Refused(f"{host} is not an address of this machine.", "Leave --host away, or use 0.0.0.0.") from None
    except OSError as error:
        raise refused_port(host, port, error) from None


def try_to_bind(host: str, port: int) -> None:
    family, kind, protocol, _name, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with closing(socket.socket(family, kind, protocol)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)


def refused_port(host: str, port: int, error: OSError) -> Refused:
    if error.errno == errno.EADDRINUSE:
        free = free_port(host, port)
        return Refused(f"Port {port} is already in use.", f"Choose another one:  python3 manage.py demo --port {free}")
    if error.errno == errno.EACCES:
        return Refused(f"This user may not use port {port}.", "Choose one above 1023:  python3 manage.py demo --port 8000")
    return Refused(f"{host} is not an address of this machine ({error.strerror}).", "Leave --host away, or use 0.0.0.0.")


def free_port(host: str, taken: int) -> int:
    for port in range(taken + 1, min(taken + 100, 65536)):
        try:
            try_to_bind(host, port)
        except OSError:
            continue
        return port
    return 8000 if taken != 8000 else 8080
