"""Small studies written as the tests think of them: panels with their answers, theatres by their panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from analysis.disclosure import Group, shown_groups


@dataclass(frozen=True)
class SmallStudy:
    answers: Mapping[str, int]
    theatres: Sequence[str] = ()
    """Each the letters of its panels, also its code: `AB`."""
    one_value: Mapping[str, object] = field(default_factory=dict)
    minimum: int = 5
    with_equal_weight: bool = True
    histograms: Mapping[str, Sequence[int]] | None = None
    """With them `shown` includes the last check."""

    @classmethod
    def answered(
        cls, histograms: Mapping[str, Sequence[int]], theatres: Sequence[str] = (), minimum: int = 5
    ) -> SmallStudy:
        """The study in which each panel's categories were chosen so often."""
        answers = {panel: sum(histogram) for panel, histogram in histograms.items()}
        one_value = {panel: list(h).index(max(h)) for panel, h in histograms.items() if 0 < max(h) == sum(h)}
        return cls(answers, theatres, one_value, minimum, histograms=histograms)

    @property
    def groups(self) -> list[Group]:
        panels = tuple(self.answers)
        equal_weight = [Group("equal_weight", "equal_weight", panels)] if self.with_equal_weight else []
        theatres = [Group("theatre", letters, tuple(letters)) for letters in self.theatres]
        return [Group("all", "all", panels), *equal_weight, *theatres, *(Group("panel", p, (p,)) for p in panels)]

    def shown(self) -> frozenset[tuple[str, str]]:
        return shown_groups(self.groups, self.answers, self.one_value, self.minimum, self.histograms)

    def shown_codes(self) -> set[str]:
        return {code for _, code in self.shown()}

    def hidden_codes(self) -> set[str]:
        return {group.code for group in self.groups} - self.shown_codes()


@st.composite
def small_studies(draw: st.DrawFn, most_panels: int = 6) -> SmallStudy:
    """Up to `most_panels` panels, most of them small or all of one value, and theatres that overlap at random."""
    minimum = draw(st.sampled_from([3, 5]))
    letters = "ABCDEFG"[: draw(st.integers(1, most_panels))]
    answers = {letter: draw(st.integers(0, 2 * minimum + 2)) for letter in letters}
    values = {letter: draw(st.sampled_from([None, None, 1, 2])) for letter in letters}
    one_value = {
        letter: value or 1 for letter, value in values.items() if answers[letter] == 1 or (answers[letter] and value)
    }
    theatres = draw(st.lists(st.sets(st.sampled_from(letters), min_size=1).map(sorted).map("".join), max_size=3))
    return SmallStudy(answers, list(dict.fromkeys(theatres)), one_value, minimum)


@st.composite
def answered_studies(draw: st.DrawFn) -> SmallStudy:
    """Up to five panels with all their answers on a scale of two to five points, often all at one point."""
    minimum, points = draw(st.sampled_from([3, 5])), draw(st.integers(2, 5))
    letters = "ABCDE"[: draw(st.integers(1, 5))]
    answers = st.lists(st.sampled_from([*range(points), 0, 0, 0]), max_size=2 * minimum + 2)
    given = {letter: draw(answers) for letter in letters}
    theatres = draw(st.lists(st.sets(st.sampled_from(letters), min_size=1).map(sorted).map("".join), max_size=3))
    histograms = {letter: [chosen.count(point) for point in range(points)] for letter, chosen in given.items()}
    return SmallStudy.answered(histograms, list(dict.fromkeys(theatres)), minimum)
