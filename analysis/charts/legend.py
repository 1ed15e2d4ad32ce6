"""The key under a picture: a sample of each mark with its words, set in lines as text is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.lettering import SMALL, widest, wrapped
from analysis.charts.shapes import LINE_HEIGHT, Box, Drawing, Shape, Words

SAMPLE, GAP, LINE = 30.0, 18.0, 22.0


@dataclass(frozen=True)
class Entry:
    """`sample` draws the mark around the place it is given, in a room 26 wide and 14 high; without one the words stand alone."""

    text: str
    sample: Callable[[float, float], Sequence[Shape]] | None = None


def legend_of(entries: Sequence[Entry], width: float) -> Drawing | None:
    """None where there is nothing to explain."""
    if not entries:
        return None
    shapes: list[Shape] = []
    x, y = 0.0, 4.0
    for entry in entries:
        before = SAMPLE if entry.sample else 0.0
        lines = wrapped(entry.text, width - before, SMALL)
        taken = before + widest(lines, SMALL)
        if x and x + taken > width:
            x, y = 0.0, y + LINE
        shapes += [*(entry.sample(x + 13, y + 9) if entry.sample else ()), Words(x + before, y + 13, lines, "chart-key", "start", SMALL)]
        x += taken + GAP
        if len(lines) > 1:
            x, y = 0.0, y + LINE + (len(lines) - 1) * SMALL * LINE_HEIGHT
    return Drawing(width, y + (LINE if x else 0), tuple(shapes))


def protected_entry() -> Entry:
    return Entry(_("Protected: showing it could give somebody away"), lambda x, y: [Box(x - 12, y - 7, 24, 14, "chart-hidden", 3)])
