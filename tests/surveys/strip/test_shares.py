"""A bar for the share that ticked an option, worked out by hand."""

import pytest

from surveys.strip.shares import Share, yes_share


@pytest.mark.parametrize(("no_yes", "expected"), [
    ((6, 12), Share(18, "12", "67", "66.6667%")),
    ((18, 0), Share(18, "0", "0", "0%")),
    ((0, 3), Share(3, "3", "100", "100%")),
])
def test_the_share_is_of_those_who_answered(no_yes: tuple[float, float], expected: Share) -> None:
    assert yes_share(no_yes) == expected


@pytest.mark.parametrize("nothing", [None, (), (0, 0)])
def test_without_answers_there_is_no_share(nothing: object) -> None:
    assert yes_share(nothing) is None  # type: ignore[arg-type]


def test_weighted_counts_are_no_numbers_of_experts() -> None:
    """Weights of 0.5 for yes among 2 in all: a quarter."""
    assert yes_share((1.5, 0.5)) == Share(2, "", "25", "25%")
