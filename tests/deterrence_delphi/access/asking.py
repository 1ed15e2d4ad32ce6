"""Asking every address as somebody, and what each answered."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.deterrence_delphi.access.addresses import addresses
from tests.deterrence_delphi.access.expected import ALWAYS_200, ALWAYS_422, EMPTY_FORMS, OF_A_STUDY, OF_EXPERTS, OF_THE_SITE, PAGES, STATES
from tests.deterrence_delphi.access.scene import ROLES, Scene, scene, undone

Question = tuple[str, str, str, str]  # who, state of the study, name of the address, method
Answers = dict[Question, int]
METHODS = {**{name: methods for name, (methods, _roles) in OF_A_STUDY.items()}, **{name: methods for name, (methods, _status) in OF_EXPERTS.items()},
           **{name: methods for name, (methods, *_statuses) in OF_THE_SITE.items()}}
ANYBODY = (*ROLES, "stranger", "operator", "signed out")


def asked(made: Scene, who: str, states: Iterable[str], chosen: Callable[[str, str], bool]) -> Iterator[tuple[Question, int]]:
    """The answers to what was chosen by name and method; nothing that a form does lasts."""
    for state in states:
        for name, url in addresses(made.studies[state]).items():
            for method in ("get", "post"):
                if chosen(name, method):
                    with undone() if method == "post" and gets_in(who, name) else nullcontext():
                        yield (who, state, name, method), ask(made.clients[who], url, method).status_code


@contextmanager
def made_once(blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The scene, for a fixture that asks everything at once; thousands of refusals need not be logged."""
    logging.disable(logging.WARNING)
    try:
        with blocker.unblock(), transaction.atomic():
            yield scene()
            transaction.set_rollback(True)
    finally:
        logging.disable(logging.NOTSET)


def ask(client: Client, url: str, method: str) -> HttpResponseBase:
    return client.post(url) if method == "post" else client.get(url)


def is_taken(name: str, method: str) -> bool:
    """Is the address asked in this way at all? Those that the table does not know are not asked: another test names them."""
    return method in METHODS.get(name, ())


def acts(name: str, method: str) -> bool:
    """The one way that matters most: a form where there is one, else the page."""
    return is_taken(name, method) and method == METHODS[name][-1]


def gets_in(who: str, name: str) -> bool:
    return name in OF_A_STUDY and who in OF_A_STUDY[name][1]


def expected(question: Question) -> int:
    who, state, name, method = question
    if name in OF_EXPERTS:
        return OF_EXPERTS[name][1]
    if name in OF_THE_SITE:
        return of_the_site(who, name, method)
    if who == "signed out":
        return 401 if ":api-" in name else 302
    if who not in ROLES:
        return 404
    return of_the_study(state, name, method) if gets_in(who, name) else 403


def of_the_study(state: str, name: str, method: str) -> int:
    known, otherwise = (PAGES, ALWAYS_200) if method == "get" else (EMPTY_FORMS, ALWAYS_422)
    return known.get(name, otherwise)[STATES.index(state)]


def of_the_site(who: str, name: str, method: str) -> int:
    _methods, member, operator, outside = OF_THE_SITE[name]
    status = outside if who == "signed out" else operator if who == "operator" else member
    return 422 if method == "post" and status == 200 else status


def wrong(answers: Answers) -> dict[Question, tuple[int, int]]:
    """question → (what was answered, what should be), where they differ."""
    return {question: (status, expected(question)) for question, status in answers.items() if status != expected(question)}
