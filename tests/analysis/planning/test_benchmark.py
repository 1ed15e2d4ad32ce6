"""The benchmark compares like with like: its plain loop over scipy finds what the planner finds."""

import numpy as np
import pytest

from analysis.planning.gap_power import gap_counts, null_p_values
from analysis.planning.opinions import planned_gap
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_study import plan_study
from benchmarks import planner as benchmark
from tests.analysis.planning.shapes import AGREEMENT, a_planned, a_rating

PARAMETERS = PlanParameters(experts=(14,), runs=1500, spread=0.2)


def test_the_plain_loop_sees_a_gap_as_often() -> None:
    shape = a_rating(rule=AGREEMENT)
    shift = planned_gap(shape, PARAMETERS).shift
    random = np.random.default_rng(3)
    loop = [benchmark.loop_p(random, shape, shift, 14, PARAMETERS, 5) for _study in range(1500)]
    ours = gap_counts(shape, shift, null_p_values(a_planned(shape, minimum=5), 14, PARAMETERS), 14, PARAMETERS, 5)
    assert sum(p is not None and p <= 0.05 for p in loop) / 1500 == pytest.approx(ours.seen_alone / 1500, abs=4 * np.sqrt(2 * 0.25 / 1500))


def test_a_study_of_a_file_runs_both_ways() -> None:
    study = benchmark.study_of(benchmark.DEFAULT_STUDY)
    few = PlanParameters(experts=(12,), runs=100)
    assert plan_study(study, few).family == study.tests
    assert benchmark.loop_seconds(study, few, 1) > 0
