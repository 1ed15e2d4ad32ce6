"""Role expectations: who is expected to do more, and who less, than its own experts say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from analysis.charts import Chart
from analysis.charts.chart import Known
from analysis.results.role_charts import GAP, SHOWN, TITLES, RolePictures
from analysis.results.role_words import RoleWords, known, verdict_counts
from analysis.results.roles import StoredRoles, stored_roles
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.views.organizer.scope import study_page, study_response

PAGE = "roles"


@dataclass(frozen=True)
class Chosen:
    """What the page shows: a grid, one of its three maps, one ally. What nobody knows stands for the first there is."""

    grid: StoredRoles
    show: str
    target: str

    @classmethod
    def of(cls, grids: list[StoredRoles], choices: Mapping[str, str]) -> "Chosen | None":
        if not grids:
            return None
        grid = next((grid for grid in grids if grid.code == choices.get("grid")), grids[0])
        show = choices.get("show", GAP)
        target = choices.get("target", "")
        is_there = target in {option.code for option in grid.spec.rows}
        return cls(grid, show if show in SHOWN else GAP, target if is_there else grid.first_to_show)

    @property
    def fields(self) -> dict[str, str]:
        return {"grid": self.grid.code, "show": self.show, "target": self.target}

    def pictures(self, study: Study) -> RolePictures:
        return RolePictures(RoleWords(study, self.grid), self.show, self.target)


def charts_of_roles(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """The page's charts, for their files (1 query)."""
    chosen = Chosen.of(stored_roles(study, number), choices)
    return list(chosen.pictures(study)) if chosen else []


@study_page("see_results")
def role_expectations(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """Where an ally is expected to do more or less than its own experts say (4 queries)."""
    rounds, study_round, run = shown_round(access.study, number)
    grids = stored_roles(access.study, number)
    chosen = Chosen.of(grids, request.GET)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": f"results-{PAGE}", "files": ("roles.csv", "role_pairs.csv"),
               **(told(access.study, number, grids, chosen) if chosen else {})}
    return study_response(request, access, "analysis/roles.html", context)


def told(study: Study, number: int, grids: list[StoredRoles], chosen: Chosen) -> dict[str, Any]:
    pictures = chosen.pictures(study)
    words, grid = pictures.words, chosen.grid
    charts = {chart.key.replace("-", "_"): with_downloads(study, number, PAGE, chart, chosen.fields) for chart in pictures}
    return {
        "chosen": chosen, "question": words.question, "counts": verdict_counts(grid), "number_of_roles": len(grid.cells), "charts": charts,
        "largest": [{"role": words.role(cell), "sides": words.sides(cell), "target": cell["target"]} for cell in grid.largest],
        "can_tell": any(cell["gap"] is not None for cell in grid.cells),
        "maps": TITLES, "allies": words.allies, "ally": pictures.name, "has_mirror": "believed_by_others" in charts,
        "grids": [(found.code, RoleWords(study, found).question) for found in grids] if len(grids) > 1 else [],
        "protected": any(known(cell, name) == Known.PROTECTED for cell in grid.cells for name in SHOWN.values()),
    }
