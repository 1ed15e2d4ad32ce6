"""The pictures of an item: every group on one axis, before and after; all parts of an answer with several numbers; who changed to what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from analysis.charts import (
    Bars,
    Caption,
    Chart,
    HeatCell,
    HeatRow,
    Known,
    Sequential,
    Spread,
    SpreadAxis,
    SpreadNames,
    SpreadRow,
    Table,
    distribution_chart,
    heat_map,
)
from analysis.charts.chart import in_words as hidden_in_words
from analysis.charts.scale import covering
from analysis.results.item import GroupRow, ItemOfRound, Part
from analysis.results.item_words import group_name
from analysis.results.value_words import ValueWords, in_figures, in_one_decimal, percent
from surveys.items import Component

BINARY, NOMINAL = "binary", "nominal"
HUNDRED = 100.0
MORE, LESS = "▲", "▼"
CLEARLY = 0.05  # a share that changed by less has no arrow
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class ItemPictures:
    """`words` say values in the reader's language."""

    item: ItemOfRound
    words: ValueWords

    def __iter__(self) -> Iterator[Chart]:
        yield from self.overview()
        if self.item.chosen is not None and not self.item.chosen.is_whole:
            yield self.groups(self.item.chosen)

    def round_name(self, number: int | None) -> str:
        return _("Round %(number)s") % {"number": number}

    # --- every group of one part ---

    def groups(self, part: Part) -> Chart:
        title = _("Every group on one axis")
        if part.code:
            title = _("%(part)s: every group on one axis") % {"part": self.words.part(part.code)}
        caption = Caption("groups", title, self._groups_sentence(part), self.words.scale_note(part.code, part.level), in_figures)
        rows = [(group_name(self.item, row), row, _heading(row)) for row in part.rows]
        if part.level == NOMINAL:
            return self._shares(caption, part.component, rows, _("Group"))
        return self._distributions(caption, part, rows, _("Group"), with_bars=True)

    def _groups_sentence(self, part: Part) -> str:
        hidden = sum(row.suppressed for row in part.rows)
        shown = len(part.rows) - hidden
        if hidden:
            return _("%(shown)s groups are shown; %(hidden)s are protected.") % {"shown": shown, "hidden": hidden}
        if self.item.previous_round is None or part.level == NOMINAL:
            return _("All answers together, then each group.")
        return _("All answers together, then each group; below each line that of round %(number)s.") % {"number": self.item.previous_round}

    # --- all parts, of everybody ---

    def overview(self) -> Iterator[Chart]:
        """One picture for the parts that stand on the same axis; a grid as a table of its cells."""
        if not self.item.has_parts:
            return
        if self.item.spec.kind == "grid" and self.item.numbers[0].level != NOMINAL:
            yield self._grid()
            return
        for place, parts in enumerate(_by_axis(self.item.numbers)):
            caption = Caption(f"parts-{place}", self._title_of(parts), _("Everybody’s answers, part by part."),
                              self.words.scale_note(parts[0].code, parts[0].level), in_figures)
            rows = [(self.words.part(part.code), part.everybody, "") for part in parts]
            if parts[0].level == NOMINAL:
                yield self._shares(caption, parts[0].component, rows, _("Part"))
            else:
                yield self._distributions(caption, parts[0], rows, _("Part"), with_bars=False)

    def _title_of(self, parts: Sequence[Part]) -> str:
        if len(parts) == len(self.item.numbers):
            return _("All parts on one axis")
        return ", ".join(self.words.part(part.code) for part in parts)

    def _grid(self) -> Chart:
        """Everybody's middle answer in each cell."""
        by_code = {part.code: part.everybody for part in self.item.numbers}
        columns = [self.words.name(option.text) for option in self.item.spec.columns]
        rows = [HeatRow(self.words.name(row.text), tuple(_middle(by_code.get(f"{row.code}.{column.code}")) for column in self.item.spec.columns))
                for row in self.item.spec.rows]
        ends = self.words.ends("") or ("1", str(self.words.points("")))
        note = self.words.scale_note("", "ordinal")
        caption = Caption("parts-0", _("The middle answer in each cell"), _("Everybody’s answers, part by part."), note, in_figures)
        return heat_map(caption, _("Row"), columns, rows, Sequential(1, self.words.points(""), ends))

    # --- with an order: bars, the middle half, the middle ---

    def _distributions(self, caption: Caption, part: Part, rows: Sequence[tuple[str, GroupRow, str]], row_head: str, *, with_bars: bool) -> Chart:
        bars = self._bars(part) if with_bars else Bars()
        names = self._names(row_head, is_binary=part.level == BINARY)
        written = replace(caption, write=in_one_decimal) if part.level == BINARY else caption
        drawn = [SpreadRow(name, spread_of(part.level, row.figures, bars, row.suppressed), self._earlier(part.level, row, bars), heading)
                 for name, row, heading in rows]
        return distribution_chart(written, names, drawn, axis_of(part.component, drawn, has_bars=bool(bars.edges)), bars)

    def _names(self, row_head: str, *, is_binary: bool) -> SpreadNames:
        now, before = self.round_name(self.item.number), self.round_name(self.item.previous_round)
        if is_binary:
            return SpreadNames(row_head, now, before, _("Round"), _("Experts"), _("Ticked, %"))
        return SpreadNames(row_head, now, before, _("Round"), _("Experts"), _("Median"), _("Lower quartile"), _("Upper quartile"),
                           _("Middle half of the answers"), _("How often each answer was given"))

    def _earlier(self, level: str, row: GroupRow, bars: Bars) -> Spread | None:
        if self.item.previous_round is None:
            return None
        if row.before is None:
            return Spread(known=Known.PROTECTED if row.is_hidden_before else Known.UNDEFINED)
        return spread_of(level, row.before, bars, suppressed=False)

    def _bars(self, part: Part) -> Bars:
        component = part.component
        histogram = next((row.figures["histogram"] for row in part.rows if not row.suppressed and row.figures.get("histogram")), None)
        if histogram is None or part.level == BINARY:
            return Bars()
        if component.categories:
            labels = self.words.labels(part.code) if part.level == "ordinal" else []
            names = [f"{place} ({labels[place - 1]})" if labels else str(place) for place in range(1, len(component.categories) + 1)]
            return Bars(tuple((place - 0.4, place + 0.4) for place in range(1, len(names) + 1)), tuple(names))
        least, most = component.minimum or 0.0, component.maximum or 0.0  # both are there where answers were binned
        width = (most - least) / len(histogram)
        edges = [(least + place * width, least + (place + 1) * width) for place in range(len(histogram))]
        return Bars(tuple(edges), tuple(f"{in_figures(low)}–{in_figures(high)}" for low, high in edges))

    # --- without an order: a table of shares ---

    def _shares(self, caption: Caption, component: Component, rows: Sequence[tuple[str, GroupRow, str]], row_head: str) -> Chart:
        options = [self.words.category("", NOMINAL, code) for code in component.categories]
        heat = [HeatRow(name, _share_cells(row, len(options)), heading) for name, row, heading in rows]
        signs = [(MORE, _("risen by 5 points or more since the earlier round")), (LESS, _("fallen by 5 points or more"))]
        written = replace(caption, write=lambda share: f"{percent(share)}\u00a0%", note=_("Shares of the answers."))
        chart = heat_map(written, row_head, options, heat, Sequential(0.0, 1.0, ("0\u00a0%", "100\u00a0%")), signs)
        return replace(chart, table=self._table_of_shares(row_head, options, rows))

    def _table_of_shares(self, row_head: str, options: Sequence[str], rows: Sequence[tuple[str, GroupRow, str]]) -> Table:
        found: list[tuple[Any, ...]] = []
        for name, row, _group in rows:
            if self.item.previous_round is not None:
                hidden = Known.PROTECTED if row.is_hidden_before else Known.UNDEFINED
                found.append((name, self.round_name(self.item.previous_round), *_share_values(row.before, len(options), hidden)))
            found.append((name, self.round_name(self.item.number), *_share_values(None if row.suppressed else row.figures, len(options), Known.PROTECTED)))
        return Table((row_head, _("Round"), _("Experts"), *options), tuple(found), in_figures)


