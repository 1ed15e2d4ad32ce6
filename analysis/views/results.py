"""Results in their first form: a round's table, and an item's page with every group. All figures are published rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from analysis.exports.aggregates import published_rows
from analysis.exports.columns import RowContext
from analysis.models import AnalysisRun
from analysis.publication import remember_shown, shown_runs
from analysis.results.lines import Line, line_of
from analysis.results.pictures import panel_pictures, strip_of
from analysis.results.roles import asks_for_roles
from surveys.models import Round, Study
from surveys.permissions import Access
from surveys.queries import groups_of
from surveys.views.organizer.scope import study_page, study_response
from surveys.workflow.deviations import deviations_of


@study_page("see_results")
def latest_results(request: HttpRequest, access: Access) -> HttpResponse:
    """The latest counted round, or a page that says when there will be one."""
    rounds = counted_rounds(access.study)
    if rounds:
        return redirect("analysis:results", access.study.slug, rounds[-1].number)
    return study_response(request, access, "analysis/no_results.html", {"waiting": access.study.rounds.exclude(state="draft").last()})


def counted_rounds(study: Study) -> list[Round]:
    """Rounds with rows to show (1 query)."""
    return list(study.rounds.filter(analysis_runs__in=shown_runs(study)).order_by("number"))


@dataclass(frozen=True)
class RoundTab:
    """A counted round beside the others; its page on roles is there where it asks for any."""

    number: int
    asks_for_roles: bool


def shown_round(study: Study, number: int) -> tuple[list[RoundTab], Round, AnalysisRun]:
    """The counted rounds, the one asked for, and the run whose rows are shown; it counts as seen from now on (1 query, 2 the first time)."""
    runs = list(shown_runs(study).annotate(asks_for_roles=asks_for_roles()).select_related("round").order_by("round__number"))
    run = next((found for found in runs if found.round.number == number), None)
    if run is None:
        raise Http404
    run.round.study = study
    if run.first_shown_at is None:
        remember_shown(run.round_id)
    return [RoundTab(found.round.number, found.asks_for_roles) for found in runs], run.round, run


@study_page("see_results")
def round_results(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """One line per item, over everybody; the numbers of an answer with several are folded under it (4 queries)."""
    rounds, study_round, run = shown_round(access.study, number)
    rows = published_rows(access.study, number, group_type="all")
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": "results-items", "sections": by_section(access.study, rows),
               "deviations": deviations_of(access.study)}
    return study_response(request, access, "analysis/round_results.html", context)


def by_section(study: Study, rows: Iterable[RowContext]) -> list[dict[str, Any]]:
    """Sections in questionnaire order, each with its items."""
    sections: dict[int, dict[str, Any]] = {}
    lines: dict[int, list[Line]] = {}
    for row in rows:
        section = row.item.section
        entry = sections.setdefault(section.pk, {"section": section, "items": []})
        if row.result.asked_item_id not in lines:
            lines[row.result.asked_item_id] = []
            entry["items"].append(ItemLines(lines[row.result.asked_item_id]))
        lines[row.result.asked_item_id].append(line_of(study, row))
    return list(sections.values())


@dataclass(frozen=True)
class ItemLines:
    """An item's rows over everybody: one, or one for each number of its answer, after that of a ranking as a whole."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        """The only line, or the one that stands for the item."""
        return self.lines[0]

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1

    @property
    def parts(self) -> list[Line]:
        return [line for line in self.lines if not line.is_whole]

    @property
    def reached(self) -> int:
        return sum(line.figures.get("consensus") == "reached" for line in self.parts)

    @property
    def stable(self) -> int:
        return sum(line.figures.get("stability") == "stable" for line in self.parts)

    @property
    def protected(self) -> int:
        return sum(line.suppressed for line in self.parts)


@study_page("see_results")
def item_results(request: HttpRequest, access: Access, number: int, item: str) -> HttpResponse:
    """Every group's row of one item (3 queries)."""
    rounds, study_round, run = shown_round(access.study, number)
    rows = list(published_rows(access.study, number, item=item))
    if not rows:
        raise Http404
    names = group_names(access.study)
    lines = [line_of(access.study, row, names) for row in rows]
    context = {"rounds": rounds, "study_round": study_round, "run": run, "item": lines[0], "components": by_component(access.study, lines),
               "any_protected": any(line.suppressed for line in lines), "any_coarse": any(line.coarse for line in lines)}
    return study_response(request, access, "analysis/item_results.html", context)


def by_component(study: Study, lines: list[Line]) -> list[dict[str, Any]]:
    """Each component with its lines, everybody's first, and the pictures of everybody and of the panels."""
    components: dict[str, list[Line]] = {}
    for line in lines:
        components.setdefault(line.component, []).append(line)
    return [{"key": f"strip-{place}", "code": code, "lines": found, "everybody": found[0], **pictures(study, code, found)}
            for place, (code, found) in enumerate(components.items())]


def pictures(study: Study, code: str, lines: list[Line]) -> dict[str, Any]:
    language = get_language() or study.source_language
    whole, panels = lines[0], [line for line in lines if line.group_type == "panel"]
    strip = None if whole.suppressed else strip_of(study, whole.spec, code, whole.figures, language)
    rows = [(line.group, line.suppressed, line.figures) for line in panels]
    return {"strip": strip, "panels": panel_pictures(study, whole.spec, code, rows, language) if len(panels) > 1 else []}


def group_names(study: Study) -> dict[tuple[str, str], Any]:
    """(group type, code) → name by language (1 query)."""
    groups = groups_of(study)
    named = {("theatre", theatre["code"]): theatre["name"] for theatre in groups.theatres}
    return {**named, **{("panel", panel["code"]): panel["name"] for panel in groups.panels}}
