"""A map of points on two axes with words at their ends: items by stability and consensus, allies by abandonment and entrapment."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, end_columns, in_words, tick_text
from analysis.charts.labels import Area, Label, is_readable, placed, where_room
from analysis.charts.legend import Entry, legend_of
from analysis.charts.lettering import SMALL, width_of, wrapped
from analysis.charts.scale import LinearScale
from analysis.charts.shapes import LINE_HEIGHT, Box, Dot, Drawing, Shape, Stroke, Words, stacked

LEFT, TOP, HEIGHT, NARROW_HEIGHT = 36.0, 28.0, 400.0, 264.0
LINE = SMALL * LINE_HEIGHT + 2
CROWD = 30  # points, from which on only those are named that have room
Places = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Range:
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class MapPoint:
    """`sort` says which of the map's sorts it is; each has its own shape. `name` is what a short label stands for."""

    label: str
    x: Range | None = None
    y: Range | None = None
    sort: int = 0
    known: Known = Known.SHOWN
    name: str = ""
    before: tuple[float, float] | None = None  # where it stood the round before, drawn faintly

    @property
    def in_full(self) -> str:
        return f"{self.label}: {self.name}" if self.name else self.label


@dataclass(frozen=True)
class MapAxis:
    """`low` lies left or at the foot, also where it is the larger number; `split` is where the halves part, a registered threshold or the middle."""

    name: str
    low: float
    high: float
    low_word: str
    high_word: str
    split: float | None = None


@dataclass(frozen=True)
class MapWords:
    """What the points are, the words of the quadrants (upper left, upper right, lower left, lower right) and of the sorts."""

    point: str
    quadrants: tuple[str, str, str, str] = ("", "", "", "")
    sorts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Ground:
    width: float
    x: LinearScale
    y: LinearScale
    area: Area


def map_chart(caption: Caption, words: MapWords, across: MapAxis, up: MapAxis, points: Sequence[MapPoint]) -> Chart:
    wide, narrow = (_picture(caption, words, across, up, points, narrow) for narrow in (False, True))
    axes = [(axis.name, _has_ends(points, is_across)) for axis, is_across in ((across, True), (up, False))]
    columns = [column for name, has_ends in axes for column in (name, *(end_columns(name) if has_ends else ()))]
    earlier = [_("%(name)s: the round before") % {"name": axis.name} for axis in (across, up)] if _has_before(points) else []
    heads = [words.point, *columns, *earlier, *([_("Kind")] if words.sorts else [])]
    values = [_twin(point, words, [has_ends for _name, has_ends in axes], len(earlier)) for point in points]
    return chart_of(caption, wide, narrow, heads, values)


def _has_before(points: Sequence[MapPoint]) -> bool:
    return any(point.before is not None for point, _x, _y in drawn(points))


def _has_ends(points: Sequence[MapPoint], is_across: bool) -> bool:
    return any(given is not None and given.low is not None for given in (point.x if is_across else point.y for point in points))


def _twin(point: MapPoint, words: MapWords, ends: Sequence[bool], earlier: int) -> list[Value]:
    figures = [value for given, has_ends in zip((point.x, point.y), ends, strict=True) for value in _figures(point.known, given, has_ends)]
    before: Sequence[Value] = point.before if point.before is not None and point.known == Known.SHOWN else (None, None)
    return [point.in_full, *figures, *before[:earlier], *([words.sorts[point.sort]] if words.sorts else [])]


def _figures(known: Known, given: Range | None, has_ends: bool) -> list[Value]:
    found: list[Value] = [None, None, None] if given is None else [given.value, given.low, given.high]
    if known != Known.SHOWN:
        found = [in_words(known), None, None]
    return found[: 3 if has_ends else 1]


def drawn(points: Sequence[MapPoint]) -> list[tuple[MapPoint, Range, Range]]:
    return [(point, point.x, point.y) for point in points if point.known == Known.SHOWN and point.x and point.y]


def _ground(across: MapAxis, up: MapAxis, narrow: bool) -> _Ground:
    width, height = (NARROW, NARROW_HEIGHT) if narrow else (WIDE, HEIGHT)
    top = TOP + (len(_head(up, width)) - 1) * LINE
    x, y = _scale(across, LEFT + 12, width - 12), _scale(up, top + height - 12, top + 12)
    return _Ground(width, x, y, Area(LEFT, top, width, top + height))


def _head(up: MapAxis, width: float) -> tuple[str, ...]:
    """What lies upwards, above the map: in as many lines as it takes."""
    return wrapped(f"↑ {up.name}: {up.high_word}", width, SMALL)


