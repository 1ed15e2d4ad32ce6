"""A plan from beginning to end: the same seed gives the same bytes, what is not asked changes nothing, and progress is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.planning.parameters import PlanParameters, read_sizes
from analysis.planning.plan_study import plan_study, share
from analysis.planning.result import PlanResult, smallest
from analysis.planning.study_shapes import AnswerShape
from tests.analysis.planning.shapes import AGREEMENT, a_fine_number, a_planned, a_rating

SMALL = PlanParameters(experts=(6, 12, 24), runs=300)
CHOICE = AnswerShape("nominal", 3, 0, 2, {"rule": "modal_share", "at_least": 0.6}, ("aim",), 1)


def test_the_same_seed_gives_the_same_bytes() -> None:
    study = a_planned(a_rating(rule=AGREEMENT, tests=3), CHOICE, minimum=5)
    first, second = (json.dumps(plan_study(study, SMALL).as_json()) for _time in range(2))
    assert first == second
    assert first != json.dumps(plan_study(study, PlanParameters(experts=(6, 12, 24), runs=300, seed=2)).as_json())


def test_a_size_has_the_same_figures_whatever_else_is_tried() -> None:
    study = a_planned(a_rating(rule=AGREEMENT, tests=3), minimum=5)
    many, one = plan_study(study, SMALL), plan_study(study, PlanParameters(experts=(12,), runs=300))
    assert many.shapes[0].gaps[1] == one.shapes[0].gaps[0]
    assert many.shapes[0].ally[1] == one.shapes[0].ally[0]


def test_a_result_comes_back_from_json_as_it_was() -> None:
    found = plan_study(a_planned(a_rating(rule=AGREEMENT), a_fine_number(), CHOICE), SMALL)
    assert PlanResult.from_json(json.loads(json.dumps(found.as_json()))) == found
    assert PlanParameters.from_json(json.loads(json.dumps(SMALL.as_json()))) == SMALL


def test_progress_ends_at_the_total() -> None:
    told: list[tuple[int, int]] = []
    plan_study(a_planned(a_rating(), CHOICE), SMALL, lambda done, total: told.append((done, total)))
    assert told == [(step, 9) for step in range(1, 10)]  # three sizes for the gaps, and for the verdicts on each of two shapes


def test_progress_ends_at_the_total_where_nothing_is_compared() -> None:
    told: list[tuple[int, int]] = []
    plan_study(a_planned(CHOICE), SMALL, lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_options_without_an_order_are_judged_but_not_compared() -> None:
    found = plan_study(a_planned(CHOICE), SMALL)
    assert found.shapes[0].gaps == ()
    assert len(found.shapes[0].ally) == 3
    assert found.family == 0 and found.false_alarms == ()


def test_the_family_of_holm_counts_every_pair_that_is_compared() -> None:
    parameters = PlanParameters(experts=(12,), runs=300, pairs=28)
    assert plan_study(a_planned(a_rating(tests=10), CHOICE, panels=8), parameters).family == 280


@pytest.mark.parametrize(("minimum", "attrition", "in_round", "cannot_judge", "needed"), [
    (5, 0.0, 1, 0.0, 5), (5, 0.5, 1, 0.0, 5), (5, 0.2, 2, 0.0, 7), (5, 0.1, 3, 0.0, 7), (5, 0.0, 2, 0.5, 10), (3, 0.25, 2, 0.0, 4),
])
def test_as_many_are_needed_as_leave_the_minimum(minimum: int, attrition: float, in_round: int, cannot_judge: float, needed: int) -> None:
    # By hand: 5 / 0.8 = 6.25, 5 / 0.9^2 = 6.17, 5 / 0.5 = 10, 3 / 0.75 = 4
    parameters = PlanParameters(experts=(8,), runs=100, attrition=attrition, in_round=in_round, cannot_judge=cannot_judge)
    assert plan_study(a_planned(CHOICE, minimum=minimum), parameters).needed_to_show == needed


def test_a_chance_comes_with_wilsons_interval() -> None:
    # Newcombe (1998), table I: 81 of 263 has the score interval 0.2553 to 0.3662
    found = share(81, 263)
    assert (found.share, found.low, found.high) == (pytest.approx(0.3080, abs=1e-4), pytest.approx(0.2553, abs=1e-4), pytest.approx(0.3662, abs=1e-4))


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_the_smallest_size_is_the_one_after_the_last_that_is_too_small(hits: list[int]) -> None:
    sizes, shares = (5, 10, 15, 20), [share(number, 100) for number in hits]
    found = smallest(sizes, shares, 0.8)
    enough = [all(number >= 80 for number in hits[place:]) for place in range(4)]
    assert found == next((size for size, all_reach in zip(sizes, enough, strict=True) if all_reach), None)


def test_sizes_are_read_as_people_type_them() -> None:
    assert read_sizes("14, 6,10,6 ") == (6, 10, 14)
    assert read_sizes("6、10，14") == (6, 10, 14)
    for text in ("", "one", "0", "1", "4, 900", ",".join(map(str, range(2, 40)))):
        with pytest.raises(ValueError, match=r".*"):
            read_sizes(text)
