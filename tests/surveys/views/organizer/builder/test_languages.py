"""The builder's own pages speak the chosen language throughout; a study's texts come in it where they have it."""

import pytest
from django.test import Client

from accounts.models import User
from surveys.studyfile.bundled import bundled_study
from surveys.studyfile.editing import with_item_copied, without_item
from surveys.workflow.drafts import create_study, edit_draft, undo
from tests.surveys.views.organizer.stage import signed_in, somebody
from tests.translations.reading import english_left_in, visible_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A draft with a copied question, one that waits for a text, and a step that was undone."""
    client = signed_in(somebody(email="author@example.org", may_create_studies=True))
    author = User.objects.get()
    study = create_study({**bundled_study("every-kind"), "study": "mine"}, by=author)
    edit_draft(study, "item-copied", lambda definition: with_item_copied(definition, "linked")[0], subject="linked", by=author)
    edit_draft(study, "item-removed", lambda definition: without_item(definition, "linked"), subject="linked", by=author)
    undo(study)
    return client


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_page_of_the_frame(client: Client, language: str) -> None:
    client.post("/language/", {"language": language, "next": "/"})
    left = {}
    for path in ("/studies/new/start/", *(f"/studies/mine/build/{name}" for name in (
            "", "sections/alliance/", "add-section/", "sections/alliance/kinds/", "history/", "file/", "preview/", f"preview/frame/?language={language}"))):
        html = client.get(path).content.decode()
        assert visible_texts(html).language == language
        left[path] = english_left_in(html)
    assert {path: found for path, found in left.items() if found} == {}
