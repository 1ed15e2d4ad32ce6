"""A study with an item of every kind, and experts who came in through their links."""

from typing import Any

from django.test import Client

from surveys.models import Panelist, Round, Study
from surveys.workflow.invitations import issue_link
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, by_panel, run_round

ITEMS: list[dict[str, Any]] = [
    {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave is it?", "ko": "얼마나 심각합니까?"}, "rationale": "outside_middle"},
    {"code": "likely", "kind": "probability", "text": {"en": "How likely is it?"}, "confidence": True, "expertise": True, "rationale": "optional"},
    {"code": "days", "kind": "number", "text": {"en": "How many days?"}, "unit": {"en": "days"}, "minimum": 0, "maximum": 365, "decimals": 0},
]
MORE: list[dict[str, Any]] = [
    {"code": "way", "kind": "choice", "text": {"en": "Which way?"}, "rationale": "required", "cannot_judge": False,
     "options": [{"code": "force", "text": {"en": "By force"}}, {"code": "law", "text": {"en": "By law"}}]},
    {"code": "next", "kind": "text", "text": {"en": "What should we ask next?"}},
]
CONSENT = {"version": 1, "text": {"en": "I take part of my own will."}}


def a_full_study(**changes: Any) -> Study:
    """Two sections, five items, consent, three panels."""
    definition = a_definition(
        languages=["en", "ko"], consent=CONSENT, perspective={"en": "Answer for yourself."}, time_zone="Asia/Seoul",
        questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": ITEMS}, {"section": "more", "title": {"en": "More"}, "items": MORE}],
    )
    return a_study({key: value for key, value in {**definition, **changes}.items() if value is not None})


def an_open_round(**changes: Any) -> tuple[Study, Round, list[Panelist]]:
    """Round 1 of the full study, with six experts in each of three panels."""
    study = a_full_study(**changes)
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    return study, open_round(study, 1), experts


def a_second_round(**changes: Any) -> tuple[Study, Round, list[Panelist]]:
    """Round 2, after a round 1 in which everybody answered the first item and us-1 said 1."""
    study = a_full_study(**changes)
    experts = add_experts(study, {"us": 6, "jp": 6, "kr": 6})
    run_round(study, 1, by_panel("grave", {"us": [1, 2, 3, 3, 4, 5], "jp": [2, 3, 3, 3, 4, 4], "kr": [2, 2, 3, 3, 4, 4]}))
    return study, open_round(study, 2), experts


def enter(client: Client, panelist: Panelist, *, consents: bool = True) -> str:
    """Come in through a fresh personal link; returns the study's address."""
    client.post(f"/i/{issue_link(panelist)}/")
    home = f"/s/{panelist.study.slug}/"
    if consents and "consent" in panelist.study.settings:
        client.post(f"{home}consent/", {"agree": "yes"})
    return home


def asked_ids(study_round: Round) -> dict[str, int]:
    """Item code → asked item id."""
    return dict(study_round.asked_items.values_list("item_version__item__code", "pk"))


def save(client: Client, home: str, asked_item_id: int, **body: Any) -> Any:
    """An autosave, as our script sends it."""
    return client.post(f"{home}answers/{asked_item_id}/", body, content_type="application/json", headers={"Accept": "application/json"})
