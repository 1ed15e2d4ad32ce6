"""What somebody reads by following every link and opening every address that lets them in: no expert, and no figure of an open round."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from surveys.models import Study
from tests.deterrence_delphi.access.addresses import addresses
from tests.deterrence_delphi.access.asking import ask, is_taken, made_once
from tests.deterrence_delphi.access.expected import OF_A_STUDY
from tests.deterrence_delphi.access.reading import words_of
from tests.deterrence_delphi.access.scene import ROLES, TELLTALE

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|src|action|data-progress)="([^"#]+)')
EXPERT = re.compile(r"(?<![\w-])(?:us|jp|kr)-[1-5](?![\w-])|Expert [1-5] of|[a-z]{2}[1-5]@", re.IGNORECASE)  # pseudonyms, names, addresses
FIGURE = re.compile(f"{TELLTALE // 1000}[,.\u202f\u00a0 ]?{TELLTALE % 1000:03}")
REASON, OPEN_ANSWER = "Because of geography", "Mind the straits"
KNOW_EXPERTS = {"owner", "organizer"}
READ_TEXTS = KNOW_EXPERTS | {"moderator"}
UNCOUNTED = ("open", "reopened", "closed")  # the second round
Read = dict[tuple[str, str], dict[str, str]]  # who, state → address → what stands there


@pytest.fixture(scope="module")
def read(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Read:
    """Those who are not to see something are sent around: an organizer where there is something that nobody is to see."""
    sent = [*(("organizer", state) for state in UNCOUNTED), *((who, state) for who in others() for state in (*UNCOUNTED, "aggregated"))]
    with made_once(django_db_blocker) as made:
        return {(who, state): dict(found_by(made.clients[who], made.studies[state])) for who, state in sent}


def others() -> list[str]:
    return [role for role in ROLES if role not in KNOW_EXPERTS]


def found_by(client: Client, study: Study) -> Iterator[tuple[str, str]]:
    """Every page, file and answer of the API, those that refuse too, from the named addresses on, by their links; results of both rounds."""
    named = [url for name, url in addresses(study).items() if name in OF_A_STUDY and is_taken(name, "get")]
    waiting = ["/studies/", "/api/studies/", *named, *(url.replace("/results/1/", "/results/2/") for url in named if "/results/1/" in url)]
    seen = set(waiting)
    while waiting:
        url = waiting.pop()
        text = words_of(ask(client, url, "get"))
        yield url, text
        new = set(links_of(url, text, study)) - seen
        seen |= new
        waiting += sorted(new)


def links_of(url: str, text: str, study: Study) -> Iterator[str]:
    """What leads on within the study; the builder's pages, which know no answers, are taken by their addresses alone.

    A chart as PNG is a picture of the same as SVG, which is read. The report is read by its address, in one language: other forms say the same.
    """
    for link in LINK.findall(text):
        target = urljoin(url, link.replace("&amp;", "&"))
        if f"/studies/{study.slug}/" in target and "?" not in target and "/build/" not in target and "/report/" not in target and not target.endswith(".png"):
            yield target


def breaches(found: dict[str, str], forbidden: re.Pattern[str]) -> dict[str, str]:
    return {url: hit.group() for url, text in found.items() if (hit := forbidden.search(text))}


def of_role(read: Read, who: str) -> dict[str, str]:
    return {url: text for (role, _state), found in read.items() if role == who for url, text in found.items()}


@pytest.mark.parametrize("who", others())
def test_no_expert_is_named_to_those_who_do_not_manage_them(read: Read, who: str) -> None:
    assert breaches(of_role(read, who), EXPERT) == {}


@pytest.mark.parametrize("who", sorted({*others()} - READ_TEXTS))
def test_what_experts_wrote_is_read_by_none_but_moderators(read: Read, who: str) -> None:
    """None of it was let through yet."""
    assert breaches(of_role(read, who), re.compile(f"{REASON}|{OPEN_ANSWER}")) == {}


@pytest.mark.parametrize("state", UNCOUNTED)
@pytest.mark.parametrize("who", ["organizer", *others()])
def test_no_figure_of_a_round_that_is_open_or_reopened_or_not_counted_is_shown(read: Read, who: str, state: str) -> None:
    assert breaches(read[who, state], FIGURE) == {}


@pytest.mark.parametrize("who", ["moderator", "translator", "observer"])
def test_no_figure_at_all_is_shown_to_those_who_do_not_analyse(read: Read, who: str) -> None:
    assert breaches(of_role(read, who), FIGURE) == {}


def test_who_may_see_it_does_find_it(read: Read) -> None:
    """Else the tests above would look for something that is nowhere."""
    organizer = of_role(read, "organizer")
    assert len({hit.lower() for hit in breaches(organizer, EXPERT).values()}) >= 1
    assert any("/experts/" in url for url in breaches(organizer, EXPERT))
    assert any("/reasons/" in url for url in breaches(of_role(read, "moderator"), re.compile(REASON)))
    assert any("/reasons/" in url for url in breaches(of_role(read, "moderator"), re.compile(OPEN_ANSWER)))
    shown = breaches(read["analyst", "aggregated"], FIGURE)
    assert any("/results/2/" in url for url in shown)
    assert any(url.endswith("aggregates.csv") for url in shown)
    assert any(url.startswith("/api/") for url in shown)


def test_the_archive_was_looked_into(read: Read) -> None:
    archive = read["analyst", "aggregated"]["/studies/is-aggregated/files/archive.zip"]
    assert FIGURE.search(archive) and "SHA256SUMS" not in archive[:20]
