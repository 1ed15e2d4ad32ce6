"""Codes that the study file takes, from names that a form may write as it likes."""

import re
import unicodedata

from surveys.studyfile.shapes import CODE, SLUG

LONGEST = 60


class Codes:
    """Gives each name a code of its own. A name that is a code already stays as it is."""

    def __init__(self, *taken: str) -> None:
        self.taken = set(taken)
        self.next: dict[str, int] = {}  # where to go on counting, or a thousand equal names would take a million steps

    def take(self, name: str, fallback: str) -> str:
        wanted = name if CODE.compiled.fullmatch(name) else plain_code(name) or fallback
        code, number = wanted, self.next.get(wanted, 2)
        while code in self.taken:
            code, number = f"{wanted[: LONGEST - 1 - len(str(number))]}-{number}", number + 1
        self.next[wanted] = number
        self.taken.add(code)
        return code


def plain_code(name: str) -> str:
    """Small letters, digits and hyphens; "" where nothing of the name can stay."""
    ascii_only = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST].strip("-")


def slug_of(*names: str) -> str:
    """The first of the names that makes a slug."""
    for name in names:
        slug = name if SLUG.compiled.fullmatch(name) else plain_code(name)
        if SLUG.compiled.fullmatch(slug):
            return slug
    return "xlsform"
