"""roles.csv since the round before: whether a gap narrows, and how surely, by hand."""

import pytest
from scipy import stats

from surveys.models import Study
from tests.analysis.tables.role_studies import a_role_study, a_round, cell, table_rows, with_experts
from tests.analysis.tables.test_roles import SAID, SIZES

pytestmark = pytest.mark.django_db
OTHERS, BEFORE = 137 / 35, 2.5 - 137 / 35
# Squared errors of the means of us, and of jp and kr in the others' mean (test_roles.py), with their degrees of freedom.
OWN_ERROR, OTHERS_ERRORS, FREEDOM = 1 / 20, [2 / 49 / 4, 3 / 50 / 4], [5, 6, 4]


def a_study_of_three() -> Study:
    return with_experts(a_role_study(), SIZES)


def freedom_of(errors: list[float]) -> float:
    return sum(errors) ** 2 / sum(error**2 / df for error, df in zip(errors, FREEDOM, strict=True))


def half_length(own_now: float) -> float:
    """Of the interval: the errors of both gaps added up, with the fewer degrees of freedom."""
    before, now = [OWN_ERROR, *OTHERS_ERRORS], [own_now, *OTHERS_ERRORS]
    return float(stats.t.ppf(0.975, min(freedom_of(before), freedom_of(now))) * (sum(before) ** 0.5 + sum(now) ** 0.5))


@pytest.mark.parametrize(("now", "own_error", "word"), [
    # From a gap of -1.41. By one position nearer: the half length is 1.22, so it might be chance
    ([3, 4, 3, 4, 3, 4], OWN_ERROR, "no_clear_change"),
    ([1] * 6, 0, "widens"),     # to -2.91; without own variance the half length is 0.99
    ([4] * 6, 0, "narrows"),    # to +0.09: over 0, but its size is 1.33 smaller
    ([5] * 6, 0, "turned"),     # to +1.09: moved by 2.5, but its size is only 0.33 smaller
])
def test_a_gap_since_the_round_before(now: list[int], own_error: float, word: str) -> None:
    study = a_study_of_three()
    a_round(study, 1, SAID)
    said = {**SAID, "us.isr": {**SAID["us.isr"], "us": now}}
    found = cell(table_rows(a_round(study, 2, said), "roles"), target="us", function="isr")
    change, half = sum(now) / 6 - 2.5, half_length(own_error)
    assert (found["previous_round"], found["previous_gap"], found["gap_change"]) == (1, pytest.approx(BEFORE), pytest.approx(change))
    assert (found["gap_change_low"], found["gap_change_high"]) == pytest.approx((change - half, change + half))
    assert found["narrowing"] == word


def test_where_nobody_differs_from_a_colleague_the_change_stands_for_its_interval() -> None:
    study = a_study_of_three()
    first = a_round(study, 1, SAID)
    assert {row["narrowing"] for row in table_rows(first, "roles")} == {"not_assessed"}
    rows = table_rows(a_round(study, 2, {**SAID, "kr.asw": {**SAID["kr.asw"], "kr": [2] * 5}}), "roles")
    nearer, same = cell(rows, target="kr", function="asw"), cell(rows, target="kr", function="isr")
    assert [(row["gap_change"], row["gap_change_low"], row["gap_change_high"], row["narrowing"]) for row in (nearer, same)] == [
        (1.0, None, None, "narrows"), (0.0, None, None, "no_clear_change")]


def test_a_gap_is_not_compared_with_one_over_other_panels() -> None:
    study = a_study_of_three()
    a_round(study, 1, {code: {**by_panel, "kr": []} if code == "us.isr" else by_panel for code, by_panel in SAID.items()})
    found = cell(table_rows(a_round(study, 2, SAID), "roles"), target="us", function="isr")
    assert found["previous_gap"] == pytest.approx(2.5 - 31 / 7)
    assert [found[name] for name in ("gap_change", "gap_change_low", "gap_change_high", "narrowing")] == [None, None, None, "not_assessed"]


def test_four_answers_on_a_side_in_the_earlier_round_are_too_few() -> None:
    study = a_study_of_three()
    a_round(study, 1, {**SAID, "kr.asw": {**SAID["kr.asw"], "kr": [1] * 4}})
    found = cell(table_rows(a_round(study, 2, {**SAID, "kr.asw": {**SAID["kr.asw"], "kr": [5] * 5}}), "roles"), target="kr", function="asw")
    assert (found["previous_gap"], found["gap"], found["gap_change"], found["narrowing"]) == (-4.0, 0.0, 4.0, "not_assessed")
