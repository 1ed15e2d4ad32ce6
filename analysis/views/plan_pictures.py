"""A plan's curves: the chance of a right finding by the number of experts, as geometry for the template, with the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.translation import gettext as _

from analysis.planning.parameters import PlanParameters
from analysis.planning.result import PlanResult, ShapeResult, Share
from analysis.planning.sentences import alone_sentence, gap_in_words, gap_sentence, number, percent, shape_name, verdict_sentence
from surveys.strip import Axis
from surveys.strip.shapes import Mark
from surveys.strip.shapes import percent as length

DASH = "–"
MARGIN = 0.06  # of the width, on both sides, so that marks and their numbers are not cut


@dataclass(frozen=True)
class Dot:
    """One figure: its place, and the ends of its Monte Carlo interval."""

    x: str
    y: str
    low: str
    high: str


@dataclass(frozen=True)
class Segment:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Series:
    """One curve. `look` is its class: main or beside."""

    label: str
    look: str
    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Curve:
    """A picture of one or two curves over the sizes of panels; `target` is the height of the chance that is wanted, `key` unique on the page."""

    key: str
    title: str
    sentence: str
    series: tuple[Series, ...]
    ticks: tuple[Mark, ...]
    target: str
    target_text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ShapePage:
    """What the page says of numbers that are asked alike."""

    name: str
    items: tuple[str, ...]
    rule: str
    delta: str
    alone: str
    curves: tuple[Curve, ...]


def shape_pages(result: PlanResult, parameters: PlanParameters) -> list[ShapePage]:
    """In the order of the questionnaire."""
    return [
        ShapePage(shape_name(shape), shape.items, str(shape.rule["rule"]) if shape.rule else "", number(shape.delta) if shape.gaps else "",
                  alone_sentence(shape, parameters.power) if shape.gaps else "", tuple(_curves(f"curve-{place}", shape, parameters)))
        for place, shape in enumerate(result.shapes, start=1)
    ]


def _curves(key: str, shape: ShapeResult, parameters: PlanParameters) -> list[Curve]:
    gap = [replace(gap_curve(shape, parameters), key=f"{key}-gap")] if shape.gaps else []
    return gap + ([replace(verdict_curve(shape, parameters), key=f"{key}-verdict")] if shape.ally else [])


def gap_curve(shape: ShapeResult, parameters: PlanParameters) -> Curve:
    """How often the gap is seen: among all tests of the study, and as the only one."""
    sizes = [point.experts for point in shape.gaps]
    columns: dict[str, list[Share | None]] = {
        _("Both panels shown"): [point.shown for point in shape.gaps], _("Gap seen"): [point.seen for point in shape.gaps],
        _("Gap seen, were it the only test"): [point.seen_alone for point in shape.gaps],
    }
    seen, alone = list(columns)[1:]
    title = _("How often %(gap)s is seen") % {"gap": gap_in_words(shape)}
    return _curve(title, gap_sentence(shape, parameters.power), sizes, columns, (seen, alone), parameters)


def verdict_curve(shape: ShapeResult, parameters: PlanParameters) -> Curve:
    """How often an ally's verdict on consensus is right; in the table everybody's as well."""
    sizes = [point.experts for point in shape.ally]
    columns = {
        _("Consensus called where it is there"): [point.found for point in shape.ally],
        _("Consensus not called where it is not there"): [point.kept_apart for point in shape.ally],
        _("Called by mistake"): [point.false_call for point in shape.ally],
        _("All allies together: called where it is there"): [point.found for point in shape.everybody],
        _("All allies together: called by mistake"): [point.false_call for point in shape.everybody],
    }
    found, kept_apart = list(columns)[:2]
    return _curve(_("How often an ally’s verdict on consensus is right"), verdict_sentence(shape.ally, parameters.power), sizes, columns,
                  (found, kept_apart), parameters)


def _curve(title: str, sentence: str, sizes: Sequence[int], columns: dict[str, list[Share | None]], drawn: tuple[str, str],
           parameters: PlanParameters) -> Curve:
    series = tuple(_series(label, look, sizes, columns[label]) for label, look in zip(drawn, ("main", "beside"), strict=True) if any(columns[label]))
    rows = tuple((str(size), *(share_cell(shares[place]) for shares in columns.values())) for place, size in enumerate(sizes))
    ticks = tuple(Mark(length(_place(size, sizes)), str(size)) for size in _told_apart(sizes))
    return Curve("", title, sentence, series, ticks, _height(parameters.power), percent(parameters.power), tuple(columns), rows)


def _series(label: str, look: str, sizes: Sequence[int], shares: Sequence[Share | None]) -> Series:
    dots = tuple(Dot(length(_place(size, sizes)), _height(share.share), _height(share.low), _height(share.high))
                 for size, share in zip(sizes, shares, strict=True) if share is not None)
    return Series(label, look, dots, tuple(Segment(one.x, one.y, other.x, other.y) for one, other in pairwise(dots)))


def _place(size: int, sizes: Sequence[int]) -> float:
    if len(sizes) == 1:
        return 0.5
    return MARGIN + (1 - 2 * MARGIN) * Axis(sizes[0], sizes[-1]).share(size)


def _height(share: float) -> str:
    return length(1 - share)


def _told_apart(sizes: Sequence[int]) -> list[int]:
    """The sizes whose numbers have room under the axis: on a phone about a fourteenth of the width each."""
    found = [sizes[0]]
    for size in sizes[1:]:
        if _place(size, sizes) - _place(found[-1], sizes) >= 0.07:
            found.append(size)
    return found


def share_cell(share: Share | None) -> str:
    """“83 % (81 to 85)”: the chance and its Monte Carlo error."""
    if share is None:
        return DASH
    return _("%(share)s %% (%(low)s to %(high)s)") % {"share": percent(share.share), "low": percent(share.low), "high": percent(share.high)}
