"""Real answers go through the commands and come out as the figures that pandas computes straight from their source."""

from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "studies" / "replicats"
SOURCE = ROOT / "tests" / "data" / "replicats_ratings_part.csv"
ELEMENTS = {"replicates": "three_point_best", "comprehension": "likert_binary"}

pytestmark = pytest.mark.django_db


def source_answers() -> pandas.DataFrame:
    """Columns round (1, 2), item, panel, expert, value; one row an answer, straight from the source."""
    source = pandas.read_csv(SOURCE)
    parts = []
    for name, element in ELEMENTS.items():
        rows = source[(source.element == element) & source.question.isin(["direct_replication", "comprehension"])]
        parts.append(pandas.DataFrame({
            "round": rows["round"].str[-1].astype(int), "item": f"{name}-" + rows.paper_id.astype(str),
            "panel": rows.group.str.lower(), "expert": rows.user_name, "value": rows.value.astype(float),
        }))
    return pandas.concat(parts)


@pytest.fixture(scope="module")
def exported(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both rounds through the commands, once for all tests: the folder with the files."""
    folder = tmp_path_factory.mktemp("replicats")
    with django_db_blocker.unblock(), transaction.atomic():
        run_study(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def rows(exported: Path) -> pandas.DataFrame:
    """In one line."""
    return pandas.read_csv(exported / "aggregates.csv")


def run_study(folder: Path) -> None:
    call_command("import_study", str(STUDY / "study.yaml"))
    call_command("import_panel", "replicats", str(STUDY / "panel.csv"))
    for number in (1, 2):
        call_command("open_round", "replicats", number)
        call_command("import_answers", "replicats", number, str(STUDY / f"round{number}.csv"))
        call_command("close_round", "replicats", number, "--wait")
    call_command("export", "replicats", "--to", str(folder))


def test_the_figures_are_those_that_pandas_computes_from_the_source(rows: pandas.DataFrame) -> None:
    source = source_answers()
    assert len(rows) == 2 * 18 * 7  # rounds x items x (all, equal weight, five panels)
    assert (rows.suppressed == "no").all()
    for (number, item), answers in source.groupby(["round", "item"]):
        for group, values in [("all", answers.value), *((panel, part.value) for panel, part in answers.groupby("panel"))]:
            row = rows[(rows["round"] == number) & (rows["item"] == item) & (rows["group"] == group)].iloc[0]
            expected = [len(values), *values.quantile([0.25, 0.5, 0.75]), values.mean(), values.std()]
            assert row[["n", "q1", "median", "q3", "mean", "sd"]].tolist() == pytest.approx(expected, abs=1e-6)
            assert row.iqr == pytest.approx(values.quantile(0.75) - values.quantile(0.25), abs=1e-6)


def test_the_change_between_rounds_is_counted_over_the_same_people(rows: pandas.DataFrame) -> None:
    wide = source_answers().pivot(index=["item", "panel", "expert"], columns="round", values="value").dropna()
    for item, pairs in wide.groupby("item"):
        for group, part in [("all", pairs), *pairs.groupby("panel")]:
            row = rows[(rows["round"] == 2) & (rows["item"] == item) & (rows["group"] == group)].iloc[0]
            assert row.n_pairs == len(part)
            assert row.percent_changed == pytest.approx(100 * (part[1] != part[2]).mean(), abs=1e-6)


def test_equal_weight_gives_every_group_the_same_say(rows: pandas.DataFrame) -> None:
    means = source_answers().groupby(["round", "item", "panel"]).value.mean().groupby(["round", "item"]).mean()
    found = rows[rows.group_type == "equal_weight"].set_index(["round", "item"])["mean"]
    assert found.to_dict() == pytest.approx(means.to_dict(), abs=1e-6)


def test_the_verdicts_follow_the_rules_of_the_study_file(rows: pandas.DataFrame) -> None:
    probabilities = rows[rows.level == "probability"]
    assert (probabilities.consensus == probabilities.iqr.le(20).map({True: "reached", False: "not_reached"})).all()
    assert (rows[rows["round"] == 1].stability == "not_assessed").all()
    second = rows[rows["round"] == 2]
    assert (second.stability == second.scheibe.lt(15).map({True: "stable", False: "unstable"})).all()


def test_a_second_export_has_the_same_bytes(exported: Path, tmp_path: Path) -> None:
    call_command("export", "replicats", "--to", str(tmp_path))
    for file in sorted(exported.iterdir()):
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name
