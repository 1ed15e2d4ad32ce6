"""What may be shown without giving a person away. Pure: no Django, no Celery, no survey code.

`docs/disclosure.md` tells the promise and the procedure in plain words, with a worked example.
"""

from analysis.disclosure.coarsening import (
    coarse_kappa,
    coarse_p,
    coarse_percent,
    needs_coarsening,
    tells_nobody_changed,
)
from analysis.disclosure.movements import tables_shown
from analysis.disclosure.replacement import changed_per_panel_allows_replacement
from analysis.disclosure.suppression import Group, follows_from, shown_groups

__all__ = [
    "Group",
    "changed_per_panel_allows_replacement",
    "coarse_kappa",
    "coarse_p",
    "coarse_percent",
    "follows_from",
    "needs_coarsening",
    "shown_groups",
    "tables_shown",
    "tells_nobody_changed",
]
