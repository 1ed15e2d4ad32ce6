"""A word that turns a question round: one sign more or less, and nobody's answer means what it said.

The lists hold what negates in the three languages of the interface. In any other language only the size of a change is judged.
"""

import re

NEGATING: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:not|no|never|none|nobody|nothing|nor|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE),
    "ko": re.compile(r"않|없|아니|아닌|아닙|못|(?<!\S)안(?=\s)"),
    "ja": re.compile(r"ない|なく|なかっ|なし|ません|ぬ|ず|不|非|無|未"),
}
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-")  # English ones: likely, unlikely
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_negated_anew(before: str, after: str, language: str) -> bool:
    """Does a change add a negation, or take one away? One that is only written otherwise (can't, can not) is none."""
    code = language.partition("-")[0]
    pattern = NEGATING.get(code)
    if pattern is None:
        return False
    return len(pattern.findall(before)) != len(pattern.findall(after)) or (code == "en" and _has_other_prefix(before, after))


def _has_other_prefix(before: str, after: str) -> bool:
    old, new = (set(WORD.findall(text.lower())) for text in (before, after))
    gone, come = old - new, new - old
    return any(prefix + word in others for words, others in ((gone, come), (come, gone)) for word in words for prefix in PREFIXES)
