"""The figures of a row are those of the library, whatever shortcut led to them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis import statistics
from analysis.figures import Selection, round_figures

NUMBER = {"code": "", "level": "interval", "categories": [], "minimum": None, "maximum": None}
answers = st.lists(st.one_of(st.integers(1, 9), st.floats(-1e12, 1e12), st.just(0.1)), min_size=1, max_size=40)


@given(answers, st.integers(1, 9))
def test_location_and_spread_are_those_of_the_library(given_answers: list[float], quantile_type: int) -> None:
    values = np.array(given_answers, dtype=float)
    found = round_figures(NUMBER, Selection(values, None), None, quantile_type)
    wanted = statistics.spread(values, quantile_type)
    for name in ("median", "q1", "q3", "iqr", "mean", "sd"):
        assert found[name] == getattr(wanted, name), name


def test_without_answers_there_are_no_figures() -> None:
    found = round_figures(NUMBER, Selection(np.array([]), None), None, 7)
    assert {found[name] for name in ("median", "q1", "q3", "iqr", "mean", "sd")} == {None}
