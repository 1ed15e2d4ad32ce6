"""A chart: what it says in a sentence, its picture on a wide and on a narrow page, and its table with the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from analysis.charts.shapes import Drawing

WIDE, NARROW = 672.0, 280.0
Value = str | float | int | None
WriteNumber = Callable[[float], str]
DASH = "–"


class Known(StrEnum):
    """Whether a figure is there to be shown."""

    SHOWN = "shown"
    PROTECTED = "protected"  # published figures would give somebody away
    UNDEFINED = "undefined"  # nobody answered, or the figure has no meaning here


def with_decimals(decimals: int) -> WriteNumber:
    """The same decimals down a column, counts without any, a true minus; pages may pass their locale's own way instead.

    Half-even on the number as meant, like the files: 0.175 is 0.18, though the nearest binary number lies a little below it.
    """
    step = Decimal(1).scaleb(-decimals)

    def write(number: float) -> str:
        if isinstance(number, int):
            return str(number).replace("-", "−")
        return f"{Decimal(f'{number:.15g}').quantize(step, rounding=ROUND_HALF_EVEN) + 0:f}".replace("-", "−")

    return write


two_decimals = with_decimals(2)


def tick_text(number: float, write: WriteNumber) -> str:
    """Whole numbers stand under an axis without decimals, whatever the figures in the picture have."""
    return write(int(number)) if float(number).is_integer() else f"{number:.10g}".replace("-", "−")


def in_words(known: Known) -> str:
    """In place of a figure."""
    return pgettext("in place of a figure", "protected") if known == Known.PROTECTED else DASH


def end_columns(name: str) -> tuple[str, str]:
    """The columns of an interval, named after what it belongs to: no two columns of a file are called alike."""
    return _("%(name)s: lower end") % {"name": name}, _("%(name)s: upper end") % {"name": name}


def interval_text(low: float | None, high: float | None, write: WriteNumber) -> str:
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}


@dataclass(frozen=True)
class Table:
    """The twin. `values` are what a file holds, `rows` what a page shows of them."""

    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    write: WriteNumber = field(default=two_decimals, compare=False)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(self._cell(value) for value in row) for row in self.values)

    def _cell(self, value: Value) -> str:
        if value is None:
            return DASH
        return value if isinstance(value, str) else self.write(value)

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The columns, and whether they stand right-aligned over numbers: all but the first."""
        return [(column, place > 0) for place, column in enumerate(self.columns)]


@dataclass(frozen=True)
class Picture:
    """`labels` stay where they are while `body` scrolls sideways under them; `legend` stands below and never scrolls."""

    body: Drawing
    labels: Drawing | None = None
    legend: Drawing | None = None


@dataclass(frozen=True)
class Download:
    """A link to a file of the chart. `label` is short: SVG, PNG, CSV."""

    label: str
    url: str


@dataclass(frozen=True)
class Caption:
    """What a page gives every chart: `key` is unique on the page, `sentence` is written from the data, `note` names the source."""

    key: str
    title: str
    sentence: str
    note: str = ""
    write: WriteNumber = field(default=two_decimals, compare=False)


@dataclass(frozen=True)
class Chart:
    key: str
    title: str
    sentence: str
    wide: Picture
    narrow: Picture
    table: Table
    note: str = ""

    @property
    def has_one_width(self) -> bool:
        """Very large pictures are drawn once for all pages."""
        return self.wide is self.narrow


def chart_of(caption: Caption, wide: Picture, narrow: Picture, columns: Sequence[str], values: Sequence[Sequence[Value]]) -> Chart:
    table = Table(tuple(columns), tuple(tuple(row) for row in values), caption.write)
    return Chart(caption.key, caption.title, caption.sentence, wide, narrow, table, caption.note)
