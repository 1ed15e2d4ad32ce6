"""All rows of one component: every group's figures, after disclosure control. Pure but for the statistics it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analysis.disclosure import Group, ToldOfPairs, coarse_kappa, coarse_percent, needs_coarsening, shown_groups, tells_nobody_changed
from analysis.figures import Selection, change_of_spread, histogram_of, pair_figures, round_figures
from analysis.groups import panel_weights
from analysis.pairs import Pairs
from analysis.registered import rule_for
from analysis.round_data import RoundData
from analysis.rules import NOT_ASSESSED, STABLE, judge_stability, outcome_of

Earlier = Callable[[str, str, str, str], Mapping[str, Any] | None]
Names = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """One row of the aggregates. `figures` holds only what may be published."""

    group: Group
    suppressed: bool
    pairs_suppressed: bool
    figures: dict[str, Any]


@dataclass(frozen=True)
class Before:
    """The round that an item is compared with: its frozen answers, and how to look up its published figures."""

    data: RoundData
    published: Earlier
    key: str  # of the item version that the earlier round asked


class ComponentRows:
    """Computes the rows of one component of one item."""

    def __init__(self, data: RoundData, item: Mapping[str, Any], component: Mapping[str, Any], before: Before | None) -> None:
        self.data, self.item, self.component, self.earlier = data, item, component, before
        self.groups = data.groups
        self.minimum = data.meta["minimum"]
        level = component["level"]
        self.consensus_rule = rule_for(level, *item["consensus"], *component.get("consensus", ()), data.meta["consensus"])
        self.stability_rule = rule_for(level, *item["stability"], *component.get("stability", ()), data.meta["stability"])
        values = data.values[data.rows_of[item["key"], component["code"]]]
        self.after = np.where(data.submitted, values, np.nan)
        self.has_after = ~np.isnan(self.after)
        self.before = before.data.values_for(before.key, component["code"], data.panelists) if before else None
        self.paired = None if self.before is None else self.has_after & ~np.isnan(self.before)

    @property
    def code(self) -> str:
        """The component's code in the rows."""
        return str(self.component["code"])

    def shown(self) -> Names:
        """The groups whose row may be shown."""
        return self._shown(self.has_after, self.after[None], self._histograms())

    def pairs_shown(self) -> Names:
        """The groups whose figures over pairs may be shown."""
        if self.before is None:
            return frozenset()
        return self._shown(self.paired, np.stack([self.before, self.after]))

    def rows(self, shown: Names | None = None, pairs_shown: Names | None = None) -> list[Row]:
        """One for each group. Where an item's components are shown or hidden together, the groups shown come from outside."""
        shown = self.shown() if shown is None else shown
        pairs_shown = self.pairs_shown() if pairs_shown is None else pairs_shown
        self.told = self._told_of_pairs(shown, pairs_shown)
        return [self._row(group, (group.kind, group.code) in shown) for group in self.groups]

    def _told_of_pairs(self, shown: Names, pairs_shown: Names) -> ToldOfPairs:
        """Beside a hidden earlier row nothing: "nobody changed" would repeat it. (ADR 7) After an erasure nobody knows who left: nothing fine."""
        if self.earlier is None or self.before is None:
            return NOTHING
        there = [group for group in self.groups if self._published_before(group) is not None]
        rough = [group for group in there if (group.kind, group.code) in shown & pairs_shown]
        fine = [] if any(map(self._erased, there)) else [group for group in rough if group.kind != "equal_weight" and not self._is_coarse(group)]
        rows = {1: there, 2: [group for group in self.groups if (group.kind, group.code) in shown]}
        return self._both_rounds().told(rows, rough, fine, has_categories=bool(self.component["categories"]), is_stable=self._is_stable)

    def _both_rounds(self) -> Pairs:
        assert self.earlier is not None
        there = self.earlier.data
        earlier = np.where(there.submitted, there.values[there.rows_of[self.earlier.key, self.component["code"]]], np.nan)
        now = self.data.values_for(self.item["key"], self.component["code"], there.panelists)
        return Pairs(self.data, self.after, self.before, there, earlier, ~np.isnan(earlier) & np.isnan(now))

    def _is_stable(self, n_pairs: int) -> Callable[[float], bool] | None:
        """What the published verdict says of a percentage, where it says anything."""
        rule = self.stability_rule
        if rule is None or rule["rule"] != "percent_changed" or is_stable_only_if_nobody_changed(rule, n_pairs):
            return None
        return lambda percent: judge_stability(rule, scheibe=None, percent_changed=percent, weighted_kappa=None).verdict == STABLE

    def _published_before(self, group: Group) -> Mapping[str, Any] | None:
        assert self.earlier is not None
        return self.earlier.published(self.earlier.key, self.code, group.kind, group.code)

    def _histograms(self) -> dict[str, list[int]] | None:
        """Each panel's, for the last check of disclosure control; None where rows have no histogram."""
        found = {}
        for panel, here in zip(self.data.meta["panels"], self.data.panel_columns, strict=True):
            histogram = histogram_of(self.component, self.after[here[self.has_after[here]]])
            if histogram is None:
                return None
            found[panel] = [int(count) for count in histogram]
        return found

    def _shown(self, present: Any, said: Any, histograms: dict[str, list[int]] | None = None) -> frozenset[tuple[str, str]]:
        """The groups that may be shown, going by who is present and what each of them said: one or two numbers, shape (numbers, experts)."""
        counts, single = {}, {}
        for panel, columns in zip(self.data.meta["panels"], self.data.panel_columns, strict=True):
            here = columns[present[columns]]
            counts[panel] = len(here)
            if len(here) and (said[:, here] == said[:, here[:1]]).all():
                single[panel] = tuple(said[:, here[0]].tolist())
        return shown_groups(self.groups, counts, single, self.minimum, histograms)

    def _row(self, group: Group, is_shown: bool) -> Row:
        inside = self.data.members[group.kind, group.code]
        figures: dict[str, Any] = {
            "n_invited": self.data.n_invited[group.kind, group.code],
            "n_submitted": self.data.n_submitted[group.kind, group.code],
            "consensus_rule": self.consensus_rule["rule"] if self.consensus_rule else None,
            "stability_rule": self.stability_rule["rule"] if self.stability_rule else None,
        }
        if not is_shown:
            return Row(group, True, True, figures)
        figures.update(self._counts(inside, figures["n_submitted"]))
        figures.update(self._figures(group, inside & self.has_after))
        figures.update(self._between_rounds(group, inside, figures))
        return Row(group, False, figures["n_pairs"] is None, figures)

    def _counts(self, inside: Any, n_submitted: int) -> dict[str, int]:
        row = self.data.rows_of[self.item["key"], self.component["code"]]
        n = int((inside & self.has_after).sum())
        n_cannot_judge = int((inside & self.data.submitted & self.data.cannot_judge[row]).sum())
        return {"n": n, "n_cannot_judge": n_cannot_judge, "n_missing": n_submitted - n - n_cannot_judge}

    def _weights(self, group: Group, present: Any) -> Any:
        return panel_weights(self.data.panel, present)[present] if group.kind == "equal_weight" else None

    def _figures(self, group: Group, present: Any) -> dict[str, Any]:
        """The figures of this round over those who are present."""
        chosen = Selection(self.after[present], self._weights(group, present))
        return round_figures(self.component, chosen, self.consensus_rule, self.data.meta["quantile_type"])

    def _pairs(self, group: Group, here: Any) -> dict[str, Any]:
        """The figures over those who answered in both rounds."""
        assert self.before is not None
        return pair_figures(self.component, self.before[here], self.after[here], self._weights(group, here))

    def _change(self, group: Group, published: Mapping[str, Any], figures: Mapping[str, Any]) -> dict[str, Any]:
        """The change of spread and histogram between the published figures of the two rounds."""
        return change_of_spread(published, figures)

    def _between_rounds(self, group: Group, inside: Any, figures: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys(("n_pairs", "percent_changed", "iqr_change", "sd_change", "scheibe", "stability_value"))
        found.update(stability=NOT_ASSESSED, outcome=NOT_ASSESSED, paired_coarse="no")
        if self.earlier is None:
            return found
        published = self._published_before(group)
        if published is not None:
            found.update(self._change(group, published, figures))
        pairs = self._pairs(group, inside & self.paired) if (group.kind, group.code) in self.told.rough else {}
        return {**found, **self._stability(group, pairs, found)}

    def _stability(self, group: Group, pairs: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
        percent, kappa = pairs.get("percent_changed"), pairs.get("weighted_kappa")
        judged = judge_stability(self.stability_rule, scheibe=found["scheibe"], percent_changed=percent, weighted_kappa=kappa)
        verdict, value = judged.verdict, judged.value
        coarse = bool(pairs) and (group.kind, group.code) not in self.told.fine
        rule = self.stability_rule
        if coarse and rule is not None and value is not None and rule["rule"] in COARSE_VALUES:
            if is_stable_only_if_nobody_changed(rule, pairs["n_pairs"]):
                verdict = NOT_ASSESSED
            value = COARSE_VALUES[rule["rule"]](value)
        if coarse and percent is not None:
            percent = coarse_percent(percent)
        return {"n_pairs": pairs.get("n_pairs"), "percent_changed": percent, "stability": verdict, "stability_value": value,
                "paired_coarse": "yes" if coarse else "no"}

    def _is_coarse(self, group: Group) -> bool:
        """1 to k − 1 experts of the group left or joined: a fine figure over pairs would give them away."""
        assert self.earlier is not None and self.before is not None
        inside = self.data.members[group.kind, group.code]
        had = ~np.isnan(self.before)
        joiners = int((inside & self.has_after & ~had).sum())
        leavers = int((inside & had & ~self.has_after).sum()) + self._erased(group)
        leavers += int((self.earlier.data.members[group.kind, group.code] & self._gone).sum())
        return needs_coarsening(leavers, joiners, self.minimum)

    @cached_property
    def _gone(self) -> Any:
        """Experts of the earlier round who are not even invited to this one, but answered the component then. Shape (earlier experts,)."""
        assert self.earlier is not None
        data = self.earlier.data
        row = data.rows_of[self.earlier.key, self.component["code"]]
        answered = ~np.isnan(data.values[row])
        answered[answered] = [data.panelists[place] not in self.data.places for place in np.flatnonzero(answered)]
        return answered

    def _erased(self, group: Group) -> int:
        """Experts whose answers a withdrawal erased, but who stand in the earlier round's published figures.

        `all` and `equal_weight` are the same people, so either tells their number.
        """
        assert self.earlier is not None
        rows = {(group.kind, group.code), *((("all", "all"),) if group.kind == "equal_weight" else ())}
        found = [self.earlier.published(self.earlier.key, self.code, *row) for row in rows]
        published = next((figures for figures in found if figures is not None), None)
        data = self.earlier.data
        row = data.rows_of[self.earlier.key, self.component["code"]]
        left = int((data.members[group.kind, group.code] & ~np.isnan(data.values[row])).sum())
        return max(0, published["n"] - left) if published is not None else 0


NOTHING = ToldOfPairs(frozenset(), frozenset())
COARSE_VALUES = {"percent_changed": coarse_percent, "weighted_kappa": coarse_kappa}


def is_stable_only_if_nobody_changed(rule: Mapping[str, Any], n_pairs: int) -> bool:
    """Would "stable" say that nobody changed, because a single change is already too much?"""
    if rule["rule"] == "weighted_kappa":
        return round(float(rule["at_least"]), 9) >= 1
    if "below" in rule and round(float(rule["below"]) * n_pairs, 9) == 100:
        return True  # one change is exactly the threshold, and not below it
    return tells_nobody_changed(rule["rule"], float(rule.get("at_most", rule.get("below", 0))), n_pairs)


def with_outcome(row: Row) -> Row:
    """The row with its outcome, from its two verdicts."""
    if not row.suppressed:
        row.figures["outcome"] = outcome_of(row.figures["consensus"], row.figures["stability"])
    return row
