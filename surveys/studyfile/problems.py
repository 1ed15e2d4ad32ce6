"""A mistake in a study file: where it is, what it is, what to do. Collected first, then refused all at once."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.exceptions import FileRefused

Path = tuple[str | int, ...]

MOST_PROBLEMS = 500  # nobody reads more; a hostile file would have hundreds of thousands
PLAIN_STEP = re.compile(r"[\w-]{1,60}")
MOST_SHOWN = 40


class StudyFileProblem(NamedTuple):
    line: int
    path: str
    text: str

    def __str__(self) -> str:
        text = _("line %(line)s: %(path)s: %(problem)s") if self.path else _("line %(line)s: %(problem)s")
        return text % {"line": self.line, "path": self.path, "problem": self.text}


class StudyFileRefused(FileRefused):
    """A study file with mistakes: `found` has them with line and path apart, `problems` as they are shown."""

    def __init__(self, found: Iterable[StudyFileProblem]) -> None:
        self.found = sorted(found, key=lambda problem: problem.line)
        super().__init__([str(problem) for problem in self.found])


class Report:
    """The mistakes found so far, and what every check needs to know: lines and languages."""

    def __init__(self, lines: Mapping[Path, int] | None = None) -> None:
        self.lines = {} if lines is None else lines
        self.languages: list[str] = []  # source language first; empty while unknown
        self.found: list[StudyFileProblem] = []
        self.places: set[Path] = set()

    @property
    def is_full(self) -> bool:
        return len(self.found) >= MOST_PROBLEMS

    def line_of(self, path: Path) -> int:
        """The line of the key or entry at `path`; of what surrounds it where it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def add(self, path: Path, text: str, line: int | None = None) -> None:
        if self.is_full:
            return
        self.places.add(path)
        self.found.append(StudyFileProblem(self.line_of(path) if line is None else line, path_text(path), text))

    def refuse_if_any(self) -> None:
        """Raises StudyFileRefused unless nothing was found."""
        if not self.found:
            return
        if self.is_full:
            last = max(problem.line for problem in self.found)
            self.found.append(StudyFileProblem(last, "", _("there may be more mistakes. Mend these first.")))
        raise StudyFileRefused(self.found)


@dataclass(frozen=True)
class Place:
    """A path in the file together with the report that takes what is wrong there."""

    report: Report
    path: Path = ()

    def at(self, *steps: str | int) -> "Place":
        return Place(self.report, (*self.path, *steps))

    def refuse(self, text: str) -> None:
        self.report.add(self.path, text)


def path_text(path: Path) -> str:
    """questionnaire[0].items[2].scale"""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif PLAIN_STEP.fullmatch(step):
            text += f".{step}" if text else step
        else:
            text += f"[{quoted(step)}]"
    return text


def quoted(text: str) -> str:
    """A text as it is shown in a message: in quotes, on one line, not too long."""
    short = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
    encodable = short.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(encodable, ensure_ascii=False)


def shown(value: Any) -> str:
    """What was given, in a few words."""
    if isinstance(value, str):
        return _("the text %(text)s") % {"text": quoted(value)} if value.strip() else _("an empty text")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)[:MOST_SHOWN]
    if isinstance(value, dict):
        return _("a mapping")
    return _("a list") if isinstance(value, list) else pgettext("a value", "empty")


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names one after the other; a long list is cut and says so."""
    every = list(names)
    cut = ", ".join(every[:most])
    return _("%(names)s, … (%(count)s in all)") % {"names": cut, "count": len(every)} if len(every) > most else cut
