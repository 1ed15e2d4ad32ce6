"""Pools as pictures: one item's pools on one axis, and all probabilities of a round in one table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from analysis.charts import Caption, Chart, HeatCell, HeatRow, IntervalRow, Known, Reference, Sequential, Table, heat_map, interval_chart
from analysis.results.extremes import extremes_of
from analysis.results.item import ALL, Group
from analysis.results.item_words import named
from analysis.results.pool_words import COOKE, METHODS, method_in_words
from analysis.results.pools import WEIGHTINGS, PooledItem
from analysis.results.shortened import shortened
from analysis.results.value_words import ValueWords, in_figures, in_one_decimal
from analysis.stored_tables import Values
from surveys.items.quantiles import number_codes
from surveys.models import Study
from surveys.templatetags.organizer import marked
from surveys.views.expert.kinds.quantile_words import MEDIAN

EQUAL = ("equal_weight", "equal_weight")
BY_GROUP = {"probability": "linear", "quantiles": "linear_pool", "interval": "idea_mean"}
LONGEST_LABEL = 150  # questions about one thing at several dates begin alike
Named = Mapping[Group, str]


@dataclass(frozen=True)
class Pool:
    """One row: a way to pool, or a group; the pooled numbers by component."""

    name: str
    numbers: Mapping[str, float]
    heading: str = ""
    is_protected: bool = False


@dataclass(frozen=True)
class PoolPicture:
    """The pools of one item. `names`: of the groups that stand in it beside everybody; none of them on the page about all items."""

    study: Study
    item: PooledItem
    names: Named

    @property
    def words(self) -> ValueWords:
        return ValueWords(self.study, self.item.spec)

    @property
    def codes(self) -> Sequence[str]:
        if self.item.is_probability:
            return ("",)
        return ("lower", "best", "upper") if self.item.is_interval else number_codes(self.item.spec)

    @property
    def middle(self) -> str:
        """The number that is drawn as the dot: the best guess, the median, else the one in the middle of the list."""
        if self.item.is_probability:
            return ""
        if self.item.is_interval:
            return "best"
        return MEDIAN if MEDIAN in self.codes else self.codes[len(self.codes) // 2]

    def chart(self, key: str, title: str) -> Chart | None:
        pools = list(self._pools())
        if not pools:
            return None
        words = self.words
        unit = words.unit("probability" if self.item.is_probability else "interval")
        caption = Caption(key, title, pools_sentence(pools, self.middle, unit), self._note(unit), in_figures)
        drawn = interval_chart(caption, (_("Pool"), self._dot_name()), [self._row(pool) for pool in pools], self._truth())
        return replace(drawn, table=self._table(pools, drawn.table)) if len(self.codes) > 1 else drawn

    def _dot_name(self) -> str:
        if self.item.is_probability:
            return _("Probability, %")
        return self.words.part(self.middle)

    def _note(self, unit: str) -> str:
        if self.item.is_probability:
            return _("Probabilities in per cent.")
        ends = {"first": self.words.part(self.codes[0]), "dot": self.words.part(self.middle), "last": self.words.part(self.codes[-1])}
        said = _("Each line runs from “%(first)s” to “%(last)s”; the dot is “%(dot)s”.") % ends
        in_unit = _("Unit: %(unit)s.") % {"unit": unit}
        return f"{said} {in_unit}" if unit else said

    def _truth(self) -> Reference | None:
        truth = self.item.spec.truth
        return None if truth is None or self.item.is_probability else Reference(truth, _("known answer"))

    def _row(self, pool: Pool) -> IntervalRow:
        if pool.is_protected:
            return IntervalRow(pool.name, known=Known.PROTECTED, group=pool.heading)
        middle = pool.numbers.get(self.middle)
        if len(self.codes) == 1:
            return IntervalRow(pool.name, middle, group=pool.heading)
        return IntervalRow(pool.name, middle, pool.numbers.get(self.codes[0]), pool.numbers.get(self.codes[-1]), group=pool.heading)

    def _table(self, pools: Sequence[Pool], drawn: Table) -> Table:
        """All quantiles, not only those that are drawn."""
        heads = (_("Pool"), *(self.words.part(code) for code in self.codes))
        hidden = [*[None] * (len(self.codes) - 1)]
        rows = [(pool.name, *((drawn.values[place][1], *hidden) if pool.is_protected else (pool.numbers.get(code) for code in self.codes)))
                for place, pool in enumerate(pools)]
        return Table(heads, tuple(rows), in_figures)

    def _pools(self) -> Iterator[Pool]:
        everybody = _("All experts")
        yield from self._by_method(ALL, everybody)
        equal_weight = _("%(pool)s, every panel with equal weight") % {"pool": METHODS[self._by_group]}
        yield from self._of_group(EQUAL, equal_weight, everybody)
        yield from self._cooke(everybody)
        for group, name in self.names.items():
            heading = _("Theatres: %(pool)s") if group[0] == "theatre" else _("Panels: %(pool)s")
            yield from self._of_group(group, name, heading % {"pool": METHODS[self._by_group]})

    def _of_group(self, group: Group, name: str, heading: str) -> list[Pool]:
        """A group that answered and has no pool is protected in one of the numbers."""
        found = [replace(pool, name=name) for pool in self._by_method(group, heading, only=self._by_group)]
        return found or [Pool(name, {}, heading, is_protected=True)]

    @property
    def _by_group(self) -> str:
        return BY_GROUP["interval" if self.item.is_interval else self.item.spec.kind]

    def _by_method(self, group: Group, heading: str, only: str = "") -> Iterator[Pool]:
        found: dict[str, list[Values]] = {}
        for row in self.item.pools(*group):
            if row["value"] is not None and (not only or row["method"] == only):
                found.setdefault(row["method"], []).append(row)
        for rows in found.values():
            yield Pool(method_in_words(rows[0]), {row["component"] or "": row["value"] for row in rows}, heading)

    def _cooke(self, heading: str) -> Iterator[Pool]:
        for weighting in WEIGHTINGS:
            rows = self.item.cooke_pools(weighting)
            if rows:
                numbers = {row["component"] or "": row["value"] for row in rows if row["value"] is not None}
                yield Pool(str(COOKE[weighting]), numbers, heading, is_protected=not numbers)


def pools_sentence(pools: Sequence[Pool], middle: str, unit: str) -> str:
    """How far the ways to pool lie apart."""
    known = [(pool.numbers[middle], pool.name) for pool in pools if pool.numbers.get(middle) is not None and pool.heading == pools[0].heading]
    if not known:
        return _("No pool can be shown.")
    space = f"\u00a0{unit}" if unit else ""
    ends = extremes_of([(name, number) for number, name in known], in_figures)
    said = {"low": f"{ends.low}{space}", "lowest": named(ends.lowest), "high": f"{ends.high}{space}", "highest": named(ends.highest)}
    if len(known) == 1:
        return _("%(highest)s: the middle is %(high)s.") % said
    if ends.are_alike:
        return _("However the experts’ answers are drawn together, the middle is %(value)s.") % {"value": said["low"]}
    return _("Drawn together in different ways the middle lies between %(low)s (%(lowest)s) and %(high)s (%(highest)s).") % said


def probabilities_chart(study: Study, items: Sequence[PooledItem]) -> Chart | None:
    """All probabilities of everybody under each way to pool, one beside the other."""
    shown = [(item, {row["method"]: row["value"] for row in item.pools(*ALL)}, _equal(item)) for item in items]
    methods = [method for method in METHODS if any(method in values for _item, values, _panels in shown)]
    if not methods:
        return None
    columns = [str(METHODS[methods[0]]), _("The same, every panel with equal weight"), *(str(METHODS[method]) for method in methods[1:])]
    rows = [HeatRow(shortened(str(marked(study, item.definition["text"])), LONGEST_LABEL), (_cell(values.get(methods[0])), _cell(panels),
                    *(_cell(values.get(method)) for method in methods[1:]))) for item, values, panels in shown]
    note = _("Probabilities in per cent. An extremized pool goes farther from 50 than the geometric mean of the odds, from which it starts: "
             "experts who judge alike for different reasons know more together.")
    caption = Caption("probabilities", _("Probabilities, drawn together in different ways"), _probabilities_sentence(rows), note, in_one_decimal)
    return heat_map(caption, _("Question"), columns, rows, Sequential(0.0, 100.0, ("0\u00a0%", "100\u00a0%")))


def _equal(item: PooledItem) -> float | None:
    found: float | None = next((row["value"] for row in item.pools(*EQUAL) if row["method"] == BY_GROUP["probability"]), None)
    return found


def _cell(value: float | None) -> HeatCell:
    return HeatCell(known=Known.PROTECTED) if value is None else HeatCell(value)


def _probabilities_sentence(rows: Sequence[HeatRow]) -> str:
    told = [(_("“%(question)s”") % {"question": row.label}, row.cells[0].value) for row in rows if row.cells[0].value is not None]
    if not told:
        return _("No pool can be shown.")
    ends = extremes_of(told, in_one_decimal)
    said = {"most": named(ends.highest), "high": ends.high, "least": named(ends.lowest), "low": ends.low}
    if len(told) == 1:
        return _("By the mean the probability is %(high)s %%.") % said
    if ends.are_alike:
        return _("By the mean all that are shown are equally likely: %(high)s %%.") % said
    return _("By the mean the most likely that is shown is %(most)s (%(high)s %%), the least likely %(least)s (%(low)s %%).") % said
