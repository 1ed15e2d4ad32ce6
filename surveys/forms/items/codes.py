"""Codes for files, proposed from what people write."""

import re
from collections.abc import Sequence

from django.utils.text import slugify

from surveys.studyfile.editing import free_code

MOST_SIGNS = 30
NOT_IN_CODES = re.compile(r"[^a-z0-9-]+")


def code_from(text: str, fallback: str) -> str:
    """The first words of a text in letters that a code can have; `fallback` where it has none, as in Korean or Japanese."""
    words = NOT_IN_CODES.sub("-", slugify(text)).strip("-").split("-")
    found = ""
    for word in words:
        if found and len(found) + len(word) >= MOST_SIGNS:
            break
        found = f"{found}-{word}" if found else word[:MOST_SIGNS]
    return found or fallback


def proposed_codes(entries: Sequence[tuple[str, str]]) -> list[str]:
    """For each pair of code and text its code, made from the text where none is given, never one that is there already."""
    taken = {code for code, _text in entries if code}
    found = []
    for place, (code, text) in enumerate(entries, 1):
        if not code:
            code = free_code(taken, code_from(text, f"option-{place}"))
            taken.add(code)
        found.append(code)
    return found
