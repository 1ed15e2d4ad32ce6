"""Text: an open question. It has no components, so nothing of it is counted."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.items.base import Component, ItemKind, ItemSpec, Number

MOST_CHARACTERS = 10_000


class TextItem(ItemKind):
    name = "text"

    def components(self, spec: ItemSpec) -> tuple[Component, ...]:
        return ()

    def clean(self, spec: ItemSpec, raw: Mapping[str, str]) -> Any:
        return clean_text(raw.get("", "")) or None

    def to_components(self, spec: ItemSpec, value: Any) -> dict[str, Number | str]:
        return {}


def clean_text(text: str, most: int = MOST_CHARACTERS) -> str:
    """What a person wrote, without characters that no screen shows. Raises ValueError when it is too long."""
    tidy = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if is_printable(sign)).strip()
    if len(tidy) > most:
        raise ValueError(_("This text is too long: %(length)s characters, at most %(most)s.")
                         % {"length": len(tidy), "most": most})
    return tidy


def is_printable(sign: str) -> bool:
    """Not a control character, a lone surrogate, or a sign that turns the direction of writing round."""
    if sign in "\n\t":
        return True
    point = ord(sign)
    return not (point < 32 or 127 <= point < 160 or 0xD800 <= point <= 0xDFFF or 0x202A <= point <= 0x202E or 0x2066 <= point <= 0x2069)
