"""An allocation: points shared out among options, and the own points beside the group's mean of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveys.items import ItemSpec
from surveys.items.allocation import total_of
from surveys.items.base import option_codes, plain
from surveys.strip.paired import part_width
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds.base import Audience, Figures, KindPage, option_name, option_texts
from surveys.views.expert.wording import Phrase, Wording, number_in_words

STEPS = 20  # the buttons add a twentieth of the total, where that is a whole number
Options = Sequence[tuple[str, Phrase]]


@dataclass(frozen=True)
class Part:
    """An option's points in a group: the mean with its bar's length; the other figures for the table. All in words."""

    code: str
    name: Phrase
    mean: str
    width: str
    middle: str
    half: tuple[str, str] | None


@dataclass(frozen=True)
class Extreme:
    """The options with the largest or the smallest mean, which several may share."""

    names: str
    mean: str


@dataclass(frozen=True)
class Parts:
    """A group's parts in the questionnaire's order; none where nobody shared out the whole.

    `most` and `least` by mean; None where every option has the same.
    """

    n: int
    n_cannot_judge: int
    parts: tuple[Part, ...]
    most: Extreme | None = None
    least: Extreme | None = None


@dataclass(frozen=True)
class PanelParts:
    """`parts` None: protected."""

    name: Phrase
    is_own: bool
    parts: Parts | None


@dataclass(frozen=True)
class AllocationShape:
    """`everybody` None: protected."""

    everybody: Parts | None
    panels: tuple[PanelParts, ...]
    total: str

    @property
    def has_protected(self) -> bool:
        return self.everybody is None or any(panel.parts is None for panel in self.panels)


class AllocationPage(KindPage):
    picture = "surveys/pictures/allocation.html"
    script = "js/kind-allocation.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        total = total_of(spec)
        return {
            "options": option_texts(spec, wording), "total": number_in_words(total), "plain_total": plain(total),
            "decimals": spec.decimals or 0, "step": plain(step_of(total, spec.decimals or 0)),
        }

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        return " · ".join(f"{name.plain} {number_in_words(value[code])}" for code, name in option_texts(spec, wording) if code in value)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        return option_name(spec, code, wording)

    def shape(self, spec: ItemSpec, audience: Audience) -> AllocationShape | None:
        if not audience.groups:
            return None
        options = option_texts(spec, audience.wording)
        everybody = parts_of(spec, options, [audience.everybody(code) for code, _name in options])
        by_option = [dict(audience.panels(code)) for code, _name in options]
        panels = tuple(
            PanelParts(audience.names[panel], panel == audience.own_panel, parts_of(spec, options, [found[panel] for found in by_option]))
            for panel in by_option[0]
        )
        return AllocationShape(everybody, panels, number_in_words(total_of(spec)))

    def places(self, spec: ItemSpec, shown: Shown) -> float:
        """What the whole width of the picture stands for."""
        return total_of(spec)

    def own_marks(self, spec: ItemSpec, value: Any, places: float) -> dict[str, str]:
        """`own_width.CODE`: the length of the own bar; `own_points.CODE`: its number in words."""
        if not isinstance(value, dict) or set(value) != set(option_codes(spec)):
            return {"you_none": "yes"}
        widths = {f"own_width.{code}": part_width(points, places) for code, points in value.items()}
        return {"own_points": "yes", **widths, **{f"own_points.{code}": number_in_words(points) for code, points in value.items()}}


def step_of(total: float, decimals: int) -> float:
    """What one press of a button adds: a twentieth of the total where that is whole, else the smallest unit."""
    twentieth = total / STEPS
    return twentieth if twentieth == int(twentieth) else 10.0**-decimals


def parts_of(spec: ItemSpec, options: Options, figures: Sequence[Figures | None]) -> Parts | None:
    """`figures`: of each option in turn; a group's options are shown or hidden together. None: protected."""
    found = [one for one in figures if one is not None]
    if len(found) < len(options):
        return None
    n, n_cannot_judge = found[0].get("n") or 0, found[0].get("n_cannot_judge") or 0
    if any(one.get("mean") is None for one in found):
        return Parts(n, n_cannot_judge, ())
    parts = tuple(part_of(spec, code, name, one) for (code, name), one in zip(options, found, strict=True))
    means = [round(one["mean"], 9) for one in found]
    if max(means) == min(means):
        return Parts(n, n_cannot_judge, parts)
    return Parts(n, n_cannot_judge, parts, extreme(parts, means, max(means)), extreme(parts, means, min(means)))


def extreme(parts: Sequence[Part], means: Sequence[float], mean: float) -> Extreme:
    found = [part for part, its_mean in zip(parts, means, strict=True) if its_mean == mean]
    return Extreme(" · ".join(part.name.plain for part in found), found[0].mean)


def part_of(spec: ItemSpec, code: str, name: Phrase, figures: Figures) -> Part:
    """The mean with one decimal more than the answers have."""
    low, high, median = figures.get("q1"), figures.get("q3"), figures.get("median")
    half = None if low is None or high is None else (number_in_words(low), number_in_words(high))
    mean = number_in_words(round(figures["mean"], (spec.decimals or 0) + 1))
    return Part(code, name, mean, part_width(figures["mean"], total_of(spec)), "" if median is None else number_in_words(median), half)
