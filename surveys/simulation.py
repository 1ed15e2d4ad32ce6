"""Simulated experts, for the demonstration and dry runs. Always labelled as simulated; seeded, so the same every time.

The model: each panel has an opinion on each item, each expert one around it. In a later round an expert moves a part of the way
toward the figures that were shown, or keeps the answer. A few cannot judge. Nothing here claims to know what real experts think.
"""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from surveys.items import CANNOT_JUDGE, ItemSpec, Scale
from surveys.items.base import option_codes, plain
from surveys.items.grid import cells_of
from surveys.items.quantiles import number_codes as quantile_codes

SHARE_UNJUDGED = 0.03
LEAVES_OUT = 0.02
SPREAD = 0.16  # of an expert's opinion around the panel's, on a range from 0 to 1
PULL = 0.45  # how far toward the shown median an expert who moves goes
MOVES = 0.55
MOVE_BY_MEANS = frozenset({"choices", "ranking", "allocation"})  # medians of ticks, ranks and points say too little
Values = dict[str, str]
Figures = Mapping[str, Any]


def first_opinion(spec: ItemSpec, panel: str, expert: str, seed: int) -> float:
    """An expert's opinion from 0 to 1, before seeing anybody else's."""
    own = random.Random(f"{seed}|{spec.code}|{panel}")  # noqa: S311
    centre = 0.2 + 0.6 * own.random()
    return min(1.0, max(0.0, random.Random(f"{seed}|{spec.code}|{expert}").gauss(centre, SPREAD)))  # noqa: S311


def simulated_answer(spec: ItemSpec, opinion: float, chance: random.Random) -> Values | None:
    """The opinion as component code → value of a file; None for an answer left out, CANNOT_JUDGE under "" for that."""
    if chance.random() < LEAVES_OUT:
        return None
    if spec.cannot_judge and chance.random() < SHARE_UNJUDGED:
        return {"": CANNOT_JUDGE}
    return written_opinion(spec, opinion, chance)


def written_opinion(spec: ItemSpec, opinion: float, chance: random.Random) -> Values | None:
    """The opinion as an answer of the item's kind; None for an open question."""
    found: Values | None = _WRITERS[spec.kind](spec, opinion, chance)
    return found


def later_opinion(opinion: float, shown: float | None, chance: random.Random) -> float:
    """The opinion after seeing the median (0 to 1): kept, or moved a part of the way."""
    if shown is None or chance.random() > MOVES:
        return opinion
    return opinion + PULL * (shown - opinion)


def later_answer(spec: ItemSpec, values: Values, shown: Mapping[str, Figures], chance: random.Random) -> Values:
    """An answer of several numbers after seeing each one's figures over everybody: kept, or moved a part of the way.

    `shown`: component → figures, which may be protected (missing); then that number is kept.
    """
    move = _MOVERS.get(spec.kind)
    if move is None or CANNOT_JUDGE in values.values() or chance.random() > MOVES:
        return values
    means = {code: shown[code].get("mean" if spec.kind in MOVE_BY_MEANS else "median") for code in values if code in shown}
    own = {code: float(value) for code, value in values.items()}
    found: Values = move(spec, own, {**own, **{code: float(number) for code, number in means.items() if number is not None}})
    return found


def opinion_of(spec: ItemSpec, median: float | None) -> float | None:
    """A shown median on the range from 0 to 1; None for kinds without one."""
    low, high = _range(spec)
    return None if median is None or high == low else (median - low) / (high - low)


def _range(spec: ItemSpec) -> tuple[float, float]:
    if spec.scale is not None:
        return 1.0, float(spec.scale.points)
    if spec.kind == "probability":
        return 0.0, 100.0
    return float(spec.minimum or 0), float(spec.maximum if spec.maximum is not None else 100)


