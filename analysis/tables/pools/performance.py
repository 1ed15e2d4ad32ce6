"""Cooke's classical model: the pool with weights earned on seeds, always beside equal weights, and without each seed in turn.

Nothing is told of a single expert: no weight, no score, no cut-off. Every expert with a calibration above 0 keeps weight, since the optimised
cut-off of the literature often leaves one, and a pool of one is that expert's answer.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from analysis import statistics
from analysis.published import PublishedItem
from analysis.statistics.order_statistics import kish_effective_size
from analysis.tables.base import Values
from analysis.tables.pools.quantiles import OVERSHOOT, score
from analysis.tables.pools.seeds import ALL, Elicited

SEEDS_FOR_A_VERDICT = 10
SCHEMES = {"equal": "equal", "performance": "global"}
"""How a row calls a scheme of weights, and how `cooke` does."""
SCORES = ("calibration", "information_seeds", "combined")
PROTECTED: Values = {"value": None, "status": "not_applicable", "reason": "protected"}
NOBODY: Values = {"value": None, "status": "insufficient_n", "reason": "no expert answered every seed"}
WHO = "experts who did not answer every seed are left out"


def rows(items: Sequence[PublishedItem]) -> Iterator[Values]:
    """Nothing where no seed was asked."""
    if not any(item.meta.get("truth") is not None for item in items):
        return
    elicited = Elicited(items)
    common: Values = {"component": "", "group_type": ALL[0], "group": ALL[1], "method": "cooke"}
    if not elicited.seeds or not elicited.told:
        for scheme in SCHEMES:
            yield {**common, "weighting": scheme, "figure": "calibration", **(NOBODY if elicited.minimum == 1 else PROTECTED)}
        return
    model = Model(elicited)
    for row in (*model.scores(), *model.pools(), *model.without_each_seed()):
        yield {**common, **row}


class Model:
    """The model over the items that may be told of."""

    def __init__(self, elicited: Elicited) -> None:
        self.elicited, self.items, self.seeds = elicited, elicited.told, elicited.seeds
        self.codes = [component.code for component in self.items[0].components]
        self.levels = [float(code) for code in self.codes]
        self.quantiles = np.stack([elicited.quantiles(item) for item in self.items], axis=1)
        self.found = statistics.cooke(self.levels, self.quantiles, [item.meta.get("truth") for item in self.items], ["uni"] * len(self.items), OVERSHOOT, 0)
        self.n = int(elicited.used.sum())

    def may_weigh(self, weights: Any) -> bool:
        """Is the pool with these weights one of many? At least k experts with weight, worth at least k of equal weight."""
        given = np.array(weights if weights is not None else [], dtype=float)
        many = min(int((given > 0).sum()), round(kish_effective_size(given), 9))
        return many >= self.elicited.minimum

    def is_told(self, scheme: str, place: int | None = None) -> bool:
        """May the pool under this scheme be told of, for one item or as a whole? Those who did not answer the item have no weight in it."""
        if scheme == "equal":
            return True
        weights = np.array(self.found.weights if self.found.weights is not None else [0.0] * self.n)
        return self.may_weigh(weights if place is None else weights[~np.isnan(self.quantiles[:, place, 0])])

    def parameter(self) -> str:
        return f"{len(self.seeds)} seeds, no cut-off"

    def caution(self) -> str:
        few = f"; fewer than {SEEDS_FOR_A_VERDICT} seeds are too few for a verdict" if len(self.seeds) < SEEDS_FOR_A_VERDICT else ""
        return WHO + few

    def scores(self) -> Iterator[Values]:
        """Of the pools as if they were experts. Information over all items rests on the weights in each of them."""
        for scheme, name in SCHEMES.items():
            maker = self.found.decision_makers.get(name)
            everywhere = all(self.is_told(scheme, place) for place in range(len(self.items)))
            for figure in (*SCORES, "information"):
                told = maker is not None and self.is_told(scheme) and (figure != "information" or everywhere)
                yield {"weighting": scheme, "parameter": self.parameter(), "figure": figure, "n": self.n,
                       **(self._value(getattr(maker, figure)) if told else PROTECTED)}

    def pools(self) -> Iterator[Values]:
        for place, item in enumerate(self.items):
            n = int((~np.isnan(self.quantiles[:, place, 0])).sum())
            for scheme, name in SCHEMES.items():
                maker = self.found.decision_makers.get(name)
                common = {"about_item": item.code, "weighting": scheme, "parameter": self.parameter(), "n": n}
                if maker is None or not self.is_told(scheme, place):
                    yield {**common, "figure": "pool", **PROTECTED}
                else:
                    yield from self._pool(maker.quantiles[place], item, common)

    def _pool(self, quantiles: Any, item: PublishedItem, common: Values) -> Iterator[Values]:
        for code, level, value in zip(self.codes, self.levels, quantiles, strict=True):
            yield {**common, "component": code, "probability": level, "figure": "pool", **self._value(value)}
        yield from score(self.levels, quantiles, item.meta.get("truth"), {**common, "status": "ok", "reason": self.caution()})

    def without_each_seed(self) -> Iterator[Values]:
        """The same experts each time: those who answered every seed."""
        places = [self.items.index(seed) for seed in self.seeds]
        arguments = (self.levels, self.quantiles[:, places], [seed.meta["truth"] for seed in self.seeds], ["uni"] * len(places), OVERSHOOT, 0)
        for scheme, name in SCHEMES.items():
            found = statistics.cooke_robustness(*arguments, weights=name)
            for place, maker in zip(found.left_out, found.decision_makers, strict=True):
                told = maker is not None and (scheme == "equal" or self.may_weigh(maker.weights))
                common = {"about_item": self.seeds[place].code, "weighting": scheme, "parameter": "without this seed, no cut-off", "n": self.n}
                for figure in SCORES:
                    yield {**common, "figure": figure, **(self._value(getattr(maker, figure)) if told else PROTECTED)}

    def _value(self, value: float | None) -> Values:
        return {"value": value, "status": "ok", "reason": self.caution()}
