"""What came out of an item, in plain sentences: of everybody, and how the allies differ."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analysis.results.extremes import extremes_of, has_ties, in_order
from analysis.results.item import GroupRow, ItemOfRound, Part
from analysis.results.value_words import ValueWords, in_figures, percent
from surveys.templatetags.organizer import marked
from surveys.views.expert.kinds.quantile_words import group_sentence

MOST_NAMED = 3  # groups of panels that give the same answer are named up to so many; of more only the outer ones
MOST = 0.5


def group_name(item: ItemOfRound, row: GroupRow) -> str:
    if row.group[0] == "all":
        return _("Everybody")
    if row.group[0] == "equal_weight":
        return _("Every panel with equal weight")
    return str(marked(item.study, item.names.get(row.group))) or row.group[1]


def summary_of(item: ItemOfRound, words: ValueWords) -> list[str]:
    """The item as a whole, where its answer has several numbers."""
    found = [part for part in item.numbers if part.everybody.has_answers]
    if not item.has_parts or not found:
        return []
    return [sentence for sentence in (order_in_words(item, words, found), hidden_in_words(item), agreed_in_words(item, found)) if sentence]


def hidden_in_words(item: ItemOfRound) -> str:
    hidden = sum(part.everybody.suppressed for part in item.numbers)
    if not hidden:
        return ""
    return ngettext("%(n)s part is protected, and left out of this.", "%(n)s parts are protected, and left out of this.", hidden) % {"n": hidden}


def agreed_in_words(item: ItemOfRound, found: Sequence[Part]) -> str:
    """Nothing where no rule judges the parts, as with a ranking that is judged as a whole."""
    verdicts = [part.everybody.figures.get("consensus") for part in found]
    if not {"reached", "not_reached"} & set(verdicts):
        return ""
    told = sum(not part.everybody.suppressed for part in item.numbers)
    said = {"agreed": sum(verdict == "reached" for verdict in verdicts), "parts": told}
    if told < len(item.numbers):
        return _("%(agreed)s of the %(parts)s parts that may be told agreed.") % said
    return _("%(agreed)s of %(parts)s parts agreed.") % said


def order_in_words(item: ItemOfRound, words: ValueWords, found: Sequence[Part]) -> str:
    """A ranking's order, the most and the least of what stands on one scale, the intervals' numbers."""
    if item.spec.kind == "quantiles":
        n = max(part.everybody.figures["n"] for part in found)
        texts = {part.code: in_figures(part.everybody.figures["median"]) for part in found}
        return group_sentence(item.spec, n, texts, words.unit("interval"))
    if item.spec.kind == "plane" or len({part.level for part in found}) > 1 or found[0].level == "nominal":
        return ""
    means = [(words.part(part.code), part.everybody.figures["mean"] or 0.0) for part in found]
    if item.spec.kind == "ranking":
        return ranked_in_words(means)
    return ticked_in_words(means) if found[0].level == "binary" else means_in_words(means)


def ranked_in_words(means: Sequence[tuple[str, float]]) -> str:
    if len(means) < 2:
        return ""
    order = _("By mean rank the order is: %(order)s.") % {"order": in_order(means)}
    sign = _("The sign = stands between options with the same mean rank.")
    return f"{order} {sign}" if has_ties(means) else order


def ticked_in_words(shares: Sequence[tuple[str, float]]) -> str:
    ends = extremes_of(shares, percent)
    said = {"most": named(ends.highest), "high": ends.high, "least": named(ends.lowest), "low": ends.low}
    if ends.are_alike:
        return _("%(most)s: ticked by %(high)s %%.") % said
    return _("Most often ticked is %(most)s (%(high)s %%), least often %(least)s (%(low)s %%).") % said


def means_in_words(means: Sequence[tuple[str, float]]) -> str:
    ends = extremes_of(means, in_figures)
    said = {"most": named(ends.highest), "high": ends.high, "least": named(ends.lowest), "low": ends.low}
    if ends.are_alike:
        return _("%(most)s: the mean is %(high)s.") % said
    return _("Highest is %(most)s (mean %(high)s), lowest %(least)s (mean %(low)s).") % said


def sentences_of(item: ItemOfRound, part: Part, words: ValueWords) -> list[str]:
    """What everybody said of one part, and how the allies differ."""
    figures = part.everybody.figures
    if part.everybody.suppressed:
        return []
    if not figures.get("n"):
        return [nobody_in_words(part)]
    if part.is_whole:
        return []
    found = [most_in_words(part, words), middle_in_words(part, words), *unjudged_in_words(part), allies_in_words(item, part, words)]
    return [sentence for sentence in found if sentence]


def nobody_in_words(part: Part) -> str:
    n = part.everybody.figures.get("n_cannot_judge") or 0
    if not n:
        return _("Nobody answered this.")
    return ngettext("Nobody answered this: %(n)s expert could not judge it.", "Nobody answered this: %(n)s experts could not judge it.", n) % {"n": n}


def most_in_words(part: Part, words: ValueWords) -> str:
    """The commonest answer: always for options, else where most experts gave it."""
    figures = part.everybody.figures
    share, modal = figures.get("modal_share"), figures.get("modal")
    if modal is None or share is None:
        return ""
    said = {"percent": percent(share), "answer": words.modal_said(part.code, part.level, modal)}
    if part.level == "binary":
        return _("%(percent)s %% ticked it.") % {"percent": percent(ticked(part.everybody))}
    if share > MOST:
        return _("Most experts (%(percent)s %%) answered %(answer)s.") % said
    return _("No answer has a majority; the commonest is %(answer)s (%(percent)s %%).") % said if part.level == "nominal" else ""


def ticked(row: GroupRow) -> float:
    """The share of yes among the answers."""
    return float(row.figures["mean"])


def middle_in_words(part: Part, words: ValueWords) -> str:
    figures = part.everybody.figures
    if not part.has_order or figures.get("median") is None:
        return ""
    texts = {name: words.value(part.code, part.level, figures[key]) for name, key in (("low", "q1"), ("high", "q3"), ("middle", "median"))}
    if figures["q1"] == figures["median"] == figures["q3"]:
        return ngettext("%(n)s expert answered %(value)s.", "At least half of the %(n)s experts answered %(value)s.", figures["n"]) % {
            "n": figures["n"], "value": texts["middle"]}
    return ngettext("%(n)s expert answered %(middle)s.",
                    "The middle half of the %(n)s answers lies between %(low)s and %(high)s; the middle answer is %(middle)s.", figures["n"]) % {
        "n": figures["n"], **texts}


def unjudged_in_words(part: Part) -> list[str]:
    n = part.everybody.figures.get("n_cannot_judge") or 0
    return [ngettext("One more could not judge it.", "Another %(n)s could not judge it.", n) % {"n": n}] if n else []


def allies_in_words(item: ItemOfRound, part: Part, words: ValueWords) -> str:
    """Between the panels that may be shown."""
    panels = [row for row in part.of("panel") if row.has_answers]
    if len(panels) < 2:
        return ""
    return _options_differ(item, part, words, panels) if part.level == "nominal" else _numbers_differ(item, part, words, panels)


def _numbers_differ(item: ItemOfRound, part: Part, words: ValueWords, panels: Sequence[GroupRow]) -> str:
    name = "mean" if part.level == "binary" else "median"
    least, most = min(row.figures[name] for row in panels), max(row.figures[name] for row in panels)
    if least == most:
        return _("The share is the same in every panel that is shown.") if part.level == "binary" else _(
            "The middle answer is the same in every panel that is shown.")
    said = {side: (f"{percent(value)}\u00a0%" if part.level == "binary" else words.value(part.code, part.level, value))
            for side, value in (("low", least), ("high", most))}
    names = {side: named([group_name(item, row) for row in panels if row.figures[name] == value])
             for side, value in (("lowest", least), ("highest", most))}
    if any(row.suppressed for row in part.of("panel")):
        return _("Of the panels that are shown, lowest is %(lowest)s with %(low)s, highest %(highest)s with %(high)s.") % {**said, **names}
    return _("The allies differ: lowest is %(lowest)s with %(low)s, highest %(highest)s with %(high)s.") % {**said, **names}


def _options_differ(item: ItemOfRound, part: Part, words: ValueWords, panels: Sequence[GroupRow]) -> str:
    by_answer: dict[str, list[str]] = {}
    for row in panels:
        by_answer.setdefault(words.modal_said(part.code, part.level, row.figures.get("modal") or ""), []).append(group_name(item, row))
    if len(by_answer) == 1:
        return _("The commonest answer is the same in every panel that is shown.")
    told = "; ".join(f"{answer}: {named(names)}" for answer, names in by_answer.items())
    return _("The allies differ in their commonest answer. %(answers)s.") % {"answers": told}


def named(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    more = len(names) - MOST_NAMED
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {"names": ", ".join(names[:MOST_NAMED]), "more": more}