def _rating(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {"": _position(opinion, spec.scale)}


def _position(opinion: float, scale: Scale | None) -> str:
    return str(round(1 + opinion * ((scale.points if scale else 2) - 1)))


def _probability(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {"": str(5 * round(opinion * 20))}


def _number(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    low, high = _range(spec)
    return {"": plain(round(low + opinion**3 * (high - low), spec.decimals or 0))}


def _choice(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    place = min(len(spec.options) - 1, int(opinion * len(spec.options)))
    return {"": spec.options[place].code}


def _leanings(codes: Sequence[str], opinion: float, chance: random.Random) -> dict[str, float]:
    """How much the expert leans toward each of several things: one opinion, turned by the thing and a little chance."""
    count = len(codes)
    return {code: (opinion + place / count) % 1.0 + chance.gauss(0, SPREAD / 2) for place, code in enumerate(codes)}


def _choices(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    leanings = _leanings(option_codes(spec), opinion, chance)
    liked = sorted((code for code in leanings if leanings[code] > 0.5), key=lambda code: -leanings[code])
    ticked = liked[: spec.at_most or len(liked)]
    return {code: "1" if code in ticked else "0" for code in leanings}


def _ranking(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    leanings = _leanings(option_codes(spec), opinion, chance)
    return {code: str(rank) for rank, code in enumerate(sorted(leanings, key=lambda code: -leanings[code]), start=1)}


def _allocation(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return _points(spec, {code: max(0.05, leaning) for code, leaning in _leanings(option_codes(spec), opinion, chance).items()})


def _points(spec: ItemSpec, weights: Mapping[str, float]) -> Values:
    """In steps of a twentieth of the total where that is whole; the last option takes what is left."""
    total, codes = float(spec.total or 0), option_codes(spec)
    step = total / 20 if total % 20 == 0 else 10.0 ** -(spec.decimals or 0)
    points = {code: step * int(total * weight / sum(weights.values()) / step) for code, weight in weights.items()}
    points[codes[-1]] = total - sum(points[code] for code in codes[:-1])
    return {code: plain(round(number, spec.decimals or 0)) for code, number in points.items()}


def _quantiles(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    low, high = _range(spec)
    codes = quantile_codes(spec)
    width = 0.1 + 0.2 * chance.random()
    decimals = 6 if spec.decimals is None else spec.decimals
    step = 10.0**-decimals
    centre = min(1 - width, max(width, opinion))
    numbers = [low + (high - low) * (centre + width * (2 * place / (len(codes) - 1) - 1)) for place in range(len(codes))]
    rising = [round(number + place * step, decimals) for place, number in enumerate(numbers)]
    values = {code: plain(min(high, number)) for code, number in zip(codes, rising, strict=True)}
    return {**values, "confidence": str(chance.choice((60, 70, 80, 90)))} if spec.interval else values


def _grid(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    leanings = _leanings(cells_of(spec), opinion, chance)
    return {code: _position(min(1.0, max(0.0, leaning)), spec.scale) for code, leaning in leanings.items()}


def _plane(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    other = min(1.0, max(0.0, opinion + chance.gauss(0, SPREAD)))
    return {"x": _position(opinion, spec.x.scale if spec.x else None), "y": _position(other, spec.y.scale if spec.y else None)}


def _text(spec: ItemSpec, opinion: float, chance: random.Random) -> Values | None:
    return None


def _pulled(own: Mapping[str, float], shown: Mapping[str, float]) -> dict[str, float]:
    return {code: number + PULL * (shown[code] - number) for code, number in own.items()}


def _other_tick(spec: ItemSpec, own: Mapping[str, float], shown: Mapping[str, float]) -> Values:
    """The tick that most others see differently is turned over; where that makes too many, the least liked goes."""
    odd = max(own, key=lambda code: abs(own[code] - shown[code]))
    ticked = [code for code in own if (own[code] == 1) != (code == odd and abs(own[odd] - shown[odd]) > 0.5)]
    liked = sorted(ticked, key=lambda code: -shown[code])[: spec.at_most or len(own)]
    return {code: "1" if code in liked else "0" for code in own}


def _other_order(spec: ItemSpec, own: Mapping[str, float], shown: Mapping[str, float]) -> Values:
    """Two neighbours change places: those whom the mean ranks most put the other way round, if any."""
    order = sorted(own, key=lambda code: own[code])
    place = max(range(len(order) - 1), key=lambda place: shown[order[place]] - shown[order[place + 1]])
    if shown[order[place]] > shown[order[place + 1]]:
        order[place : place + 2] = order[place + 1], order[place]
    return {code: str(order.index(code) + 1) for code in own}


def _pulled_points(spec: ItemSpec, own: Mapping[str, float], shown: Mapping[str, float]) -> Values:
    return _points(spec, {code: max(0.0, number) for code, number in _pulled(own, shown).items()})


def _pulled_positions(spec: ItemSpec, own: Mapping[str, float], shown: Mapping[str, float]) -> Values:
    return {code: str(round(number)) for code, number in _pulled(own, shown).items()}


def _pulled_quantiles(spec: ItemSpec, own: Mapping[str, float], shown: Mapping[str, float]) -> Values:
    """Numbers that rise, pulled toward medians that rise, still do; but rounding must not make two of them one."""
    pulled = _pulled(own, shown)
    decimals = 6 if spec.decimals is None else spec.decimals
    rounded = {code: round(pulled[code], decimals) for code in quantile_codes(spec)}
    for low, high in pairwise(quantile_codes(spec)):
        rounded[high] = round(max(rounded[high], rounded[low] + 10.0**-decimals), decimals)
    confidence = {"confidence": str(round(pulled["confidence"]))} if "confidence" in pulled else {}
    return {**{code: plain(number) for code, number in rounded.items()}, **confidence}


_MOVERS: Mapping[str, Any] = {
    "choices": _other_tick, "ranking": _other_order, "allocation": _pulled_points, "quantiles": _pulled_quantiles,
    "grid": _pulled_positions, "plane": _pulled_positions,
}
_WRITERS: Mapping[str, Any] = {
    "rating": _rating, "probability": _probability, "number": _number, "choice": _choice, "choices": _choices, "ranking": _ranking,
    "allocation": _allocation, "quantiles": _quantiles, "grid": _grid, "plane": _plane, "text": _text,
}
