"""Seconds until the product runs on a machine that has only Python: a fresh clone, no environment, empty caches of uv and pip.

    .venv/bin/python -m benchmarks.setup [--python python3]

Measured: `manage.py demo` until it prints its address, on the first start (which installs, makes the database and loads the studies) and on
the second one. The clone lies in a folder with a space in its name. The first start needs a package index, as pip is configured here.
"""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.stage import ROOT, free_port

LONGEST = 900


def clean_environment(folder: Path) -> dict[str, str]:
    """The caller's environment without an active Python environment and without anything cached."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DELPHI_", "DJANGO_", "VIRTUAL_ENV", "PYTHON", "CONDA"))}
    for name in ("DATABASE_URL", "REDIS_URL"):
        kept.pop(name, None)
    kept["PATH"] = os.pathsep.join(part for part in kept["PATH"].split(os.pathsep) if ".venv" not in part)
    return {**kept, "UV_CACHE_DIR": str(folder / "uv cache"), "PIP_CACHE_DIR": str(folder / "pip cache"), "XDG_CACHE_HOME": str(folder / "cache")}


def run_demo(clone: Path, python: str, environment: dict[str, str]) -> list[tuple[float, str]]:
    """Starts the demo, waits for its address, stops it. Returns what it said, and when."""
    command = [python, "manage.py", "demo", "--port", str(free_port())]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append((time.perf_counter() - began, line.strip()))
            if "is running" in line or said[-1][0] > LONGEST:
                break
    finally:
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        process.wait(timeout=60)
    if not said or "is running" not in said[-1][1]:
        raise SystemExit("The demo did not start:\n" + "\n".join(line for _second, line in said))
    return said


def report(name: str, said: list[tuple[float, str]]) -> None:
    print(f"{name}: {said[-1][0]:.1f} s until the address is printed")
    for second, line in said:
        if line.endswith("..."):
            print(f"    {second:6.1f} s  {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or "python3")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="delphi-setup-") as made:
        folder = Path(made)
        folder.chmod(0o711)
        clone = folder / "a fresh clone"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
        environment = clean_environment(folder)
        print(subprocess.run([options.python, "--version"], capture_output=True, text=True, check=True).stdout.strip())
        report("first start, empty caches", run_demo(clone, options.python, environment))
        size = sum(file.stat().st_size for file in (clone / ".venv").rglob("*") if file.is_file() and not file.is_symlink())
        report("second start", run_demo(clone, options.python, environment))
        print(f"the environment takes {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
