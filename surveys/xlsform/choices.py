"""The lists on the sheet choices, and which of them are ordered scales."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveys.studyfile.questionnaire import FEWEST_POINTS, MOST_POINTS
from surveys.xlsform.codes import Codes
from surveys.xlsform.columns import Line

FEWEST_NUMBERED = 3  # codes 1 and 2 are mostly a yes and a no
# Codes and names by which forms commonly offer not to answer.
NOT_ANSWERING = frozenset({
    "88", "98", "99", "888", "998", "999", "-88", "-98", "-99", "-888", "-998", "-999", "dk", "dontknow", "donotknow", "cannotjudge", "cannotsay",
    "na", "notapplicable", "noopinion", "refused", "refuse", "noanswer",
})
WHOLE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True)
class Choice:
    """`name` as conditions write it; `code` as the study file takes it."""

    name: str
    code: str
    line: Line
    is_added: bool = False  # by “or_other”, not by a row of the sheet


@dataclass(frozen=True)
class ChoiceList:
    name: str
    choices: tuple[Choice, ...]

    @property
    def row(self) -> int:
        return self.choices[0].line.row


@dataclass(frozen=True)
class Points:
    """A list as an ordered scale, lowest first."""

    choices: tuple[Choice, ...]
    left_out: tuple[Choice, ...] = ()  # ways not to answer
    is_numbered: bool = False  # taken for a scale because of its codes alone
    is_turned: bool = False  # the list had the highest first, or no order


def choice_lists(lines: Sequence[Line]) -> dict[str, ChoiceList]:
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        name = line["list_name"].strip()
        if name and (line["name"] or line.text("label")):
            grouped.setdefault(name, []).append(line)
    return {name: _list(name, given) for name, given in grouped.items()}


def _list(name: str, lines: list[Line]) -> ChoiceList:
    codes = Codes()
    return ChoiceList(name, tuple(Choice(line["name"], codes.take(line["name"], f"option-{number}"), line) for number, line in enumerate(lines, 1)))


def points_of(given: ChoiceList, *, is_scale: bool) -> Points | None:
    """The list as a scale: where the form says that it is one, or its codes count up; else None."""
    answers = tuple(choice for choice in given.choices if not is_not_answering(choice.name))
    left_out = tuple(choice for choice in given.choices if is_not_answering(choice.name))
    if not FEWEST_POINTS <= len(answers) <= MOST_POINTS:
        return None
    counted = in_counted_order(answers)
    if counted and (is_scale or len(answers) >= FEWEST_NUMBERED):
        return Points(counted, left_out, is_numbered=not is_scale, is_turned=counted != answers)
    return Points(answers, left_out) if is_scale else None


def in_counted_order(choices: tuple[Choice, ...]) -> tuple[Choice, ...] | None:
    """By their codes, where these count from 0 or 1 without a gap."""
    if not all(WHOLE.fullmatch(choice.name) for choice in choices):
        return None
    ordered = tuple(sorted(choices, key=lambda choice: int(choice.name)))
    first = int(ordered[0].name)
    is_counting = [int(choice.name) for choice in ordered] == list(range(first, first + len(ordered)))
    return ordered if is_counting and first in (0, 1) else None


def is_not_answering(name: str) -> bool:
    return re.sub(r"[\s_']", "", name.lower()) in NOT_ANSWERING


def with_other(given: ChoiceList, line: Line) -> ChoiceList:
    """The list with an “other” at its end, unless it has one."""
    if any(choice.name.lower() == "other" for choice in given.choices):
        return given
    codes = Codes(*(choice.code for choice in given.choices))
    return replace(given, choices=(*given.choices, Choice("other", codes.take("other", "other"), line, is_added=True)))
