"""The bundled study on the division of deterrence labour, simulated: nine allies, four functions, the grid and its mirror."""

from collections import Counter

import pytest

from analysis.blocks import analyse_now
from analysis.exports.aggregates import published_rows
from analysis.simulated_rounds import simulate_study
from surveys.models import Round, Study
from surveys.studyfile import read_study
from surveys.workflow.studies import import_study
from tests.analysis.tables.role_studies import table_rows
from tests.studies.reading import STUDIES

pytestmark = pytest.mark.django_db
PANELS = ("us", "jp", "kr", "au", "ph", "gb", "de", "pl", "fr")
FUNCTIONS = 4


def simulated(rounds: int, experts_per_panel: int) -> Round:
    """The two sections that ask about roles; the last round."""
    definition = read_study((STUDIES / "deterrence-labour" / "study.yaml").read_bytes())
    definition["questionnaire"] = [section for section in definition["questionnaire"] if section["section"] in ("roles", "expectations")]
    study: Study = import_study(definition)[0]
    simulate_study(study, experts_per_panel, rounds, 11)
    last_round = study.rounds.get(number=rounds)
    analyse_now(last_round)
    return last_round


def test_every_ally_and_function_has_its_gap_as_the_published_rows_have_it() -> None:
    only_round = simulated(1, 8)
    rows = table_rows(only_round, "roles")
    assert [row["target"] for row in rows] == [panel for panel in PANELS for _function in range(FUNCTIONS)]
    means: dict[tuple[str, str], float | None] = {
        (row.result.component, row.result.group): None if row.result.suppressed else row.result.figures["mean"]
        for row in published_rows(only_round.study, 1) if row.item.code == "roles" and row.result.group_type == "panel"}
    for row in rows:
        own = means[row["component"], row["target"]]
        others = [means[row["component"], panel] for panel in PANELS if panel != row["target"]]
        told = [mean for mean in others if mean is not None]
        assert row["others_mean"] == (pytest.approx(sum(told) / len(told)) if told else None)
        assert row["gap"] == (None if own is None or not told else pytest.approx(own - row["others_mean"]))
        assert len([panel for panel in row["left_out"].split("|") if panel]) == len([mean for mean in others if mean is None])
    assert sum(row["gap"] is not None for row in rows) > 20


def test_pairs_are_told_of_both_ways_and_matrices_over_both_rounds() -> None:
    second_round = simulated(2, 5)
    comparisons = Counter(row["comparison"] for row in table_rows(second_round, "role_pairs"))
    assert comparisons == {"reciprocity": 36 * (FUNCTIONS + 1), "mirror": 72 * (FUNCTIONS + 1)}
    matrices = table_rows(second_round, "role_matrices")
    assert [row["function"] for row in matrices] == ["warning", "missile-defence", "denial", "logistics", ""]
    assert {row["permutations"] for row in matrices if row["correlation_status"] == "ok" and row["n_panels_compared"] == 9} <= {9999}
    assert all(0 < row["p_qap"] <= 1 for row in matrices if row["correlation_status"] == "ok")
    assert len(table_rows(second_round, "role_expectations")) == 9 * FUNCTIONS * 9
