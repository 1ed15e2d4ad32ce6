"""Studies large and small, and how many queries each of their pages takes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, reverse

from surveys.enums import Role
from surveys.models import Round, Study
from surveys.workflow.decisions import accept_proposals
from surveys.workflow.invitations import queue_messages
from surveys.workflow.panels import import_panel
from tests.factories import count, questions
from tests.surveys.views.organizer.stage import DEFINITION, answer, counted, opened, planned, signed_in, somebody, staged

NOT_NOW = (200, 302, 404)  # what pages answer that are not there in every state of a study
MOST = 6  # the user with the session, the study with the user's roles, and four of the page's own
EIGHT = ("us", "jp", "kr", "au", "uk", "pl", "de", "fr")
Address = tuple[int, list[Any] | Callable[[Study], list[Any]], str]  # queries, what the address names after the study, what follows "?"


def named_pages(patterns: Iterable[URLPattern | URLResolver]) -> set[str]:
    """The names of all addresses, those of included files too."""
    found: set[str] = set()
    for pattern in patterns:
        found |= named_pages(pattern.url_patterns) if isinstance(pattern, URLResolver) else {str(pattern.name)}
    return found


def definition_of_size(panels: int, more: int) -> dict[str, Any]:
    """Panels in two theatres, a list of options, a question that waits for another, and so many more questions."""
    places = [{"code": code, "name": {"en": code.title()}} for code in ("europe", "pacific")]
    groups = [{"code": code, "name": {"en": code.upper()}, "theatres": [places[n % 2]["code"]]} for n, code in enumerate(EIGHT[:panels])]
    steps = [{"code": code, "text": {"en": code.title()}} for code in ("one", "two")]
    asked = [{"code": "which", "kind": "choices", "options": "steps", "text": {"en": "Which?"}},
             {"code": "why", "kind": "text", "text": {"en": "Why so grave?"}, "shown_if": {"item": "grave", "at_least": 3}},
             *({"code": f"more-{n}", "kind": "text", "text": {"en": f"What else ({n})?"}} for n in range(more))]
    questionnaire = [*DEFINITION["questionnaire"], {"section": "means", "title": {"en": "Means"}, "items": asked}]
    return {"theatres": places, "panels": groups, "option_lists": {"steps": steps}, "questionnaire": questionnaire, "rounds": {"maximum": 5}}


def being_written(panels: int = 8, more: int = 1) -> Study:
    study = staged(**definition_of_size(panels, more))
    planned(study)
    return study


def in_round_two(panels: int = 8, more: int = 1, rounds: int = 1) -> Study:
    """Open after so many counted rounds; everybody has answered, every second has submitted; invitations are on their way."""
    study = being_written(panels, more)
    for _round in range(rounds):
        counted(study)
    import_panel(study, "panelist,panel,email\n" + "\n".join(f"more-{n},us,more{n}@staged.example" for n in range(more)))
    begun(study)
    return study


def begun(study: Study) -> Round:
    latest = opened(study)
    asked = {code: question for code, question in questions(latest).items() if code in ("grave", "chance", "aim")}
    for place, panelist in enumerate(study.panelists.select_related("panel").order_by("pk")):
        answer(panelist, latest, asked, place, reason=f"Because {place}", submit=bool(place % 2))
    queue_messages(latest, "invitation")
    return latest


def before_round_three(panels: int = 8, more: int = 1) -> Study:
    """Counted, and every question of the next round decided on."""
    study = in_round_two(panels, more)
    count(study.rounds.get(number=2))
    accept_proposals(study)
    return study


def queries_of(study: Study, namespace: str, pages: Mapping[str, Address], *, answers: Collection[int] = (200,)) -> dict[str, int]:
    """Of the first look; of the second where the first one writes (the walk to the next round keeps what it proposes).

    `answers`: the status codes that are right.
    """
    client = signed_in(somebody(study, Role.OWNER, email=f"owner@{study.slug}.example", may_create_studies=True))
    return {name: _queries(client, _url(study, f"{namespace}:{name}", page), answers) for name, page in pages.items()}


def _url(study: Study, name: str, page: Address) -> str:
    _number, more, query = page
    arguments = more(study) if callable(more) else [study.slug, *more]
    return reverse(name, args=arguments) + query


def _queries(client: Client, url: str, answers: Collection[int]) -> int:
    first = _counted(client, url, answers)
    return first if first <= MOST else _counted(client, url, answers)


def _counted(client: Client, url: str, answers: Collection[int]) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code in answers, url
    return len(captured)
