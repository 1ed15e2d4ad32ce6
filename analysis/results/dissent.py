"""Stable dissent as a finding: a question on which the experts stay divided, and which allies stand on which side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.results.convergence import UNORDERED, PublishedRow, Tracked

LOWER, MIDDLE, HIGHER = "lower", "middle", "higher"
DIVIDED, UNJUDGED = "(divided)", "(unjudged)"  # no option has such a code
SIDES = (LOWER, MIDDLE, HIGHER)
WITHOUT_A_SIDE = (DIVIDED, UNJUDGED)
Side = Mapping[str, Sequence[PublishedRow]]


@dataclass(frozen=True)
class Camps:
    """Where each panel that is told stands. `sides`: of an order lower, middle and higher than everybody's median, else the option that most chose;
    DIVIDED holds the panels that do not agree among themselves, by the very rule that everybody's answers fail, UNJUDGED those in which too few
    answered for that rule."""

    item: Tracked
    everybody: PublishedRow
    sides: Side
    protected: Sequence[PublishedRow]

    @property
    def has_order(self) -> bool:
        return self.everybody.level not in UNORDERED

    @property
    def united(self) -> Sequence[PublishedRow]:
        return [row for side, rows in self.sides.items() if side not in WITHOUT_A_SIDE for row in rows]

    @property
    def divided(self) -> Sequence[PublishedRow]:
        return self.sides.get(DIVIDED, ())

    @property
    def is_between(self) -> bool:
        """Do allies that agree among themselves stand on different sides?"""
        return sum(bool(rows) for side, rows in self.sides.items() if side not in (*WITHOUT_A_SIDE, MIDDLE)) > 1

    @property
    def is_close(self) -> bool:
        """Does the middle half of the answers span no more than a step of the scale, while the rule asks for another place?"""
        figures = self.everybody.figures
        iqr = figures.get("iqr")
        return self.everybody.level == "ordinal" and figures.get("consensus_rule") == "percent_agreement" and iqr is not None and round(iqr, 9) <= 1

    @property
    def is_polarised(self) -> bool:
        measures = self.item.measures
        return measures is not None and measures.get("polarised") == "yes"


def camps_of(item: Tracked) -> Camps | None:
    """None for a question with several numbers in an answer, or one whose panels nobody can compare."""
    everybody = item.judged
    if everybody is None or everybody.suppressed or not item.panels:
        return None
    told = [row for row in item.panels if not row.suppressed and row.figures.get("n")]
    return Camps(item, everybody, sides_of(everybody, told), [row for row in item.panels if row.suppressed])


def sides_of(everybody: PublishedRow, panels: Iterable[PublishedRow]) -> dict[str, list[PublishedRow]]:
    found: dict[str, list[PublishedRow]] = {name: [] for name in SIDES} if everybody.level not in UNORDERED else {}
    for row in panels:
        found.setdefault(side_of(everybody.figures, row), []).append(row)
    last = {side: found.pop(side, []) for side in WITHOUT_A_SIDE}
    return {side: rows for side, rows in (found | last).items() if rows}


def side_of(everybody: Mapping[str, Any], panel: PublishedRow) -> str:
    judged = panel.figures.get("consensus")
    if judged != "reached":
        return DIVIDED if judged == "not_reached" else UNJUDGED
    if panel.level in UNORDERED:
        return str(panel.figures.get("modal") or "")
    return place_of(everybody.get("median"), panel.figures.get("median"))


def place_of(everybody: float | None, panel: float | None) -> str:
    if everybody is None or panel is None or round(panel - everybody, 9) == 0:
        return MIDDLE
    return LOWER if panel < everybody else HIGHER