def _foot(across: MapAxis, area: Area) -> tuple[str, ...]:
    return wrapped(across.name, area.right - area.left, SMALL)


def _scale(axis: MapAxis, start: float, end: float) -> LinearScale:
    return LinearScale(axis.low, axis.high, start, end) if axis.low < axis.high else LinearScale(axis.high, axis.low, end, start)


def _picture(caption: Caption, words: MapWords, across: MapAxis, up: MapAxis, points: Sequence[MapPoint], narrow: bool) -> Picture:
    ground = _ground(across, up, narrow)
    quadrants = _quadrants(words, ground, narrow)
    frame = _frame(across, up, ground)
    marks, numbered = _marks(points, ground, [_area_of(word) for word in quadrants], [line for line in frame if isinstance(line, Stroke)])
    shapes = [*frame, *quadrants, *marks, *_axis_words(caption, across, up, ground)]
    low, high = _end_words(across, ground)
    foot = ground.area.foot + 20 + (max(len(low), len(high)) + len(_foot(across, ground.area))) * LINE
    body = Drawing(ground.width, foot, tuple(shapes))
    names = _name_list([point.name or point.label for point, _x, _y in drawn(points)], ground.width) if numbered else None
    return Picture(body, legend=stacked([names, legend_of(_entries(words, points), ground.width)], 8))


def _frame(across: MapAxis, up: MapAxis, ground: _Ground) -> list[Shape]:
    area = ground.area
    shapes: list[Shape] = [Box(area.left, area.top, area.right - area.left, area.foot - area.top, "chart-frame", 3)]
    if across.split is not None:
        shapes.append(Stroke(ground.x.place(across.split), area.top, ground.x.place(across.split), area.foot, "chart-reference"))
    if up.split is not None:
        shapes.append(Stroke(area.left, ground.y.place(up.split), area.right, ground.y.place(up.split), "chart-reference"))
    return shapes


def _quadrants(words: MapWords, ground: _Ground, narrow: bool) -> list[Words]:
    """In the corners, where fewest points lie."""
    area, width = ground.area, (ground.area.right - ground.area.left) / 2 - 16
    found = []
    for place, text in enumerate(words.quadrants):
        lines = wrapped(text, width, SMALL)
        is_right, is_lower = place % 2 == 1, place >= 2
        y = area.foot - 8 - (len(lines) - 1) * SMALL * LINE_HEIGHT if is_lower else area.top + 17
        found.append(Words(area.right - 8 if is_right else area.left + 8, y, lines, "chart-quadrant", "end" if is_right else "start", SMALL))
    return [word for word in found if word.lines != ("",)]


def _area_of(word: Words) -> Area:
    width = max(width_of(line, word.size) for line in word.lines)
    left = word.x - width if word.anchor == "end" else word.x
    top = word.y - word.size
    return Area(left, top, left + width, top + len(word.lines) * word.size * LINE_HEIGHT)


def _marks(points: Sequence[MapPoint], ground: _Ground, fixed: Sequence[Area], halves: Sequence[Stroke]) -> tuple[list[Shape], bool]:
    """Named where every name finds room, numbered with the names below the map elsewhere. Of a crowd some are named, and the table has them all."""
    shown = drawn(points)
    places = [(ground.x.place(x.value), ground.y.place(y.value)) for _point, x, y in shown]
    crosses = [stroke for point, x, y in shown for stroke in _cross(x, y, ground)]
    paths = [shape for (point, _x, _y), place in zip(shown, places, strict=True) for shape in _way(point, place, ground)]
    lines = [_around(line) for line in (*crosses, *halves, *(shape for shape in paths if isinstance(shape, Stroke)))]
    labels, numbered = _labels([point for point, _x, _y in shown], places, ground.area, fixed, lines)
    dots = [mark_of(point.sort, x, y) for (point, _x, _y), (x, y) in zip(shown, places, strict=True)]
    names: list[Shape] = [Words(label.x, label.y, (label.text,), "chart-name", label.anchor, SMALL) for label in labels]
    return [*crosses, *paths, *dots, *names], numbered


def _way(point: MapPoint, place: tuple[float, float], ground: _Ground) -> list[Shape]:
    """From where it stood the round before."""
    if point.before is None:
        return []
    x, y = ground.x.place(point.before[0]), ground.y.place(point.before[1])
    return [Stroke(x, y, *place, "chart-between"), Dot(x, y, 3.5, "chart-ring-small")]


