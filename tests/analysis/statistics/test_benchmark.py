"""The benchmark compares like with like: its ordinary loop finds what the matrices find."""

import numpy as np
import pandas as pd
import pytest

from analysis.statistics import matrix
from benchmarks import statistics as benchmark


def test_the_ordinary_agreement_is_the_same_agreement():
    (answers,), groups = benchmark.simulated_rounds(benchmark.Size(60, 3, 1))
    counts = matrix.group_histograms(answers, groups, benchmark.CATEGORIES, benchmark.GROUPS)
    found = matrix.histogram_van_der_eijk(counts)
    for group, item in np.ndindex(found.shape):
        column = answers[groups == group, item]
        if (column > 0).any():
            assert benchmark.ordinary_agreement(pd.Series(column[column > 0])) == pytest.approx(found[group, item])


def test_a_tiny_round_runs_both_ways(monkeypatch):
    monkeypatch.setitem(benchmark.SIZES, "small", benchmark.Size(150, 3, 2))
    measured = benchmark.measure_matrices("small")
    benchmark.measure_ordinary(measured)
    assert measured.figures_seconds > 0
    assert measured.ordinary_intervals_seconds > measured.intervals_seconds
    assert "extrapolated from" in benchmark.report(measured)
    assert len(benchmark.goals({"small": measured, "middle": measured, "large": measured})) == 3
