"""From an opinion to an answer as a file has it: component code → value, for every kind of item."""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from surveys.items import CANNOT_JUDGE, ItemSpec, Scale
from surveys.items.base import option_codes, plain
from surveys.items.grid import cells_of
from surveys.items.quantiles import is_interval
from surveys.items.quantiles import number_codes as quantile_codes
from surveys.simulation.model import Model
from surveys.simulation.opinions import STEEPNESS, range_of, within
from surveys.simulation.texts import simulated_text

MOST_DECIMALS = 6
DOUBT = 0.08  # how much chance there is in what an expert says of several things
Values = dict[str, str]


def simulated_answer(spec: ItemSpec, opinion: float, chance: random.Random, model: Model | None = None) -> Values | None:
    """The opinion as an answer; None for one that is left out, CANNOT_JUDGE under "" where the expert cannot judge."""
    model = model or Model()
    if chance.random() < model.left_out:
        return None
    if spec.cannot_judge and chance.random() < model.unjudged:
        return {"": CANNOT_JUDGE}
    return written_opinion(spec, opinion, chance)


def written_opinion(spec: ItemSpec, opinion: float, chance: random.Random) -> Values | None:
    """The opinion as an answer of the item's kind; an open question gets a text that says it is simulated."""
    return WRITERS[spec.kind](spec, within(opinion), chance)


def position(opinion: float, scale: Scale | None) -> str:
    return str(round(1 + opinion * ((scale.points if scale else 2) - 1)))


def on_steps(number: float, low: float, high: float, decimals: int) -> str:
    """The nearest number with so many decimals that the limits allow."""
    step = Decimal(1).scaleb(-decimals)
    least, most = (Decimal(str(low)).quantize(step, ROUND_CEILING), Decimal(str(high)).quantize(step, ROUND_FLOOR))
    return plain(float(min(most, max(least, Decimal(str(number)).quantize(step)))))


def _rating(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {"": position(opinion, spec.scale)}


def _probability(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {"": str(5 * round(opinion * 20))}


def _number(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    low, high = range_of(spec)
    return {"": on_steps(low + opinion**STEEPNESS * (high - low), low, high, spec.decimals or 0)}


def _choice(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    place = min(len(spec.options) - 1, int(opinion * len(spec.options)))
    return {"": spec.options[place].code}


def leanings_of(codes: Sequence[str], opinion: float, chance: random.Random) -> dict[str, float]:
    """How much the expert leans toward each of several things: one opinion, turned by the thing and a little chance."""
    count = len(codes)
    return {code: (opinion + place / count) % 1.0 + chance.gauss(0, DOUBT) for place, code in enumerate(codes)}


def _choices(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    leanings = leanings_of(option_codes(spec), opinion, chance)
    liked = sorted((code for code in leanings if leanings[code] > 0.5), key=lambda code: -leanings[code])
    ticked = liked[: spec.at_most or len(liked)]
    return {code: "1" if code in ticked else "0" for code in leanings}


def _ranking(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    leanings = leanings_of(option_codes(spec), opinion, chance)
    return {code: str(rank) for rank, code in enumerate(sorted(leanings, key=lambda code: -leanings[code]), start=1)}


def _allocation(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return points_of(spec, {code: max(0.05, leaning) for code, leaning in leanings_of(option_codes(spec), opinion, chance).items()})


def points_of(spec: ItemSpec, weights: Mapping[str, float]) -> Values:
    """In steps of a twentieth of the total where that is whole; the last option takes what is left."""
    total, codes = Decimal(str(spec.total or 0)), option_codes(spec)
    step = total / 20 if total % 20 == 0 else Decimal(1).scaleb(-(spec.decimals or 0))
    whole = Decimal(str(sum(weights.values())))
    points = {code: step * int(total * Decimal(str(weight)) / whole / step) for code, weight in weights.items()}
    points[codes[-1]] = total - sum(points[code] for code in codes[:-1])
    return {code: plain(float(number)) for code, number in points.items()}


def _quantiles(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    low, high = range_of(spec)
    count = len(quantile_codes(spec))
    width = 0.1 + 0.2 * chance.random()
    centre = min(1 - width, max(width, opinion))
    numbers = [low + (high - low) * (centre + width * (2 * place / (count - 1) - 1)) for place in range(count)]
    confidence = {"confidence": str(chance.choice((60, 70, 80, 90)))} if is_interval(spec) else {}
    return {**rising_numbers(spec, numbers), **confidence}


def rising_numbers(spec: ItemSpec, numbers: Sequence[float]) -> Values:
    """The numbers in the item's steps and limits, each above the one before: pushed up, then back down from the upper limit."""
    low, high = range_of(spec)
    decimals = MOST_DECIMALS if spec.decimals is None else spec.decimals
    step = Decimal(1).scaleb(-decimals)
    placed = [Decimal(on_steps(number, low, high, decimals)) for number in numbers]
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + step)
    placed[-1] = min(placed[-1], Decimal(on_steps(high, low, high, decimals)))
    for place in range(len(placed) - 2, -1, -1):
        placed[place] = min(placed[place], placed[place + 1] - step)
    return {code: plain(float(number)) for code, number in zip(quantile_codes(spec), placed, strict=True)}


def _grid(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {code: position(within(leaning), spec.scale) for code, leaning in leanings_of(cells_of(spec), opinion, chance).items()}


def _plane(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    other = within(opinion + chance.gauss(0, 2 * DOUBT))
    return {"x": position(opinion, spec.x.scale if spec.x else None), "y": position(other, spec.y.scale if spec.y else None)}


def _text(spec: ItemSpec, opinion: float, chance: random.Random) -> Values:
    return {"": simulated_text("en", chance)}


Writer = Callable[[ItemSpec, float, random.Random], Values]
WRITERS: Mapping[str, Writer] = {
    "rating": _rating, "probability": _probability, "number": _number, "choice": _choice, "choices": _choices, "ranking": _ranking,
    "allocation": _allocation, "quantiles": _quantiles, "grid": _grid, "plane": _plane, "text": _text,
}
