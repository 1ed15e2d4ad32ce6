"""What went wrong in plain words, with what to do: the user of a bare machine never sees a traceback."""

import errno
import shutil
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024


class Refused(Exception):
    """We cannot go on. The message says why, the remedy what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


def say(message: str) -> None:
    """Progress goes to stderr: stdout belongs to the command's own result."""
    print(message, file=sys.stderr, flush=True)


def disk_full(where: Path | str) -> Refused:
    return Refused(f"The disk that holds {where} is full.", "Free some space there, then run the same command again.")


def check_space(folder: Path, megabytes: int) -> None:
    """Refuses before anything is written that could not be finished."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Refused(
            f"Only {free} MB are free on the disk that holds {folder}; about {megabytes} MB are needed.",
            "Free some space there, then run the same command again.",
        )


def in_plain_words(error: OSError) -> Refused | None:
    """The operating system's refusals that a user can do something about; None for all others."""
    where = error.filename or "the working folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Refused(
            f"{where} can't be read or written by this user.",
            "It may belong to another user (was it made with sudo?): use that user, or a copy of the folder that is yours.",
        )
    return None
