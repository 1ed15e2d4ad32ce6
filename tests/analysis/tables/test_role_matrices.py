"""role_matrices.csv: who expects what of whom, from round to round, and what it is due to."""

import numpy as np
import pytest

from analysis.statistics import matrix_correlation, social_relations
from surveys.models import Round, Study
from tests.analysis.tables.role_studies import a_role_study, a_round, cell, table_rows, with_experts

pytestmark = pytest.mark.django_db
PANELS = ("us", "jp", "kr", "au")
# Rows: who expects; columns: of whom. Every panel has two experts, who say the same.
FIRST = [[3, 1, 2, 3], [2, 5, 4, 5], [1, 3, 1, 4], [3, 2, 3, 5]]
SECOND = [[5, 2, 2, 3], [2, 1, 4, 5], [1, 2, 1, 4], [3, 1, 3, 1]]


def said(**by_function: list[list[int]]) -> dict[str, dict[str, list[int]]]:
    return {f"{target}.{function}": {rater: [matrix[row][column]] * 2 for row, rater in enumerate(PANELS)}
            for function, matrix in by_function.items() for column, target in enumerate(PANELS)}


def a_study_of_four() -> Study:
    return with_experts(a_role_study(panels=PANELS), dict.fromkeys(PANELS, 2))


def two_rounds() -> Round:
    study = a_study_of_four()
    a_round(study, 1, said(isr=FIRST, asw=SECOND))
    return a_round(study, 2, said(isr=SECOND, asw=SECOND))


def test_the_correlation_of_two_rounds_looks_at_every_order_of_four_panels() -> None:
    found = cell(table_rows(two_rounds(), "role_matrices"), function="isr")
    apart = ~np.eye(4, dtype=bool)
    assert found["r"] == pytest.approx(np.corrcoef(np.array(FIRST)[apart], np.array(SECOND)[apart])[0, 1])
    assert (found["n_panels_compared"], found["n_cells_compared"], found["permutations"], found["seed"]) == (4, 12, 24, None)
    assert found["p_qap"] == matrix_correlation(FIRST, SECOND).p_value
    assert (found["smallest_p"], found["correlation_reason"]) == (pytest.approx(1 / 24), "with 4 panels p cannot fall below 1/24")


def test_over_all_functions_the_cells_are_means() -> None:
    found = cell(table_rows(two_rounds(), "role_matrices"), function="")
    before = (np.array(FIRST) + np.array(SECOND)) / 2
    assert found["r"] == pytest.approx(matrix_correlation(before, SECOND).r)


def test_the_first_round_has_nothing_to_be_compared_with_but_has_relations() -> None:
    counted = a_round(a_study_of_four(), 1, said(isr=FIRST, asw=SECOND))
    found = cell(table_rows(counted, "role_matrices"), function="isr")
    assert (found["r"], found["correlation_status"], found["correlation_reason"]) == (None, "not_applicable", "no earlier round asked this")
    without_selves = [[None if row == column else value for column, value in enumerate(values)] for row, values in enumerate(FIRST)]
    expected = social_relations(without_selves)
    assert (found["actor_variance"], found["partner_variance"], found["relationship_variance"]) == pytest.approx(
        (expected.actor, expected.partner, expected.relationship))
    assert found["relations_status"] == "ok"


def test_a_panel_that_says_nothing_stands_on_neither_side() -> None:
    given = said(isr=FIRST, asw=SECOND)
    counted = a_round(a_study_of_four(), 1, {code: {**by_panel, "au": []} for code, by_panel in given.items()})
    found = cell(table_rows(counted, "role_matrices"), function="isr")
    assert (found["n_panels"], found["left_out"], found["relations_status"]) == (3, "au", "insufficient_n")


def test_a_round_in_which_nobody_said_anything_has_no_matrix() -> None:
    counted = a_round(a_study_of_four(), 1, {"us.isr": {"us": [1]}})
    found = cell(table_rows(counted, "role_matrices"), function="asw")
    assert (found["n_panels"], found["r"], found["relations_status"]) == (0, None, "insufficient_n")
