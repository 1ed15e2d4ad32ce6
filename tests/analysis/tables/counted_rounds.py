"""Studies of two rounds, run through the real workflow, and what their tables say."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis.blocks import analyse_now
from analysis.models import ItemTable
from analysis.publication import published_run
from analysis.published import PublishedRound
from analysis.published_rounds import published_round
from analysis.tables.base import unpacked
from surveys.models import Round, Study
from tests.factories import a_study, add_experts, by_panel, run_round

Answers = Mapping[str, Iterable[Any]]
"""Panel → the answers of its experts in turn, None for one that is missing."""
Row = dict[str, Any]


def two_rounds(first: Answers, second: Answers, item: str = "grave", definition: Mapping[str, Any] | None = None) -> Round:
    """One item asked twice; the second round, counted."""
    study = a_study(definition)
    add_experts(study, {panel: len(list(answers)) for panel, answers in first.items()})
    return two_rounds_of(study, first, second, item)


def two_rounds_of(study: Study, first: Answers, second: Answers, item: str = "grave") -> Round:
    run_round(study, 1, by_panel(item, first))
    return run_round(study, 2, by_panel(item, second))


def published(study_round: Round) -> PublishedRound:
    run = published_run(study_round)
    assert run is not None
    return published_round(run)


def table_rows(study_round: Round, name: str) -> list[Row]:
    """The stored rows of a table, of items and then about all of them, after the closing step."""
    analyse_now(study_round)
    stored = ItemTable.objects.filter(run__round=study_round, name=name)
    of_items = stored.exclude(asked_item=None).order_by("asked_item__position")
    return [row for found in [*of_items, *stored.filter(asked_item=None)] for row in unpacked(found.content)]


def row_of(rows: Iterable[Mapping[str, Any]], group: str, component: str | None = None) -> Row:
    [found] = [row for row in rows if row["group"] == group and (component is None or row["component"] == component)]
    return dict(found)
