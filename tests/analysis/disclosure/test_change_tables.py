"""Which change tables may be told beside a round's rows. Patterns worked out by hand, k = 5; histograms over five categories."""

from collections.abc import Sequence

import pytest

from analysis.disclosure import Group, tables_shown

A, B, C = (Group("panel", code, (code,)) for code in ("a", "b", "c"))
ALL, EQUAL = Group("all", "all", ("a", "b", "c")), Group("equal_weight", "equal_weight", ("a", "b", "c"))
ROWS = [ALL, EQUAL, A, B, C]
TABLES = [ALL, A, B, C]
MIXED = [3, 3, 3, 3, 0]  # 12 people of four answers
NOBODY = [0, 0, 0, 0, 0]


def shown(stayed: Sequence[Sequence[int]], moved: Sequence[Sequence[int]], *, rows: Sequence[Group] = ROWS, tables: Sequence[Group] = TABLES,
          minimum: int = 5, last_check: bool = True) -> list[str]:
    found = tables_shown(rows, tables, dict(zip("abc", stayed, strict=True)), dict(zip("abc", moved, strict=True)), minimum, last_check=last_check)
    return [group.code for group in tables if (group.kind, group.code) in found]


def test_where_everybody_stayed_every_table_may_be_told() -> None:
    assert shown([MIXED] * 3, [NOBODY] * 3) == ["all", "a", "b", "c"]


def test_with_a_minimum_of_one_every_table_may_be_told() -> None:
    assert shown([MIXED] * 3, [[1, 0, 0, 0, 0]] * 3, minimum=1) == ["all", "a", "b", "c"]


def test_a_table_that_gives_a_few_leavers_away_stays_out() -> None:
    """a lost two people: its row less its table is theirs. The others lost six each, of several answers."""
    assert shown([MIXED] * 3, [[1, 1, 0, 0, 0], [2, 2, 2, 0, 0], [2, 2, 2, 0, 0]], tables=[A, B, C]) == ["b", "c"]


def test_a_table_stays_out_when_the_others_tell_it() -> None:
    """all (14 left) - b (6) - c (6) = the two of a. all, then b is taken up (same size, file order); c would tell a's."""
    assert shown([MIXED] * 3, [[1, 1, 0, 0, 0], [2, 2, 2, 0, 0], [2, 2, 2, 0, 0]]) == ["all", "b"]


def test_six_leavers_of_one_answer_are_not_told() -> None:
    """Six people of one answer are fewer than 2k; ten are the finding that 2k allow."""
    assert shown([MIXED] * 3, [[6, 0, 0, 0, 0], NOBODY, NOBODY], tables=[ALL, A]) == []
    assert shown([MIXED] * 3, [[10, 0, 0, 0, 0], NOBODY, NOBODY], tables=[ALL, A]) == ["all", "a"]


def test_all_newcomers_in_one_panel_tell_its_few_who_stayed() -> None:
    """Nobody joined a and b; seven joined c, where four stayed. The table of everybody gives the newcomers, and c's row less those the four."""
    stayed, joined = [MIXED, MIXED, [2, 1, 0, 0, 1]], [NOBODY, NOBODY, [2, 1, 1, 2, 1]]
    assert shown(stayed, joined, tables=[ALL]) == []
    assert shown(stayed, joined, tables=[ALL], rows=[ALL, A]) == ["all"]  # beside no row of c (and no equal weights) nothing tells them apart


def test_whole_numbers_count_as_well() -> None:
    """The six who left a and b together answered 1 or 2. Of a's row (all of the answers 3, but one) only that one can have left it:
    a lost exactly one, b five. The equations leave it open; whole numbers don't."""
    stayed = [[0, 0, 11, 0, 0], [3, 3, 3, 3, 0], MIXED]
    left = [[1, 0, 0, 0, 0], [2, 3, 0, 0, 0], NOBODY]
    assert shown(stayed, left, tables=[ALL], rows=[ALL, A, B, C], last_check=False) == ["all"]
    assert shown(stayed, left, tables=[ALL], rows=[ALL, A, B, C]) == []


@pytest.mark.parametrize("last_check", [True, False])
def test_many_leavers_everywhere_hide_nothing(last_check: bool) -> None:
    assert shown([MIXED] * 3, [[2, 2, 1, 0, 0]] * 3, last_check=last_check) == ["all", "a", "b", "c"]
