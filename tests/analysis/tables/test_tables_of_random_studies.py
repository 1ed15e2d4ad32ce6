"""The tables of one round, of studies made up at random: all kinds, all limits, small and hidden panels."""

import json
import math

import pytest

from analysis.published import PublishedRound
from analysis.simulated_rounds import simulate_study
from analysis.tables import measures, pools, sensitivity
from analysis.tables.base import Closing
from surveys.workflow.studies import import_study
from tests.analysis.tables.one_round import published, rows_of
from tests.journeys.random_studies import random_study

pytestmark = pytest.mark.django_db
TABLES = (measures.TABLE, sensitivity.TABLE, pools.TABLE)
SEEDS = range(5)


def a_round(seed: int, experts: int = 7) -> PublishedRound:
    study, _changed = import_study(random_study(seed))
    simulate_study(study, experts, 1, seed)
    return published(study)


def everything(found: PublishedRound) -> dict[str, object]:
    """Each table's content, of items and of the round."""
    content = {(table.name, item.key): table.packed(table.of_item(item)) for table in TABLES for item in found.items}
    for table in (sensitivity.TABLE, pools.TABLE):
        rows = [{**row, "item": item.code} for item in found.items for row in rows_of(table, item)]
        content[table.name, ""] = table.packed(table.of_round(Closing(found, lambda _name, rows=rows: iter(rows))))
    return {" ".join(names): rows for names, rows in content.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_answers_give_the_same_tables_and_nothing_that_json_cannot_hold(seed):
    found = a_round(seed)
    first = json.dumps(everything(found), allow_nan=False)
    assert first == json.dumps(everything(PublishedRound(found.data, found.items)), allow_nan=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_published_row_has_its_measures_and_no_other_row_has(seed):
    for item in a_round(seed).items:
        shown = [("", row.group.kind, row.group.code) for row in item.whole if not row.suppressed]
        shown += [(component.code, group.kind, group.code) for component in item.components for group in component.groups]
        assert [(row["component"], row["group_type"], row["group"]) for row in rows_of(measures.TABLE, item)] == shown


@pytest.mark.parametrize("seed", SEEDS)
def test_intervals_hold_what_they_are_intervals_of(seed):
    for item in a_round(seed).items:
        for row in rows_of(measures.TABLE, item):
            for name in (column.name.removesuffix("_low") for column in measures.COLUMNS if column.name.endswith("_low")):
                assert row[f"{name}_low"] is None or row[f"{name}_low"] <= row[f"{name}_high"], name
            for name in ("van_der_eijk_a", "rwg", "cns", "entropy_normalised", "iqv", "leik_d", "kendall_w", "mean_jaccard", "modified_kappa"):
                assert row[name] is None or -1 - 1e-9 <= row[name] <= 1 + 1e-9, name


@pytest.mark.parametrize("seed", SEEDS)
def test_pooled_numbers_lie_within_the_answers(seed):
    for item in a_round(seed).items:
        for row in rows_of(pools.TABLE, item):
            component, group = item.component(row["component"]), (row["group_type"], row["group"])
            if row["figure"] == "pool" and row["method"] not in ("extremized", "neyman_roughgarden", "idea_mean"):
                answers = component.answers(component.group(*group))
                low, high = (0.5, 99.5) if row["method"] in ("geometric_mean_of_odds", "logarithmic", "probit") else (math.inf, -math.inf)
                assert min(low, answers.min()) - 1e-9 <= row["value"] <= max(high, answers.max()) + 1e-9
