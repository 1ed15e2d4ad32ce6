"""Disagreement split by round: the part within the groups and the part between them, with intervals on the total and on the share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.chart import DASH, NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, end_columns, in_words, interval_text
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL, width_of, wrapped
from analysis.charts.scale import LinearScale, covering
from analysis.charts.shapes import Box, Dot, Drawing, Shape, Stroke, Words

BAR, ROW, HATCH, EDGE = 18.0, 58.0, 7.0, 8.0


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval, where one was counted."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SplitRow:
    """One round. `total` is the published sum of both parts; `share` that of the part between, from 0 to 1."""

    label: str
    within: float | None = None
    between: float | None = None
    total: Estimate | None = None
    share: Estimate | None = None
    known: Known = Known.SHOWN

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN and self.within is not None and self.between is not None


@dataclass(frozen=True)
class SplitNames:
    row: str
    within: str
    between: str


@dataclass(frozen=True)
class _Places:
    """Bars and shares side by side on a wide page; on a narrow one the shares are told in words alone."""

    width: float
    bars: LinearScale
    shares: LinearScale | None
    label: float


def split_chart(caption: Caption, names: SplitNames, rows: Sequence[SplitRow]) -> Chart:
    longest = covering((number for row in rows if row.is_shown for number in _lengths(row)), 0.0)[1]
    wide, narrow = (_picture(caption, names, rows, _places(rows, longest, narrow)) for narrow in (False, True))
    total, share = _("Total"), _("Share between groups")
    heads = [names.row, names.within, names.between, total, *end_columns(total), share, *end_columns(share)]
    return chart_of(caption, wide, narrow, heads, [_twin(row) for row in rows])


def _lengths(row: SplitRow) -> list[float | None]:
    total = row.total or Estimate((row.within or 0) + (row.between or 0))
    return [total.value, total.high, (row.within or 0) + (row.between or 0)]


def _twin(row: SplitRow) -> list[Value]:
    if not row.is_shown:
        return [row.label, in_words(row.known), *[None] * 7]
    return [row.label, row.within, row.between, *_three(row.total), *_three(row.share)]


def _three(estimate: Estimate | None) -> tuple[Value, Value, Value]:
    return (None, None, None) if estimate is None else (estimate.value, estimate.low, estimate.high)


def _places(rows: Sequence[SplitRow], longest: float, narrow: bool) -> _Places:
    label = 0.0 if narrow else min(max((width_of(row.label) for row in rows), default=0.0), 150.0) + 16
    if narrow:
        return _Places(NARROW, LinearScale(0, longest, 0, NARROW - EDGE), None, label)
    return _Places(WIDE, LinearScale(0, longest, label, WIDE - 216), LinearScale(0, 1, WIDE - 176, WIDE - EDGE), label)


def _picture(caption: Caption, names: SplitNames, rows: Sequence[SplitRow], places: _Places) -> Picture:
    narrow = places.shares is None
    height, top = (ROW + 46 if narrow else ROW), (0.0 if narrow else 26.0)
    shapes: list[Shape] = [] if narrow else _share_axis(places, top, top + len(rows) * height)
    for place, row in enumerate(rows):
        shapes += _row(caption, names, row, places, top + place * height)
    body = Drawing(places.width, top + len(rows) * height + (0 if narrow else 22), tuple(shapes))
    return Picture(body, legend=legend_of(_entries(names, rows), NARROW if narrow else WIDE))


def _row(caption: Caption, names: SplitNames, row: SplitRow, places: _Places, top: float) -> list[Shape]:
    narrow = places.shares is None
    lines = wrapped(row.label, NARROW if narrow else places.label - 12)
    bar = top + (24 if narrow else 10)
    shapes: list[Shape] = [Words(0, top + 16 if narrow else bar + BAR / 2 + 5 - (len(lines) - 1) * 9, lines, "chart-label")]
    if row.known == Known.PROTECTED:
        shapes.append(Box(places.bars.start, bar, places.bars.end - places.bars.start, BAR, "chart-hidden", 3))
    said = split_text(caption, names, row)
    if row.is_shown:
        shapes += [*_bars(row, places.bars, bar), *_share(row, places.shares, bar)]
    for place, line in enumerate(said if narrow else [" · ".join(said[:2])]):
        shapes.append(Words(places.label, bar + BAR + 16 + place * 17, (line,), "chart-number", "start", SMALL))
    if not narrow and row.is_shown and row.share and places.shares:
        shapes.append(Words((places.shares.start + places.shares.end) / 2, bar + BAR + 16, (said[2],), "chart-over", "middle", SMALL))
    return shapes


def split_text(caption: Caption, names: SplitNames, row: SplitRow) -> list[str]:
    """Both parts; the total; the share between them in per cent."""
    if not row.is_shown or row.within is None or row.between is None:
        return [in_words(row.known)]
    parts = f"{names.within} {caption.write(row.within)} + {names.between} {caption.write(row.between)}"
    return [parts, _("total %(figures)s") % {"figures": _figures(row.total, caption)}, _percent(row.share)]


def _figures(estimate: Estimate | None, caption: Caption) -> str:
    if estimate is None:
        return DASH
    interval = interval_text(estimate.low, estimate.high, caption.write)
    return f"{caption.write(estimate.value)}{f' ({interval})' if interval else ''}"


def _percent(share: Estimate | None) -> str:
    if share is None:
        return DASH
    interval = interval_text(share.low, share.high, _in_percent)
    return _("%(percent)s %% between") % {"percent": _in_percent(share.value)} + (f" ({interval})" if interval else "")


def _in_percent(share: float) -> str:
    """No part is less than nothing: an estimate below 0, which the table keeps, is said as 0 as in the sentence above the chart."""
    return f"{100 * max(0.0, share):.0f}"


def _bars(row: SplitRow, scale: LinearScale, top: float) -> list[Shape]:
    """The part between is hatched, so that it is told apart without colour."""
    within, between = row.within or 0.0, row.between or 0.0
    start, border, end = scale.place(0), scale.place(within), scale.place(within + between)
    shapes: list[Shape] = [Box(start, top, border - start, BAR, "chart-within"), Box(border, top, end - border, BAR, "chart-between-part"),
                           *_hatching(border, end, top)]
    if row.total and row.total.low is not None and row.total.high is not None:
        left, right, middle = scale.place(row.total.low), scale.place(row.total.high), top + BAR / 2
        shapes += [Stroke(left, middle, right, middle, "chart-halo"), Stroke(left, middle, right, middle, "chart-whisker"),
                   *(Stroke(x, middle - 5, x, middle + 5, "chart-whisker") for x in (left, right))]
    return shapes


def _hatching(left: float, right: float, top: float) -> list[Shape]:
    count = int((right - left - 2) // HATCH)
    return [Stroke(left + place * HATCH, top + BAR, left + (place + 1) * HATCH, top, "chart-hatch") for place in range(count)]


def _share(row: SplitRow, scale: LinearScale | None, top: float) -> list[Shape]:
    if scale is None or row.share is None:
        return []
    middle = top + BAR / 2
    dot = Dot(scale.place(row.share.value), middle, 5, "chart-dot-panel")
    if row.share.low is None or row.share.high is None:
        return [dot]
    return [Stroke(scale.place(row.share.low), middle, scale.place(row.share.high), middle, "chart-whisker"), dot]


def _share_axis(places: _Places, top: float, foot: float) -> list[Shape]:
    scale = places.shares
    if scale is None:
        return []
    shapes: list[Shape] = [Words((scale.start + scale.end) / 2, 14, (_("Share between groups"),), "chart-number", "middle", SMALL)]
    for share, anchor in ((0.0, "middle"), (0.5, "middle"), (1.0, "end")):
        x = scale.place(share)
        shapes += [Stroke(x, top, x, foot, "chart-grid"),
                   Words(x + (EDGE if share == 1 else 0), foot + 16, (f"{100 * share:.0f} %",), "chart-number", anchor, SMALL)]
    return shapes


def _entries(names: SplitNames, rows: Sequence[SplitRow]) -> list[Entry]:
    def hatched(x: float, y: float) -> list[Shape]:
        lines = [Stroke(x - 12 + HATCH * place, y + 7, x - 5 + HATCH * place, y - 7, "chart-hatch") for place in range(3)]
        return [Box(x - 12, y - 7, 24, 14, "chart-between-part"), *lines]

    ends = Entry(_("Interval of the total"), lambda x, y: [Stroke(x - 12, y, x + 12, y, "chart-whisker"),
                                                           *(Stroke(end, y - 5, end, y + 5, "chart-whisker") for end in (x - 12, x + 12))])
    intervals = [ends] if any(row.total and row.total.low is not None for row in rows) else []
    hidden = [protected_entry()] if any(row.known == Known.PROTECTED for row in rows) else []
    return [Entry(names.within, lambda x, y: [Box(x - 12, y - 7, 24, 14, "chart-within")]), Entry(names.between, hatched), *intervals, *hidden]
