"""How an answer of several numbers moves toward what was shown of each of them."""

import random
from collections.abc import Callable, Mapping
from typing import Any

from surveys.items import CANNOT_JUDGE, ItemSpec, kind_of
from surveys.items.quantiles import number_codes as quantile_codes
from surveys.simulation.model import Model
from surveys.simulation.opinions import range_of
from surveys.simulation.writing import Values, points_of, rising_numbers

Numbers = Mapping[str, float]
Figures = Mapping[str, Any]
MOVE_BY_MEANS = frozenset({"choices", "ranking", "allocation"})  # medians of ticks, ranks and points say too little


def later_answer(spec: ItemSpec, values: Values, shown: Mapping[str, Figures], chance: random.Random, model: Model | None = None) -> Values:
    """An answer of several numbers after seeing each one's figures over everybody: kept, or moved a part of the way.

    `shown`: component → figures, which may be protected (missing); then that number is kept. So is what the expert cannot judge.
    """
    model = model or Model()
    move = MOVERS.get(spec.kind)
    own = {code: float(value) for code, value in values.items() if move is not None and value != CANNOT_JUDGE}
    if move is None or not own:
        return values
    if chance.random() <= model.movers:
        means = {code: shown[code].get("mean" if spec.kind in MOVE_BY_MEANS else "median") for code in own if code in shown}
        seen = {**own, **{code: float(number) for code, number in means.items() if number is not None}}
        values = {**values, **move(spec, own, seen, model.pull)}
    return drifted(spec, values, chance, model.drift) if model.drift else values


def _pulled(own: Numbers, shown: Numbers, pull: float) -> dict[str, float]:
    return {code: number + pull * (shown[code] - number) for code, number in own.items()}


def _other_tick(spec: ItemSpec, own: Numbers, shown: Numbers, pull: float) -> Values:
    """The tick that most others see differently is turned over; where that makes too many, the least liked goes."""
    odd = max(own, key=lambda code: abs(own[code] - shown[code]))
    ticked = [code for code in own if (own[code] == 1) != (code == odd and abs(own[odd] - shown[odd]) > 0.5)]
    liked = sorted(ticked, key=lambda code: -shown[code])[: spec.at_most or len(own)]
    return {code: "1" if code in liked else "0" for code in own}


def _other_order(spec: ItemSpec, own: Numbers, shown: Numbers, pull: float) -> Values:
    """Two neighbours change places: those whom the mean ranks most put the other way round, if any."""
    order = sorted(own, key=lambda code: own[code])
    place = max(range(len(order) - 1), key=lambda place: shown[order[place]] - shown[order[place + 1]])
    if shown[order[place]] > shown[order[place + 1]]:
        order[place : place + 2] = order[place + 1], order[place]
    return {code: str(order.index(code) + 1) for code in own}


def _pulled_points(spec: ItemSpec, own: Numbers, shown: Numbers, pull: float) -> Values:
    return points_of(spec, {code: max(0.0, number) for code, number in _pulled(own, shown, pull).items()})


def _pulled_positions(spec: ItemSpec, own: Numbers, shown: Numbers, pull: float) -> Values:
    return {code: str(round(number)) for code, number in _pulled(own, shown, pull).items()}


def _pulled_quantiles(spec: ItemSpec, own: Numbers, shown: Numbers, pull: float) -> Values:
    """Numbers that rise, pulled toward medians that rise, still do; rounding must not make two of them one."""
    pulled = _pulled(own, shown, pull)
    confidence = {"confidence": str(round(pulled["confidence"]))} if "confidence" in pulled else {}
    return {**rising_numbers(spec, [pulled[code] for code in quantile_codes(spec)]), **confidence}


def drifted(spec: ItemSpec, values: Values, chance: random.Random, drift: float) -> Values:
    """Positions and quantiles shifted by a part of their range; ticks, orders and points of a total know no up and down."""
    if spec.kind == "quantiles":
        low, high = range_of(spec)
        numbers = [float(values[code]) + drift * (high - low) for code in quantile_codes(spec)]
        return {**values, **rising_numbers(spec, numbers)}
    if spec.kind in ("grid", "plane"):
        most = {component.code: len(component.categories) for component in kind_of(spec).components(spec)}
        return {code: value if value == CANNOT_JUDGE else _shifted(int(value), most[code], drift, chance) for code, value in values.items()}
    return values


def _shifted(position: int, most: int, drift: float, chance: random.Random) -> str:
    """A drift of less than a step moves so large a share of the experts by one."""
    return str(min(most, max(1, round(position + drift * (most - 1) + chance.random() - 0.5))))


Mover = Callable[[ItemSpec, Numbers, Numbers, float], Values]
MOVERS: Mapping[str, Mover] = {
    "choices": _other_tick, "ranking": _other_order, "allocation": _pulled_points, "quantiles": _pulled_quantiles,
    "grid": _pulled_positions, "plane": _pulled_positions,
}
