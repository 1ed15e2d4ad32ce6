"""One question of a round: what came out and why, every group on one axis, under other rules, who changed, and whom it hangs on."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from analysis.charts import Chart
from analysis.results.item import WHOLE, ItemOfRound, Part, item_of_round
from analysis.results.item_charts import ItemPictures
from analysis.results.item_lines import group_lines
from analysis.results.item_tables import change_chart, change_in_words, influence_in_words, sensitivity_of
from analysis.results.item_texts import by_side, takes_texts, texts_of
from analysis.results.item_words import group_name, sentences_of, summary_of
from analysis.results.pool_charts import PoolPicture
from analysis.results.pool_words import scores_in_words
from analysis.results.pools import KINDS, pools_of_item
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
    """Of an answer with several numbers all parts together, and the chosen one in full (4 queries, 6 with reasons)."""
    rounds, study_round, run = shown_round(access.study, number)
    found = item_of_round(access.study, run, item, request.GET.get("component", ""))
    if found is None:
        raise Http404
    words = ValueWords(access.study, found.spec)
    context = {"rounds": rounds, "study_round": study_round, "run": run, "item": found, "question": marked(access.study, found.definition["text"]),
               "summary": summary_of(found, words), "departure": departure_of(found), "files": files_of(found),
               "takes_texts": takes_texts(found), "sides": by_side(texts_of(found)),
               **(part_in_words(found, found.chosen, words) if found.chosen else {}), **drawn(found, words)}
    return study_response(request, access, "analysis/item_results.html", context)


def files_of(item: ItemOfRound) -> tuple[str, ...]:
    """Those that the page's figures come from."""
    if item.spec.kind == "text":
        return ("open_answers.csv",)
    return (*FILES, *(("pools.csv",) if item.spec.kind in KINDS else ()), *(("reasons.csv",) if takes_texts(item) else ()))


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
    pooled = pools_of_item(item)
    return {"overview": [chart for key, chart in found.items() if key.startswith("parts-")], **{key: found.get(key) for key in ("groups", "changes", "pools")},
            "scores": scores_in_words(pooled.scores) if pooled else []}


def charts_of(item: ItemOfRound, words: ValueWords) -> list[Chart]:
    changes = change_chart(item, item.chosen, words) if item.chosen else None
    return [*ItemPictures(item, words), *(chart for chart in (changes, pools_chart(item)) if chart)]


def pools_chart(item: ItemOfRound) -> Chart | None:
    pooled = pools_of_item(item)
    if pooled is None:
        return None
    rows = item.chosen.rows if item.chosen else ()
    names = {row.group: group_name(item, row) for row in rows if row.group[0] in ("theatre", "panel") and (row.suppressed or row.figures["n"])}
    return PoolPicture(item.study, pooled, names).chart("pools", _("Drawn together"))


def fields_of(item: ItemOfRound) -> dict[str, str]:
    component = {"component": item.chosen.code or WHOLE} if item.chosen and item.has_parts else {}
    return {"item": item.code, **component}


def charts_of_item(study: Study, number: int, choices: Mapping[str, str]) -> list[Chart]:
    """The page's charts, for their files; none for an item that was not asked (2 queries)."""
    _rounds, _study_round, run = shown_round(study, number)
    found = item_of_round(study, run, choices.get("item", ""), choices.get("component", ""))
    return charts_of(found, ValueWords(study, found.spec)) if found else []
