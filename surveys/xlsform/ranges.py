"""The parameters of XLSForm's type `range`: start, end and step, 0 to 10 by 1 where they are not given."""

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_LABELLED = 11  # 0 to 10; a longer range is a number
MOST_SIGNS = 200
PAIR = re.compile(r"(\w+)\s*=\s*(\S+?)(?=[\s,;]|$)")
NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
DEFAULTS = {"start": "0", "end": "10", "step": "1"}


@dataclass(frozen=True)
class RangeParts:
    """`labels`: the numbers of a short range of whole steps, else none."""

    start: int | float
    end: int | float
    decimals: int
    labels: tuple[str, ...] = ()


def range_parts(parameters: str) -> RangeParts | None:
    """None where they make no range."""
    given = {**DEFAULTS, **{key.lower(): value for key, value in PAIR.findall(parameters[:MOST_SIGNS])}}
    if not all(NUMBER.fullmatch(given[key]) for key in DEFAULTS):
        return None
    start, end, step = (Decimal(given[key]) for key in DEFAULTS)
    if start >= end or step <= 0:
        return None
    decimals = max(_decimals(number) for number in (start, end, step))
    steps = (end - start) / step
    is_scale = decimals == 0 and steps == int(steps) and 1 <= steps < MOST_LABELLED
    labels = tuple(str(int(start + step * position)) for position in range(int(steps) + 1)) if is_scale else ()
    return RangeParts(_plain(start), _plain(end), decimals, labels)


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
