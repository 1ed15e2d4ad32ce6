"""How numbers are written under a chart: half-even on the number as meant, so that a page says what the file says."""

import pytest

from analysis.charts.chart import with_decimals


@pytest.mark.parametrize(("number", "text"), [
    (0.175, "0.18"),  # the nearest binary number lies below the tie
    (0.165, "0.16"),  # and here above it
    (0.125, "0.12"), (2.5, "2.50"), (-0.985, "−0.98"), (-0.004, "0.00"), (1e-9, "0.00"), (1234567.891, "1234567.89"), (3, "3"), (-3, "−3"),
])
def test_two_decimals_are_rounded_half_even_as_the_number_is_meant(number: float, text: str) -> None:
    assert with_decimals(2)(number) == text
