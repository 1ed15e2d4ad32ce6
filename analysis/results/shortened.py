"""Questions as labels of charts, where whole sentences have no room."""

LONGEST_LABEL = 90


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
