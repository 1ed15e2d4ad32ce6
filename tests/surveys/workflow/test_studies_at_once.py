"""Two who begin studies of one name in the same second: one has it, the other is told, and nobody's study is written over. Real connections."""

import pytest

from accounts.models import User
from surveys.exceptions import Refused
from surveys.models import Study, StudyMember
from surveys.workflow.drafts import create_study
from surveys.workflow.studies import import_study
from tests.factories import a_definition, a_study, a_user
from tests.surveys.workflow.test_acts_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 4


def authors() -> list[User]:
    return [a_user(email=f"{name}@example.org", may_create_studies=True) for name in ("one", "two")]


def test_of_two_who_begin_one_study_in_the_builder_one_has_it_and_the_other_is_told() -> None:
    people = authors()
    for turn in range(TURNS):
        head = {"study": f"same-{turn}", "title": {"en": "Same"}, "languages": ["en"]}
        at_once(*[lambda by=by, head=head: create_study(head, by=by) for by in people], but=(Refused,))
        assert StudyMember.objects.filter(study__slug=head["study"], role="owner").count() == 1


def test_of_two_who_upload_one_study_one_has_it_and_the_other_is_told() -> None:
    people = authors()
    for turn in range(TURNS):
        given = a_definition(study=f"same-{turn}")
        at_once(*[lambda by=by, given=given: import_study(given, by=by, may_replace=False) for by in people], but=(Refused,))
        study = Study.objects.get(slug=given["study"])
        assert list(study.members.values_list("user", flat=True)) == [study.created_by_id]
        assert study.audit_events.filter(act="import_study").count() == 1


def test_who_may_not_replace_a_study_is_refused_by_one_that_has_come_in_between() -> None:
    study = a_study()
    with pytest.raises(Refused, match="short name"):
        import_study(a_definition(title={"en": "Mine now"}), may_replace=False)
    study.refresh_from_db()
    assert study.settings["title"] != {"en": "Mine now"}
