"""What a simulated panel is made of: the numbers of docs/simulation.md, and the chance that every draw comes from."""

import random
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Model:
    """Opinions lie between 0 and 1; shares are chances from 0 to 1."""

    gap: float = 0.14  # standard deviation of the panels' opinions around an item's: how far allies differ
    spread: float = 0.16  # standard deviation of experts around their panel
    movers: float = 0.55  # share of the experts who move, of an item, after each feedback; the others stay
    pull: float = 0.45  # how far toward what was shown an expert who moves goes
    drift: float = 0.0  # by how much everybody's opinion shifts from round to round, as after an event
    attrition: float = 0.06  # share of those left who answer no more, from the second round on
    unjudged: float = 0.03
    left_out: float = 0.02
    reasons: float = 0.3  # share of the answers with a reason, where one is asked for

    def outside_limits(self) -> list[str]:
        """Names of the parameters that no panel can have."""
        signed = {"drift": -1.0}
        return [field.name for field in fields(self) if not signed.get(field.name, 0.0) <= getattr(self, field.name) <= 1.0]


def chance_of(*about: object) -> random.Random:
    """Chance that depends on what it is about alone, and on no order: whatever is added elsewhere, it draws the same."""
    return random.Random("|".join(map(str, about)))  # noqa: S311
