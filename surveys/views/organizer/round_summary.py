"""What was decided for a round, in words: for the summary before it opens, and for its record afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import DecisionWay, Ground, ItemAct
from surveys.models import ItemVersion, RoundDecision, Study
from surveys.workflow.walk import Walk

MOST_IN_SIGHT = 5  # a longer list of questions that are simply asked again is folded


@dataclass(frozen=True)
class Line:
    """One item: what becomes of it, why, and what was proposed where that was something else."""

    text: Any
    code: str
    act: str
    reason: str
    proposed: str = ""
    wording: str = ""
    who: str = ""


def parts_of(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines by what becomes of the items; what is asked again, which is the most, at the end."""
    titles = {ItemAct.DROP: _("Dropped"), ItemAct.REWORD: _("Reworded"), ItemAct.ADD: _("Added"), ItemAct.CARRY: _("Asked again")}
    found = {act: [line for line in lines if line.act == act] for act in titles}
    return [{"title": titles[act], "lines": some, "is_folded": act == ItemAct.CARRY and len(some) > MOST_IN_SIGHT} for act, some in found.items() if some]


def decided_in(walk: Walk) -> list[dict[str, Any]]:
    """What opens once it is confirmed."""
    return parts_of([_line(step.decision, step.version) for step in walk.on_the_way if step.decision is not None])


def records_of(study: Study) -> list[dict[str, Any]]:
    """The opened rounds with what was decided for each, the newest first (1 query)."""
    decisions = RoundDecision.objects.filter(round__study=study).exclude(round__state="draft").select_related("round", "item", "version", "by")
    found: dict[int, list[Line]] = {}
    for decision in decisions.order_by("-round__number", "item__section__position", "item__position"):
        line = _line(decision, decision.version, who=_who(decision))
        found.setdefault(decision.round.number, []).append(line)
    return [{"number": number, "parts": parts_of(lines)} for number, lines in found.items()]


def _line(decision: RoundDecision, version: ItemVersion | None, *, who: str = "") -> Line:
    return Line(
        text=version.definition["text"] if version is not None else "", code=decision.item.code, act=decision.act,
        reason=decision.reason or _own_ground(decision), proposed=str(ItemAct(decision.proposal).label) if decision.departs else "",
        wording=wording_of(version) if version is not None and decision.act == ItemAct.REWORD else "", who=who,
    )


def _own_ground(decision: RoundDecision) -> str:
    return "" if decision.departs else str(Ground(decision.ground).label)


def wording_of(version: ItemVersion) -> str:
    """Which version it is, and whether answers to it compare with earlier ones."""
    compares, differs = _("Version %(number)s compares with earlier answers."), _("Version %(number)s does not compare with earlier answers.")
    return (compares if version.first_version_id else differs) % {"number": version.number}


def _who(decision: RoundDecision) -> str:
    way = DecisionWay(decision.way).label
    return f"{decision.by.get_full_name()}, {way}" if decision.by is not None else str(way)
