"""Where names stand beside the points of a map: next to their point, off the others, inside the edges."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.charts.lettering import SMALL, width_of

HEIGHT, AWAY, RADIUS = 15.0, 9.0, 7.0
OUTSIDE, ON_WORDS, ON_POINT, ON_LINE = 1000.0, 100.0, 20.0, 1.0  # what it costs, so that the least bad place is found


@dataclass(frozen=True)
class Area:
    left: float
    top: float
    right: float
    foot: float

    def overlap(self, other: "Area") -> float:
        """The shared area; 0 where they only touch."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.foot, other.foot) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def is_inside(self, other: "Area") -> bool:
        return self.left >= other.left and self.right <= other.right and self.top >= other.top and self.foot <= other.foot


@dataclass(frozen=True)
class Label:
    """`anchor` and the place of the text's foot, as SVG wants them."""

    text: str
    x: float
    y: float
    anchor: str
    area: Area


def candidates(text: str, x: float, y: float) -> list[Label]:
    """Right first, where readers look, then left, above, below and the corners."""
    width, middle = width_of(text, SMALL), 4.0
    found = []
    for anchor, dx, dy in (("start", AWAY, 0), ("end", -AWAY, 0), ("middle", 0, -AWAY - 6), ("middle", 0, AWAY + 6), ("start", AWAY, -11), ("start", AWAY, 11),
                           ("end", -AWAY, -11), ("end", -AWAY, 11), ("middle", 0, -AWAY - 20), ("middle", 0, AWAY + 20)):
        left = x + dx - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        top = y + dy - HEIGHT / 2
        found.append(Label(text, x + dx, y + dy + middle, anchor, Area(left, top, left + width, top + HEIGHT)))
    return found


def placed(texts: Sequence[str], points: Sequence[tuple[float, float]], inside: Area, words: Sequence[Area] = (), lines: Sequence[Area] = ()) -> list[Label]:
    """One label for each point, in their order. The most crowded are set first, then all once more against what is there."""
    dots = [Area(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    chosen: dict[int, Label] = {}
    for place in [*_crowded_first(points), *_crowded_first(points)]:
        others = [*words, *(label.area for key, label in chosen.items() if key != place)]
        foreign = [dot for key, dot in enumerate(dots) if key != place]
        chosen[place] = min(candidates(texts[place], *points[place]), key=lambda label: _cost(label.area, inside, others, foreign, lines))
    return [chosen[place] for place in range(len(points))]


def where_room(texts: Sequence[str], points: Sequence[tuple[float, float]], inside: Area, words: Sequence[Area] = ()) -> list[Label]:
    """Labels of those points that have room for one, the loneliest first: for more points than can all be named."""
    dots = [Area(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in points]
    taken, found = list(words), []
    for place in reversed(_crowded_first(points)):
        others = [*taken, *dots[:place], *dots[place + 1 :]]
        free = next((label for label in candidates(texts[place], *points[place])
                     if label.area.is_inside(inside) and not any(map(label.area.overlap, others))), None)
        if free is not None:
            taken.append(free.area)
            found.append(free)
    return found


def _crowded_first(points: Sequence[tuple[float, float]]) -> list[int]:
    def room(place: int) -> float:
        x, y = points[place]
        return min(((x - x2) ** 2 + (y - y2) ** 2 for other, (x2, y2) in enumerate(points) if other != place), default=0.0)

    return sorted(range(len(points)), key=room)


def _cost(area: Area, inside: Area, words: Sequence[Area], dots: Sequence[Area], lines: Sequence[Area]) -> float:
    return ((0 if area.is_inside(inside) else OUTSIDE) + ON_WORDS * sum(map(area.overlap, words)) + ON_POINT * sum(map(area.overlap, dots))
            + ON_LINE * sum(map(area.overlap, lines)))


def is_readable(labels: Sequence[Label], inside: Area, words: Sequence[Area] = ()) -> bool:
    """No name lies on another one, on fixed words, or outside."""
    areas = [label.area for label in labels]
    apart = all(not one.overlap(other) for place, one in enumerate(areas) for other in [*areas[place + 1 :], *words])
    return apart and all(area.is_inside(inside) for area in areas)
