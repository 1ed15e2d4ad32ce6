"""The groups of a study's rows, in the order of its files, and who stands in each."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from analysis.disclosure import Group


def groups_of(meta: Mapping[str, Any]) -> list[Group]:
    """`all`, `equal_weight`, the theatres, the panels, each in file order."""
    panels = tuple(meta["panels"])
    theatres = [Group("theatre", code, tuple(meta["theatres"][code])) for code in meta["theatre_order"]]
    return [
        Group("all", "all", panels), Group("equal_weight", "equal_weight", panels), *theatres,
        *(Group("panel", panel, (panel,)) for panel in panels),
    ]


def members(group: Group, meta: Mapping[str, Any], panel_index: Any) -> Any:
    """Which experts stand in the group. Shape (experts,), bool."""
    places = [place for place, panel in enumerate(meta["panels"]) if panel in group.panels]
    return np.isin(panel_index, places)


def panel_weights(panel_index: Any, present: Any) -> Any:
    """One over the number of present experts of each expert's panel; 0 for the absent. Shape (experts,)."""
    counts = np.bincount(panel_index[present], minlength=int(panel_index.max(initial=0)) + 1)
    weights = np.zeros(len(panel_index))
    weights[present] = 1.0 / counts[panel_index[present]]
    return weights
