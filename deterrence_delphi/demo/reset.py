"""`demo --reset`: delete what the demo made, and nothing else."""

import shutil
import sys
from pathlib import Path

from deterrence_delphi.embedded.folders import DataFolder, socket_folder
from deterrence_delphi.embedded.refusal import Refused, say

# Everything that we or deterrence_delphi.settings put into the data folder. The lock stays: we hold it.
MADE_HERE = (
    "pg18", "pg18.new", "valkey", "run", "log", "beat", "keys.json", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm",
    "db.sqlite3-journal", "outbox", "snapshots", "static", "demo.json",
)  # fmt: skip


def reset(data: DataFolder) -> None:
    """Refuses a folder that was not ours from the beginning; asks first where somebody sits at the terminal."""
    if not data.mark.exists():
        raise Refused(
            f"{data.path} held other files before the demo used it, so --reset does not touch it.",
            "Delete the demo's files there yourself, or set DELPHI_VAR to an empty folder.",
        )
    made = [*(data.path / name for name in MADE_HERE), socket_folder(data.path)]
    found = [path for path in dict.fromkeys(made) if path.exists() or path.is_symlink()]
    if found and sys.stdin.isatty() and not is_agreed(data.path):
        raise Refused("Nothing was deleted.")
    for path in found:
        delete(path)
    say(f"Deleted the demo's data in {data.path}.")


def is_agreed(folder: Path) -> bool:
    print(f"This deletes all studies and answers in {folder}. Type yes to go on: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("yes", "y")


def delete(path: Path) -> None:
    """A link is deleted, never followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
