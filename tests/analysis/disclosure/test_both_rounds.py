"""What may be told of those who answered twice, beside the rows of both rounds. Worked out by hand; k = 3, five categories.

Throughout: in round 1 only the row of everybody is published, for c is small, and everybody less a would be c. In round 2 some have joined c, so
the rows of everybody, a and c are. Whoever learns that nobody changed takes a's row of round 2 from everybody's of round 1, and has c's answers.
"""

from collections.abc import Sequence

import numpy as np

from analysis.disclosure import Crossing, Group, Verdict, told_of_pairs

A, C, ALL = Group("panel", "a", ("a",)), Group("panel", "c", ("c",)), Group("all", "all", ("a", "c"))
EQUAL = Group("equal_weight", "equal_weight", ("a", "c"))
Steps = Sequence[tuple[int, int]]


def crossing(a: Steps, c: Steps, joined: Sequence[int] = (0, 0, 0, 0, 0)) -> Crossing:
    """Both answers of those who stayed, from 1; how many joined c with which answer."""
    stayed = np.zeros((2, 5, 5), dtype=np.int64)
    for panel, steps in enumerate((a, c)):
        for before, after in steps:
            stayed[panel, before - 1, after - 1] += 1
    return Crossing(("a", "c"), stayed, np.zeros((2, 5), dtype=np.int64), np.array([[0] * 5, joined], dtype=np.int64))


def told(given: Crossing, is_stable: Verdict = None, tables: Sequence[Group] = (), minimum: int = 3) -> tuple[set[str], set[str]]:
    found = told_of_pairs({1: [ALL], 2: [ALL, A, C]}, [ALL], tables, given, minimum, is_stable)
    return {code for _kind, code in found.rough}, {code for _kind, code in found.fine}


def test_nobody_of_four_changed_is_not_told() -> None:
    """A fifth of four is less than one: "10" would say that nobody did. Then c's one answer is 5: everybody (1, 1, 1, 0, 1) less a (1, 1, 1, 0, 0)."""
    assert told(crossing([(1, 1), (2, 2), (3, 3)], [(5, 5)], [1, 1, 1, 0, 0])) == (set(), set())


SEVEN = crossing([(1, 1), (2, 2), (3, 3), (4, 4), (1, 1), (2, 2)], [(5, 5)], [1, 1, 1, 0, 0])


def test_at_most_one_of_seven_changed_is_told() -> None:
    """Somebody of a who says 1 may have said 5 before, and c's one 1: one change, and the rows of both rounds are the same."""
    assert told(SEVEN) == ({"all"}, set())


def test_a_verdict_that_says_nobody_beside_the_rough_figure_counts_as_well() -> None:
    """Stable up to 10 per cent: of seven that is nobody."""
    assert told(SEVEN, lambda _pairs: lambda percent: percent <= 10) == (set(), set())
    assert told(SEVEN, lambda _pairs: lambda percent: percent <= 15) == ({"all"}, set())
    assert told(SEVEN, lambda _pairs: None) == ({"all"}, set())  # no verdict is told of so few


def test_a_change_table_is_not_told_where_it_says_the_same() -> None:
    """The table of everybody says that nobody changed. Only rough figures may be told."""
    assert told(SEVEN, tables=[ALL]) == ({"all"}, set())


def test_with_a_minimum_of_one_everything_is_told() -> None:
    assert told(SEVEN, tables=[ALL], minimum=1) == ({"all"}, {"all"})


def test_among_many_everything_is_told_and_equal_weights_follow_from_the_panels() -> None:
    many = [(1, 2), (2, 2), (3, 4), (4, 4), (5, 5), (2, 1), (3, 3), (4, 3)]
    rows, asked = [ALL, EQUAL, A, C], [ALL, A, C]
    found = told_of_pairs({1: rows, 2: rows}, rows, asked, crossing(many, many), 3)
    assert {code for _kind, code in found.rough} == {code for _kind, code in found.fine} == {"all", "equal_weight", "a", "c"}
    found = told_of_pairs({1: rows, 2: rows}, rows, [ALL], crossing(many, many), 3)
    assert {code for _kind, code in found.fine} == {"all"}  # without the panels' tables equal weights stay rough


def test_a_round_without_answers_tells_nothing_and_stands_in_no_way() -> None:
    nobody = Crossing(("a", "c"), np.zeros((2, 5, 5), dtype=np.int64), np.array([[2, 0, 0, 0, 0], [1, 1, 1, 1, 1]]), np.zeros((2, 5), dtype=np.int64))
    assert told_of_pairs({1: [C], 2: [ALL, A, C]}, [], [], nobody, 3).rough == frozenset()
