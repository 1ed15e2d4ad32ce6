"""Questions as labels of charts, where whole sentences have no room."""

LONGEST_LABEL = 90
LONGEST_WORD = 20  # a text without spaces, as in Japanese, ends anywhere


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    """Ends after a whole word where there is one near the end."""
    if len(text) <= longest:
        return text
    whole, space, _rest = text[:longest].rpartition(" ")
    kept = whole if space and longest - len(whole) <= LONGEST_WORD else text[: longest - 1]
    return f"{kept.rstrip(' ,;:')}…"
