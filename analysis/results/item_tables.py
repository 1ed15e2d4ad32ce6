"""What the further tables say of one part: under other rules, who changed, who left, and without each ally. In sentences, with the rows behind them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analysis.charts import Caption, Chart, HeatCell, HeatRow, Sequential, heat_map
from analysis.results.item import ALL, ItemOfRound, Part
from analysis.results.item_words import named
from analysis.results.lines import OF_FILES
from analysis.results.value_words import ValueWords, in_figures, percent
from analysis.stored_tables import Values
from analysis.verdicts import in_words
from surveys.forms.items.rule_words import BANDS, NAMES, THRESHOLDS, band_in_words
from surveys.templatetags.organizer import marked

NOT_ASSESSED = "not_assessed"
MOST_POINTS = 12  # a table of changes with more rows and columns is in the file
OTHER_RULES: dict[str, str | Promise] = {
    "cv": gettext_lazy("Coefficient of variation"),
    "comet": gettext_lazy("COMET: every panel for itself"),
}
BAND_WORDS = {"top two positions": "top_two", "bottom two positions": "bottom_two", "the larger of both ends": "either_end"}
COMPARED = {"at least": "at_least", "at most": "at_most", "below": "below"}
FIXED: dict[str, str | Promise] = {
    "disagreement index at most 1": gettext_lazy("disagreement index at most 1"),
    "in every panel at least 0.7 say 7 to 9 and below 0.15 say 1 to 3": gettext_lazy(
        "in every panel at least 0.7 say 7 to 9 and below 0.15 say 1 to 3"),
}


# --- under other rules ---


@dataclass(frozen=True)
class Sensitivity:
    """`others`: how many other rules judge the part; `different`: those that come to another verdict than the registered one."""

    sentence: str
    lines: Sequence[Mapping[str, Any]]


def sensitivity_of(item: ItemOfRound, part: Part) -> Sensitivity | None:
    """The rules that look at the answers as given; those on a shortened scale are in the file."""
    found = _of_everybody(item, part, "sensitivity")
    rows = [row for row in found if row["points"] is None]
    if not rows:
        return None
    registered = next((row["consensus"] for row in rows if row["registered"] == "yes"), NOT_ASSESSED)
    others = [row for row in rows if row["registered"] != "yes" and row["consensus"] != NOT_ASSESSED]
    sentence = _sensitivity_sentence(registered, others)
    if len(rows) < len(found):
        shortened = _("Rules on a shortened scale are not counted here; they stand in the file.")
        sentence = f"{sentence} {shortened}"
    return Sensitivity(sentence, [rule_line(row) for row in rows])


def _sensitivity_sentence(registered: str, others: Sequence[Values]) -> str:
    if registered == NOT_ASSESSED:
        agreed = sum(row["consensus"] == "reached" for row in others)
        if not others:
            return _("No other common rule judges such answers.")
        return _("Of %(all)s common rules %(number)s find agreement.") % {"all": len(others), "number": agreed}
    different = sum(row["consensus"] != registered for row in others)
    if not others:
        return _("No other common rule judges such answers.")
    if not different:
        return _("Under every other common rule the verdict would be the same.")
    return ngettext("Under %(number)s of %(all)s other common rules the verdict would be another.",
                    "Under %(number)s of %(all)s other common rules the verdict would be another.", different) % {"number": different, "all": len(others)}


def rule_line(row: Values) -> dict[str, Any]:
    name = row["rule"]
    return {"name": str(NAMES.get(name) or OTHER_RULES.get(name, name)), "parameters": parameters_in_words(row["parameters"] or ""),
            "value": "–" if row["value"] is None else in_figures(row["value"]), "verdict": row["consensus"],
            "words": in_words(row["consensus"]), "is_registered": row["registered"] == "yes"}


def parameters_in_words(said: str) -> str:
    """The file's words for band and threshold in the reader's language."""
    return str(FIXED[said]) if said in FIXED else ", ".join(_parameter(piece) for piece in said.split(", ") if piece)


def _parameter(piece: str) -> str:
    if piece in BAND_WORDS:
        return str(BANDS[BAND_WORDS[piece]])
    positions = re.fullmatch(r"positions (\d+) to (\d+)", piece)
    if positions:
        return band_in_words([int(end) for end in positions.groups()])
    for words, key in COMPARED.items():
        if piece.startswith(f"{words} "):
            return str(THRESHOLDS[key]) % {"number": in_figures(float(piece.removeprefix(words)), OF_FILES)}
    return piece


def _of_everybody(item: ItemOfRound, part: Part, table: str) -> list[Values]:
    return list(item.rows_of(table, component=part.code, group_type=ALL[0], group=ALL[1]))


# --- who changed, and who left ---


def change_in_words(item: ItemOfRound, part: Part) -> list[str]:
    """Of those who answered both times; then who left, and whether that made a difference."""
    if item.previous_round is None or part.everybody.suppressed:
        return []
    return [sentence for sentence in (_changed(item, part), _left(item, part), _had_they_stayed(item, part)) if sentence]


def _changed(item: ItemOfRound, part: Part) -> str:
    figures = part.everybody.figures
    if figures.get("n_pairs") == 0:
        return _("Nobody answered this both in round %(number)s and now.") % {"number": item.previous_round}
    if figures.get("percent_changed") is None:
        return _("How many changed their answer since round %(number)s may not be told.") % {"number": item.previous_round}
    said = {"percent": percent(figures["percent_changed"] / 100), "n": figures["n_pairs"], "number": item.previous_round}
    if figures.get("paired_coarse") == "yes":
        return _("About %(percent)s %% of the %(n)s experts who also answered in round %(number)s changed their answer.") % said
    return _("%(percent)s %% of the %(n)s experts who also answered in round %(number)s changed their answer.") % said


def _left(item: ItemOfRound, part: Part) -> str:
    row = next(iter(_of_everybody(item, part, "attrition")), None)
    if row is None or row.get("n_left") is None:
        return ""
    said = {"left": row["n_left"], "before": row["n_before"], "joined": row["n_joined"]}
    if not row["n_left"] and not row["n_joined"]:
        return _("Everybody who answered then answered again, and nobody joined.")
    found = _("Of %(before)s who answered then, %(left)s did not answer again; %(joined)s joined.") % said
    differ = _("Those who left had answered differently from those who stayed.")
    return f"{found} {differ}" if row.get("leavers_differ") == "yes" else found


def _had_they_stayed(item: ItemOfRound, part: Part) -> str:
    row = next(iter(_of_everybody(item, part, "attrition")), None)
    if row is None or not row.get("n_left") or row.get("consensus_had_they_stayed") in (None, "", "undecided", NOT_ASSESSED):
        return ""
    if row["consensus_had_they_stayed"] == row["consensus"]:
        return _("Had they stayed with their answers, the verdict on agreement would be the same.")
    return _("Had they stayed with their answers, the verdict on agreement would be another: %(verdict)s.") % {
        "verdict": in_words(row["consensus_had_they_stayed"])}


def movers_in_words(rows: Sequence[Values], level: str) -> str:
    """How many went up and down an order."""
    if level not in ("ordinal", "rank") or not rows:
        return ""
    up = sum(row["count"] for row in rows if row["position_after"] > row["position_before"])
    down = sum(row["count"] for row in rows if row["position_after"] < row["position_before"])
    stayed = sum(row["count"] for row in rows if row["position_after"] == row["position_before"])
    return _("%(up)s answered higher than before, %(down)s lower, %(stayed)s the same.") % {"up": up, "down": down, "stayed": stayed}


def change_chart(item: ItemOfRound, part: Part, words: ValueWords) -> Chart | None:
    """From which answer to which; None where that may not be told, or is too large to be seen at once."""
    rows = _of_everybody(item, part, "changes")
    categories = part.component.categories
    if not rows or not 2 <= len(categories) <= MOST_POINTS:
        return None
    counts = {(row["before"], row["after"]): row["count"] for row in rows}
    names = [words.category(part.code, part.level, category) for category in categories]
    heat = [HeatRow(name, tuple(HeatCell(counts.get((before, after), 0)) for after in categories)) for before, name in zip(categories, names, strict=True)]
    sentence = movers_in_words(rows, part.level) or _("Experts on the diagonal gave the same answer in both rounds.")
    note = _("Rows: the answer in round %(before)s. Columns: the answer in round %(now)s.") % {"before": item.previous_round, "now": item.number}
    caption = Caption("changes", _("From which answer to which"), sentence, note, in_figures)
    most = max(counts.values())
    return heat_map(caption, _("Answer in round %(number)s") % {"number": item.previous_round}, names, heat, Sequential(0, most, ("0", in_figures(most))))


# --- without each ally ---


def influence_in_words(item: ItemOfRound, part: Part) -> list[str]:
    """Which single ally the verdicts over everybody hang on."""
    rows = _of_everybody(item, part, "influence")
    if not rows:
        return []
    told = [row for row in rows if row["changes"] in ("yes", "no")]
    deciding = [row for row in told if row["changes"] == "yes"]
    found = [_without(item, row) for row in deciding]
    if told and not deciding:
        found = [_("Without any one of the allies that can be left out here the verdicts would be the same.")]
    hidden = [_ally(item, row["without"]) for row in rows if row["changes"] not in ("yes", "no")]
    if hidden:
        found.append(_("Of %(allies)s this may not be told.") % {"allies": named(hidden)})
    return found


def _ally(item: ItemOfRound, code: str) -> str:
    return str(marked(item.study, item.names.get(("panel", code)))) or code


def _without(item: ItemOfRound, row: Values) -> str:
    said = {"ally": _ally(item, row["without"])}
    if row["consensus_without"] != row["consensus"] and row["consensus_without"] not in (None, ""):
        return _("Without %(ally)s the verdict on agreement would be: %(verdict)s.") % {**said, "verdict": in_words(row["consensus_without"])}
    return _("Without %(ally)s the verdict on stability would be: %(verdict)s.") % {**said, "verdict": in_words(row["stability_without"])}
