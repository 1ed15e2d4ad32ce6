"""How much room words take, and where their lines break: estimated, because a picture is made before any browser sees it."""

import unicodedata
from functools import lru_cache
from itertools import pairwise

NARROW = frozenset("iljtfr.,:;'’|!()[]I·")
WIDE = frozenset("mwMW@%—")
NEVER_FIRST, NEVER_LAST = frozenset("、。，．・：；？！）」』】ーっゃゅょァィゥェォッャュョ々,.:;?!)]%"), frozenset("（「『【([")
SMALL, TEXT = 12.0, 14.0


@lru_cache(1 << 12)
def _em(letter: str) -> float:
    """Slightly more than the letters of the interface's faces measure: room too much is seen by nobody."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter == " ":
        return 0.3
    if letter in NARROW:
        return 0.37
    if letter in WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.6


def width_of(text: str, size: float = TEXT) -> float:
    return sum(_em(letter) for letter in text) * size


def widest(lines: tuple[str, ...], size: float = TEXT) -> float:
    return max((width_of(line, size) for line in lines), default=0.0)


def wrapped(text: str, width: float, size: float = TEXT) -> tuple[str, ...]:
    """Lines no wider than `width`: broken between words, in Japanese between letters, and inside another word only where it alone is too wide."""
    lines: list[str] = []
    for before, word in _parts(text):
        joined = lines[-1] + before + word if lines else word
        if lines and width_of(joined, size) <= width:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, width, size))
    return tuple(lines) or ("",)


def _parts(text: str) -> list[tuple[str, str]]:
    """What a line may begin with, each with the space before it; no line begins with a sign that closes."""
    parts: list[tuple[str, str]] = []
    for word in text.split():
        parts.append((" ", word[0]))
        for last, letter in pairwise(word):
            if letter not in NEVER_FIRST and last not in NEVER_LAST and (_is_japanese(letter) or _is_japanese(last)):
                parts.append(("", letter))
            else:
                parts[-1] = (parts[-1][0], parts[-1][1] + letter)
    return parts


def _is_japanese(letter: str) -> bool:
    """Kana and Han; Korean keeps its words whole, as the interface does."""
    return "\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff"


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def anchored(x: float, width: float, left: float, right: float) -> str:
    """The anchor that keeps words of a width inside the edges: middle where there is room."""
    if x - width / 2 < left:
        return "start"
    return "end" if x + width / 2 > right else "middle"
