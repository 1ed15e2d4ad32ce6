"""The questionnaire: groups with a label become sections, questions items, notes the help of the question after them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from surveys.studyfile.shapes import MOST_CHARACTERS
from surveys.xlsform.columns import Line
from surveys.xlsform.draft import Draft
from surveys.xlsform.grids import heading_of, matrix_item, rank_item, rows_of, score_item, table_item
from surveys.xlsform.items import Item, item_of
from surveys.xlsform.outline import Group, Question, is_yes
from surveys.xlsform.report import HELP, SECTION, Entry

Node = Question | Group
Whole = Callable[[Group, Sequence[str], Draft], Item | None]
WHOLE_GROUPS: dict[str, Whole] = {"score": score_item, "rank": rank_item, "matrix": matrix_item}


@dataclass(frozen=True)
class Around:
    """What surrounds a question: the group that gives its section the heading (None: the form), and the groups' conditions."""

    heading: Group | None = None
    conditions: tuple[str, ...] = ()


@dataclass
class Sections:
    draft: Draft
    title: Mapping[str, str]
    found: list[dict[str, Any]] = field(default_factory=list)
    headings: list[Group | None] = field(default_factory=list)  # of each section
    notes: list[tuple[Line, Entry]] = field(default_factory=list)  # waiting for the question after them
    groups: dict[int, Entry] = field(default_factory=dict)  # a group's row → what became of it

    @property
    def items(self) -> list[Item]:
        return [item for section in self.found for item in section["items"]]

    def take(self, nodes: Sequence[Node], around: Around) -> None:
        for node in nodes:
            if isinstance(node, Group):
                self.take_group(node, around)
            else:
                self.take_question(node, around)

    def take_question(self, question: Question, around: Around) -> None:
        entry = self.draft.report.entry(question.line.row, question.name, question.line["type"])
        if is_yes(question.line["disabled"]):
            entry.remark(_("It is disabled in the form."))
        elif question.type.base == "note":
            self.notes.append((question.line, entry))
        else:
            self.place(item_of(question, around.conditions, self.draft, entry), question.line, around)

    def take_group(self, group: Group, around: Around) -> None:
        if is_yes(group.line["disabled"]):
            self.draft.report.entry(group.line.row, group.name, group.line["type"]).remark(_("It is disabled in the form."))
        elif group.kind in WHOLE_GROUPS:
            self.place(WHOLE_GROUPS[group.kind](group, around.conditions, self.draft), group.line, around)
        elif rows := rows_of(group, self.draft):
            self.take_table(group, rows, around)
        else:
            self.take_plain(group, around)

    def take_table(self, group: Group, rows: Sequence[Question], around: Around) -> None:
        """The grid first, then whatever else stands in the group."""
        self.place(table_item(group, rows, around.conditions, self.draft), group.line, around)
        taken = [*rows, heading_of(group, rows)]
        others = [child for child in group.children if child not in taken]
        self.take(others, Around(around.heading, _conditions(around, group)))

    def take_plain(self, group: Group, around: Around) -> None:
        entry = self.draft.report.entry(group.line.row, group.name, group.line["type"])
        self.groups[group.line.row] = entry
        if group.kind == "repeat":
            entry.remark(_("Its questions are asked once; nothing is repeated here."))
        heading = group if group.line.text("label") else around.heading
        self.take(group.children, Around(heading, _conditions(around, group)))
        if not entry.became:
            entry.remark(_("It makes no section of its own."))

    def place(self, item: Item | None, line: Line, around: Around) -> None:
        """At the end of the section of its heading, which begins anew after another one."""
        if item is None:
            return
        self.add_help(item, line)
        if not self.found or self.headings[-1] is not around.heading:
            self.begin(around.heading)
        self.found[-1]["items"].append(item)

    def begin(self, heading: Group | None) -> None:
        title = self.draft.text(heading.line, heading.name) if heading else dict(self.title)
        code = self.draft.section_codes.take(heading.name if heading else "questions", f"section-{len(self.found) + 1}")
        self.found.append({"section": code, "title": title, "items": []})
        self.headings.append(heading)
        entry = self.groups.get(heading.line.row) if heading else None
        if entry and entry.became:
            entry.remark(_("It goes on after the group inside it, in a section of its own: %(code)s.") % {"code": code})
        elif entry:
            entry.became, entry.code = SECTION, code

    def add_help(self, item: Item, line: Line) -> None:
        """The notes before the question, then its own hint."""
        given = [note.text("label") for note, _entry in self.notes] + [line.text("hint")]
        for note, entry in self.notes:
            if note.text("label"):
                entry.became, entry.code = HELP, item["code"]
            else:
                entry.remark(_("It has no text."))
            if note["relevant"]:
                entry.remark(_("It is shown to everybody."))
        self.notes.clear()
        texts = {language: "\n\n".join(text[language] for text in given if language in text)[:MOST_CHARACTERS].strip()
                 for language in self.draft.languages.codes if any(language in text for text in given)}
        if texts:
            item["help"] = self.draft.languages.complete(texts, "")

    def end(self) -> None:
        for _line, entry in self.notes:
            entry.remark(_("No question follows it. Write it into the study's information."))
        self.notes.clear()


def _conditions(around: Around, group: Group) -> tuple[str, ...]:
    return (*around.conditions, group.line["relevant"]) if group.line["relevant"] else around.conditions
