"""Which rows may be shown, worked out as literally as the definition is worded: every set of panels, exact fractions.

Slow on purpose, without a shortcut and without anything of `analysis.disclosure`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Row = tuple[str, str, tuple[str, ...]]
"""Group type, group, panels."""
Vector = tuple[Fraction, ...]


def shown_by_the_book(rows: Sequence[Row], values: Mapping[str, Sequence[object]], minimum: int) -> set[tuple[str, str]]:
    """(group type, group) of the rows that may be shown. `values`: each panel's valid answers (over pairs: (before, after))."""
    if minimum == 1:
        return {row[:2] for row in rows}
    panels = [panel for panel, given in values.items() if given]
    numbers = {row: sum(len(values[panel]) for panel in row[2]) for row in rows}
    protected = [row for row in rows if is_protected(row, numbers[row], values, minimum)]
    secrets = [vector_of(row, panels, values) for row in protected]
    secrets += [tuple(Fraction(panel in chosen) for panel in panels) for chosen in secret_sets(panels, values, minimum)]
    shown = {row[:2] for row in rows if not numbers[row]}
    published: list[Vector] = []
    for row in in_order([row for row in rows if numbers[row] and row not in protected], numbers):
        with_it = [*published, vector_of(row, panels, values)]
        dimensions = rank(with_it)
        if not any(rank([*with_it, secret]) == dimensions for secret in secrets):  # does it lie in their span?
            published = with_it
            shown.add(row[:2])
    return shown


def is_protected(row: Row, number: int, values: Mapping[str, Sequence[object]], minimum: int) -> bool:
    small = 1 <= number < minimum
    unanimous = row[0] == "panel" and 1 <= number < 2 * minimum and len(set(values[row[1]])) == 1
    return small or (unanimous and not unanimity_is_the_finding(values, minimum))


def unanimity_is_the_finding(values: Mapping[str, Sequence[object]], minimum: int) -> bool:
    everybody = [value for given in values.values() for value in given]
    return len(everybody) >= 2 * minimum and len(set(everybody)) == 1


def secret_sets(panels: Sequence[str], values: Mapping[str, Sequence[object]], minimum: int) -> Iterator[tuple[str, ...]]:
    """Sets of panels with 1 to k - 1 answers in all, and sets whose answers are all one value and fewer than 2k.

    The panels of the second are each protected as unanimous, so hidden. Where unanimity is the finding it is no secret.
    """
    for size in range(1, len(panels) + 1):
        for chosen in combinations(panels, size):
            given = [value for panel in chosen for value in values[panel]]
            alike = len(set(given)) == 1 and len(given) < 2 * minimum and not unanimity_is_the_finding(values, minimum)
            if len(given) < minimum or alike:
                yield chosen


def in_order(rows: Iterable[Row], numbers: Mapping[Row, int]) -> list[Row]:
    place = {"all": 0, "theatre": 1, "panel": 2, "equal_weight": 3}
    return sorted(rows, key=lambda row: (place[row[0]], -numbers[row]))


def vector_of(row: Row, panels: Sequence[str], values: Mapping[str, Sequence[object]]) -> Vector:
    if row[0] == "equal_weight":
        return tuple(Fraction(1, len(values[panel])) for panel in panels)
    return tuple(Fraction(panel in row[2]) for panel in panels)


def rank(vectors: Sequence[Vector]) -> int:
    rest, found = [list(vector) for vector in vectors], 0
    for column in range(len(rest[0]) if rest else 0):
        pivot = next((row for row in rest if row[column]), None)
        if pivot is None:
            continue
        rest.remove(pivot)
        found += 1
        for row in rest:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * of_pivot for value, of_pivot in zip(row, pivot, strict=True)]
    return found
