"""What may be shown without giving a person away. Pure: no Django, no Celery, no survey code.

`docs/disclosure.md` tells the promise and the procedure in plain words, with a worked example.
"""

from analysis.disclosure.both_rounds import ToldOfPairs, tables_alone, told_of_pairs
from analysis.disclosure.coarsening import (
    coarse_kappa,
    coarse_p,
    coarse_percent,
    needs_coarsening,
    tells_nobody_changed,
)
from analysis.disclosure.crossings import Crossing, Verdict
from analysis.disclosure.movements import tables_shown
from analysis.disclosure.replacement import changed_per_panel_allows_replacement
from analysis.disclosure.suppression import Group, follows_from, shown_groups

__all__ = [
    "Crossing",
    "Group",
    "ToldOfPairs",
    "Verdict",
    "changed_per_panel_allows_replacement",
    "coarse_kappa",
    "coarse_p",
    "coarse_percent",
    "follows_from",
    "needs_coarsening",
    "shown_groups",
    "tables_alone",
    "tables_shown",
    "tells_nobody_changed",
    "told_of_pairs",
]
