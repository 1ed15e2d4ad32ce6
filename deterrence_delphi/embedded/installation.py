"""Fill `.venv` from a lock: with uv, which takes seconds, or with pip, which takes a minute."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .locks import HELD
from .refusal import Refused, disk_full, say
from .requirements import INSTALLER_LOCK, LOCKS, OPTIONAL, without

STILL_AT_IT = 20  # seconds between two signs of life
NO_NETWORK = (
    "failed to fetch",
    "dns error",
    "could not resolve",
    "name resolution",
    "nodename nor servname",
    "network is unreachable",
    "connection refused",
    "connection error",
    "connection reset",
    "error sending request",
    "timed out",
    "max retries exceeded",
    "failed to establish a new connection",
    "proxy",
    "certificate",
)
NO_WHEEL = (
    "no wheels",
    "no matching distribution",
    "no solution found",
    "not supported on this platform",
    "no usable wheels",
)


class InstallationFailed(Exception):
    """The installer's own words; `as_refusal` makes plain ones of them."""


def installer_environment() -> dict[str, str]:
    """Where the home folder can't be written (a service user) the installers do without their caches."""
    variables = {**os.environ, "UV_SYSTEM_CERTS": "true", "UV_NO_PROGRESS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if not os.access(Path("~").expanduser(), os.W_OK):
        variables |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    for inherited in ("VIRTUAL_ENV", "PYTHONHOME", "PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_USER", "PIP_PREFIX"):
        variables.pop(inherited, None)
    return variables


def attempt(command: list[str], doing: str) -> None:
    """Runs an installer silently; tells from time to time that it still works; raises with its words when it fails."""
    with subprocess.Popen(
        command,
        env=installer_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=tuple(HELD),
    ) as process:
        output, waited = None, 0
        while output is None:
            try:
                output, _ = process.communicate(timeout=STILL_AT_IT)
            except subprocess.TimeoutExpired:
                waited += STILL_AT_IT
                say(f"  ... still {doing} ({waited} s)")
    if process.returncode:
        raise InstallationFailed(output.strip() or f"{command[0]} ended with status {process.returncode}")


def make_interpreter(venv: Path) -> None:
    """`.venv` with an interpreter and, if possible, pip. Debian keeps ensurepip in a package of its own."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    if importlib.util.find_spec("ensurepip"):
        return attempt([base, "-m", "venv", str(venv)], "making .venv")
    if uv := shutil.which("uv"):
        return attempt([uv, "venv", "-q", "--allow-existing", "--python", base, str(venv)], "making .venv")
    if virtualenv := shutil.which("virtualenv"):
        return attempt([virtualenv, "-q", "--python", base, str(venv)], "making .venv")
    raise Refused(
        "This Python comes without the part that makes virtual environments (ensurepip), and neither uv nor virtualenv is installed.",
        command_for_ensurepip(),
    )


def command_for_ensurepip() -> str:
    if shutil.which("apt-get"):
        return "Type this, then run the same command again:  sudo apt install python3-venv"
    return "Type this, then run the same command again:  python3 -m pip install --user virtualenv"


@dataclass(frozen=True)
class Installer:
    """Two commands, each up to the name of the lock: one that only adds, one that also removes what the lock lacks."""

    add: list[str]
    sync: list[str]


def installers(root: Path, venv: Path) -> list[Installer]:
    """Those that work here, best first."""
    python = str(venv / "bin" / "python")
    found = []
    if uv := uv_command(root, python):
        options = ["-q", "--python", python, "--no-build", "--require-hashes"]
        found.append(Installer([*uv, "pip", "install", *options, "--no-deps", "-r"], [*uv, "pip", "sync", *options]))
    if has_module(python, "pip"):
        pip = [*pip_install(python), "--no-deps", "-r"]
        found.append(Installer(pip, pip))
    return found


def pip_install(python: str) -> list[str]:
    return [python, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--require-hashes", "--retries", "2"]


def uv_command(root: Path, python: str) -> list[str] | None:
    """The pinned uv inside `.venv`, else one on the path (then `.venv` may have no pip), else none."""
    if has_module(python, "pip"):
        try:
            attempt([*pip_install(python), "-r", str(root / INSTALLER_LOCK)], "fetching the installer")
            return [python, "-m", "uv"]
        except InstallationFailed as failure:
            stop_if_hopeless(str(failure))
    uv = shutil.which("uv")
    return [uv] if uv else None


def has_module(python: str, name: str) -> bool:
    return subprocess.run([python, "-c", f"import {name}"], check=False, capture_output=True).returncode == 0


def fill(root: Path, venv: Path, kind: str, *, only_add: bool) -> None:
    """Brings `.venv` to the lock. `only_add` leaves packages alone that the lock does not name (a hand-made `.venv`)."""
    failure = InstallationFailed("neither uv nor pip works in .venv")
    for installer in installers(root, venv):
        try:
            return install(installer.add if only_add else installer.sync, root / LOCKS[kind])
        except InstallationFailed as reason:
            stop_if_hopeless(str(reason))
            failure = reason
    raise as_refusal(str(failure))


def install(command: list[str], lock: Path) -> None:
    """Installs the lock; where the embedded servers have no wheel for this platform, without them."""
    try:
        attempt([*command, str(lock)], "installing")
    except InstallationFailed as failure:
        missing = tuple(name for name in OPTIONAL if name in str(failure).lower().replace("_", "-"))
        if not missing or not looks_like(str(failure), NO_WHEEL):
            raise
        say(f"  There is no wheel of {' and '.join(missing)} for this platform: going on without.")
        install_without(missing, command, lock)


def install_without(missing: tuple[str, ...], command: list[str], lock: Path) -> None:
    """An installer names only the first package that it can't find, so this may be asked twice."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as reduced:
        reduced.write(without(lock.read_text(), missing))
        reduced.flush()
        install(command, Path(reduced.name))


def looks_like(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text.lower() for sign in signs)


def stop_if_hopeless(text: str) -> None:
    """A full disk or a dead network would fail the next installer too, only slower."""
    if looks_like(text, ("no space left", "disk quota", *NO_NETWORK)):
        raise as_refusal(text)


def as_refusal(text: str) -> Refused:
    """The installer's words, sorted into the few causes that a user can do something about."""
    last = "\n".join(f"    {line}" for line in text.splitlines()[-8:])
    if looks_like(text, ("no space left", "disk quota")):
        return disk_full(".venv")
    if looks_like(text, NO_NETWORK):
        return Refused(
            f"The Python packages could not be fetched: no answer from the package index.\n{last}",
            "Check the network (a proxy goes into HTTPS_PROXY, a company's own index into pip's configuration), then run the same command again.",
        )
    if looks_like(text, NO_WHEEL):
        return Refused(
            f"A package has no ready-made wheel for this Python or this kind of machine.\n{last}",
            "Try another Python (3.11 to 3.13 on Linux with glibc or macOS, x86_64 or arm64 have all wheels).",
        )
    return Refused(f"Installing the Python packages failed:\n{last}", "Run the same command again; it starts afresh.")
