"""One question of a round: what came out and why, every group on one axis, under other rules, who changed, and whom it hangs on."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from analysis.charts import Chart
from analysis.results.item import WHOLE, ItemOfRound, Part, item_of_round
from analysis.results.item_charts import ItemPictures
from analysis.results.item_lines import group_lines
from analysis.results.item_tables import change_chart, change_in_words, influence_in_words, sensitivity_of
from analysis.results.item_words import sentences_of, summary_of
from analysis.results.value_words import ValueWords
from analysis.results.verdict_words import departure_of, outcome_in_words, verdicts_explained
from analysis.views.charts import with_downloads
from analysis.views.results import shown_round
from surveys.models import Study
from surveys.permissions import Access
from surveys.templatetags.organizer import marked
from surveys.views.organizer.scope import study_page, study_response

PAGE = "items"
FILES = ("aggregates.csv", "distributions.csv", "sensitivity.csv", "changes.csv", "attrition.csv", "influence.csv")


@study_page("see_results")
def item_results(request: HttpRequest, access: Access, number: int, item: str) -> HttpResponse:
    """Of an answer with several numbers all parts together, and the chosen one in full (4 queries)."""
    rounds, study_round, run = shown_round(access.study, number)
    found = item_of_round(access.study, run, item, request.GET.get("component", ""))
    if found is None:
        raise Http404
    words = ValueWords(access.study, found.spec)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "item": found, "question": marked(access.study, found.definition["text"]),
               "summary": summary_of(found, words), "departure": departure_of(found), "files": FILES,
               **(part_in_words(found, found.chosen, words) if found.chosen else {}), **drawn(found, words)}
    return study_response(request, access, "analysis/item_results.html", context)


def part_in_words(item: ItemOfRound, part: Part, words: ValueWords) -> dict[str, Any]:
    """The chosen part, or the only one."""
    lines = group_lines(item, part, words)
    return {
        "part": part, "part_name": words.part(part.code), "sentences": sentences_of(item, part, words), "verdicts": verdicts_explained(item, part),
        "outcome": outcome_in_words(part), "sensitivity": sensitivity_of(item, part), "change": change_in_words(item, part),
        "influence": influence_in_words(item, part), "lines": lines,
        "any_protected": any(line.suppressed for line in lines), "any_coarse": any(line.coarse for line in lines),
        "choices": [(found.code or WHOLE, words.part(found.code)) for found in item.parts] if item.has_parts else [],
    }


def drawn(item: ItemOfRound, words: ValueWords) -> dict[str, Any]:
    fields = fields_of(item)
    found = {chart.key: with_downloads(item.study, item.number, PAGE, chart, fields) for chart in charts_of(item, words)}
    return {"overview": [chart for key, chart in found.items() if key.startswith("parts-")], "groups": found.get("groups"), "changes": found.get("changes")}


def charts_of(item: ItemOfRound, words: ValueWords) -> list[Chart]:
    changes = change_chart(item, item.chosen, words) if item.chosen else None
    return [*ItemPictures(item, words), *([changes] if changes else [])]


def fields_of(item: ItemOfRound) -> dict[str, str]:
    component = {"component": item.chosen.code or WHOLE} if item.chosen and item.has_parts else {}
    return {"item": item.code, **component}


def charts_of_item(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """The page's charts, for their files; none for an item that was not asked (2 queries)."""
    _rounds, _study_round, run = shown_round(study, number)
    found = item_of_round(study, run, choices.get("item", ""), choices.get("component", ""))
    return charts_of(found, ValueWords(study, found.spec)) if found else []
