"""The rows of the sheet survey as questions and groups inside groups."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from surveys.xlsform.columns import Line
from surveys.xlsform.problems import refuse
from surveys.xlsform.question_types import QuestionType, question_type

DEEPEST = 20
YES = frozenset({"yes", "true", "true()", "1"})


@dataclass
class Question:
    line: Line
    type: QuestionType

    @property
    def name(self) -> str:
        return self.line["name"]


@dataclass
class Group:
    """`kind`: group, repeat, or one of KoboToolbox's own: score, rank, matrix."""

    line: Line
    kind: str
    children: list["Question | Group"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.line["name"]


def is_yes(cell: str) -> bool:
    return cell.strip().lower() in YES


def outline(lines: Iterable[Line]) -> list[Question | Group]:
    """Raises FileRefused where a group is not ended, or ended without having begun."""
    top: list[Question | Group] = []
    opened: list[Group] = []
    for line in lines:
        kind = question_type(line["type"])
        here = opened[-1].children if opened else top
        if kind.block and kind.base == "begin":
            if len(opened) >= DEEPEST:
                refuse(_("groups stand more than %(most)s deep in each other. Flatten them.") % {"most": DEEPEST}, "survey", line.row, "type")
            group = Group(line, kind.block)
            here.append(group)
            opened.append(group)
        elif kind.block:
            if not opened or opened[-1].kind != kind.block:
                refuse(_("“%(end)s” ends nothing that has begun before it. Remove it, or add its beginning.") % {"end": line["type"]},
                       "survey", line.row, "type")
            opened.pop()
        else:
            here.append(Question(line, kind))
    if opened:
        begun = opened[-1].line
        refuse(_("“%(begin)s” is never ended. Add its end.") % {"begin": begun["type"]}, "survey", begun.row, "type")
    return top
