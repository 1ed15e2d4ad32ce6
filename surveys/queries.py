"""Reads with two or more callers. Each says how many queries it takes and what comes back."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce

from surveys.enums import PanelistState, ResponseState
from surveys.models import Answer, AskedItem, Invitation, ItemVersion, Panel, Panelist, Response, Round, Study


def definition_of(study: Study) -> dict[str, Any]:
    """The study as its file gives it (4 queries, 5 with theatres): the same, after parsing, as the file it was imported from."""
    definition = dict(study.settings)
    theatres = [_named(theatre) for theatre in study.theatres.all()]
    of_panel: dict[int, list[str]] = defaultdict(list)
    if theatres:
        definition["theatres"] = theatres
        for panel_id, code in Panel.theatres.through.objects.filter(panel__study=study).order_by("pk").values_list("panel_id", "theatre__code"):
            of_panel[panel_id].append(code)  # in the order of the file, in which they were written
    definition["panels"] = [_panel(panel, of_panel[panel.pk]) for panel in study.panels.all()]
    newest = {version.item_id: version for version in ItemVersion.objects.filter(item__study=study).select_related("item").order_by("number")}
    items: dict[int, list[Any]] = defaultdict(list)
    for version in sorted(newest.values(), key=lambda version: version.item.position):
        items[version.item.section_id].append(version.definition)
    definition["questionnaire"] = [
        {"section": section.code, "title": section.title, "items": items[section.pk]}
        for section in study.sections.all()
    ]
    return definition


def _named(thing: Any) -> dict[str, Any]:
    return {"code": thing.code, "name": thing.name}


def _panel(panel: Panel, theatres: list[str]) -> dict[str, Any]:
    return {**_named(panel), **({"theatres": theatres} if theatres else {})}


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
    """Per panel: invited, submitted, started, silent: counts of responses, never of answers (2 queries).

    People who declined or withdrew are not counted. Returns dicts with panel, invited, submitted, started, silent.
    """
    counted = (
        Invitation.objects.filter(round=study_round, panelist__state__in=[PanelistState.INVITED, PanelistState.ACTIVE])
        .annotate(response=FilteredRelation("panelist__responses", condition=Q(panelist__responses__round=study_round)))
        .values("panelist__panel")
        .annotate(
            invited=Count("pk"),
            submitted=Count("response", filter=Q(response__state=ResponseState.SUBMITTED)),
            started=Count("response", filter=Q(response__state=ResponseState.DRAFT)),
        )
    )
    rows = {row["panelist__panel"]: row for row in counted}
    found = []
    for panel in study_round.study.panels.all():
        row = rows.get(panel.pk, {"invited": 0, "submitted": 0, "started": 0})
        counts = {name: row[name] for name in ("invited", "submitted", "started")}
        found.append({"panel": panel, **counts, "silent": counts["invited"] - counts["submitted"] - counts["started"]})
    return found


def latest_round(study: Study) -> Round | None:
    return study.rounds.order_by("-number").first()
