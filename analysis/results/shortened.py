"""Questions as labels of charts, where whole sentences have no room."""

from collections import Counter
from collections.abc import Sequence

LONGEST_LABEL = 90
LONGEST_WORD = 20  # a text without spaces, as in Japanese, ends anywhere


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    """Ends after a whole word where there is one near the end."""
    if len(text) <= longest:
        return text
    whole, space, _rest = text[:longest].rpartition(" ")
    kept = whole if space and longest - len(whole) <= LONGEST_WORD else text[: longest - 1]
    return f"{kept.rstrip(' ,;:')}…"


def told_apart(texts: Sequence[str], longest: int = LONGEST_LABEL) -> list[str]:
    """Labels of one chart: texts that only differ near their ends, as in a date, stay whole."""
    labels = {text: shortened(text, longest) for text in texts}
    used = Counter(labels.values())
    return [labels[text] if used[labels[text]] == 1 else text for text in texts]
