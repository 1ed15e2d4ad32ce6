"""docs/verdicts.md has every word with which pages and files judge."""

from pathlib import Path

import pytest

from analysis import verdicts
from analysis.rules import VALUES
from analysis.statistics.gaps import disagreements
from analysis.statistics.result import Status
from analysis.tables import TABLES, convergence, gap_figures, role_changes
from surveys.studyfile.rules import STABILITY_RULES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "verdicts.md").read_text()
CODES = [
    *VALUES, *STABILITY_RULES, *map(str, Status), "protected", "partly", *(word for _limit, word in gap_figures.MAGNITUDES), "large",
    convergence.NARROWER, convergence.WIDER, convergence.NO_CLEAR_CHANGE, disagreements.NARROWS, disagreements.WIDENS, *disagreements.CAUSES,
    role_changes.TURNED, "different", "different_but_small", "same", "undecided", "over_expected", "under_expected", "as_expected",
    "appropriate", "inappropriate", "uncertain", "polarised",
]


@pytest.mark.parametrize("word", sorted({str(word) for word in [*CODES, *verdicts.WORDS]}))
def test_every_word_is_there(word: str) -> None:
    assert word in PAGE or word.replace("_", " ") in PAGE


@pytest.mark.parametrize("name", ["spread_verdict", "leavers_differ", "consensus_had_they_stayed", "consensus_at_best", "consensus_at_worst",
                                  "main_cause", "equivalent", "magnitude", "polarised", "rand_class", "comet", "changes", "registered", "narrowing"])
def test_every_column_of_a_verdict_is_there_under_its_name(name: str) -> None:
    assert any(name in table.names for table in TABLES)
    assert f"`{name}`" in PAGE
