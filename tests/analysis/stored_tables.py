"""The further tables of a round as they are stored, to be looked at with pandas."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas
import pytest

from analysis.models import ItemTable
from analysis.tables.base import unpacked
from surveys.models import Round

Tables = dict[str, pandas.DataFrame]
"""Name → the round's rows, with the item's code; rows about all items have none."""


def tables_of(study_round: Round) -> Tables:
    stored = ItemTable.objects.filter(run__round=study_round).order_by("asked_item__position").select_related("asked_item__item_version__item")
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in stored:
        code = table.asked_item.item_version.item.code if table.asked_item else None
        rows.setdefault(table.name, []).extend({**row, "item": code} for row in unpacked(table.content))
    return {name: pandas.DataFrame(found) for name, found in rows.items()}


def only(rows: pandas.DataFrame, **wanted: Any) -> pandas.Series:
    """The one row of which all that holds."""
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, wanted
    return rows.iloc[0]


def defined(expected: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in expected.items() if np.isfinite(value)}


def assert_same(row: pandas.Series, expected: Mapping[str, float], tolerance: float = 1e-9) -> None:
    assert row[list(expected)].to_dict() == pytest.approx(dict(expected), rel=1e-7, abs=tolerance)
