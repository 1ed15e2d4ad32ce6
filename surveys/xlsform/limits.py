"""The numbers that an expression lets through, as lowest and highest, or one by one."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.xlsform.expressions import Compared, Counted, Expression, Joined, Reference, as_number, conjuncts

Number = int | float


@dataclass(frozen=True)
class Limits:
    """`is_exact` is False where a limit itself is let through that the expression keeps out."""

    lowest: Number | None = None
    highest: Number | None = None
    one_of: tuple[Number, ...] = ()
    is_exact: bool = True


def limits_of(expression: Expression, *, whole: bool, counted: bool = False) -> Limits | None:
    """What an expression about one number says of it; None where that is more than limits. `whole`: only whole numbers can be given."""
    if isinstance(expression, Joined) and expression.word == "or":
        values = [_equal(part, counted) for part in expression.parts]
        return Limits(one_of=tuple(sorted({value for value in values if value is not None}))) if None not in values else None
    lowest, highest, is_exact = [], [], True
    for part in conjuncts(expression):
        step = _step(part, whole, counted)
        if step is None:
            return None
        low, high, exact = step
        lowest += [low] if low is not None else []
        highest += [high] if high is not None else []
        is_exact = is_exact and exact
    found = Limits(max(lowest, default=None), min(highest, default=None), (), is_exact)
    return found if is_possible(found) else None


def is_possible(limits: Limits) -> bool:
    return limits.lowest is None or limits.highest is None or limits.lowest <= limits.highest


def _asked(part: Expression, counted: bool) -> float | None:
    """The number that the part compares the right thing with."""
    if not isinstance(part, Compared) or not isinstance(part.left, Counted if counted else Reference):
        return None
    return as_number(part.right)


def _equal(part: Expression, counted: bool) -> Number | None:
    number = _asked(part, counted)
    return plain_number(number) if number is not None and isinstance(part, Compared) and part.comparison == "=" else None


def _step(part: Expression, whole: bool, counted: bool) -> tuple[Number | None, Number | None, bool] | None:
    """Lowest, highest, and whether that is exact, of one comparison."""
    number = _asked(part, counted)
    if number is None or not isinstance(part, Compared):
        return None
    here = plain_number(number)
    match part.comparison:
        case "=":
            return here, here, True
        case ">=":
            return here, None, True
        case "<=":
            return None, here, True
        case ">":
            return (math.floor(number) + 1 if whole else here), None, whole
        case "<":
            return None, (math.ceil(number) - 1 if whole else here), whole
    return None


def plain_number(number: float) -> Number:
    """3 for 3.0."""
    return int(number) if number.is_integer() else number


def together(positions: Iterable[int]) -> bool:
    """Do the positions follow each other without a gap?"""
    given = sorted(positions)
    return bool(given) and given == list(range(given[0], given[-1] + 1))
