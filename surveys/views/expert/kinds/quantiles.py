"""Quantiles: a field for each number, the interval that they imply in words and as a line, intervals stacked on one axis."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.items import ItemSpec
from surveys.items.number import MOST_DECIMALS
from surveys.items.quantiles import CONFIDENCE, is_interval, number_codes
from surveys.strip import Axis, Mark
from surveys.strip.axis import tick_marks
from surveys.strip.intervals import Interval, interval_axis, interval_on
from surveys.views.expert.feedback import Shown
from surveys.views.expert.kinds.base import Audience, Figures, KindPage
from surveys.views.expert.kinds.quantile_words import (
    MEDIAN,
    asked_order,
    group_sentence,
    how_to_read,
    listed,
    name_of,
    named,
    order_texts,
    percent_of,
    question_of,
    sentence,
    short_saying,
    shortest,
    texts_of,
    with_unit,
)
from surveys.views.expert.wording import Phrase, Wording, number_in_words


@dataclass(frozen=True)
class NumberField:
    """A number to be given; `state` and `before` are the names of the own texts that belong into it."""

    code: str
    name: str
    question: str
    is_confidence: bool

    @property
    def state(self) -> str:
        return f"value.{self.code}"

    @property
    def before(self) -> str:
        return f"before_value.{self.code}"


@dataclass(frozen=True)
class Cell:
    """The middle of the answers to one component, and the middle half; both as text."""

    middle: str
    low: str
    high: str


@dataclass(frozen=True)
class Column:
    """A component in the table, and the names of the own texts in its place: the number, and where it stands."""

    code: str
    name: str

    @property
    def own(self) -> str:
        return f"you_is.{self.code}"

    @property
    def own_place(self) -> str:
        return f"you_at.{self.code}"


@dataclass(frozen=True)
class IntervalRow:
    """A group on the common axis. A cell is None where it is protected; `interval` None: nothing can be drawn."""

    name: Phrase | None  # None: everybody
    is_own: bool
    n: int | None
    cells: tuple[Cell | None, ...]
    interval: Interval | None
    figures: str
    words: str

    @property
    def has_protected(self) -> bool:
        return None in self.cells


@dataclass(frozen=True)
class IntervalShape:
    """`rows`: everybody, then the panels; `middle`: the place among the numbers whose mark is a ring, or nothing."""

    columns: tuple[Column, ...]
    rows: tuple[IntervalRow, ...]
    ticks: tuple[Mark, ...]
    middle: int | None
    unit: str
    sentence: str
    reading: str  # how to read the picture

    @property
    def has_protected(self) -> bool:
        return any(row.has_protected for row in self.rows)

    @property
    def lines(self) -> tuple[Column, ...]:
        """The components that stand on the axis."""
        return tuple(column for column in self.columns if column.code != CONFIDENCE)


class QuantilesPage(KindPage):
    picture = "surveys/pictures/quantiles.html"
    script = "js/kind-quantiles.js"

    def control(self, spec: ItemSpec, wording: Wording) -> dict[str, Any]:
        has_axis = spec.minimum is not None and spec.maximum is not None
        return {
            "fields": [NumberField(code, name_of(spec, code), question_of(spec, code), code == CONFIDENCE) for code in asked_order(spec)],
            "decimals": MOST_DECIMALS if spec.decimals is None else spec.decimals,
            "low": "" if spec.minimum is None else number_in_words(spec.minimum),
            "high": "" if spec.maximum is None else number_in_words(spec.maximum),
            "ticks": tick_marks(interval_axis(spec.minimum, spec.maximum, ()), number_in_words) if has_axis else (),
            "texts": json.dumps(script_texts(spec, wording(spec.unit).plain), ensure_ascii=False),
        }

    def words(self, spec: ItemSpec, value: Any, wording: Wording) -> str:
        texts, unit = texts_of(value), wording(spec.unit).plain
        return short_saying(spec, texts, unit) if set(texts) == set(asked_order(spec)) else listed(spec, texts, unit)

    def component(self, spec: ItemSpec, code: str, wording: Wording) -> str:
        if is_interval(spec):
            return name_of(spec, code)
        return _("%(percent)s %% quantile") % {"percent": percent_of(code)}

    def shape(self, spec: ItemSpec, audience: Audience) -> IntervalShape | None:
        if not audience.groups:
            return None
        axis, rows = axis_of(spec, audience.shown), rows_of(spec, audience)
        return IntervalShape(
            tuple(Column(code, column_name(spec, code)) for code in table_order(spec)), rows, tick_marks(axis, number_in_words),
            middle_place(spec), audience.wording(spec.unit).plain, rows[0].words, how_to_read(spec),
        )

    def places(self, spec: ItemSpec, shown: Shown) -> Axis:
        return axis_of(spec, shown)

    def own_marks(self, spec: ItemSpec, value: Any, places: Axis | None) -> dict[str, str]:
        if places is None or not isinstance(value, dict):
            return {"you_none": "yes"}
        numbers = [value.get(code) for code in number_codes(spec)]
        drawn = interval_on(places, numbers)
        if drawn is None:
            return {"you_none": "yes"}
        return {
            "you_figures": shortest(spec, texts_of(value)), "you_start": drawn.start, "you_end": drawn.end,
            "you_cut_left": "yes" if drawn.is_cut_left else "", "you_cut_right": "yes" if drawn.is_cut_right else "",
            **{f"you_at.{code}": place for code, place in zip(number_codes(spec), drawn.places, strict=True)},
            **{f"you_is.{code}": text for code, text in texts_of(value).items()},
        }


def table_order(spec: ItemSpec) -> tuple[str, ...]:
    return (*number_codes(spec), CONFIDENCE) if is_interval(spec) else number_codes(spec)


def column_name(spec: ItemSpec, code: str) -> str:
    return _("How sure, %") if code == CONFIDENCE else name_of(spec, code)


def middle_place(spec: ItemSpec) -> int | None:
    """Which of the numbers is the middle value or the best guess."""
    codes, wanted = number_codes(spec), "best" if is_interval(spec) else MEDIAN
    return codes.index(wanted) if wanted in codes else None


def script_texts(spec: ItemSpec, unit: str) -> dict[str, Any]:
    """For the page's script: the sentences with {code} where a typed number goes. The known answer of a seed item is not among it."""
    codes, gaps = asked_order(spec), {code: f"{{{code}}}" for code in asked_order(spec)}
    return {
        "rising": number_codes(spec), "low": spec.minimum, "high": spec.maximum, "middle": middle_place(spec), **order_texts(spec),
        "sentence": sentence(spec, gaps, unit), "words": short_saying(spec, gaps, unit),
        "parts": {code: named(name_of(spec, code), with_unit(code, gaps[code], unit)) for code in codes},
    }


