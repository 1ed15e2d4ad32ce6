"""The row that judges a ranking as a whole, before those of its options: Kendall's W, and changes of whole orders."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis import statistics
from analysis.disclosure import Group, ToldOfPairs
from analysis.registered import holds
from analysis.rows import ComponentRows, Names, Row
from analysis.rules import Judged, judged


class WholeRows(ComponentRows):
    """The rows with an empty component. An order counts when it is complete, so who answered one option answered all of them.

    `parts` are the options' rows-to-be; `scheibe` gives each group's mean of its options' published percentages.
    """

    def __init__(self, parts: Sequence[ComponentRows], options: Sequence[Sequence[Row]]) -> None:
        first = parts[0]
        super().__init__(first.data, first.item, first.component, first.earlier)
        self.orders = np.vstack([part.after for part in parts])
        self.orders_before = np.full_like(self.orders, np.nan) if first.before is None else np.vstack([np.asarray(part.before) for part in parts])
        self.scheibe = {(rows[0].group.kind, rows[0].group.code): mean_scheibe(rows) for rows in zip(*options, strict=True)}

        self.parts = parts

    @property
    def code(self) -> str:
        return ""

    def _told_of_pairs(self, shown: Names, pairs_shown: Names) -> ToldOfPairs:
        """What may be told of every option."""
        told = [part.told for part in self.parts]
        return ToldOfPairs(frozenset.intersection(*(each.rough for each in told)), frozenset.intersection(*(each.fine for each in told)))

    def _figures(self, group: Group, present: Any) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys(("median", "q1", "q3", "iqr", "mean", "sd", "histogram", "modal", "modal_share"))
        judgement = self._judge(group, present)
        return {**found, "consensus": judgement.verdict, "rule_value": judgement.value, "band_share": None}

    def _judge(self, group: Group, present: Any) -> Judged:
        """W is a figure of single experts' orders; panels of equal weight have none."""
        rule = self.consensus_rule
        if rule is None or rule["rule"] != "kendall_w" or group.kind == "equal_weight":
            return Judged()
        value = statistics.kendall_w(self.orders[:, present].T).w if present.any() else None
        return Judged() if value is None else judged(holds(rule, value), value)

    def _pairs(self, group: Group, here: Any) -> dict[str, Any]:
        if not here.any():
            return {"n_pairs": 0, "percent_changed": None, "weighted_kappa": None}
        changed = (self.orders_before[:, here] != self.orders[:, here]).any(axis=0).astype(float)
        percent = 100.0 * float(np.average(changed, weights=self._weights(group, here)))
        return {"n_pairs": len(changed), "percent_changed": percent, "weighted_kappa": None}

    def _change(self, group: Group, published: Mapping[str, Any], figures: Mapping[str, Any]) -> dict[str, Any]:
        return {"iqr_change": None, "sd_change": None, "scheibe": self.scheibe[group.kind, group.code]}


def mean_scheibe(rows: Sequence[Row]) -> float | None:
    """The mean over a ranking's options; None unless every one is published."""
    found = [row.figures.get("scheibe") for row in rows]
    known = [value for value in found if value is not None]
    return float(np.mean(known)) if len(known) == len(found) else None
