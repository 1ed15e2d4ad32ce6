"""Stable dissent as a finding: a question on which the experts stay divided, and which allies stand on which side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.results.convergence import PublishedRow, Tracked
from analysis.results.pictures import WITHOUT_ORDER
from analysis.results.rule_words import Asked, asked_of

LOWER, MIDDLE, HIGHER = "lower", "middle", "higher"
DIVIDED, UNJUDGED = "(divided)", "(unjudged)"  # no option has such a code
SIDES = (LOWER, MIDDLE, HIGHER)
WITHOUT_A_SIDE = (DIVIDED, UNJUDGED)
Side = Mapping[str, Sequence[PublishedRow]]


@dataclass(frozen=True)
class Camps:
    """Where each panel that is told stands. `sides`: of an order lower, middle and higher than everybody's median, under a rule about a band below,
    in and above the band, else the option that most chose; DIVIDED holds the panels that do not agree among themselves, by the very rule that
    everybody's answers fail, UNJUDGED those in which too few answered for that rule."""

    item: Tracked
    everybody: PublishedRow
    sides: Side
    protected: Sequence[PublishedRow]
    rule: Asked | None = None

    @property
    def has_order(self) -> bool:
        return self.everybody.level not in WITHOUT_ORDER

    @property
    def united(self) -> Sequence[PublishedRow]:
        return [row for side, rows in self.sides.items() if side not in WITHOUT_A_SIDE for row in rows]

    @property
    def divided(self) -> Sequence[PublishedRow]:
        return self.sides.get(DIVIDED, ())

    @property
    def has_band(self) -> bool:
        return self.rule is not None and bool(self.rule.band)

    @property
    def is_between(self) -> bool:
        """Do allies that agree among themselves not agree with each other? Under a rule about a band who stands in it stands together."""
        if self.has_band or not self.has_order:
            return len(self.sides.keys() - set(WITHOUT_A_SIDE)) > 1
        medians = [row.figures["median"] for row in self.united if row.figures.get("median") is not None]
        return bool(medians) and round(max(medians) - min(medians), 9) > self.step

    @property
    def step(self) -> float:
        """Medians no farther apart than this are no two places: a step of a scale, or of other numbers what the rule lets the answers differ."""
        name, threshold = (self.rule.rule, self.rule.threshold) if self.rule is not None else ("", 0.0)
        if self.everybody.level == "ordinal":
            return max(1.0, threshold) if name == "iqr" else 1.0
        if name == "relative_iqr":
            return threshold * abs(self.everybody.figures.get("median") or 0.0)
        return threshold if name in ("iqr", "sd") else 0.0

    @property
    def is_together_elsewhere(self) -> bool:
        """Do all panels stand on one side, which is not where the rule looks?"""
        is_one = len(self.sides.keys() - set(WITHOUT_A_SIDE)) == 1
        return self.has_band and is_one and not self.divided and all(row.figures["consensus"] == "not_reached" for row in self.united)

    @property
    def is_close(self) -> bool:
        """Does the middle half of the answers span no more than a step of the scale, while the rule asks for another place?"""
        iqr = self.everybody.figures.get("iqr")
        return self.has_band and iqr is not None and round(iqr, 9) <= 1

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
    rule = asked_of("consensus", item.spec, everybody.component, everybody.level, item.settings)
    sides = sides_of(everybody, told, rule, item.spec.scale.points if item.spec.scale else 0)
    return Camps(item, everybody, sides, [row for row in item.panels if row.suppressed], rule)


def sides_of(everybody: PublishedRow, panels: Iterable[PublishedRow], rule: Asked | None = None, points: int = 0) -> dict[str, list[PublishedRow]]:
    """`points`: of the scale."""
    found: dict[str, list[PublishedRow]] = {name: [] for name in SIDES} if everybody.level not in WITHOUT_ORDER else {}
    for row in panels:
        found.setdefault(side_of(everybody.figures, row, rule, points), []).append(row)
    last = {side: found.pop(side, []) for side in WITHOUT_A_SIDE}
    return {side: rows for side, rows in (found | last).items() if rows}


def side_of(everybody: Mapping[str, Any], panel: PublishedRow, rule: Asked | None, points: int) -> str:
    judged = panel.figures.get("consensus")
    if judged not in ("reached", "not_reached"):
        return UNJUDGED
    if rule is not None and rule.band:
        return beside_ends(panel.figures, points) if rule.band == "either_end" else beside_band(panel.figures, *band_of(rule.given["band"], points))
    if judged == "not_reached":
        return DIVIDED
    if panel.level in WITHOUT_ORDER:
        return str(panel.figures.get("modal") or "")
    return place_of(everybody.get("median"), panel.figures.get("median"))


def band_of(band: str | Sequence[int], points: int) -> tuple[int, int]:
    """Its lowest and its highest point."""
    if isinstance(band, str):
        return (points - 1, points) if band == "top_two" else (1, 2)
    return band[0], band[1]


def beside_band(panel: Mapping[str, Any], low: int, high: int) -> str:
    """Who mostly stand outside the band, but all on the same side of it, do not disagree with each other."""
    if panel["consensus"] == "reached":
        return MIDDLE
    if panel["q3"] < low:
        return LOWER
    return HIGHER if panel["q1"] > high else DIVIDED


def beside_ends(panel: Mapping[str, Any], points: int) -> str:
    """The same of the two ends of a scale, between which most may stand."""
    low, high = 2, points - 1
    if panel["consensus"] == "reached":
        return LOWER if panel["median"] <= low else HIGHER if panel["median"] >= high else MIDDLE
    return MIDDLE if low < panel["q1"] and panel["q3"] < high else DIVIDED


def place_of(everybody: float | None, panel: float | None) -> str:
    if everybody is None or panel is None or round(panel - everybody, 9) == 0:
        return MIDDLE
    return LOWER if panel < everybody else HIGHER
