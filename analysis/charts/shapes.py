"""What a picture is made of: boxes, strokes, dots, paths and words at places in pixels, and how each is written as SVG.

One writer serves the page and the file, so both always show the same. A shape carries a *look*, a class whose colours
stand in static/css/charts.css for pages and in `looks.py` for files; no shape knows a colour.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

LINE_HEIGHT = 1.3
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, production 2


def px(number: float) -> str:
    """A length as SVG writes it: always with a point, two decimals at most."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Markup(str):
    """SVG that templates don't escape again, because every text in it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def said(text: str) -> str:
    """Text as XML may hold it: escaped, and without the control signs that no XML file can have."""
    return escape(FORBIDDEN.sub("", text))


def _way(look: str, way: str) -> str:
    return f'<path d="{way}" class="{look}"/>'


def _attributes(look: str, **numbers: float) -> str:
    named = " ".join(f'{name}="{px(number)}"' for name, number in numbers.items())
    return f'class="{look}" {named}'


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    look: str
    radius: float = 0.0

    def svg(self) -> str:
        corner = {"rx": self.radius} if self.radius else {}
        return f"<rect {_attributes(self.look, x=self.x, y=self.y, width=max(self.width, 0), height=max(self.height, 0), **corner)}/>"


@dataclass(frozen=True)
class Stroke:
    x1: float
    y1: float
    x2: float
    y2: float
    look: str

    def svg(self) -> str:
        return f"<line {_attributes(self.look, x1=self.x1, y1=self.y1, x2=self.x2, y2=self.y2)}/>"


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    radius: float
    look: str

    def svg(self) -> str:
        return f"<circle {_attributes(self.look, cx=self.x, cy=self.y, r=self.radius)}/>"


@dataclass(frozen=True)
class Outline:
    """Straight lines through points; `closed` makes an area of it."""

    points: tuple[tuple[float, float], ...]
    look: str
    closed: bool = False

    def svg(self) -> str:
        way = "L".join(f"{px(x)} {px(y)}" for x, y in self.points)
        return _way(self.look, f"M{way}{'Z' if self.closed else ''}")


@dataclass(frozen=True)
class Ribbon:
    """An area between two columns: its upper and lower edges at both, joined by smooth curves."""

    left: tuple[float, float, float]  # x, upper, lower
    right: tuple[float, float, float]
    look: str

    def svg(self) -> str:
        (x1, top1, foot1), (x2, top2, foot2) = self.left, self.right
        middle = px((x1 + x2) / 2)
        upper = f"M{px(x1)} {px(top1)}C{middle} {px(top1)} {middle} {px(top2)} {px(x2)} {px(top2)}"
        lower = f"L{px(x2)} {px(foot2)}C{middle} {px(foot2)} {middle} {px(foot1)} {px(x1)} {px(foot1)}Z"
        return _way(self.look, upper + lower)


@dataclass(frozen=True)
class Words:
    """Text of one line or more. `y` is the foot of the first line; `anchor` start, middle or end."""

    x: float
    y: float
    lines: tuple[str, ...]
    look: str
    anchor: str = "start"
    size: float = 14.0

    def svg(self) -> str:
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        opening = f'<text {_attributes(self.look, **{"font-size": self.size})}{anchor}'
        if len(self.lines) == 1:
            return f'{opening} x="{px(self.x)}" y="{px(self.y)}">{said(self.lines[0])}</text>'
        places = (self.y + place * self.size * LINE_HEIGHT for place in range(len(self.lines)))
        # the space ends a line for whoever copies or hears the words
        spans = " ".join(f'<tspan x="{px(self.x)}" y="{px(y)}">{said(line)}</tspan>' for line, y in zip(self.lines, places, strict=True))
        return f"{opening}>{spans}</text>"


@dataclass(frozen=True)
class Placed:
    """A whole drawing as a part of another one."""

    drawing: "Drawing"
    x: float
    y: float

    def svg(self) -> str:
        return f'<g transform="translate({px(self.x)} {px(self.y)})">{self.drawing.markup}</g>'


Shape = Box | Stroke | Dot | Outline | Ribbon | Words | Placed


@dataclass(frozen=True)
class Drawing:
    """Shapes on a ground of a size. A template writes `{{ drawing.markup }}` inside its own <svg>."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = ()

    @property
    def markup(self) -> Markup:
        return Markup("".join(shape.svg() for shape in self.shapes))

    @property
    def view(self) -> str:
        return f"0 0 {px(self.width)} {px(self.height)}"

    @property
    def wide(self) -> str:
        """The width in rem, so that a picture grows with the reader's text."""
        return f"{px(self.width / 16)}rem"

    @property
    def high(self) -> str:
        return f"{px(self.height / 16)}rem"


def flat(drawing: Drawing) -> list[Shape]:
    """All shapes, those of drawings in it too, at their own drawing's places."""
    found: list[Shape] = []
    for shape in drawing.shapes:
        found += flat(shape.drawing) if isinstance(shape, Placed) else [shape]
    return found


def texts(drawing: Drawing) -> list[str]:
    """All words of a drawing, lines joined."""
    return [" ".join(shape.lines) for shape in flat(drawing) if isinstance(shape, Words)]


def stacked(drawings: Iterable[Drawing | None], gap: float = 0.0) -> Drawing | None:
    """One under the other; None where there are none."""
    y, width, shapes = 0.0, 0.0, list[Shape]()
    for drawing in drawings:
        if drawing is not None:
            y += gap if shapes else 0
            shapes.append(Placed(drawing, 0, y))
            y, width = y + drawing.height, max(width, drawing.width)
    return Drawing(width, y, tuple(shapes)) if shapes else None
