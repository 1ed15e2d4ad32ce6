"""What may follow the "?" of an address: declared once, checked by it, and described by it to programs.

Whatever was not declared is refused, so that a filter with a slip in its name never gives all rows instead of a few.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError


@dataclass(frozen=True)
class Parameter:
    """A whole number when it has a `maximum`, else text, which must match a `pattern` if there is one."""

    name: str
    meaning: str
    minimum: int = 0
    maximum: int | None = None
    pattern: str = ""
    longest: int = 500
    default: int | None = None

    @property
    def shape(self) -> dict[str, Any]:
        """As a JSON schema."""
        if self.maximum is not None:
            default = {} if self.default is None else {"default": self.default}
            return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum, **default}
        return {"type": "string", "maxLength": self.longest, **({"pattern": self.pattern} if self.pattern else {})}

    def read(self, text: str) -> str | int:
        if self.maximum is not None:
            return self._number(text)
        if len(text) > self.longest or (self.pattern and not re.search(self.pattern, text)):
            raise ValidationError({self.name: _("This is not a value that “%(name)s” can have.") % {"name": self.name}})
        return text

    def _number(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
        if not self.minimum <= number <= (self.maximum or 0):
            limits = {"name": self.name, "minimum": self.minimum, "maximum": self.maximum}
            raise ValidationError({self.name: _("“%(name)s” is a whole number from %(minimum)s to %(maximum)s.") % limits})
        return number


def asked_by(query: QueryDict, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Name → value, for those that were given or have a default. Raises ValidationError for what was not declared, is given twice, or can't be."""
    declared = {parameter.name: parameter for parameter in parameters}
    found: dict[str, Any] = {parameter.name: parameter.default for parameter in parameters if parameter.default is not None}
    for name, values in query.lists():
        if name not in declared:
            raise ValidationError({name: _("There is no parameter of this name here.")})
        if len(values) > 1:
            raise ValidationError({name: _("“%(name)s” can be given once.") % {"name": name}})
        found[name] = declared[name].read(values[0])
    return found
