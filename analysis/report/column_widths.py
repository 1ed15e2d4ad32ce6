"""How wide the columns of a printed table are: estimated from their words, because paper doesn't scroll."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from analysis.charts.lettering import width_of

POINTS, PADDING = 8.0, 9.0
SCALES = (1.0, 0.9, 0.8, 0.7, 0.62)
MOST_LINES = 6  # a cell of more is better read in smaller letters
BROKEN_ANYWHERE = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])")  # kana and Han need no space to break a line
SHORT = 70.0  # what is no longer stays on one line, such as a date or a verdict; heads may break


@dataclass(frozen=True)
class Column:
    """At full size: its longest word, its longest line, and how much there is to read in one of its cells."""

    least: float
    wished: float
    weight: float

    def width(self, scale: float, share: float) -> float:
        """Short columns have what they wish; of long ones each has as much as the root of its length, which keeps rows low."""
        return max(scale * self.least, min(scale * self.wished, share * self.weight))

    def lines(self, width: float, scale: float) -> float:
        return scale * self.wished / width


def column_widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> tuple[list[float], float]:
    """Points for each column and how much smaller than `POINTS` the letters are: no column is narrower than its longest word, if there is room."""
    columns = [_column(head, [row[place] for row in rows]) for place, head in enumerate(heads)]
    if sum(column.wished for column in columns) <= room:
        return [round(column.wished, 2) for column in columns], 1.0
    for scale in SCALES:
        widths = _shared(columns, scale, room)
        if widths and max(column.lines(width, scale) for column, width in zip(columns, widths, strict=True)) <= MOST_LINES:
            return widths, scale
    return _at_last(columns, room)


def _at_last(columns: Sequence[Column], room: float) -> tuple[list[float], float]:
    """The largest letters that let every word stand whole; with too many columns even for the smallest, words break."""
    for scale in SCALES:
        if widths := _shared(columns, scale, room):
            return widths, scale
    over = sum(column.least for column in columns) / room
    return [round(column.least / over, 2) for column in columns], SCALES[-1]


def _column(head: str, cells: Sequence[str]) -> Column:
    texts = [head, *cells]
    mean = fmean(width_of(text, POINTS) for text in cells or texts)
    whole = max((line for line in map(_longest_line, cells) if line <= SHORT), default=0.0)
    return Column(max(whole, *map(_longest_word, texts)) + PADDING, max(map(_longest_line, texts)) + PADDING, sqrt(mean + PADDING))


def _shared(columns: Sequence[Column], scale: float, room: float) -> list[float]:
    """Empty where the longest words alone need more than there is."""
    if scale * sum(column.least for column in columns) > room:
        return []
    low, high = 0.0, room
    for _halving in range(40):
        share = (low + high) / 2
        low, high = (share, high) if sum(column.width(scale, share) for column in columns) <= room else (low, share)
    return [round(column.width(scale, low), 2) for column in columns]


def _longest_word(text: str) -> float:
    return max((width_of(word, POINTS) for word in BROKEN_ANYWHERE.sub(r" \1 ", text).split()), default=0.0)


def _longest_line(text: str) -> float:
    return max((width_of(line, POINTS) for line in text.splitlines()), default=0.0)
