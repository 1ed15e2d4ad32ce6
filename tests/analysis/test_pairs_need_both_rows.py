"""A figure over pairs beside a hidden earlier row could repeat that row (ADR 7).

Minimum 5. Round 1: us 12, jp 13, kr 4 answers. kr is protected; taken up are all and jp; us would give all - jp - us = kr, so us stays out.
Round 2: us answers the same again, five of jp answer, kr has 11. All panels are large enough, and us has 12 pairs.
"""

import pytest

from analysis.exports.aggregates import published_rows
from surveys.models import Study
from tests.factories import a_study, add_experts, by_panel, run_round

pytestmark = pytest.mark.django_db
US = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]


def figures(study: Study, number: int) -> dict[str, dict[str, object]]:
    return {row.result.group: row.result.figures for row in published_rows(study, number) if not row.result.suppressed}


def test_nobody_changed_is_not_said_of_a_panel_whose_earlier_row_is_hidden() -> None:
    study = a_study()
    add_experts(study, {"us": 12, "jp": 13, "kr": 11})
    run_round(study, 1, by_panel("grave", {"us": US, "jp": [3] * 6 + [4] * 7, "kr": [1, 1, 2, 5]}))
    run_round(study, 2, by_panel("grave", {"us": US, "jp": [2, 3, 4, 4, 5], "kr": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1]}))
    assert "us" not in figures(study, 1) and "kr" not in figures(study, 1)
    second = figures(study, 2)["us"]
    assert second["n"] == 12
    assert (second["n_pairs"], second["percent_changed"], second["stability"]) == (None, None, "not_assessed")
