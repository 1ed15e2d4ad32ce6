"""How many queries a page takes, literally; one thing more on a list costs no query more.

Each number counts session and user as well: two of them.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study, StudyMember
from surveys.workflow.decisions import decide_item
from surveys.workflow.invitations import queue_messages
from surveys.workflow.panels import import_panel
from tests.surveys.views.organizer.stage import DEFINITION, answered, counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db

PAGES: dict[str, tuple[int, list[Any]]] = {
    "surveys:study": (7, []),
    "surveys:experts": (7, []),
    "surveys:record": (7, []),
    "surveys:messages": (7, [2]),
    "surveys:reasons": (6, [2]),
    "surveys:round-close": (8, [2]),
    "surveys:item-reword": (6, ["grave"]),
    "surveys:item-add": (5, []),
    "surveys:item-whole": (6, ["grave"]),
    "surveys:shared-texts": (11, []),
    "surveys:shared-text": (10, ["scales.five"]),
    "surveys:corrections": (5, [2]),
    "surveys:text-correct": (5, [2, "grave"]),
    "surveys:invitations": (6, [2]),
    "analysis:results": (5, [1]),
    "analysis:item-results": (7, [1, "grave"]),
    "analysis:files": (4, []),
    "analysis:api-progress": (6, []),
    "analysis:api-aggregates": (5, []),
}


def a_study_with(panelists: int, slug: str = "staged") -> Study:
    study = staged(study=slug)
    counted(study)
    codes = "\n".join(f"more-{slug}-{n},us,more{n}@{slug}.example" for n in range(panelists))
    import_panel(study, f"panelist,panel,email\n{codes}")
    second = opened(study)
    answered(second)
    queue_messages(second, "invitation")
    return study


@pytest.mark.parametrize("panelists", [1, 3])
def test_a_page_takes_so_many_queries_whatever_is_on_it(panelists: int) -> None:
    study = a_study_with(panelists)
    client = signed_in(somebody(study, Role.OWNER))
    assert {name: queries_of(client, reverse(name, args=[study.slug, *arguments])) for name, (_number, arguments) in PAGES.items()} == {
        name: number for name, (number, _arguments) in PAGES.items()
    }


def queries_of(client: Client, url: str) -> int:
    """Of the second look: the first one also remembers that the figures were seen."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("studies", [1, 3])
def test_the_list_of_studies_takes_four_queries(studies: int, django_assert_num_queries: Callable[..., Any]) -> None:
    user = somebody()
    for number in range(studies):
        study = staged(study=f"staged-{number}")
        StudyMember.objects.create(study=study, user=user, role=Role.OWNER)
        opened(study)
    client: Client = signed_in(user)
    with django_assert_num_queries(4):
        assert client.get(reverse("surveys:study-list")).status_code == 200


@pytest.mark.parametrize("items", [3, 9])
def test_the_walk_to_the_next_round_takes_as_many_queries_whatever_it_asks(items: int) -> None:
    """Session and user, the role, rounds, items with versions, what was asked and came out, decisions; verdicts, and whether they were seen: nine."""
    more = [{"code": f"more-{n}", "kind": "text", "text": {"en": f"What else ({n})?"}} for n in range(items - 3)]
    study = staged(questionnaire=[*DEFINITION["questionnaire"], *([{"section": "more", "title": {"en": "More"}, "items": more}] if more else [])])
    counted(study)
    client = signed_in(somebody(study, Role.OWNER))
    decide_item(study, "grave", "carry")
    assert queries_of(client, reverse("surveys:round-open", args=[study.slug])) == 9
    assert queries_of(client, reverse("surveys:round-decide", args=[study.slug, "grave"])) == 9
