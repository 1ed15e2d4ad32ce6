"""Cells: numbers always alike, text never a formula."""

import math

import pytest

from analysis.exports.cells import csv_bytes, number_cell, text_cell


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