def axis_of(spec: ItemSpec, shown: Shown) -> Axis:
    """One axis for all rows, from the item's limits and everybody's figures alone: a panel's would tell of panels not shown."""
    everybody = [shown.component(code).get("all/all") or {} for code in number_codes(spec)]
    known = [figures[name] for figures in everybody for name in ("q1", "median", "q3") if figures.get(name) is not None]
    return interval_axis(spec.minimum, spec.maximum, known)


def rows_of(spec: ItemSpec, audience: Audience) -> tuple[IntervalRow, ...]:
    axis, found = axis_of(spec, audience.shown), []
    by_code = {code: audience.figures(code) for code in table_order(spec)}
    for place, (kind, group) in enumerate(audience.groups):
        if kind == "all" or group in audience.names:
            figures = {code: listed_figures[place][2] for code, listed_figures in by_code.items()}
            found.append(row_of(spec, figures, axis, audience, "" if kind == "all" else group))
    return tuple(found)


def row_of(spec: ItemSpec, figures: Mapping[str, Figures | None], axis: Axis, audience: Audience, panel: str) -> IntervalRow:
    unit = audience.wording(spec.unit).plain
    numbers = [(figures[code] or {}).get("median") for code in number_codes(spec)]
    return IntervalRow(
        audience.names[panel] if panel else None, bool(panel) and panel == audience.own_panel,
        next((found.get("n") or 0 for found in figures.values() if found), None),
        tuple(cell_of(found) for found in figures.values()), interval_on(axis, numbers), shortest(spec, texts_of(medians_of(figures))),
        row_words(spec, figures, unit),
    )


def medians_of(figures: Mapping[str, Figures | None]) -> dict[str, float]:
    return {code: found["median"] for code, found in figures.items() if found and found.get("median") is not None}


def cell_of(figures: Figures | None) -> Cell | None:
    if figures is None:
        return None
    return Cell(*("–" if figures.get(name) is None else number_in_words(figures[name]) for name in ("median", "q1", "q3")))


def row_words(spec: ItemSpec, figures: Mapping[str, Figures | None], unit: str) -> str:
    """What the group said, in a sentence; "" where everything is protected."""
    known = [found for found in figures.values() if found]
    if not known:
        return ""
    n, others = known[0].get("n") or 0, known[0].get("n_cannot_judge") or 0
    if not n:
        return _("Nobody has answered this yet.")
    said = group_sentence(spec, n, texts_of(medians_of(figures)), unit)
    if not others:
        return said
    return said + " " + ngettext("One more could not judge it.", "Another %(n)s could not judge it.", others) % {"n": others}