def _labels(points: Sequence[MapPoint], places: Places, inside: Area, fixed: Sequence[Area], lines: Sequence[Area]) -> tuple[list[Label], bool]:
    """And whether they are numbers, which a short label never is: its name stands below."""
    if len(points) > CROWD:
        return where_room([point.label for point in points], places, inside, fixed), False
    labels = placed([point.label for point in points], places, inside, fixed, lines)
    if not any(point.name for point in points) and is_readable(labels, inside, fixed):
        return labels, False
    return placed([str(number) for number in range(1, len(points) + 1)], places, inside, fixed, lines), True


def _around(line: Stroke) -> Area:
    return Area(min(line.x1, line.x2) - 1, min(line.y1, line.y2) - 1, max(line.x1, line.x2) + 1, max(line.y1, line.y2) + 1)


def _cross(x: Range, y: Range, ground: _Ground) -> list[Stroke]:
    at_x, at_y = ground.x.place(x.value), ground.y.place(y.value)
    level = [Stroke(ground.x.place(x.low), at_y, ground.x.place(x.high), at_y, "chart-cross")] if x.low is not None and x.high is not None else []
    upright = [Stroke(at_x, ground.y.place(y.low), at_x, ground.y.place(y.high), "chart-cross")] if y.low is not None and y.high is not None else []
    return [*level, *upright]


def mark_of(sort: int, x: float, y: float) -> Shape:
    """Three sorts are told apart by shape: dot, square, ring."""
    if sort == 1:
        return Box(x - 5, y - 5, 10, 10, "chart-square", 1.5)
    return Dot(x, y, 5, "chart-ring" if sort == 2 else "chart-dot")


def _end_words(axis: MapAxis, ground: _Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    width = (ground.area.right - ground.area.left) / 2 - 8
    return wrapped(axis.low_word, width, SMALL), wrapped(f"{axis.high_word} →", width, SMALL)


def _axis_words(caption: Caption, across: MapAxis, up: MapAxis, ground: _Ground) -> list[Shape]:
    area = ground.area
    low, high = _end_words(across, ground)
    words_at = area.foot + 34
    shapes: list[Shape] = [
        Words(area.left, words_at, low, "chart-number", "start", SMALL), Words(area.right, words_at, high, "chart-number", "end", SMALL),
        Words((area.left + area.right) / 2, words_at + max(len(low), len(high)) * LINE, _foot(across, area), "chart-label", "middle", SMALL),
        Words(0, 14, _head(up, ground.width), "chart-label", "start", SMALL),
    ]
    for scale, is_across in ((ground.x, True), (ground.y, False)):
        for tick in scale.ticks(5):
            at = scale.place(tick)
            x, y, anchor = (at, area.foot + 16, "middle") if is_across else (area.left - 6, at + 4, "end")
            shapes.append(Words(x, y, (tick_text(tick, caption.write),), "chart-number", anchor, SMALL))
    return shapes


def _name_list(names: Sequence[str], width: float) -> Drawing:
    """The names of numbered points, in as many columns as have room."""
    columns = 3 if width == WIDE else 1
    each = width / columns
    down = -(-len(names) // columns)
    shapes: list[Shape] = []
    foot = 0.0
    for column in range(columns):
        y = 0.0
        for number, name in enumerate(names[column * down : (column + 1) * down], start=column * down + 1):
            lines = wrapped(name, each - 40, SMALL)
            shapes += [Words(column * each + 22, y + 14, (str(number),), "chart-name", "end", SMALL),
                       Words(column * each + 30, y + 14, lines, "chart-key", "start", SMALL)]
            y += len(lines) * SMALL * LINE_HEIGHT + 4
        foot = max(foot, y)
    return Drawing(width, foot, tuple(shapes))


def _sort_entry(sort: int, text: str) -> Entry:
    return Entry(text, lambda x, y: [mark_of(sort, x, y)])


def _entries(words: MapWords, points: Sequence[MapPoint]) -> list[Entry]:
    there = {point.sort for point, _x, _y in drawn(points)}
    found = [_sort_entry(sort, text) for sort, text in enumerate(words.sorts) if sort in there]
    if any(each.low is not None for _point, *ranges in drawn(points) for each in ranges):
        found.append(Entry(_("Intervals"), lambda x, y: [Stroke(x - 11, y, x + 11, y, "chart-cross"), Stroke(x, y - 7, x, y + 7, "chart-cross")]))
    if _has_before(points):
        found.append(Entry(_("From the round before"), lambda x, y: [Stroke(x - 9, y, x + 9, y, "chart-between"), Dot(x - 9, y, 3.5, "chart-ring-small")]))
    hidden = [point.label for point in points if point.known == Known.PROTECTED]
    if hidden:
        found.append(Entry(_("Protected: %(names)s") % {"names": ", ".join(hidden)}, None))
    return found
