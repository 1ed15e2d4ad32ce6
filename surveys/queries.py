"""Reads with two or more callers. Each says how many queries it takes and what comes back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from surveys.enums import PanelistState, ResponseState, RoundState
from surveys.models import Answer, AskedItem, ItemVersion, Panel, Panelist, Response, Round, Study


@dataclass(frozen=True)
class Groups:
    """Theatres and panels as the study file gives them, each in its order."""

    theatres: list[dict[str, Any]]
    panels: list[dict[str, Any]]


def groups_of(study: Study) -> Groups:
    """1 query."""
    members = Panel.theatres.through.objects.filter(panel__study=study)
    said = members.values_list(Value("member"), "pk", "panel__code", "panel__name", "theatre__code").order_by()
    for kind, rows in (("panel", study.panels), ("theatre", study.theatres)):
        said = said.union(rows.order_by().values_list(Value(kind), "position", "code", "name", Value("")), all=True)
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, _position, *row in sorted(said, key=lambda row: row[:2]):  # members in the order of the file, in which they were written
        found[kind].append(row)
    of_panel = {code: [theatre for panel, _name, theatre in found["member"] if panel == code] for code, _name, _theatre in found["panel"]}
    panels = [{"code": code, "name": name, **({"theatres": of_panel[code]} if of_panel[code] else {})} for code, name, _theatre in found["panel"]]
    return Groups([{"code": code, "name": name} for code, name, _theatre in found["theatre"]], panels)


def versions_of(study: Study, **only: Any) -> list[ItemVersion]:
    """All versions of all items (or of those that `only` names), in the questionnaire's order and by number (1 query).

    Each with `was_asked`, by a round that was opened, `is_asked`, by the one that is open, and the `open_number` of that, None without.
    """
    asked = AskedItem.objects.filter(item_version=OuterRef("pk"))
    marks: dict[str, Any] = {
        "was_asked": Exists(asked.exclude(round__state=RoundState.DRAFT)), "is_asked": Exists(asked.filter(round__state=RoundState.OPEN)),
        "open_number": Subquery(Round.objects.filter(study=study, state=RoundState.OPEN).values("number")),
    }
    versions = ItemVersion.objects.filter(item__study=study, **only).select_related("item__section", "first_version").annotate(**marks)
    return list(versions.order_by("item__section__position", "item__position", "number"))


def newest_of(versions: Iterable[ItemVersion]) -> list[ItemVersion]:
    """Of each item the version that the next round asks."""
    return list({version.item_id: version for version in versions}.values())


def definition_of(study: Study, versions: Sequence[ItemVersion] | None = None) -> dict[str, Any]:
    """The study as its file gives it: the same, after parsing, as the file it was imported from.

    2 queries; 1 with the `versions` at hand. A section has at least one item: that is checked before a study is written.
    """
    definition, groups = dict(study.settings), groups_of(study)
    if groups.theatres:
        definition["theatres"] = groups.theatres
    definition["panels"] = groups.panels
    sections: dict[int, dict[str, Any]] = {}
    for version in newest_of(versions_of(study) if versions is None else versions):
        section = version.item.section
        sections.setdefault(section.pk, {"section": section.code, "title": section.title, "items": []})["items"].append(version.definition)
    definition["questionnaire"] = list(sections.values())
    return definition


def panelists_taking_part(study: Study) -> Any:
    """Panelists who neither declined nor withdrew."""
    return Panelist.objects.filter(study=study, state__in=[PanelistState.INVITED, PanelistState.ACTIVE])


def asked_items(study_round: Round) -> list[AskedItem]:
    """The round's questionnaire in its order, with versions, items and sections (1 query)."""
    return list(study_round.asked_items.select_related("item_version__item__section", "item_version__first_version").order_by("position"))


def responses_that_count(study_round: Round) -> Any:
    """The responses that closing counted: submitted ones (closing submits drafts with answers, unless the study leaves them out)."""
    return Response.objects.filter(round=study_round, state=ResponseState.SUBMITTED)


GIVEN = Q(cannot_judge=True) | Q(value__isnull=False, is_complete=True)  # answers that count; an unfinished one is missing
# Of answers and reasons: not to an item for practice. Said as two cases, because a key that is absent is neither equal nor unequal.
EVALUATED = Q(asked_item__item_version__definition__practice__isnull=True) | Q(asked_item__item_version__definition__practice=False)
LINE = Coalesce("asked_item__item_version__first_version_id", "asked_item__item_version_id")  # ItemVersion.line_id, in SQL


def has_answers() -> Exists:
    """A filter for responses with at least one saved answer to an item that is evaluated; practice alone is no response."""
    return Exists(Answer.objects.filter(GIVEN, EVALUATED, response=OuterRef("pk")))


def progress_by_panel(study_round: Round) -> list[dict[str, Any]]:
    """Per panel: invited, submitted, started, silent: counts of responses, never of answers (1 query).

    People who declined or withdrew are not counted. Returns dicts with panel, invited, submitted, started, silent.
    """
    taking_part = Q(panelists__state__in=[PanelistState.INVITED, PanelistState.ACTIVE])
    invited = FilteredRelation("panelists__invitations", condition=Q(panelists__invitations__round=study_round))
    response = FilteredRelation("panelists__responses", condition=Q(panelists__responses__round=study_round))
    panels = study_round.study.panels.annotate(invitation=invited, response=response).annotate(
        invited=Count("invitation", filter=taking_part),
        submitted=Count("invitation", filter=taking_part & Q(response__state=ResponseState.SUBMITTED)),
        started=Count("invitation", filter=taking_part & Q(response__state=ResponseState.DRAFT)),
    ).order_by("position")  # a query that counts forgets the model's own order
    found = []
    for panel in panels:
        counts = {name: getattr(panel, name) for name in ("invited", "submitted", "started")}
        found.append({"panel": panel, **counts, "silent": counts["invited"] - counts["submitted"] - counts["started"]})
    return found


def number_in_round(responses: Any) -> Coalesce:
    """For a query of rounds: how many of these responses are each one's."""
    return Coalesce(Subquery(responses.filter(round=OuterRef("pk")).order_by().values("round").annotate(n=Count("pk")).values("n")), 0)


def latest_round(study: Study) -> Round | None:
    return study.rounds.order_by("-number").first()
