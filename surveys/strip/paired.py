"""Paired bars: parts of a total, drawn so that the whole width is the total."""

from surveys.strip.shapes import percent


def part_width(part: float, total: float) -> str:
    """The length of a part's bar, never outside the picture."""
    return percent(min(1.0, max(0.0, part / total)))
