"""The perception gap: how far the allies lie apart, on which questions, and whether that narrows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.charts.chart import two_decimals
from analysis.models import AnalysisRun
from analysis.results.gap_charts import heat_charts, split_charts
from analysis.results.gap_words import interval_of_mean
from analysis.results.gaps import MOST_PAIRS_AT_ONCE, PerceptionGaps, gaps_of, pairs_shown
from analysis.results.glance import Together
from analysis.results.glance_words import between_in_words
from analysis.results.influence_words import influence_in_words
from analysis.results.lines import rounded
from analysis.stored_tables import Values
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.queries import groups_of
from surveys.templatetags.organizer import marked
from surveys.views.organizer.scope import study_page, study_response

DASH = "–"
BEYOND_CHANCE = 0.05
FILES = ("gaps.csv", "disagreement.csv", "influence.csv", "linked.csv")


@dataclass(frozen=True)
class Shown:
    """What the page and the files of its charts are made of."""

    gaps: PerceptionGaps
    panels: dict[str, str]
    theatres: dict[str, str]
    chosen: str  # the panel set against all others; "" for every two panels

    @property
    def may_show_all(self) -> bool:
        return len(self.panels) * (len(self.panels) - 1) // 2 <= MOST_PAIRS_AT_ONCE


def shown_of(study: Study, run: AnalysisRun, choices: Mapping[str, str]) -> Shown:
    """2 queries."""
    gaps, groups = gaps_of(study, run), groups_of(study)
    panels = {panel["code"]: str(marked(study, panel["name"])) for panel in groups.panels}
    theatres = {theatre["code"]: str(marked(study, theatre["name"])) for theatre in groups.theatres}
    shown = Shown(gaps, panels, theatres, "")
    asked = choices.get("panel", "")
    if asked in panels:
        return Shown(gaps, panels, theatres, asked)
    return shown if shown.may_show_all else Shown(gaps, panels, theatres, gaps.widest(list(panels)))


@study_page("see_results")
def perception_gaps(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """4 queries."""
    study = access.study
    rounds, study_round, run = shown_round(study, number)
    shown = shown_of(study, run, request.GET)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": "results-gaps", "shown": shown, "files": FILES,
               "between": between_in_words(together(shown, number)),
               "influence": influence_in_words(shown.gaps, shown.panels), **pictures(study, number, shown),
               "pairs": list(pairs_in_words(shown)), "linked": linked_in_words(study, shown)}
    return study_response(request, access, "analysis/gaps.html", context)


def together(shown: Shown, number: int) -> Together:
    rows = shown.gaps.disagreement.get(number, ())
    overall = next((row for row in rows if row["group_type"] == "all" and row["between_share"] is not None), None)
    return Together(overall, {}, shown.gaps.are_there)


def charts(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """Every chart of the page, for their files."""
    _rounds, _study_round, run = shown_round(study, number)
    shown = shown_of(study, run, choices)
    return [*splits_of(shown, number), *heats_of(study, shown)] if shown.gaps.are_there else []


def splits_of(shown: Shown, number: int) -> list[Chart]:
    return split_charts(shown.gaps, number, shown.theatres)


def heats_of(study: Study, shown: Shown) -> list[Chart]:
    pairs = pairs_shown(list(shown.panels), shown.chosen)
    return heat_charts(study, shown.gaps, shown.panels, pairs, shown.chosen) if pairs else []


def pictures(study: Study, number: int, shown: Shown) -> dict[str, Any]:
    if not shown.gaps.are_there:
        return {}
    choices = {"panel": shown.chosen} if shown.chosen else {}
    return {"splits": [with_downloads(study, number, "gaps", chart) for chart in splits_of(shown, number)],
            "heats": [with_downloads(study, number, "gaps", chart, choices) for chart in heats_of(study, shown)]}


def pairs_in_words(shown: Shown) -> Iterable[dict[str, Any]]:
    """Pairs of panels over all items, the widest gap first; at the end those of which nothing may be told."""
    told = set()
    for row in shown.gaps.overall:
        told.add(frozenset((row["first"], row["second"])))
        yield {"name": pair_name(shown, row["first"], row["second"]), "is_told": True, "delta": written(row["mean_absolute_delta"]),
               "delta_interval": interval_of_mean(row, "mean_absolute_delta"), "moved": written(row["mean_emd_normalised"]),
               "moved_interval": interval_of_mean(row, "mean_emd_normalised"),
               "different": row["n_different"], "same": row["n_same"], "undecided": row["n_undecided"]}
    for first, second in combinations(shown.panels, 2) if shown.gaps.are_there else ():
        if frozenset((first, second)) not in told:
            yield {"name": pair_name(shown, first, second), "is_told": False, "has_few": shown.gaps.has_too_few(first, second)}


def pair_name(shown: Shown, first: str, second: str) -> str:
    return f"{shown.panels.get(first, first)} – {shown.panels.get(second, second)}"


def written(value: float | None) -> str:
    return DASH if value is None else two_decimals(float(value))


def linked_in_words(study: Study, shown: Shown) -> list[dict[str, Any]]:
    """Questions that ask the same of two theatres, each with its rows."""
    items = {item.item.code: item for item in shown.gaps.items}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (row for row in shown.gaps.linked if row["status"] != "insufficient_n"):
        codes = row["first_item"], row["second_item"]
        if codes not in found:
            questions = [{"code": code, "text": marked(study, items[code].definition["text"]) if code in items else code,
                          "theatre": shown.theatres.get(items[code].definition.get("theatre", ""), "") if code in items else ""} for code in codes]
            found[codes] = {"questions": questions, "rows": []}
        found[codes]["rows"].append(linked_row(shown, row))
    return list(found.values())


def linked_row(shown: Shown, row: Values) -> dict[str, Any]:
    percent = row["percent_different"]
    return {"name": linked_name(shown, row), "is_protected": row["status"] == "protected", "first": written(row["median_first"]),
            "second": written(row["median_second"]), "difference": written(signed_difference(row)),
            "percent": DASH if percent is None else f"{number_format(rounded(percent, 0), 0)} %", "verdict": beyond_chance(row["p_holm"])}


def signed_difference(row: Values) -> float | None:
    value: float | None = row["hodges_lehmann"] if row["hodges_lehmann"] is not None else row["mean_difference"]
    return value


def linked_name(shown: Shown, row: Values) -> str:
    if row["view"] == "own_theatres":
        first, second = (shown.theatres.get(row[side], row[side]) for side in ("first", "second"))
        return _("Each theatre’s own allies: %(first)s, %(second)s") % {"first": first, "second": second}
    named: Sequence[Mapping[str, str]] = (shown.panels, shown.theatres)
    return next((names[row["first"]] for names in named if row["first"] in names), _("All experts"))


def beyond_chance(p: float | None) -> str:
    if p is None:
        return DASH
    return _("different beyond chance") if p < BEYOND_CHANCE else _("not told apart")
