"""The latent opinion: a number from 0 to 1 for each expert and item."""

import random
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from surveys.items import ItemSpec
from surveys.items.base import option_codes
from surveys.simulation.model import Model, chance_of

OF_PANEL, OF_THEATRE = 0.25, 0.25  # of the variance between panels; the rest is a panel's own view of the single item
STEEPNESS = 3  # open-ended numbers crowd near the lower end: opinion³ of the way
ROOM = 100.0  # how far a number reaches that has no limit


def first_opinion(spec: ItemSpec, panel: str, expert: str, seed: int, *, theatres: Sequence[str] = (), model: Model | None = None) -> float:
    """An expert's opinion before seeing anybody else's."""
    model = model or Model()
    centre = panel_opinion(spec.code, panel, seed, theatres=theatres, model=model)
    return within(centre + model.spread * chance_of(seed, spec.code, expert).gauss(0, 1))


def panel_opinion(item: str, panel: str, seed: int, *, theatres: Sequence[str], model: Model) -> float:
    """The middle around which the experts of a panel lie; not yet bounded. A panel without a theatre is one by itself."""
    places = [chance_of(seed, "theatre", place).gauss(0, 1) for place in theatres or (f"of {panel}",)]
    leaning = sqrt(OF_PANEL) * chance_of(seed, "panel", panel).gauss(0, 1) + sqrt(OF_THEATRE / len(places)) * sum(places)
    own = sqrt(1 - OF_PANEL - OF_THEATRE) * chance_of(seed, "panel", panel, item).gauss(0, 1)
    return 0.3 + 0.4 * chance_of(seed, "item", item).random() + model.gap * (leaning + own)


def later_opinion(opinion: float, shown: float | None, chance: random.Random, model: Model | None = None) -> float:
    """The opinion after seeing the median (0 to 1): kept, or moved a part of the way; what drifts, drifts for all."""
    model = model or Model()
    moves = chance.random() <= model.movers
    moved = opinion + model.pull * (shown - opinion) if moves and shown is not None else opinion
    return within(moved + model.drift)


def shown_opinion(spec: ItemSpec, figures: Mapping[str, Any]) -> float | None:
    """What the feedback of an item of one number says, on the range from 0 to 1; None where it is protected."""
    if spec.kind == "choice":
        return opinion_of_option(spec, figures.get("modal"))
    return opinion_of(spec, figures.get("median"))


def opinion_of(spec: ItemSpec, median: float | None) -> float | None:
    """A shown median on the range from 0 to 1; None for kinds without one."""
    low, high = range_of(spec)
    if median is None or high == low:
        return None
    way = within((median - low) / (high - low))
    return float(way ** (1 / STEEPNESS)) if spec.kind == "number" else way


def opinion_of_option(spec: ItemSpec, modal: str | None) -> float | None:
    """The middle of the commonest option's place; of several that are equally common, the first."""
    codes = option_codes(spec)
    return (codes.index(modal.split("|")[0]) + 0.5) / len(codes) if modal else None


def range_of(spec: ItemSpec) -> tuple[float, float]:
    """From where to where a single number of this item reaches."""
    if spec.scale is not None:
        return 1.0, float(spec.scale.points)
    if spec.kind == "probability":
        return 0.0, 100.0
    is_below_zero = spec.maximum is not None and spec.maximum <= 0
    low = spec.minimum if spec.minimum is not None else (spec.maximum or 0) - ROOM if is_below_zero else 0
    return float(low), float(spec.maximum if spec.maximum is not None else low + ROOM)


def within(opinion: float) -> float:
    return min(1.0, max(0.0, opinion))
