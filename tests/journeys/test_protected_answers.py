"""With the ordinary minimum, what would give somebody away is hidden, and what would let it be computed is hidden too.

On a copy of the real answers with a minimum of 5. Every panel has five experts; in round 1 one answer of panel uom3 to
`replicates-20` is removed. The pattern by hand, for that item in round 1:

  n: uom1 5, uom2 5, uom3 4, uom4 5, uom5 5. Protected: uom3 (1 to 4 answers). No panel is unanimous (checked below).
  Taken up in order: all (sum of the five); uom1, uom2, uom4 (equal n, file order); then uom5: all - uom1 - uom2 - uom4 - uom5
  = uom3, so uom5 stays out. equal_weight: five times its mean is the sum of the panels' means; less the published ones it gives
  uom3/4 + uom5/5, and all gives uom3 + uom5: two equations in two unknowns solve uom3, so equal_weight stays out.
  Hidden: uom3 (primary), uom5 and equal_weight (complementary).

In round 2 nobody is missing: all rows are shown. Over pairs the counts are those of round 1, so the same three groups have no
figures over pairs; uom3 has one joiner (it answered only in round 2), and so has `all`: its figure over pairs is coarse.
"""

import csv
from pathlib import Path

import pandas
import pytest
import yaml
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.exports.bundle import write_folder
from surveys.workflow.answer_files import import_answers
from surveys.workflow.panels import import_panel
from surveys.workflow.rounds import open_round
from tests.factories import a_study, count, csv_text

STUDY = Path(__file__).resolve().parents[2] / "studies" / "replicats"
ITEM = "replicates-20"
HIDDEN = {"uom3", "uom5", "equal_weight"}
COLUMNS = ["panelist", "item", "component", "value", "cannot_judge", "confidence", "rationale"]
FIGURES = ["n", "n_cannot_judge", "n_missing", "median", "q1", "q3", "iqr", "mean", "sd", "band_share", "consensus", "n_pairs", "percent_changed",
           "iqr_change", "sd_change", "scheibe", "stability", "outcome", "rule_value", "stability_value", "modal", "modal_share", "paired_coarse"]

pytestmark = pytest.mark.django_db


def rows_of(number: int) -> list[dict[str, str]]:
    with (STUDY / f"round{number}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def files(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> pandas.DataFrame:
    """Made once, because every test only reads the file; the study itself is rolled back at once."""
    folder = tmp_path_factory.mktemp("protected")
    with django_db_blocker.unblock(), transaction.atomic():
        write_protected_files(folder)
        transaction.set_rollback(True)
    return pandas.read_csv(folder / "aggregates.csv", dtype=str, keep_default_na=False)


def write_protected_files(folder: Path) -> None:
    definition = yaml.safe_load((STUDY / "study.yaml").read_text())
    del definition["public_data"], definition["disclosure"]
    study = a_study(definition)
    import_panel(study, (STUDY / "panel.csv").read_bytes())
    someone = next(row["panelist"] for row in csv.DictReader((STUDY / "panel.csv").open()) if row["panel"] == "uom3")
    for number in (1, 2):
        study_round = open_round(study, number)
        kept = [row for row in rows_of(number) if not (number == 1 and row["panelist"] == someone and row["item"] == ITEM)]
        import_answers(study_round, csv_text(COLUMNS, kept))
        count(study_round)
    write_folder(study, folder)


def item_rows(files: pandas.DataFrame, number: int) -> pandas.DataFrame:
    return files[(files["item"] == ITEM) & (files["round"] == str(number))].set_index("group")


def test_no_panel_is_unanimous_so_that_the_pattern_by_hand_holds() -> None:
    for number in (1, 2):
        frame = pandas.DataFrame([row for row in rows_of(number) if row["item"] == ITEM])
        panels = pandas.read_csv(STUDY / "panel.csv").set_index("panelist").panel
        assert (frame.assign(panel=frame.panelist.map(panels)).groupby("panel").value.nunique() > 1).all()


def test_the_small_panel_and_whatever_would_give_it_away_are_hidden(files: pandas.DataFrame) -> None:
    rows = item_rows(files, 1)
    assert set(rows.index[rows.suppressed == "yes"]) == HIDDEN


def test_a_hidden_row_is_empty_but_for_its_rules_and_the_counts_of_responses(files: pandas.DataFrame) -> None:
    hidden = item_rows(files, 1).loc[sorted(HIDDEN)]
    assert (hidden[FIGURES] == "").all(axis=None)
    assert (hidden.consensus_rule == "iqr").all() and (hidden.stability_rule == "scheibe").all()
    assert (hidden.n_invited != "").all() and (hidden.n_submitted != "").all()


def test_hidden_rows_do_not_say_why(files: pandas.DataFrame) -> None:
    hidden = item_rows(files, 1).loc[["uom3", "uom5"]].drop(columns=["n_invited", "n_submitted"])
    assert hidden.drop_duplicates().shape[0] == 1


def test_figures_over_pairs_are_hidden_by_the_same_procedure(files: pandas.DataFrame) -> None:
    rows = item_rows(files, 2)
    assert (rows.suppressed == "no").all()
    assert set(rows.index[rows.n_pairs == ""]) == HIDDEN
    assert (rows.loc[sorted(HIDDEN), "percent_changed"] == "").all()


def test_one_joiner_makes_the_figure_over_pairs_coarse(files: pandas.DataFrame) -> None:
    rows = item_rows(files, 2)
    assert rows.loc["all", ["n_pairs", "paired_coarse"]].tolist() == ["24", "yes"]
    assert rows.loc["all", "percent_changed"] in {"10", "30", "50", "70", "90"}
    assert (rows.loc[["uom1", "uom2", "uom4"], "paired_coarse"] == "no").all()


def test_the_change_of_spread_needs_the_rows_of_both_rounds(files: pandas.DataFrame) -> None:
    rows = item_rows(files, 2)
    assert (rows.loc[sorted(HIDDEN), ["iqr_change", "sd_change", "scheibe"]] == "").all(axis=None)
    assert (rows.loc[sorted(HIDDEN), "stability"] == "not_assessed").all()
    assert (rows.loc[["all", "uom1", "uom2", "uom4"], ["iqr_change", "sd_change", "scheibe"]] != "").all(axis=None)
