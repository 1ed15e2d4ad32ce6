"""The pictures of the page about roles: the matrix of a role grid, one ally's roles, and what allies expect of each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.charts import (
    ABOVE,
    BELOW,
    UNCLEAR,
    Caption,
    Chart,
    Diverging,
    HeatCell,
    HeatRow,
    IntervalRow,
    Known,
    PairedRow,
    PairNames,
    Reference,
    Sequential,
    Table,
    heat_map,
    interval_chart,
    pair_chart,
)
from analysis.charts.chart import Value, end_columns
from analysis.charts.chart import in_words as hidden_in_words
from analysis.results.extremes import extremes_of
from analysis.results.item_words import named
from analysis.results.role_words import MEANINGS, SIGNS, VERDICTS, RoleWords, known
from analysis.results.roles import CLEAR, NOT_ASSESSED, PairOfAllies, StoredRoles
from analysis.results.value_words import in_two_decimals
from analysis.stored_tables import Values
from analysis.verdicts import in_words

GAP, OWN, OTHERS = "gap", "self", "others"
SHOWN = {GAP: "gap", OWN: "self_mean", OTHERS: "others_mean"}
TITLES: dict[str, str | Promise] = {
    GAP: gettext_lazy("The gap: own experts minus the others"),
    OWN: gettext_lazy("What its own experts expect"),
    OTHERS: gettext_lazy("What the others expect, each ally counted once"),
}


@dataclass(frozen=True)
class RolePictures:
    """The charts of one grid, about one ally where they are about one."""

    words: RoleWords
    show: str
    ally: str

    @property
    def grid(self) -> StoredRoles:
        return self.words.grid

    @property
    def name(self) -> str:
        return self.words.allies[self.ally]

    @property
    def of_ally(self) -> list[Values]:
        return [cell for cell in self.grid.cells if cell["target"] == self.ally]

    def __iter__(self) -> Iterator[Chart]:
        yield from (self.matrix(), self.paired(), self.gaps())
        yield from (chart for chart in (self.reciprocity(), self.believed_by_others(), self.believed_of_others()) if chart)

    def matrix(self) -> Chart:
        """Allies by functions; the twin tells all that is known of each role."""
        name = SHOWN[self.show]
        rows = [HeatRow(ally, tuple(self._heat_cell(self.grid.by_cell[code, function], name) for function in self.words.functions))
                for code, ally in self.words.allies.items()]
        captioned = self._of_differences if self.show == GAP else self._of_means
        caption = captioned("matrix", str(TITLES[self.show]), self._matrix_sentence(name))
        chart = heat_map(caption, _("Ally"), list(self.words.functions.values()), rows, self._heat_scale(), _signs())
        return replace(chart, table=self._twin())

    def _heat_cell(self, cell: Values, name: str) -> HeatCell:
        return HeatCell(cell[name], known(cell, name), SIGNS.get(cell["verdict"], "") if name == "gap" else "")

    def _heat_scale(self) -> Diverging | Sequential:
        """The scale's ends, and for gaps half its range: the same in every round, whatever was answered."""
        if self.show == GAP:
            return Diverging((self.words.points - 1) / 2, (_("the others expect more"), _("its own experts expect more")))
        ends = self.words.wording.ends(self.grid.spec.scale) or ("1", str(self.words.points))
        return Sequential(1, self.words.points, (str(ends[0]), str(ends[1])))

    def _matrix_sentence(self, name: str) -> str:
        told = [cell for cell in self.grid.cells if cell[name] is not None]
        if not told:
            return _("No role can be shown.")
        if name == "gap":
            clear = sum(cell["verdict"] in CLEAR for cell in self.grid.cells)
            return ngettext("In %(clear)s of %(all)s roles the gap is clear.", "In %(clear)s of %(all)s roles the gap is clear.", clear) % {
                "clear": clear, "all": len(self.grid.cells)}
        ends = extremes_of([(self.words.role(cell), cell[name]) for cell in told], in_two_decimals)
        said = {"most": named(ends.highest), "high": ends.high, "least": named(ends.lowest), "low": ends.low}
        if ends.are_alike:
            return _("As much is expected in every role that is shown: %(high)s.") % said
        return _("Of the roles that are shown, most is expected in %(most)s (%(high)s), least in %(least)s (%(low)s).") % said

    def _twin(self) -> Table:
        columns = (_("Role"), _("Own experts"), _("The others"), _("Gap"), *end_columns(_("Gap")), _("Verdict"), _("Consensus"), _("Stability"))
        return Table(columns, tuple(self._twin_row(cell) for cell in self.grid.cells), in_two_decimals)

    def _twin_row(self, cell: Values) -> tuple[Value, ...]:
        return (self.words.role(cell), *(_value(cell, name) for name in ("self_mean", "others_mean", "gap")), cell["gap_low"], cell["gap_high"],
                str(VERDICTS[cell["verdict"]]), in_words(cell["consensus"]) or None, in_words(cell["stability"]) or None)

    def paired(self) -> Chart:
        """Own experts beside the others, function by function."""
        rows = [PairedRow(self.words.functions[cell["function"]], cell["self_mean"], cell["others_mean"], cell["gap"], _known_pair(cell))
                for cell in self.of_ally]
        names = PairNames(_("Function"), _("Own experts"), _("The others"))
        title = _("%(ally)s: its own experts and the others") % {"ally": self.name}
        return pair_chart(self._of_means("own-and-others", title, self._ally_sentence()), names, rows, (1, self.words.points))

    def _ally_sentence(self) -> str:
        told = [cell for cell in self.of_ally if cell["gap"] is not None]
        if not told:
            return _("No gap of this ally can be shown.")
        largest = max(told, key=lambda cell: abs(cell["gap"]))
        as_large = [self.words.functions[cell["function"]] for cell in told if round(abs(cell["gap"]) - abs(largest["gap"]), 6) == 0]
        if len(as_large) > 1:
            return _("The gap is largest, and equally large, in %(functions)s.") % {"functions": named(as_large)}
        return _("The gap is largest in %(function)s: %(sides)s.") % {
            "function": self.words.functions[largest["function"]], "sides": self.words.sides(largest)}

    def gaps(self) -> Chart:
        """The gaps with their intervals, against none."""
        rows = [IntervalRow(self.words.functions[cell["function"]], cell["gap"], cell["gap_low"], cell["gap_high"], SIGNS.get(cell["verdict"], ""),
                            str(VERDICTS[cell["verdict"]]), known(cell, "gap")) for cell in self.of_ally]
        clear = sum(cell["verdict"] in CLEAR for cell in self.of_ally)
        sentence = _("Clear in %(clear)s of %(all)s functions. Left of the line the others expect more, right of it its own experts.") % {
            "clear": clear, "all": len(rows)}
        caption = self._of_differences("gaps", _("%(ally)s: the gaps and how sure they are") % {"ally": self.name}, sentence)
        return interval_chart(caption, (_("Function"), _("Gap")), rows, Reference(0, _("no gap")), _signs())

    def reciprocity(self) -> Chart | None:
        more = _("%(ally)s expects more") % {"ally": self.name}, _("the other one expects more")
        title = _("What %(ally)s expects of each ally, minus what that ally expects of %(ally)s") % {"ally": self.name}
        return self._pairs("reciprocity", title, self.grid.reciprocity(self.ally), more)

    def believed_by_others(self) -> Chart | None:
        more = _("%(ally)s expects more than they believe") % {"ally": self.name}, _("%(ally)s expects less than they believe") % {"ally": self.name}
        title = _("What %(ally)s expects of each ally, minus what that ally believes %(ally)s expects") % {"ally": self.name}
        return self._pairs("believed-by-others", title, self.grid.believed_by_others(self.ally), more)

    def believed_of_others(self) -> Chart | None:
        more = _("they expect more than %(ally)s believes") % {"ally": self.name}, _("they expect less than %(ally)s believes") % {"ally": self.name}
        title = _("What each ally expects of %(ally)s, minus what %(ally)s believes that ally expects") % {"ally": self.name}
        return self._pairs("believed-of-others", title, self.grid.believed_of_others(self.ally), more)

    def _pairs(self, key: str, title: str, pairs: Sequence[PairOfAllies], more: tuple[str, str]) -> Chart | None:
        """One row for each other ally, over all functions; `more` says what lies right and left of the line."""
        if not pairs:
            return None
        signs = ((ABOVE, more[0]), (BELOW, more[1]), (UNCLEAR, _("no clear difference")))
        rows = [self._pair_row(pair, dict(signs)) for pair in pairs]
        clear = sum(row.sign in (ABOVE, BELOW) for row in rows)
        sentence = ngettext("Over all functions the difference is clear for %(clear)s of %(all)s ally.",
                            "Over all functions the difference is clear for %(clear)s of %(all)s allies.", len(rows)) % {"clear": clear, "all": len(rows)}
        return interval_chart(self._of_differences(key, title, sentence), (_("Ally"), _("Difference")), rows, Reference(0, _("no difference")), signs)

    def _pair_row(self, pair: PairOfAllies, words: dict[str, str]) -> IntervalRow:
        is_there = pair.difference is not None and pair.p is not None
        sign = "" if not is_there else (ABOVE if (pair.difference or 0) > 0 else BELOW) if pair.is_clear else UNCLEAR
        state = Known.PROTECTED if pair.status == "protected" else Known.SHOWN if pair.difference is not None else Known.UNDEFINED
        return IntervalRow(self.words.allies[pair.other], pair.difference, pair.low, pair.high, sign,
                           words[sign] if sign else str(VERDICTS[NOT_ASSESSED]), state)

    def _of_means(self, key: str, title: str, sentence: str) -> Caption:
        return Caption(key, title, sentence, self.words.of_means, in_two_decimals)

    def _of_differences(self, key: str, title: str, sentence: str) -> Caption:
        return Caption(key, title, sentence, self.words.of_differences, in_two_decimals)


def _signs() -> list[tuple[str, str]]:
    return [(sign, str(MEANINGS[verdict])) for verdict, sign in SIGNS.items()]


def _value(cell: Values, name: str) -> Value:
    state = known(cell, name)
    return hidden_in_words(state) if state == Known.PROTECTED else cell[name]


def _known_pair(cell: Values) -> Known:
    """A side that is protected takes the row with it: the picture has no place for half of one."""
    states = {known(cell, "self_mean"), known(cell, "others_mean")}
    return Known.PROTECTED if Known.PROTECTED in states else Known.SHOWN
