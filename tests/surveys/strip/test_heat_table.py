"""The geometry of heat tables: shades by hand, what is protected, what nobody answered."""

import pytest

from surveys.strip import Published
from surveys.strip.heat import heat_cell, heat_table, shade_of


@pytest.mark.parametrize(("value", "points", "shade"), [
    (1, 5, 0), (5, 5, 6), (3, 5, 3),  # the ends are the lightest and the darkest of seven shades, the middle the middle one
    (2, 5, 2), (4, 5, 5),             # 6 × 1/4 = 1.5 and 6 × 3/4 = 4.5: half way, so the darker one
    (2.5, 5, 2), (9, 9, 6), (6, 9, 4), (1, 2, 0), (2, 2, 6),  # 2.25; the end; 3.75; the ends of two points
    (1, 1, 0),
])
def test_the_shade_is_the_nearest_step_between_the_ends(value: float, points: int, shade: int) -> None:
    assert shade_of(value, points) == shade


def test_a_cell_says_its_median_and_its_middle_half() -> None:
    cell = heat_cell("jp.isr", Published(18, median=3.5, q1=2.25, q3=4, n_cannot_judge=2), 5)
    assert (cell.median, cell.half, cell.shade, cell.n, cell.n_cannot_judge) == ("3.5", "2.25–4", 4, 18, 2)


def test_a_middle_half_of_one_value_is_said_once() -> None:
    assert heat_cell("jp.isr", Published(18, median=3, q1=3, q3=3), 5).half == "3"


def test_protected_and_unanswered_cells_are_told_apart() -> None:
    protected, unanswered = heat_cell("a.b", None, 5), heat_cell("a.b", Published(0, n_cannot_judge=6), 5)
    assert (protected.is_protected, protected.shade) == (True, None)
    assert (unanswered.is_protected, unanswered.shade, unanswered.n_cannot_judge) == (False, None, 6)


def test_a_table_has_its_rows_and_columns_in_their_order() -> None:
    figures = {"jp.isr": Published(6, median=4), "kr.asw": Published(9, median=2), "jp.asw": Published(3, median=2.5)}
    table = heat_table([("jp", "Japan"), ("kr", "South Korea")], ["isr", "asw"], 5, figures)
    assert [(row.name, [(cell.code, cell.median) for cell in row.cells]) for row in table.rows] == [
        ("Japan", [("jp.isr", "4"), ("jp.asw", "2.5")]), ("South Korea", [("kr.isr", ""), ("kr.asw", "2")]),
    ]
    assert (table.lowest, table.highest, table.most) == (2, 4, 9)
    assert table.has_protected and not table.is_protected
    assert table.cells["kr.isr"].is_protected


def test_a_table_of_nothing_published_is_protected_as_a_whole() -> None:
    table = heat_table([("jp", "Japan")], ["isr", "asw"], 5, {"jp.isr": None})
    assert table.is_protected and (table.lowest, table.highest, table.most) == (None, None, 0)
