"""The allies on a map: each panel's mean answers to two questions, or on the two axes of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.results.allied_questions import PLANE, Asked

AGAINST = (("abandonment", "entrapment"), ("exposure", "threat"))  # across, up


@dataclass(frozen=True)
class Axis:
    """`dimension`: what it measures; of a plane "x" or "y"."""

    question: Asked
    component: str
    dimension: str


@dataclass(frozen=True)
class AllyMap:
    across: Axis
    up: Axis

    @property
    def theatre(self) -> str:
        return str(self.across.question.definition.get("theatre", ""))

    @property
    def is_plane(self) -> bool:
        return self.across.question is self.up.question


def maps_from(questions: Sequence[Asked]) -> list[AllyMap]:
    """Two questions against each other first, then the planes, each in the questionnaire's order."""
    against = [found for pair in AGAINST for found in _against(questions, *pair)]
    return [*against, *(AllyMap(Axis(each, "x", "x"), Axis(each, "y", "y")) for each in questions if each.item.kind == PLANE)]


def _against(questions: Sequence[Asked], across: str, up: str) -> Iterator[AllyMap]:
    """Questions about the same theatre, or about none."""
    sides = [[each for each in questions if each.definition.get("dimension") == name] for name in (across, up)]
    for first, second in product(*sides):
        if first.definition.get("theatre") == second.definition.get("theatre"):
            yield AllyMap(Axis(first, "", across), Axis(second, "", up))
