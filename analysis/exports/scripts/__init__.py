"""Scripts that load every table of an archive, for pandas and for R. They lie in the archive beside the files and read the types from there."""

from pathlib import Path

SCRIPTS = ("load.py", "load.R")


def script(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()
