"""The verdicts on a component, or on a ranking as a whole, over everybody, or over a theatre, but one of its allies.

A group but an ally has no row, so there are verdicts only where shown rows give its figures. A rule about those who answered twice is applied
only where pairs of the ally and of the group are shown, so that the others' follow from them.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group
from analysis.figures import Selection, change_of_spread, pair_figures, round_figures
from analysis.groups import panel_weights
from analysis.published import PublishedComponent
from analysis.registered import holds, rule_for
from analysis.rows import is_stable_only_if_nobody_changed
from analysis.rules import NOT_ASSESSED, NOT_REACHED, REACHED, judge_stability
from analysis.tables.registered_rules import consensus_rule

PAIR_RULES = frozenset({"percent_changed", "weighted_kappa"})
OTHERS = {"all": "others", "equal_weight": "others_equal_weight", "theatre": "others"}


@dataclass(frozen=True)
class WithoutAnAlly:
    """`everybody`: all, equal_weight, or a theatre. Verdicts are None where they may not be told."""

    component: PublishedComponent
    everybody: Group
    ally: Group

    @property
    def parts(self) -> tuple[PublishedComponent, ...]:
        return (self.component,)

    @cached_property
    def others(self) -> Group:
        """Everybody but the ally."""
        panels = tuple(panel for panel in self.everybody.panels if panel != self.ally.code)
        return Group(OTHERS[self.everybody.kind], self.ally.code, panels)

    @property
    def name(self) -> tuple[str, str]:
        return self.everybody.kind, self.everybody.code

    @cached_property
    def may_be_told(self) -> bool:
        return all(part.group(*self.name) is not None and part.follows(self.others) for part in self.parts)

    @property
    def n(self) -> int:
        return self.component.n(self.others)

    def consensus(self) -> str | None:
        return self._consensus() if self.may_be_told else None

    def _consensus(self) -> str:
        chosen = Selection(self.component.answers(self.others), self.component.weights(self.others))
        rule, quantile_type = consensus_rule(self.component), int(self.component.data.meta["quantile_type"])
        return str(round_figures(self.component.meta, chosen, rule, quantile_type)["consensus"])

    def stability(self) -> str | None:
        rule = self._stability_rule()
        if self.component.previous is None or rule is None:
            return NOT_ASSESSED
        if not self.may_be_told or not self._earlier_may_be_told():
            return None
        pairs: dict[str, Any] = {}
        if rule["rule"] in PAIR_RULES:
            if not self._pairs_may_be_told():
                return None
            pairs = self._pairs()
            if self._is_coarse() and is_stable_only_if_nobody_changed(rule, pairs["n_pairs"]):
                return NOT_ASSESSED
        percent, kappa = pairs.get("percent_changed"), pairs.get("weighted_kappa")
        return judge_stability(rule, scheibe=self._scheibe(), percent_changed=percent, weighted_kappa=kappa).verdict

    def _stability_rule(self) -> Any:
        meta = self.component.meta
        return rule_for(self.component.level, *self.component.item["stability"], *meta.get("stability", ()), self.component.data.meta["stability"])

    def _earlier_may_be_told(self) -> bool:
        """Not where the earlier rows are hidden, or tell of answers that were erased since."""
        for part in self.parts:
            there = part.previous
            everybody = None if there is None else there.group(*self.name)
            if there is None or everybody is None or not there.follows(self.others) or there.figures(everybody)["n"] != there.n(everybody):
                return False
        return True

    def _pairs_may_be_told(self) -> bool:
        needed = {self.name, ("panel", self.ally.code)}
        return all(needed <= {(group.kind, group.code) for group in part.pair_groups} for part in self.parts)

    def _is_coarse(self) -> bool:
        rows = (part.rows[name] for part in self.parts for name in (self.name, ("panel", self.ally.code)))
        return any(row.figures["paired_coarse"] == "yes" for row in rows)

    def _scheibe(self) -> float | None:
        return scheibe_of(self.component, self.others)

    def _pairs(self) -> dict[str, Any]:
        before, after = both_answers(self.component, self.others)
        here = ~np.isnan(before) & ~np.isnan(after)
        return pair_figures(self.component.meta, before[here], after[here], self._weights(here))

    def _weights(self, here: Any) -> Any:
        return panel_weights(self.component.data.panel, here)[here] if self.everybody.kind == "equal_weight" else None


@dataclass(frozen=True)
class OrderWithoutAnAlly(WithoutAnAlly):
    """The same of a ranking as a whole: Kendall's W, and whole orders that changed. `component` is the first of `options`."""

    options: tuple[PublishedComponent, ...] = ()

    @property
    def parts(self) -> tuple[PublishedComponent, ...]:
        return self.options

    def _consensus(self) -> str:
        rule = consensus_rule(self.component)
        if rule is None or rule["rule"] != "kendall_w" or self.everybody.kind == "equal_weight":
            return NOT_ASSESSED
        orders = np.column_stack([option.answers(self.others) for option in self.options])
        w = statistics.kendall_w(orders).w if len(orders) else None
        return NOT_ASSESSED if w is None else REACHED if holds(rule, w) else NOT_REACHED

    def _scheibe(self) -> float | None:
        """The mean of the options' percentages, of which none may be missing."""
        found = [percent for option in self.options if (percent := scheibe_of(option, self.others)) is not None]
        return float(np.mean(found)) if len(found) == len(self.options) else None

    def _pairs(self) -> dict[str, Any]:
        before, after = (np.vstack(rounds) for rounds in zip(*(both_answers(option, self.others) for option in self.options), strict=True))
        here = ~np.isnan(before).any(axis=0) & ~np.isnan(after).any(axis=0)
        if not here.any():
            return {"n_pairs": 0}
        changed = (before[:, here] != after[:, here]).any(axis=0)
        return {"n_pairs": int(here.sum()), "percent_changed": 100.0 * float(np.average(changed, weights=self._weights(here)))}


def scheibe_of(component: PublishedComponent, group: Group) -> float | None:
    """The net change of the group's histogram since the earlier round, in per cent."""
    there = component.previous
    before = None if there is None else there.histogram(group)
    found: float | None = change_of_spread({"histogram": before}, {"histogram": component.histogram(group)})["scheibe"]
    return found


def both_answers(component: PublishedComponent, group: Group) -> tuple[Any, Any]:
    """Earlier and present answers of the round's experts, NaN where there is none. Shape (experts,) each."""
    after, there = component.answers_by_expert(group), component.previous
    before = np.full(after.shape, np.nan)
    if there is None:
        return before, after
    places = np.array([there.data.places.get(panelist, -1) for panelist in component.data.panelists], dtype=np.int64)
    before[places >= 0] = there.answers_by_expert(group)[places[places >= 0]]
    return before, after
