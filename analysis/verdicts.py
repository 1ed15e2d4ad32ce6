"""The verdicts of a counted round over everybody, in words: for whoever decides what the next round asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analysis.models import ItemResult
from analysis.publication import remember_shown, shown_runs
from surveys.models import Round

MOST_NAMED = 4  # an answer of more numbers has its verdicts counted
WORDS: dict[str, str | Promise] = {
    "reached": _("reached"),
    "not_reached": _("not reached"),
    "not_assessed": _("not assessed"),
    "stable": _("stable"),
    "unstable": _("not stable"),
    "stable_consensus": _("stable consensus"),
    "unstable_consensus": _("consensus, not stable yet"),
    "stable_dissent": _("stable dissent"),
    "unstable_dissent": _("dissent, not stable yet"),
}


@dataclass(frozen=True)
class Verdict:
    """One component's verdicts. All empty when the row is protected."""

    component: str
    suppressed: bool
    consensus: str = ""
    stability: str = ""
    outcome: str = ""


def in_words(verdict: str | None) -> str:
    """A verdict as pages say it; "" for none."""
    return str(WORDS.get(verdict, verdict)) if verdict else ""


def verdicts_of(study_round: Round) -> dict[int, list[Verdict]]:
    """Item version id → verdicts over everybody (1 query, 4 the first time). From now on the round's figures count as seen."""
    shown = shown_runs(study_round.study).filter(round=study_round)
    rows = ItemResult.objects.filter(run__in=shown, group_type="all").select_related("asked_item", "run").order_by("component_position")
    if any(row.run.first_shown_at is None for row in rows):
        remember_shown(study_round.pk)
        rows = rows.all()  # read again: until they were remembered as seen, later results could take their place
    found: dict[int, list[Verdict]] = defaultdict(list)
    figures: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        words = {} if row.suppressed else {name: in_words(row.figures.get(name)) for name in ("consensus", "stability", "outcome")}
        figures[row.asked_item.item_version_id].append({} if row.suppressed else row.figures)
        found[row.asked_item.item_version_id].append(Verdict(row.component, row.suppressed, **words))
    return {version: verdicts if len(verdicts) <= MOST_NAMED else [summed(verdicts, figures[version])] for version, verdicts in found.items()}


def summed(verdicts: list[Verdict], figures: list[Mapping[str, Any]]) -> Verdict:
    """The verdicts of an answer of many numbers as one; that of a ranking as a whole, which comes first, stands for it."""
    if verdicts[0].component == "":
        return verdicts[0]
    if all(verdict.suppressed for verdict in verdicts):
        return Verdict("", suppressed=True)
    counts = [sum(row.get(name) == verdict for row in figures) for name, verdict in (("consensus", "reached"), ("stability", "stable"))]
    consensus, stability = (gettext("%(verdict)s in %(number)s of %(all)s parts") % {"verdict": in_words(verdict), "number": number, "all": len(figures)}
                            for verdict, number in zip(("reached", "stable"), counts, strict=True))
    return Verdict("", suppressed=False, consensus=consensus, stability=stability)
