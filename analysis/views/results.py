"""The questions of a round in a table, one line each. All figures are published rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from analysis.exports.aggregates import published_rows
from analysis.exports.columns import RowContext
from analysis.models import AnalysisRun
from analysis.publication import remember_shown, shown_runs
from analysis.results.allied_questions import compares_allies
from analysis.results.further import is_followed, is_latest_counted, state_of_further
from analysis.results.lines import Line, line_of
from analysis.results.pools import has_pools
from analysis.results.roles import asks_for_roles
from surveys.models import Round, Study
from surveys.permissions import Access
from surveys.templatetags.organizer import marked
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
    """A counted round beside the others, and whether a later one was opened; its pages on roles and on pools are there where it asks for such answers."""

    number: int
    asks_for_roles: bool
    has_pools: bool
    compares_allies: bool
    is_followed: bool


def shown_round(study: Study, number: int) -> tuple[list[RoundTab], Round, AnalysisRun]:
    """The counted rounds, the one asked for, and the run whose rows are shown; it counts as seen from now on (1 query, 2 the first time)."""
    found = shown_runs(study).annotate(asks_for_roles=asks_for_roles(), has_pools=has_pools(), compares_allies=compares_allies(),
                                       further=state_of_further(), is_latest_counted=is_latest_counted(), is_followed=is_followed())
    runs = list(found.select_related("round").order_by("round__number"))
    run = next((each for each in runs if each.round.number == number), None)
    if run is None:
        raise Http404
    run.round.study = study
    if run.first_shown_at is None:
        remember_shown(run.round_id)
    return [RoundTab(each.round.number, each.asks_for_roles, each.has_pools, each.compares_allies, each.is_followed) for each in runs], run.round, run


@study_page("see_results")
def round_results(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """One line per item, over everybody; the numbers of an answer with several are folded under it (5 queries)."""
    rounds, study_round, run = shown_round(access.study, number)
    rows = published_rows(access.study, number, group_type="all")
    context = {"rounds": rounds, "study_round": study_round, "run": run, "page": "results-items", "sections": by_section(access.study, rows),
               "deviations": deviations_of(access.study), "open_questions": open_questions(access.study, study_round)}
    return study_response(request, access, "analysis/round_results.html", context)


def open_questions(study: Study, study_round: Round) -> list[dict[str, Any]]:
    """Those that are answered in words have no figures, but a page of their own (1 query)."""
    asked = study_round.asked_items.filter(item_version__item__kind="text").select_related("item_version__item").order_by("position")
    return [{"code": entry.item_version.item.code, "text": marked(study, entry.item_version.definition["text"])} for entry in asked]


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
