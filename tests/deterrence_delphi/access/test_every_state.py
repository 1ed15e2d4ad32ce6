"""What the owner of a study gets from each of its addresses in each of its states, as the table written by hand says."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.deterrence_delphi.access.asking import Answers, asked, is_taken, made_once, wrong
from tests.deterrence_delphi.access.expected import OF_A_STUDY
from tests.deterrence_delphi.access.scene import STATES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answers:
    with made_once(django_db_blocker) as made:
        return dict(asked(made, "owner", STATES, lambda name, method: name in OF_A_STUDY and is_taken(name, method)))


@pytest.mark.parametrize("state", STATES)
def test_pages_and_empty_forms_answer_as_the_table_says(answers: Answers, state: str) -> None:
    theirs = {question: status for question, status in answers.items() if question[1] == state}
    assert {name for _who, _state, name, _method in theirs} == set(OF_A_STUDY)
    assert wrong(theirs) == {}
