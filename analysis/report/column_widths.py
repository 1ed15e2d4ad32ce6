"""How wide the columns of a printed table are: estimated from their words, because paper doesn't scroll."""

from collections.abc import Sequence

from analysis.charts.lettering import width_of

POINTS, PADDING, LEAST_SCALE = 8.0, 9.0, 0.62
WIDEST = 190.0  # a longer text may break


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> tuple[list[float], float]:
    """Points for each column and how much smaller than `POINTS` the letters are: no column is narrower than its longest word, if there is room."""
    columns = [[head, *(row[place] for row in rows)] for place, head in enumerate(heads)]
    least = [max(map(_longest_word, column)) + PADDING for column in columns]
    wished = [max(narrow, min(WIDEST, max(width_of(text, POINTS) for text in column) + PADDING)) for narrow, column in zip(least, columns, strict=True)]
    if sum(wished) <= room:
        return [round(width, 2) for width in wished], 1.0
    scale = max(min(1.0, room / sum(least)), LEAST_SCALE)
    narrow, wide = [width * scale for width in least], [width * scale for width in wished]
    return _shared(narrow, wide, room), scale


def _shared(least: Sequence[float], wished: Sequence[float], room: float) -> list[float]:
    """The widest give way first, so that short columns keep their lines whole."""
    if (over := sum(least) / room) >= 1:
        return [round(width / over, 2) for width in least]
    low, high = 0.0, max(wished)
    for _halving in range(40):
        limit = (low + high) / 2
        low, high = (limit, high) if sum(_limited(least, wished, limit)) <= room else (low, limit)
    return [round(width, 2) for width in _limited(least, wished, low)]


def _limited(least: Sequence[float], wished: Sequence[float], limit: float) -> list[float]:
    return [max(narrow, min(wide, limit)) for narrow, wide in zip(least, wished, strict=True)]


def _longest_word(text: str) -> float:
    return max((width_of(word, POINTS) for word in text.split()), default=0.0)
