"""A role grid's allies, functions, positions and verdicts in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from analysis.charts import ABOVE, BELOW, UNCLEAR, Known
from analysis.results.lines import rounded
from analysis.results.roles import AS_EXPECTED, NOT_ASSESSED, OVER, UNDECIDED, UNDER, StoredRoles
from analysis.stored_tables import Values
from surveys.models import Study
from surveys.views.expert.wording import Phrase, Wording

ALIKE = "="
SIGNS = {OVER: BELOW, UNDER: ABOVE, AS_EXPECTED: ALIKE, UNDECIDED: UNCLEAR}
VERDICTS: dict[str, str | Promise] = {
    OVER: gettext_lazy("over-expected"),
    UNDER: gettext_lazy("under-expected"),
    AS_EXPECTED: gettext_lazy("as expected"),
    UNDECIDED: gettext_lazy("can’t be told"),
    NOT_ASSESSED: gettext_lazy("not assessed"),
}
MEANINGS: dict[str, str | Promise] = {
    OVER: gettext_lazy("over-expected: the others expect more than its own experts"),
    UNDER: gettext_lazy("under-expected: its own experts expect more than the others"),
    AS_EXPECTED: gettext_lazy("as expected: if there is a difference, it is too small to matter"),
    UNDECIDED: gettext_lazy("can’t be told: the answers show neither a difference nor that there is none"),
    NOT_ASSESSED: gettext_lazy("not assessed: fewer than 5 answers on a side, or protected"),
}


@dataclass(frozen=True)
class RoleWords:
    study: Study
    grid: StoredRoles

    @cached_property
    def wording(self) -> Wording:
        language = get_language() or self.study.source_language
        return Wording(language, self.study.source_language, language)

    @property
    def question(self) -> Phrase:
        return self.wording(self.grid.spec.text)

    @cached_property
    def allies(self) -> Mapping[str, str]:
        return {option.code: str(self.wording(option.text)) or option.code for option in self.grid.spec.rows}

    @cached_property
    def functions(self) -> Mapping[str, str]:
        return {option.code: str(self.wording(option.text)) or option.code for option in self.grid.spec.columns}

    @cached_property
    def positions(self) -> list[str]:
        """The names of the role levels, lowest first; [] where only the ends have names."""
        return [str(label) for label in self.wording.labels(self.grid.spec.scale)]

    @property
    def points(self) -> int:
        return self.grid.spec.scale.points if self.grid.spec.scale else 1

    @property
    def of_means(self) -> str:
        """What the numbers are, under a picture of means."""
        ends = self.wording.ends(self.grid.spec.scale)
        if ends is None:
            return _("Means of positions from 1 to %(points)s.") % {"points": self.points}
        return _("Means of positions from 1 (%(low)s) to %(points)s (%(high)s).") % {"low": ends[0], "points": self.points, "high": ends[1]}

    @property
    def of_differences(self) -> str:
        """The same, under a picture of differences."""
        ends = self.wording.ends(self.grid.spec.scale)
        if ends is None:
            return _("Differences of means, in positions of a scale from 1 to %(points)s.") % {"points": self.points}
        return _("Differences of means, in positions of a scale from 1 (%(low)s) to %(points)s (%(high)s).") % {
            "low": ends[0], "points": self.points, "high": ends[1]}

    def position(self, mean: float) -> str:
        """The role level nearest to a mean, with the mean."""
        number = str(number_format(rounded(mean, 1), 1))
        if not self.positions:
            return number
        place = min(max(int(rounded(mean, 0)), 1), len(self.positions))
        return _("%(position)s (%(mean)s)") % {"position": self.positions[place - 1], "mean": number}

    def role(self, cell: Values) -> str:
        """An ally in a function."""
        return _("%(ally)s: %(function)s") % {"ally": self.allies[cell["target"]], "function": self.functions[cell["function"]]}

    def sides(self, cell: Values) -> str:
        """What both sides say of a role whose gap is told."""
        return _("its own experts say %(own)s, the others expect %(others)s") % {
            "own": self.position(cell["self_mean"]), "others": self.position(cell["others_mean"])}


def known(cell: Values, name: str) -> Known:
    """Whether a mean, or the gap, of a role can be shown."""
    if cell[name] is not None:
        return Known.SHOWN
    is_protected = {"self_mean": cell["self_n"] is None, "others_mean": bool(cell["left_out"]), "gap": cell["status"] == "protected"}
    return Known.PROTECTED if is_protected[name] else Known.UNDEFINED


def verdict_counts(grid: StoredRoles) -> list[dict[str, Any]]:
    """Every verdict with how many roles have it; "not assessed" only where there is one."""
    found = grid.verdicts
    return [{"name": verdict, "count": found[verdict], "title": VERDICTS[verdict], "sign": SIGNS.get(verdict, ""), "meaning": MEANINGS[verdict]}
            for verdict in VERDICTS if verdict != NOT_ASSESSED or found[verdict]]
