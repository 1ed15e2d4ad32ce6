"""How many queries a page of the builder takes, literally, session and roles among them; more questions cost no query more."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study
from surveys.studyfile.editing import with_section
from surveys.workflow.drafts import edit_draft
from tests.surveys.views.organizer.stage import DEFINITION, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db
PAGES: dict[str, list[Any]] = {
    "build": [], "build-section": ["threats"], "build-section-new": [], "build-kinds": ["threats"], "build-file": [], "build-download": [],
    "build-preview": [], "build-preview-frame": [], "build-history": [],
}
MORE = {"build-history": 1}


def with_items(count: int) -> dict[str, Any]:
    items = [{"code": f"item-{number}", "kind": "text", "text": {"en": "What?"}} for number in range(count)]
    return {"questionnaire": [*DEFINITION["questionnaire"], {"section": "more", "title": {"en": "More"}, "items": items}]}


def queries_of(study: Study) -> dict[str, int]:
    client, found = signed_in(somebody(study, Role.OWNER)), {}
    for name, arguments in PAGES.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"surveys:{name}", args=[study.slug, *arguments])).status_code == 200
        found[name] = len(captured)
    return found


@pytest.mark.parametrize("count", [1, 20])
def test_a_draft_takes_five(count: int) -> None:
    study = staged(**with_items(count))
    edit_draft(study, "section-added", lambda definition: with_section(definition, {"section": "empty"}))
    assert queries_of(study) == {name: 5 + MORE.get(name, 0) for name in PAGES}


def test_a_study_that_has_begun_is_read_from_its_own_tables() -> None:
    study = staged()
    opened(study)
    assert queries_of(study) == {name: 5 + MORE.get(name, 0) for name in PAGES}
