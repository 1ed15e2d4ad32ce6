"""Places on a map of two ordered scales: x from left to right, y from bottom to top."""

from dataclasses import dataclass

from surveys.strip.axis import Axis, ordinal_axis
from surveys.strip.shapes import Published, percent


@dataclass(frozen=True)
class PlaneMap:
    """The map of two scales; `columns` and `rows` are where lines between its cells stand."""

    x: Axis
    y: Axis
    columns: tuple[str, ...]
    rows: tuple[str, ...]

    def across(self, value: float) -> str:
        return percent(self.x.share(value))

    def down(self, value: float) -> str:
        """SVG counts from the top, the scale from the bottom."""
        return percent(1 - self.y.share(value))


@dataclass(frozen=True)
class Cross:
    """The middle answers of a group, and as arms the middle half on each scale; an arm is None where it is not published."""

    x: str
    y: str
    across: tuple[str, str] | None  # left and right end
    down: tuple[str, str] | None  # upper and lower end


def plane_map(x_points: int, y_points: int) -> PlaneMap:
    return PlaneMap(ordinal_axis(x_points), ordinal_axis(y_points), _between(x_points), _between(y_points))


def _between(points: int) -> tuple[str, ...]:
    return tuple(percent(place / points) for place in range(1, points))


def cross_on(plane: PlaneMap, x: Published | None, y: Published | None) -> Cross | None:
    """None unless both middle answers are published: one alone is no place."""
    if x is None or y is None or x.median is None or y.median is None:
        return None
    across = None if x.q1 is None or x.q3 is None else (plane.across(x.q1), plane.across(x.q3))
    down = None if y.q1 is None or y.q3 is None else (plane.down(y.q3), plane.down(y.q1))
    return Cross(plane.across(x.median), plane.down(y.median), across, down)
