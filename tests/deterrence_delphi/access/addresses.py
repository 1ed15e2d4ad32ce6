"""Every named address of the site, filled in for a study: what the two address lists of the apps hold, the accounts' and the site's own."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from analysis.models import PlanRun
from surveys.models import Message, Rationale, Study
from surveys.workflow.open_answers import key_of, undecided_open_answers

LIBRARIES = {"admin"}  # namespaces of which other tests ask, and …
LIBRARY_NAMES = ("account_", "mfa_", "socialaccount_", "usersessions_")  # … what the sign-in library calls its own
ITEM, LANGUAGE, ROUND = "grave", "ko", 2


Places = tuple[frozenset[str], dict[str, Any]]  # what an address wants filled in, and what its pattern says itself


def named_addresses() -> dict[str, Places]:
    """"surveys:study" → its places, as the site's own list of addresses has them."""
    return dict(_named(get_resolver().url_patterns, "", frozenset()))


def _named(patterns: Any, namespace: str, above: frozenset[str]) -> Iterator[tuple[str, Places]]:
    for pattern in patterns:
        places = above | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or ""
            if inner not in LIBRARIES:
                yield from _named(pattern.url_patterns, f"{namespace}{inner}:" if inner else namespace, places)
        elif pattern.name and not pattern.name.startswith(LIBRARY_NAMES):
            yield f"{namespace}{pattern.name}", (places, pattern.default_args)


def addresses(study: Study) -> dict[str, str]:
    """Each named address with codes and numbers that are there, where the study has such a thing."""
    return {name: address(name, study, *places) for name, places in named_addresses().items()}


def address(name: str, study: Study, places: frozenset[str], given: dict[str, Any]) -> str:
    if name == "analysis:api-unknown":
        return "/api/nothing/"
    return reverse(name, kwargs={**given, **{place: VALUES[place](study, name) for place in places - set(given)}})


def panelist(study: Study, name: str) -> int:
    return study.panelists.earliest("pk").pk


def message(study: Study, name: str) -> int:
    found = Message.objects.filter(round__study=study).first()
    return found.pk if found else 1


def reason(study: Study, name: str) -> int:
    found = Rationale.objects.filter(response__round__study=study, response__round__number=ROUND).first()
    return found.pk if found else 1


def open_answer(study: Study, name: str) -> str:
    found = undecided_open_answers().filter(response__round__study=study).first()
    return key_of(found.pk) if found else "nothing"


def code(study: Study, name: str) -> str:
    return "us" if "panels" in name else "east" if "theatres" in name else ITEM


def number(study: Study, name: str) -> int:
    """A round; results are those of the round that is released, except where a test asks for another."""
    if "plan" in name:
        return PlanRun.objects.filter(study=study).earliest("pk").pk
    return 1 if name.startswith("analysis:") or name == "surveys:expert-results" else ROUND


def part(study: Study, name: str) -> str:
    return "scales.five"


VALUES: dict[str, Callable[[Study, str], Any]] = {
    "slug": lambda study, name: study.slug,
    "number": number,
    "code": code,
    "item": lambda study, name: ITEM,
    "section": lambda study, name: "threats",
    "name": lambda study, name: "aggregates.csv" if "file" in name else "few" if "list" in name else "five",
    "act": lambda study, name: "up",
    "part": part,
    "language": lambda study, name: LANGUAGE,
    "table": lambda study, name: "aggregates",
    "token": lambda study, name: "abcdefghijklmnopqrstuvwx",
    "webhook_id": lambda study, name: 1,
    "token_id": lambda study, name: 1,
    "asked_item_id": lambda study, name: 1,
    "panelist_id": panelist,
    "message_id": message,
    "rationale_id": reason,
    "page": lambda study, name: "gaps",
    "form": lambda study, name: "html" if "report" in name else "svg",
    "key": lambda study, name: "split" if name == "analysis:chart" else open_answer(study, name),
}
