"""Convergence over the rounds in plain words: for the page and for the report."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from analysis.results.convergence import NARROWER, NO_CLEAR_CHANGE, WIDER, Convergence, PublishedRow, Tracked
from analysis.results.convergence_paths import Portion
from analysis.results.lines import DASH, shown_figure
from analysis.results.pictures import modal_in_words
from surveys.models import Study
from surveys.templatetags.organizer import marked

VERDICTS: dict[str, str | Promise] = {
    NARROWER: gettext_lazy("came together"), WIDER: gettext_lazy("moved apart"), NO_CLEAR_CHANGE: gettext_lazy("no clear change"),
}


def spread_in_words(convergence: Convergence) -> list[str]:
    """Two sentences: which way the spread of all answers went, and whether that is more than chance."""
    return [closeness_in_words(convergence), test_in_words(convergence)]


def closeness_in_words(convergence: Convergence) -> str:
    """From the published standard deviations of both rounds, which are there also where figures over pairs are not."""
    changes = [round(change, 9) for change in map(change_of_spread, convergence.of_round) if change is not None]
    if not changes:
        return _("No question has answers of both rounds whose spread may be told.")
    said = {"all": len(changes), "closer": sum(change < 0 for change in changes), "farther": sum(change > 0 for change in changes)}
    return ngettext("Since the question was last asked, the answers lie closer together on %(closer)s of %(all)s question, and "
                    "farther apart on %(farther)s.",
                    "Since the questions were last asked, the answers lie closer together on %(closer)s of %(all)s questions, and "
                    "farther apart on %(farther)s.",
                    len(changes)) % said


def change_of_spread(item: Tracked) -> float | None:
    """Of a question whose answer is one number with an order."""
    row = item.judged
    return None if row is None or row.suppressed or not item.has_order else row.figures.get("sd_change")


def test_in_words(convergence: Convergence) -> str:
    """Corrected for the number of questions."""
    found = {name: len(convergence.verdicts(name)) for name in VERDICTS}
    tested = sum(found.values())
    if not tested:
        return _("Whether that is more than chance is not told: too few answered both times, or so few joined or left that such figures could give them away.")
    said = {"all": tested, "together": found[NARROWER], "apart": found[WIDER], "unclear": found[NO_CLEAR_CHANGE]}
    return _("Beyond chance, of %(all)s tested, they came together on %(together)s and moved apart on %(apart)s; no change is clear on %(unclear)s.") % said


def moved_lists(study: Study, convergence: Convergence) -> list[dict[str, Any]]:
    """The questions that came together, and those that moved apart."""
    names = ((NARROWER, _("Came together")), (WIDER, _("Moved apart")))
    lists = [{"title": title, "questions": [question(study, item) for item in convergence.verdicts(name)]} for name, title in names]
    return [found for found in lists if found["questions"]]


def question(study: Study, item: Tracked) -> dict[str, Any]:
    return {"code": item.item.code, "number": item.number, "text": marked(study, item.definition["text"])}


def spreads(study: Study, portion: Portion | None) -> list[dict[str, Any]]:
    """Of each question of one number: how its spread went between the last two rounds that compare, and what the test says."""
    items = {path.item.item.code: path.item for path in (portion.paths if portion else ()) if not path.component}
    return [{**question(study, item), **_spread(item)} for item in items.values()]


def _spread(item: Tracked) -> dict[str, Any]:
    row, found = item.rows[0], item.convergence or {}
    figures = {name: shown_figure(name, row.figures.get(name)) for name in ("n", "median", "iqr", "sd", "percent_changed")}
    return {**figures, "suppressed": row.suppressed, "sd_change": shown_figure("sd", row.figures.get("sd_change")),
            "p": p_in_words(found.get("p_mean_abs_dev_holm")), "verdict": VERDICTS.get(found.get("spread_verdict") or "", DASH)}


def p_in_words(p: float | None) -> str:
    if p is None:
        return DASH
    return _("< 0.01") if p < 0.01 else shown_figure("rule_value", p)


def choices_by_round(study: Study, convergence: Convergence) -> dict[str, Any]:
    """Questions whose options have no order: the commonest answer of each round and its share."""
    items = [item for item in convergence.items if item.item.kind == "choice" and item.rows]
    paths = [(item, {row.number: row for row in item.path("")}) for item in items]
    numbers = sorted({number for _item, path in paths for number in path})
    rows = [{**question(study, item), "cells": [_commonest(study, item, path.get(number)) for number in numbers]} for item, path in paths]
    return {"numbers": numbers, "rows": rows}


def _commonest(study: Study, item: Tracked, row: PublishedRow | None) -> dict[str, Any]:
    """A round that did not ask it, or in words that do not compare, has a dash."""
    if row is None or row.suppressed:
        return {"suppressed": row is not None, "words": DASH}
    modal = modal_in_words(study, item.spec, "", row.figures.get("modal"), get_language() or study.source_language)
    share = shown_figure("modal_share", row.figures.get("modal_share"))
    return {"suppressed": False, "words": _("%(answer)s (%(share)s)") % {"answer": modal, "share": share} if modal else DASH}
