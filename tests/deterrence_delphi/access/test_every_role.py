"""Every address, for every role, for strangers, operators and who is not signed in, in every state of a study: as the table written by hand says."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.deterrence_delphi.access.addresses import named_addresses
from tests.deterrence_delphi.access.asking import ANYBODY, METHODS, Answers, acts, asked, gets_in, is_taken, made_once, wrong
from tests.deterrence_delphi.access.expected import OF_A_STUDY, OF_EXPERTS, OF_THE_SITE, RUN
from tests.deterrence_delphi.access.scene import ROLES, STATES

pytestmark = pytest.mark.django_db
ONE = "aggregated"


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answers:
    """Asked once. In one state everything. In the others the form, or the page where there is none, of what is not theirs, and what few
    things the smaller roles may do; who has no role is told apart before the state is known. Owners' other states: test_every_state.py."""
    found: Answers = {}
    with made_once(django_db_blocker) as made:
        for who in ANYBODY:
            found.update(asked(made, who, [ONE], is_taken))
            states = states_of(who) - {ONE}
            found.update(asked(made, who, states, lambda name, method, who=who: name in OF_A_STUDY and acts(name, method) and not gets_in(who, name)))
            if who not in RUN:
                found.update(asked(made, who, states, lambda name, method, who=who: is_taken(name, method) and gets_in(who, name)))
        found.update(asked(made, "owner", [ONE], lambda name, method: name in METHODS and not is_taken(name, method)))
    return found


def states_of(who: str) -> set[str]:
    return set(STATES) if who in ROLES and who != "owner" else {ONE, "draft"}


def test_the_table_names_every_address_of_the_site() -> None:
    """A new page belongs into the table: nobody forgets to say who may open it."""
    assert set(named_addresses()) == {*OF_A_STUDY, *OF_EXPERTS, *OF_THE_SITE}


@pytest.mark.parametrize("who", ANYBODY)
def test_somebody_opens_what_the_table_says_and_nothing_else(answers: Answers, who: str) -> None:
    theirs = {question: status for question, status in answers.items() if question[0] == who and question[3] in METHODS[question[2]]}
    assert {question[1] for question in theirs} == (states_of(who) if who != "owner" else {ONE})
    assert wrong(theirs) == {}


def test_no_address_is_asked_in_a_way_that_it_does_not_take(answers: Answers) -> None:
    others = {question: status for question, status in answers.items() if question[3] not in METHODS[question[2]]}
    assert others and set(others.values()) == {405}


def test_every_role_opens_something_that_another_does_not() -> None:
    """Two roles of which one may all that the other may are the owner and the organizer alone."""
    opens = {role: {name for name, (_methods, roles) in OF_A_STUDY.items() if role in roles} for role in ROLES}
    assert len({frozenset(names) for names in opens.values()}) == len(ROLES)
