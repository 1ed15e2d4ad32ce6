"""Whether the gap between the panels narrows, and why: said in the summary and in the chapter on gaps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from analysis.report.material import CountedRound, Material
from analysis.results.glance_words import cause_in_words, together_in_words

SENTENCES: dict[str, str | Promise] = {
    "narrows": gettext_lazy("In round %(number)s the panels lie closer to each other than when the questions were last asked before."),
    "widens": gettext_lazy("In round %(number)s the panels lie farther from each other than when the questions were last asked before."),
    "no_clear_change": gettext_lazy("In round %(number)s the distance between the panels has not clearly changed since the questions were last asked before."),
    "not_assessed": gettext_lazy("Whether the panels have come closer to each other in round %(number)s can’t be told: too few answered in some panels."),
    "protected": gettext_lazy("Whether the panels have come closer to each other in round %(number)s can’t be told without giving somebody away."),
}
VERDICTS: dict[str, str | Promise] = {
    "narrows": gettext_lazy("Closer to each other."),
    "widens": gettext_lazy("Farther apart."),
    "no_clear_change": gettext_lazy("No clear change."),
    "not_assessed": gettext_lazy("Can’t be told."),
}


def narrowing_sentence(material: Material) -> str:
    """Over all rounds but the first, in their order; "" where there is nothing to compare."""
    return " ".join(filter(None, (narrowing_of(held) for held in material.rounds)))


def narrowing_of(held: CountedRound) -> str:
    row = held.together.disagreement
    if row is None:
        return ""
    found = "protected" if row.get("cause_status") == "protected" else row["verdict"]
    sentence = str(SENTENCES.get(found or "", "")) % {"number": held.number}
    return " ".join(filter(None, (sentence, str(cause_in_words(row)), str(together_in_words(row)))))
