"""Words as numbers with labels, for programs that count by number: the label is the word of aggregates.csv.

The numbers never change: a new word is added at the end of its list.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from surveys.items import by_language
from surveys.models import Panel, Study, Theatre

Labels = dict[int, str]
YES_OR_NO = {0: "no", 1: "yes"}


def _from_one(*words: str) -> Labels:
    return dict(enumerate(words, start=1))


WORDS: Mapping[str, Labels] = {
    "kind": _from_one("rating", "probability", "number", "choice", "choices", "ranking", "allocation", "quantiles", "grid", "plane", "text"),
    "level": _from_one("ordinal", "interval", "probability", "nominal", "binary", "rank", "share"),
    "group_type": _from_one("all", "equal_weight", "theatre", "panel"),
    "consensus": _from_one("reached", "not_reached", "not_assessed"),
    "stability": _from_one("stable", "unstable", "not_assessed"),
    "outcome": _from_one("stable_consensus", "unstable_consensus", "stable_dissent", "unstable_dissent", "not_assessed"),
    "status": _from_one("ok", "insufficient_n", "no_variation", "not_applicable"),
    "rand_class": _from_one("appropriate", "uncertain", "inappropriate"),
    **dict.fromkeys(("suppressed", "paired_coarse", "simulated", "polarised", "rand_classic_disagreement", "rand_classic_agreement", "comet"), YES_OR_NO),
}
FIRST_THEATRE, FIRST_PANEL = 101, 1001
GROUP_NAME = "group_name"
GROUP_NAME_MEANING = "the group's name, as a number with labels: 1 all, 2 equal weight, from 101 theatres, from 1001 panels"


def group_numbers(study: Study) -> dict[tuple[str, str], int]:
    """(group type, code) → its number, in the order of the study file (2 queries)."""
    theatres = {("theatre", theatre.code): number for number, theatre in enumerate(study.theatres.all(), start=FIRST_THEATRE)}
    panels = {("panel", panel.code): number for number, panel in enumerate(study.panels.all(), start=FIRST_PANEL)}
    return {("all", "all"): 1, ("equal_weight", "equal_weight"): 2, **theatres, **panels}


def group_labels(study: Study) -> Labels:
    """Number → name (code), in the study's first language."""
    with override(study.source_language):
        labels = {1: _("Everybody"), 2: _("Every panel with equal weight")}
    theatres = {number: named(theatre, study.source_language) for number, theatre in enumerate(study.theatres.all(), start=FIRST_THEATRE)}
    panels = {number: named(panel, study.source_language) for number, panel in enumerate(study.panels.all(), start=FIRST_PANEL)}
    return {**labels, **theatres, **panels}


def named(group: Theatre | Panel, language: str) -> str:
    name = by_language(group.name, language).get(language)
    return f"{name} ({group.code})" if name else str(group.code)


def number_of(words: Labels) -> dict[str, int]:
    return {word: number for number, word in words.items()}
