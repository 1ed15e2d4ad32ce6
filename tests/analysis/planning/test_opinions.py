"""The model of answers: opinions are said as simulated experts say them, and gaps have the size that was asked for."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.planning.opinions import answer_chances, answer_gap, delta_of, planned_gap
from analysis.planning.parameters import CLIFFS_DELTA, PlanParameters
from analysis.planning.study_shapes import AnswerShape, shape_of
from surveys.items import kind_of, resolve_item
from surveys.simulation import written_opinion
from tests.analysis.planning.shapes import a_fine_number, a_rating

SETTINGS = {"languages": ["en"], "scales": {"five": {"points": 5}}}
OPTIONS = [{"code": code, "text": {"en": code}} for code in ("war", "peace", "neither")]
ITEMS = [
    {"code": "a", "kind": "rating", "scale": "five", "text": {"en": "?"}},
    {"code": "b", "kind": "probability", "text": {"en": "?"}},
    {"code": "c", "kind": "choice", "options": OPTIONS, "text": {"en": "?"}},
]


@pytest.mark.parametrize("item", ITEMS, ids=["rating", "probability", "choice"])
@given(opinion=st.floats(0, 1))
def test_an_opinion_is_said_as_simulated_experts_say_it(item: dict[str, object], opinion: float) -> None:
    spec = resolve_item(item, SETTINGS)
    component = kind_of(spec).components(spec)[0]
    shape = shape_of(component, spec, 1, None)
    written = written_opinion(spec, opinion, random.Random(1))
    assert written is not None
    place = component.categories.index(written[""]) if component.categories else round((float(written[""]) - shape.low) / shape.step)
    chances = answer_chances(shape, opinion, 1e-12)  # nobody differs: all chance lies on one value, or two at a border
    assert chances[place] >= 0.4


def test_chances_are_those_of_the_normal_law() -> None:
    # By hand: five values at 0, 0.25 ... 1 with borders at 0.125, 0.375 ...; centre 0.5, SD 0.25: z = -1.5, -0.5, 0.5, 1.5.
    # Tables of the normal law: 0.0668, 0.2417, 0.3829, 0.2417, 0.0668.
    assert answer_chances(a_rating(), 0.5, 0.25).round(4).tolist() == [0.0668, 0.2417, 0.3829, 0.2417, 0.0668]


def test_delta_counts_pairs() -> None:
    # By hand: (3 larger - 1 smaller) of 4 equally likely pairs of (2 or 4) and (1 or 3), so 0.5.
    assert delta_of(np.array([0, 0.5, 0, 0.5]), np.array([0.5, 0, 0.5, 0])) == pytest.approx(0.5)


def test_a_gap_in_points_moves_the_mean_by_so_many_points() -> None:
    parameters = PlanParameters(gap_points=1.0, spread=0.1)
    gap = planned_gap(a_rating(), parameters)
    higher, lower = answer_gap(a_rating(), gap.shift, 0.1)
    assert ((higher - lower) * np.arange(1, 6)).sum() == pytest.approx(1.0, abs=0.01)  # nobody at an end of the scale is cut off
    assert (gap.size, gap.unit) == (1.0, "points")


@given(delta=st.floats(0.05, 0.98), spread=st.floats(0.05, 0.6), size=st.sampled_from([2, 3, 5, 9, 101]))
def test_a_gap_as_cliffs_delta_has_that_delta(delta: float, spread: float, size: int) -> None:
    shape = AnswerShape("ordinal", size, 1, size, None)
    assert planned_gap(shape, PlanParameters(measure=CLIFFS_DELTA, gap_delta=delta, spread=spread)).delta == pytest.approx(delta, abs=1e-6)


def test_delta_of_fine_answers_is_that_of_two_normal_laws() -> None:
    # P(X > Y) of two normal laws one SD apart is Phi(1 / sqrt 2) = 0.7602 (McGraw & Wong 1992), so delta = 0.5205
    found = delta_of(*answer_gap(a_fine_number(), 0.1, 0.1))
    assert found == pytest.approx(2 * stats.norm.cdf(1 / np.sqrt(2)) - 1, abs=0.002)
    assert found == pytest.approx(0.5205, abs=0.002)
