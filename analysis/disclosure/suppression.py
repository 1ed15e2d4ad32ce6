"""Which rows of a component may be published: primary and complementary suppression.

Every published row is an equation over the panels, for counts, sums and sums of squares alike. A row that is hidden
for its own sake (*protected*) stays hidden only if it cannot be worked out from the others, so further rows may have
to stay out with it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import lcm

from analysis.disclosure.last_check import places_that_pass
from analysis.disclosure.other_answers import Histograms
from analysis.disclosure.row_space import RowSpace, Vector
from analysis.disclosure.secret_sets import SecretSets

_TAKEN_UP = {"all": 0, "theatre": 1, "panel": 2, "equal_weight": 3}
_WEIGHTED = frozenset({"equal_weight", "others_equal_weight"})
_REMEMBERED_PATTERNS = 4096


@dataclass(frozen=True)
class Group:
    """One row of a component: who stands in it."""

    kind: str
    """`all`, `equal_weight`, `theatre` or `panel`; of groups without a row of their own `side`, `others` or `others_equal_weight`."""
    code: str
    panels: tuple[str, ...]
    """Codes of the panels that belong to it, in file order."""


def shown_groups(
    groups: Sequence[Group],
    counts: Mapping[str, int],
    single_values: Mapping[str, object],
    minimum: int,
    histograms: Mapping[str, Sequence[int]] | None = None,
) -> frozenset[tuple[str, str]]:
    """The rows that may be published, as a set of (kind, code).

    groups: the component's rows in file order (ties are broken by it). counts: valid answers per panel; a panel that
    is absent has none. single_values: for each panel whose valid answers are all one value, that value (hashable; a
    panel with one answer is such a panel); absent for the others. minimum: the study's k; 1 shows everything.
    histograms: each panel's answers per category or bin, where rows are published with histograms. With them comes a
    last check, which takes out further rows where the actual figures would make a hidden set of panels certain. What
    is too large to decide counts as certain: so `equal_weight`, which makes it hard, goes first, the safe side.
    A row without answers is shown, because its figures are empty. Raises ValueError for a minimum below 1, a
    negative count, an unknown kind, or histograms that do not count the answers.
    """
    panels = tuple(dict.fromkeys(panel for group in groups for panel in group.panels))
    answers = tuple(counts.get(panel, 0) for panel in panels)
    _check_arguments(groups, answers, minimum)
    if minimum == 1:
        return frozenset((group.kind, group.code) for group in groups)
    values = [single_values.get(panel) if panel in single_values else _NO_SINGLE_VALUE for panel in panels]
    unanimous = _unanimous_panels(answers, values, minimum)
    pattern = _Pattern(tuple(groups), panels, answers, unanimous, minimum)
    shown = _shown_rows(pattern)
    if histograms is None or all((group.kind, group.code) in shown for group in groups):
        return shown
    figures = _by_panel(histograms, panels, answers)
    has_choice = figures and len(figures[0]) > 1
    return _shown_after_last_check(pattern, figures) if has_choice else shown


def follows_from(shown: Sequence[Group], group: Group, counts: Mapping[str, int]) -> bool:
    """Could a reader work out this group's figures from the rows that are shown? Then telling them tells nothing new.

    For groups without a row of their own: the panels of one theatre alone, everybody but one ally. counts: valid answers per panel.
    """
    answers = {panel: number for panel, number in counts.items() if number}
    return RowSpace.spanned_by([vector_of(each, answers) for each in shown]).contains(vector_of(group, answers))


def vector_of(group: Group, answers: Mapping[str, int]) -> Vector:
    """The group's equation over the panels that have answers: 1 for each panel in it; where panels weigh equally 1/n, over a common denominator."""
    whole = lcm(*answers.values()) if group.kind in _WEIGHTED else 0
    members = set(group.panels)
    return tuple((whole // number if whole else 1) if panel in members else 0 for panel, number in answers.items())


_NO_SINGLE_VALUE = object()


def _check_arguments(groups: Sequence[Group], answers: Sequence[int], minimum: int) -> None:
    if minimum < 1:
        raise ValueError(f"the minimum must be at least 1, not {minimum}")
    if any(number < 0 for number in answers):
        raise ValueError("a panel cannot have a negative number of answers")
    unknown = {group.kind for group in groups} - _TAKEN_UP.keys()
    if unknown:
        raise ValueError(f"unknown kind of group: {', '.join(sorted(unknown))}")


def _by_panel(
    histograms: Mapping[str, Sequence[int]], panels: Sequence[str], answers: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """The histograms of the panels that have answers.

    What is certain does not depend on which category is which, so they are sorted: the same pattern is recognised.
    """
    given = [tuple(histograms.get(panel, ())) for panel, number in zip(panels, answers, strict=True) if number]
    if [sum(histogram) for histogram in given] != [number for number in answers if number]:
        raise ValueError("each panel's histogram must count its answers")
    return tuple(zip(*sorted(zip(*given, strict=True)), strict=True))


def _unanimous_panels(answers: Sequence[int], values: Sequence[Hashable], minimum: int) -> tuple[int | None, ...]:
    """For each panel protected as unanimous a number that stands for its one value, None for the others.

    Numbers in order of appearance, so that the same pattern with other values is recognised. When all answers of all
    panels are one value and there are at least 2k, that is the finding: it is published, and nobody is protected.
    """
    single = [value if number else _NO_SINGLE_VALUE for number, value in zip(answers, values, strict=True)]
    given = [value for number, value in zip(answers, values, strict=True) if number]
    if sum(answers) >= 2 * minimum and len(set(given)) == 1 and given[0] is not _NO_SINGLE_VALUE:
        return (None,) * len(answers)
    numbers: dict[Hashable, int] = {}
    return tuple(
        None if value is _NO_SINGLE_VALUE or number >= 2 * minimum else numbers.setdefault(value, len(numbers))
        for number, value in zip(answers, single, strict=True)
    )


@dataclass(frozen=True)
class _Pattern:
    """All that the result depends on. Panels without answers are in no equation."""

    groups: tuple[Group, ...]
    panels: tuple[str, ...]
    answers: tuple[int, ...]
    unanimous: tuple[int | None, ...]
    minimum: int


@lru_cache(maxsize=_REMEMBERED_PATTERNS)
def _shown_rows(pattern: _Pattern) -> frozenset[tuple[str, str]]:
    equations = _Equations.of(pattern)
    empty = [group for group in pattern.groups if not equations.number_of(group)]
    candidates = [group for group in pattern.groups if equations.number_of(group) and not equations.protects(group)]
    published = equations.published_of(sorted(candidates, key=equations.place_in_order))
    return frozenset((group.kind, group.code) for group in [*empty, *published])


@lru_cache(maxsize=_REMEMBERED_PATTERNS)
def _shown_after_last_check(pattern: _Pattern, histograms: Histograms) -> frozenset[tuple[str, str]]:
    shown = _shown_rows(pattern)
    equations = _Equations.of(pattern)
    candidates = [group for group in pattern.groups if (group.kind, group.code) in shown and equations.number_of(group)]
    published = sorted(candidates, key=equations.place_in_order)
    rows = [equations.vector(group) for group in published]
    passing = places_that_pass(rows, equations.secrets, histograms, pattern.minimum)
    return shown - {(group.kind, group.code) for place, group in enumerate(published) if place not in passing}


@dataclass(frozen=True)
class _Equations:
    """A pattern as vectors over the panels that have answers."""

    answers: dict[str, int]
    minimum: int
    unanimous_panels: frozenset[str]
    secrets: tuple[SecretSets, ...]

    @classmethod
    def of(cls, pattern: _Pattern) -> _Equations:
        answers = {panel: n for panel, n in zip(pattern.panels, pattern.answers, strict=True) if n}
        unanimous = frozenset(
            panel for panel, value in zip(pattern.panels, pattern.unanimous, strict=True) if value is not None
        )
        columns = {panel: column for column, panel in enumerate(answers)}
        secrets = tuple(_secret_sets(pattern, columns))
        return cls(answers, pattern.minimum, unanimous, secrets)

    def number_of(self, group: Group) -> int:
        return sum(self.answers.get(panel, 0) for panel in group.panels)

    def protects(self, group: Group) -> bool:
        is_small = 0 < self.number_of(group) < self.minimum
        return is_small or (group.kind == "panel" and group.code in self.unanimous_panels)

    def place_in_order(self, group: Group) -> tuple[int, int]:
        """`all`, theatres, panels, `equal_weight`; theatres and panels with more answers first.

        Sorting keeps file order where this ties.
        """
        return _TAKEN_UP[group.kind], -self.number_of(group)

    def vector(self, group: Group) -> Vector:
        """The row's equation: 1 for each panel in it, in `equal_weight` 1/n (over a common denominator)."""
        return vector_of(group, self.answers)

    def published_of(self, candidates: Sequence[Group]) -> Iterator[Group]:
        """Take up the rows one by one, and leave out each with which a secret could be worked out.

        A row that follows from the published ones tells nothing new.
        """
        space = RowSpace()
        for group in candidates:
            with_group = space.with_vector(self.vector(group))
            if with_group is space or not self._tells_a_secret(with_group):
                space = with_group
                yield group

    def _tells_a_secret(self, space: RowSpace) -> bool:
        return any(secret.are_told_by(space, len(self.answers)) for secret in self.secrets)


def _secret_sets(pattern: _Pattern, columns: Mapping[str, int]) -> Iterator[SecretSets]:
    """What no reader may work out: (b) sets with 1 to k − 1 answers, (c) sets of one value with fewer than 2k.

    Condition (a), a protected row itself, is among them: a protected panel is such a set of one panel, a theatre with
    1 to k − 1 answers is a set under (b), and where `all` and with it `equal_weight` is that small no row is taken up.
    """
    present = [
        (columns[panel], number, value)
        for panel, number, value in zip(pattern.panels, pattern.answers, pattern.unanimous, strict=True)
        if number
    ]
    small = [(column, number) for column, number, _ in present if number < pattern.minimum]
    yield from _sets_of(small, pattern.minimum - 1)
    for shared_value in sorted({value for _, _, value in present if value is not None}):
        alike = [(column, number) for column, number, value in present if value == shared_value]
        yield from _sets_of(alike, 2 * pattern.minimum - 1)


def _sets_of(panels: Sequence[tuple[int, int]], most_answers: int) -> Iterator[SecretSets]:
    if panels:
        columns, sizes = zip(*panels, strict=True)
        yield SecretSets(columns, sizes, most_answers)
