"""The flow of experts: how many of each panel were invited and answered, round by round, and who left or joined on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from analysis.charts.chart import NARROW, WIDE, Caption, Chart, Known, Picture, Value, chart_of, in_words
from analysis.charts.legend import Entry, legend_of, protected_entry
from analysis.charts.lettering import SMALL, TEXT, width_of, wrapped
from analysis.charts.shapes import LINE_HEIGHT, Box, Drawing, Ribbon, Shape, Stroke, Words

LANE, TALLEST, BAR = 62.0, 26.0, 14.0
BESIDE, BELOW = 17.0, 33.0  # who left and joined: on the line of the numbers, or on one of its own


@dataclass(frozen=True)
class FlowStep:
    """A panel in a round. `left` answered the round that this one is compared with, and not this one; `joined` the other way round."""

    invited: int | None = None
    answered: int | None = None
    left: int | None = None
    joined: int | None = None
    known: Known = Known.SHOWN

    @property
    def is_shown(self) -> bool:
        return self.known == Known.SHOWN and self.answered is not None

    @property
    def stayed(self) -> int:
        return (self.answered or 0) - (self.joined or 0)


@dataclass(frozen=True)
class FlowLane:
    """`is_total` marks all experts together, drawn to their own scale."""

    label: str
    steps: tuple[FlowStep, ...]
    is_total: bool = False


@dataclass(frozen=True)
class _Ground:
    """`is_short`: no room for more than who answered; `changes` is how far under the bars who left and joined is told."""

    width: float
    columns: tuple[float, ...]  # left edges of the bars
    label: float
    head: float
    is_short: bool
    changes: float

    @property
    def under(self) -> float:
        """Room under the bars for the numbers."""
        return 26 if self.changes == BESIDE else 40

    @property
    def lane(self) -> float:
        """On a narrow page the panel's name stands above its bars."""
        return LANE + self.under - 26 + (0 if self.label else 26)


def flow_chart(caption: Caption, row_head: str, rounds: Sequence[str], lanes: Sequence[FlowLane]) -> Chart:
    wide, narrow = (_picture(caption, rounds, lanes, narrow) for narrow in (False, True))
    heads = [row_head, _("Round"), _("Invited"), _("Answered"), _("Left"), _("Joined")]
    values = [_twin(lane.label, name, step) for lane in lanes for name, step in zip(rounds, lane.steps, strict=True)]
    return chart_of(caption, wide, narrow, heads, values)


def _twin(label: str, name: str, step: FlowStep) -> list[Value]:
    if step.known != Known.SHOWN:
        return [label, name, in_words(step.known), in_words(step.known), None, None]
    return [label, name, step.invited, step.answered, step.left, step.joined]


def _ground(caption: Caption, rounds: Sequence[str], lanes: Sequence[FlowLane], narrow: bool) -> _Ground:
    width = NARROW if narrow else WIDE
    label = 0.0 if narrow else min(max((width_of(lane.label) for lane in lanes), default=0.0), 180.0) + 20
    steps = [step for lane in lanes for step in lane.steps]
    numbers = max((width_of(step_text(step, caption), SMALL) for step in steps), default=0.0)
    changes = max((width_of(change_text(step, caption), SMALL) for step in steps), default=0.0)
    step = (width - numbers - 4 - label) / max(len(rounds) - 1, 1)
    head = max(len(wrapped(name, step - 8, SMALL)) for name in rounds) * SMALL * LINE_HEIGHT + 10
    columns = tuple(label + place * step for place in range(len(rounds)))
    return _Ground(width, columns, label, head, step < numbers + 6, BESIDE if step >= numbers + changes + 20 else BELOW)


def _picture(caption: Caption, rounds: Sequence[str], lanes: Sequence[FlowLane], narrow: bool) -> Picture:
    ground = _ground(caption, rounds, lanes, narrow)
    room = ground.columns[1] - ground.columns[0] - 8 if len(rounds) > 1 else ground.width - ground.label
    shapes: list[Shape] = [Words(x, 14, wrapped(name, room, SMALL), "chart-number", "start", SMALL) for x, name in zip(ground.columns, rounds, strict=True)]
    peaks = {is_total: _peak([lane for lane in lanes if lane.is_total == is_total]) for is_total in (True, False)}
    for place, lane in enumerate(lanes):
        top = ground.head + place * ground.lane
        shapes += [Stroke(0, top, ground.width, top, "chart-line"), *_lane(caption, lane, ground, top, TALLEST / peaks[lane.is_total])]
    body = Drawing(ground.width, ground.head + len(lanes) * ground.lane + 4, tuple(shapes))
    return Picture(body, legend=legend_of(_entries(lanes), ground.width))


