"""Which p values are corrected together: all items of a level, for a group or a pair of groups; a grid's cells by themselves."""

import pytest

from tests.analysis.kinds.counted import hold_round, options, study_of
from tests.analysis.tables.counted_rounds import table_rows

pytestmark = pytest.mark.django_db
RATING = {"kind": "rating", "scale": "five"}
CELLS = ("x.p", "y.p", "z.p")
ITEMS = [
    {"code": "one", "text": "One?", **RATING}, {"code": "two", "text": "Two?", **RATING},
    {"code": "chance", "kind": "probability", "text": "How likely?"},
    {"code": "cells", "kind": "grid", "scale": "five", "rows": options("x", "y", "z"), "columns": options("p"), "text": "Cells?"},
]


def answers(number: int) -> dict[str, dict[str, dict[str, int]]]:
    """Six of twelve leave after round 1, having said otherwise than those who stay, who go up by one."""
    found = {}
    for place in range(1, 13):
        if number == 1 or place <= 6:
            said = 1 + (place > 6) * 2 + (number - 1)
            item = {"": said}
            found[f"us-{place}"] = {"one": item, "two": item, "chance": {"": 10 * said + place % 3}, "cells": dict.fromkeys(CELLS, said)}
    return found


def test_one_rule_for_changes_and_for_leavers() -> None:
    study = study_of(ITEMS, {"us": 12, "jp": 1})
    hold_round(study, 1, answers(1))
    hold_round(study, 2, answers(2))
    for name, p, corrected in (("convergence", "p_wilcoxon", "p_wilcoxon_holm"), ("attrition", "p_leavers", "p_leavers_holm")):
        rows = [row for row in table_rows(study.rounds.get(number=2), name) if row["group"] == "us" and row["level"]]
        assert [row["family"] for row in rows] == ["ordinal", "ordinal", "probability", *["ordinal of cells"] * 3]
        # All p are alike within a component, so Holm multiplies each by the size of its family
        assert [row[corrected] / row[p] for row in rows] == pytest.approx([2, 2, 1, 3, 3, 3])