def spread_of(level: str, figures: Figures, bars: Bars, suppressed: bool) -> Spread:
    if suppressed:
        return Spread(known=Known.PROTECTED)
    if not figures.get("n"):
        return Spread(known=Known.UNDEFINED)
    if level == BINARY:
        return Spread(HUNDRED * figures["mean"], n=figures["n"])
    shares = shares_of(figures) if len(figures.get("histogram") or ()) == len(bars.edges) else ()
    return Spread(figures["median"], figures["q1"], figures["q3"], figures["n"], shares)


def shares_of(figures: Figures) -> tuple[float, ...]:
    """Of the answers; where panels weigh equally, of their weights."""
    histogram = figures.get("histogram") or ()
    total = sum(histogram)
    return tuple(count / total for count in histogram) if total else ()


def axis_of(component: Component, rows: Sequence[SpreadRow], *, has_bars: bool) -> SpreadAxis:
    """The scale's own ends, whatever was answered; those of the answers where it has none."""
    if component.level == BINARY:
        return SpreadAxis(0.0, HUNDRED)
    if component.categories:
        points, beside = len(component.categories), 0.5 if has_bars else 0.0
        step = 1 if points <= 11 else 5
        return SpreadAxis(1 - beside, points + beside, tuple(float(place) for place in range(1, points + 1) if place % step == 0 or step == 1))
    if component.minimum is not None and component.maximum is not None:
        return SpreadAxis(component.minimum, component.maximum)
    spreads = [spread for row in rows for spread in (row.now, row.before) if spread is not None and spread.is_shown]
    return SpreadAxis(*covering(number for spread in spreads for number in (spread.middle, spread.low, spread.high)))


