"""What a value of the study file may be. Each shape checks a value, and says the same as JSON Schema.

The whole format is built of shapes (`surveys/studyfile/study.py`), so that reader, schema and writer can't drift apart.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from email.utils import parseaddr
from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.studyfile.problems import Path, Place, shown

Schema = dict[str, Any]
MOST_CHARACTERS = 20_000


class Shape:
    """One kind of value. Stateless after construction."""

    wanted: str | Promise = gettext_lazy("a value")
    takes_text: ClassVar[bool] = False

    def check(self, value: Any, place: Place) -> None:
        """Reports what is wrong with `value`, and never raises."""
        raise NotImplementedError

    def schema(self) -> Schema:
        raise NotImplementedError

    def arranged(self, value: Any, languages: Sequence[str]) -> Any:
        """An accepted value with its keys in the order in which people read them."""
        return value

    def texts(self, value: Any, path: Path) -> Iterator[tuple[Path, Collection[str] | None]]:
        """For every text in an accepted value its path and its languages; None: in the source language only."""
        return iter(())

    def refuse(self, value: Any, place: Place) -> None:
        if value is None:
            place.refuse(_("is empty. Give %(wanted)s, or remove the key.") % {"wanted": self.wanted})
        elif isinstance(value, int | float) and self.takes_text:
            place.refuse(_("must be %(wanted)s, not %(given)s. Write it in quotes.") % {"wanted": self.wanted, "given": shown(value)})
        else:
            place.refuse(_("must be %(wanted)s, not %(given)s.") % {"wanted": self.wanted, "given": shown(value)})


class Flag(Shape):
    wanted = gettext_lazy("true or false")

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, bool):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Whole(Shape):
    """A whole number within limits."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.wanted = format_lazy(gettext_lazy("a whole number from {low} to {high}"), low=low, high=high)

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Number(Shape):
    """A number, true and false not among them."""

    wanted = gettext_lazy("a number")

    def check(self, value: Any, place: Place) -> None:
        if not is_number(value):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "number"}


class Answer(Shape):
    """An answer that a condition waits for: an option's code, or a number."""

    wanted = gettext_lazy("an option's code or a number")

    def check(self, value: Any, place: Place) -> None:
        if not is_number(value) and not (isinstance(value, str) and CODE.compiled.fullmatch(value)):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number"}, CODE.schema()]}


class Word(Shape):
    """One of a few words; others are known, and not there yet."""

    takes_text = True

    def __init__(self, *words: str, not_there_yet: Collection[str] = ()) -> None:
        self.words, self.not_there_yet = words, not_there_yet
        self.wanted = words[0] if len(words) == 1 else format_lazy(gettext_lazy("one of {words}"), words=", ".join(words))

    def check(self, value: Any, place: Place) -> None:
        if isinstance(value, str) and value in self.not_there_yet:
            place.refuse(_("%(value)s is not there yet. Use %(words)s.") % {"value": value, "words": ", ".join(self.words)})
        elif not isinstance(value, str) or value not in self.words:
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


class Patterned(Shape):
    """A text without spaces by a pattern, which is the same in Python and in JSON Schema."""

    takes_text = True

    def __init__(self, pattern: str, wanted: str | Promise) -> None:
        self.pattern, self.wanted = pattern, wanted
        self.compiled = re.compile(pattern)

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str) or not self.compiled.fullmatch(value):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^{self.pattern}$"}


# studies/new/ is a page of its own.
SLUG = Patterned("(?!new$)[a-z0-9][a-z0-9-]{0,79}", gettext_lazy("a slug other than “new”: at most 80 lower-case letters, digits and hyphens"))
CODE = Patterned("[A-Za-z0-9][A-Za-z0-9_-]{0,59}", gettext_lazy("a code: at most 60 letters a to z, digits, hyphens, underscores"))
LANGUAGE = Patterned("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", gettext_lazy("a language code such as en, ko or zh-Hant"))


class Reference(Shape):
    """The name or code of another part of the file; whether it is there is checked with the others."""

    wanted = gettext_lazy("a name")
    takes_text = True

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return CODE.schema()


class Line(Shape):
    """A plain text on one line, the same in every language."""

    wanted = gettext_lazy("a text on one line")
    takes_text = True

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str) or not value.strip() or "\n" in value or len(value) > 200:
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^[^\n]*[^\s][^\n]*$", "maxLength": 200}


class Sender(Line):
    """Whom mail comes from: an address, with a name before it or not."""

    wanted = gettext_lazy("an e-mail address such as delphi@example.org or Delphi <delphi@example.org>")

    def check(self, value: Any, place: Place) -> None:
        address = parseaddr(value)[1] if isinstance(value, str) and "\n" not in value and len(value) <= 200 else ""
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^[^\n]*@[^\n]*$", "maxLength": 200}


class TimeZone(Shape):
    wanted = gettext_lazy("a time zone such as Asia/Seoul")
    takes_text = True

    def check(self, value: Any, place: Place) -> None:
        if not isinstance(value, str) or value not in time_zones():
            self.refuse(value, place)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[A-Za-z0-9_+/-]+$"}


class CheckedByKind(Shape):
    """A value that the item's kind judges itself; here only what the schema says of it."""

    def __init__(self, schema: Schema) -> None:
        self.given = schema

    def check(self, value: Any, place: Place) -> None:
        if value is None:
            place.refuse(_("is empty. Give a value, or remove the key."))

    def schema(self) -> Schema:
        return self.given


def is_number(value: Any) -> bool:
    """A finite number, true and false not among them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


@cache
def time_zones() -> frozenset[str]:
    """Kept, because asking walks through a folder tree."""
    return frozenset(available_timezones())