def _peak(lanes: Sequence[FlowLane]) -> int:
    """The largest number that is shown: a protected one must not tell itself through the scale."""
    return max((max(step.invited or 0, step.answered or 0) for lane in lanes for step in lane.steps if step.is_shown), default=0) or 1


def _lane(caption: Caption, lane: FlowLane, ground: _Ground, top: float, unit: float) -> list[Shape]:
    narrow = ground.label == 0
    lines = wrapped(lane.label, ground.width if narrow else ground.label - 16)
    look = "chart-heading" if lane.is_total else "chart-label"
    first = top + 20 if narrow else top + ground.lane / 2 + 5 - (len(lines) - 1) * TEXT * LINE_HEIGHT / 2
    foot = top + ground.lane - ground.under  # the bars stand on it, numbers below
    shapes: list[Shape] = [Words(0, first, lines, look)]
    for place, (step, x) in enumerate(zip(lane.steps, ground.columns, strict=True)):
        if place and step.is_shown and lane.steps[place - 1].is_shown:
            shapes += _stream(caption, lane.steps[place - 1], step, (ground.columns[place - 1] + BAR, x), foot, unit, ground.changes)
        shapes += _bar(caption, step, x, foot, unit, ground.is_short)
    return shapes


def _bar(caption: Caption, step: FlowStep, x: float, foot: float, unit: float, is_short: bool) -> list[Shape]:
    """The answered stand filled in the outline of the invited."""
    if not step.is_shown or step.answered is None:
        box = [Box(x, foot - 20, BAR, 20, "chart-hidden", 2)] if step.known == Known.PROTECTED else []
        return [*box, Words(x, foot + 17, (in_words(step.known),), "chart-number", "start", SMALL)]
    outline = [Box(x, foot - step.invited * unit, BAR, step.invited * unit, "chart-invited")] if step.invited is not None else []
    return [*outline, Box(x, foot - step.answered * unit, BAR, step.answered * unit, "chart-answered"),
            Words(x, foot + 17, (caption.write(step.answered) if is_short else step_text(step, caption),), "chart-value", "start", SMALL)]


def step_text(step: FlowStep, caption: Caption) -> str:
    if step.answered is None or not step.is_shown:
        return in_words(step.known)
    if step.invited is None:
        return caption.write(step.answered)
    return _("%(answered)s of %(invited)s") % {"answered": caption.write(step.answered), "invited": caption.write(step.invited)}


def _stream(caption: Caption, before: FlowStep, now: FlowStep, across: tuple[float, float], foot: float, unit: float,
            below: float) -> list[Shape]:
    """Those who stayed flow on; who left and who joined stand as numbers with signs between the rounds."""
    stayed = min(now.stayed, before.answered or 0) * unit
    shapes: list[Shape] = [Ribbon((across[0], foot - stayed, foot), (across[1], foot - stayed, foot), "chart-stream")] if stayed > 0 else []
    said = change_text(now, caption)
    middle = (across[0] + across[1]) / 2 + (16 if below == BESIDE else 0)
    return [*shapes, Words(middle, foot + below, (said,), "chart-number", "middle", SMALL)] if said else shapes


def change_text(step: FlowStep, caption: Caption) -> str:
    if not step.is_shown:
        return ""
    left = f"−{caption.write(step.left)}" if step.left else ""
    joined = f"+{caption.write(step.joined)}" if step.joined else ""
    return " ".join(part for part in (left, joined) if part)


def _entries(lanes: Sequence[FlowLane]) -> list[Entry]:
    hidden = [protected_entry()] if any(step.known == Known.PROTECTED for lane in lanes for step in lane.steps) else []
    totals = [Entry(_("All experts are drawn to a scale of their own"), None)] if any(lane.is_total for lane in lanes) else []
    return [
        Entry(_("Answered"), lambda x, y: [Box(x - 5, y - 7, 10, 14, "chart-answered")]),
        Entry(_("Invited"), lambda x, y: [Box(x - 5, y - 7, 10, 14, "chart-invited")]),
        Entry(_("Answered in both rounds"), lambda x, y: [Box(x - 12, y - 5, 24, 10, "chart-stream")]),
        Entry(_("Between rounds: − left, + joined"), None), *totals, *hidden,
    ]
