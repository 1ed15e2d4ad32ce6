"""Figures over pairs beside the figures of everybody: where few left, they are told roughly, however those few left.

One panel of six answers 1 to 6 twice, and nobody changes; a seventh who said 9 is not in the second round. Published in round 1:
the histogram of seven, so a fine "nobody of six changed" beside the histogram of six would say who answered 9.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.exports.bundle import write_folder
from surveys.models import Panelist
from surveys.workflow.responses import withdraw
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, give, run_round

RATING = {"code": "grave", "kind": "rating", "scale": "nine", "text": "How grave is it?"}

pytestmark = pytest.mark.django_db


def second_round(folder: Path, stability: dict[str, object], leave: Callable[[Panelist], None]) -> dict[str, str]:
    """The row of `all` in round 2."""
    study = a_study(a_definition(
        panels=[{"code": "us", "name": "United States"}], scales={"nine": {"points": 9, "ends": {"en": ["Low", "High"]}}},
        questionnaire=[{"section": "main", "title": "Main", "items": [RATING]}], stability=stability,
    ))
    experts = add_experts(study, {"us": 7})
    said = {f"us-{number}": {"grave": value} for number, value in enumerate([1, 2, 3, 4, 5, 6, 9], start=1)}
    run_round(study, 1, said)
    study_round = open_round(study, 2)
    leave(experts[6])
    give(study_round, {person: answers for person, answers in said.items() if person != "us-7"})
    count(study_round)
    write_folder(study, folder)
    with (folder / "aggregates.csv").open(newline="") as file:
        return next(row for row in csv.DictReader(file) if (row["round"], row["group"]) == ("2", "all"))


def stay_silent(panelist: Panelist) -> None:
    """Leaves by not answering."""


@pytest.mark.parametrize("leave", [stay_silent, withdraw])
def test_one_leaver_makes_figures_over_pairs_coarse(tmp_path: Path, leave: Callable[[Panelist], None]) -> None:
    row = second_round(tmp_path, {"rule": "percent_changed", "at_most": 20}, leave)
    assert [row[name] for name in ("n_pairs", "percent_changed", "stability_value", "stability", "paired_coarse")] == ["6", "10", "10", "stable", "yes"]


@pytest.mark.parametrize("rule", [
    {"rule": "percent_changed", "at_most": 16},  # one of six is 16.67 per cent
    {"rule": "weighted_kappa", "at_least": 1},
])
def test_a_verdict_which_alone_says_that_nobody_changed_is_not_told(tmp_path: Path, rule: dict[str, object]) -> None:
    assert second_round(tmp_path, rule, stay_silent)["stability"] == "not_assessed"


def test_below_a_threshold_that_one_change_just_reaches_only_nobody_is_stable(tmp_path: Path) -> None:
    # Five of six answer again; one of five is 20 per cent, which is not below 20.
    study = a_study(stability={"rule": "percent_changed", "below": 20}, panels=[{"code": "us", "name": "United States"}])
    add_experts(study, {"us": 6})
    said = {f"us-{number}": {"grave": value} for number, value in enumerate([1, 2, 3, 4, 5, 5], start=1)}
    run_round(study, 1, said)
    run_round(study, 2, {person: answers for person, answers in said.items() if person != "us-6"})
    write_folder(study, tmp_path)
    with (tmp_path / "aggregates.csv").open(newline="") as file:
        row = next(row for row in csv.DictReader(file) if (row["round"], row["group"]) == ("2", "all"))
    assert [row["n_pairs"], row["stability"], row["paired_coarse"]] == ["5", "not_assessed", "yes"]
