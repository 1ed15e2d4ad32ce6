"""Cells: numbers always alike, text never a formula."""

import math
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports.cells import csv_bytes, csv_chunks, number_cell, text_cell


@pytest.mark.parametrize(("value", "cell"), [
    (None, ""), (3, "3"), (0, "0"), (3.0, "3"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (2.5, "2.5"), (1 / 3, "0.333333"),
    (1e-7, "0"), (-1e-7, "0"), (1e15, "1000000000000000"), (0.0000005, "0"), (0.0000015, "0.000002"), (0.0000025, "0.000002"), (-2.5, "-2.5"), (100.0, "100"),
    (9.375312500000007, "9.375312"), (9.375313500000007, "9.375314"), (1e15 + 0.5, "1000000000000000"),
])
def test_numbers(value: float | None, cell: str) -> None:
    assert number_cell(value) == cell


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_not_a_number_never_becomes_a_cell(value: float) -> None:
    with pytest.raises(ArithmeticError):
        number_cell(value)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", " =1+1"])
def test_text_that_a_spreadsheet_would_run_is_escaped(text: str) -> None:
    assert text_cell(text) == "'" + text


def test_other_text_stays_as_it_is() -> None:
    assert [text_cell(text) for text in ("", "a=b", "한국어", "1-2", None)] == ["", "a=b", "한국어", "1-2", ""]


def test_files_are_utf8_with_crlf_and_a_bom_only_when_asked() -> None:
    assert csv_bytes(["a", "b"], [["1", 'x "y", z']]) == b'a,b\r\n1,"x ""y"", z"\r\n'
    assert csv_bytes(["a"], [], bom=True) == b"\xef\xbb\xbfa\r\n"


def by_definition(value: float) -> str:
    """Half-even to six decimals of the number as meant (15 digits, 12 decimals), without trailing zeros, exponent or -0, in exact decimals."""
    meant = Decimal(f"{value:.15g}").quantize(Decimal("1e-12"), rounding=ROUND_HALF_EVEN).quantize(Decimal("1e-6"), rounding=ROUND_HALF_EVEN)
    text = f"{meant:f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


TIES = st.integers(-10**9, 10**9).map(lambda n: (2 * n + 1) / 2_000_000)


@given(st.one_of(st.floats(-1e12, 1e12), st.floats(-2, 2), TIES, TIES.map(lambda tie: tie + 1e-13), TIES.map(lambda tie: tie - 1e-13)))
def test_the_quick_way_says_what_the_definition_says(value: float) -> None:
    assert number_cell(value) == by_definition(value)


def test_a_file_in_pieces_is_the_file_as_a_whole() -> None:
    rows = [[str(number), "x, y"] for number in range(1_501)]
    pieces = list(csv_chunks(["a", "b"], rows, bom=True))
    assert b"".join(pieces) == csv_bytes(["a", "b"], rows, bom=True)
    assert len(pieces) == 5  # the header first, then some hundred rows at a time


def test_the_head_of_a_file_is_there_before_its_first_row_is_made() -> None:
    def rows() -> Iterator[list[str]]:
        raise AssertionError("not yet")
        yield []

    assert next(csv_chunks(["a"], rows())) == b"a\r\n"
