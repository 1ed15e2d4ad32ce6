"""An order beside another one: options from first to last, and where each stands in the picture with a line between the two."""

from collections.abc import Mapping, Sequence

from surveys.strip.shapes import percent

MOST_DRAWN = 12  # more lines than these can't be told apart; then the table says it alone


def mean_order(codes: Sequence[str], means: Mapping[str, float | None]) -> tuple[str, ...]:
    """The options by mean position; equal means in the questionnaire's order. Empty unless every option has a mean.

    Means are compared to nine decimals: 7/3 from two sums must not differ by a floating-point hair.
    """
    known = {code: mean for code, mean in means.items() if mean is not None}
    if not codes or any(code not in known for code in codes):
        return ()
    return tuple(sorted(codes, key=lambda code: round(known[code], 9)))


def slope_height(position: int, options: int) -> str:
    """The middle of the row of a position, as a share of the picture's height."""
    return percent((position - 0.5) / options)
