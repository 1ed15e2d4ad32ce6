"""The promise itself, on studies so small that every way of answering can be listed (three-point scale, k = 3).

For every hidden row at least two histograms must remain possible to a reader who knows how many answered in each
panel and sees the histogram of every shown row. (Then no person's answer is certain either: it would be so only if
the panel's histogram were.) Without `equal_weight` and with theatres apart the procedure alone keeps it; for the others
see `test_last_check.py`.
"""

import itertools

import pytest

from tests.analysis.disclosure.attackers import breaches
from tests.analysis.disclosure.studies import SmallStudy


def studies_of(number_of_panels: int, most_answers: int, theatres: list[str]) -> list[SmallStudy]:
    letters = "ABCD"[:number_of_panels]
    return [
        SmallStudy(dict(zip(letters, sizes, strict=True)), theatres, minimum=3, with_equal_weight=False)
        for sizes in itertools.product(range(1, most_answers + 1), repeat=number_of_panels)
        if sum(sizes) <= 9
    ]


@pytest.mark.parametrize(
    ("number_of_panels", "most_answers", "theatres"),
    [(1, 7, []), (2, 7, []), (3, 5, []), (3, 5, ["AB"]), (4, 4, ["AB", "CD"])],
)
def test_for_every_hidden_row_two_histograms_remain_possible(number_of_panels, most_answers, theatres):
    for study in studies_of(number_of_panels, most_answers, theatres):
        assert breaches(study) == [], study