def _heading(row: GroupRow) -> str:
    return {"theatre": _("Theatres"), "panel": _("Panels")}.get(row.group[0], _("All experts"))


def _by_axis(parts: Sequence[Part]) -> list[list[Part]]:
    found: dict[tuple[Any, ...], list[Part]] = {}
    for part in parts:
        component = part.component
        found.setdefault((part.level, component.minimum, component.maximum, component.categories), []).append(part)
    return list(found.values())


def _middle(row: GroupRow | None) -> HeatCell:
    if row is None or not row.has_answers:
        return HeatCell(known=Known.PROTECTED if row is not None and row.suppressed else Known.UNDEFINED)
    return HeatCell(row.figures["median"])


def _share_cells(row: GroupRow, size: int) -> tuple[HeatCell, ...]:
    shares = shares_of(row.figures) if row.has_answers else ()
    if not shares:
        return (HeatCell(known=Known.PROTECTED if row.suppressed else Known.UNDEFINED),) * size
    before = shares_of(row.before) if row.before else ()
    return tuple(HeatCell(share, sign=_arrow(share, before[place]) if len(before) == size else "") for place, share in enumerate(shares))


def _arrow(now: float, before: float) -> str:
    change = round(now - before, 9)
    return MORE if change >= CLEARLY else LESS if change <= -CLEARLY else ""


def _share_values(figures: Figures | None, size: int, hidden: Known) -> list[Any]:
    """Experts, then the share of each option."""
    shares = shares_of(figures) if figures else ()
    if figures is None or not shares:
        word = hidden_in_words(hidden) if hidden == Known.PROTECTED and figures is None else None
        return [word, *[None] * size]
    return [figures["n"], *shares]
