"""What a page of translations sends: a text for each of its keys, what was read of it, and whether it is marked as reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from surveys.workflow.translations import Written

MOST_KEYS = 200  # a page holds thirty; whoever sends more has not sent a page


@dataclass(frozen=True)
class Sent:
    """One text as it was sent. `typed` is None where the page had no field for it, because it can't be changed now."""

    key: str
    typed: str | None
    seen: str
    was_reviewed: bool
    is_marked: bool

    @property
    def has_new_mark(self) -> bool | None:
        """None where the mark stayed: a text that was changed under an old mark is a draft again."""
        return None if self.is_marked == self.was_reviewed else self.is_marked

    def written(self, present: str, *, marks_all: bool) -> Written:
        text = present if self.typed is None else self.typed
        return Written(text, seen=self.seen, is_reviewed=True if marks_all and text.strip() else self.has_new_mark)


def sent_texts(data: QueryDict) -> list[Sent]:
    keys = list(dict.fromkeys(data.getlist("key")))[:MOST_KEYS]
    return [Sent(key, data.get(f"text-{key}"), data.get(f"seen-{key}", ""), f"was-{key}" in data, f"reviewed-{key}" in data) for key in keys]


def written_texts(sent: list[Sent], present: Mapping[str, str], *, marks_all: bool) -> dict[str, Written]:
    """`present`: key → the translation of now; `marks_all`: everything on the page was read."""
    return {one.key: one.written(present.get(one.key, ""), marks_all=marks_all) for one in sent}
