"""What the read API tells of studies, rounds and items, to whom, and in how many queries."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.enums import Role
from surveys.models import Study
from tests.factories import a_study
from tests.surveys.views.organizer.page_queries import in_round_two
from tests.surveys.views.organizer.stage import counted, opened, signed_in, somebody, staged

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return staged()


def rows(client: Client, name: str, *arguments: str, **asked: str) -> list[dict[str, object]]:
    return client.get(reverse(f"surveys:{name}", args=arguments), asked).json()["rows"]


def test_one_sees_the_studies_in_which_one_has_a_role_with_all_of_them(study: Study) -> None:
    a_study(study="hidden")
    user = somebody(study, Role.OBSERVER, Role.ANALYST)
    (row,) = rows(signed_in(user), "api-studies")
    assert (row["study"], row["roles"], row["languages"], row["simulated"]) == ("staged", ["analyst", "observer"], ["en", "ko"], False)
    assert row["title"] == {"en": "Threats across two theatres", "ko": "두 전구의 위협"}


def test_a_study_names_its_panels(study: Study) -> None:
    client = signed_in(somebody(study, Role.ANALYST))
    found = client.get(reverse("surveys:api-study", args=[study.slug])).json()
    assert [(panel["code"], panel["name"]) for panel in found["panels"]] == [
        ("us", {"en": "United States"}), ("jp", {"en": "Japan"}), ("kr", {"en": "South Korea"})]
    assert (found["theatres"], found["rules_sha256"]) == ([], "")


def test_rounds_are_told_once_they_were_opened(study: Study) -> None:
    client = signed_in(somebody(study, Role.ANALYST))
    assert rows(client, "api-rounds", study.slug) == []
    counted(study)
    opened(study)
    found = rows(client, "api-rounds", study.slug)
    assert [(row["round"], row["state"], row["closing"]) for row in found] == [(1, "released", 1), (2, "open", 0)]
    assert found[0]["closed_at"] and found[1]["closed_at"] is None


def test_items_are_told_wording_by_wording_with_their_rounds(study: Study) -> None:
    client = signed_in(somebody(study, Role.ANALYST))
    assert rows(client, "api-items", study.slug) == []
    counted(study)
    opened(study)
    grave, chance, aim = rows(client, "api-items", study.slug)
    assert (grave["item"], grave["kind"], grave["rounds"], grave["section"], grave["item_version"]) == ("grave", "rating", [1, 2], "threats", 1)
    assert grave["labels"] == {"en": ["None", "Little", "Some", "Much", "Extreme"]}
    assert chance["text"] == {"en": "A blockade lasts a week or more within five years"}
    assert [option["code"] for option in aim["options"]] == ["within", "force"]  # type: ignore[attr-defined]
    assert aim["components"] == [{"code": "", "level": "nominal", "categories": ["within", "force"]}]


def test_lists_come_in_pages(study: Study) -> None:
    opened(study)
    client = signed_in(somebody(study, Role.ANALYST))
    address, found = f"{reverse('surveys:api-items', args=[study.slug])}?limit=2", []
    while address:
        page = client.get(address).json()
        found.append([row["item"] for row in page["rows"]])
        address = page["next"]
    assert found == [["grave", "chance"], ["aim"]]


def test_no_name_pseudonym_or_address_stands_anywhere(study: Study) -> None:
    counted(study)
    client = signed_in(somebody(study, Role.OWNER))
    for name, arguments in (("api-studies", []), ("api-study", [study.slug]), ("api-rounds", [study.slug]), ("api-items", [study.slug])):
        text = client.get(reverse(f"surveys:{name}", args=arguments)).content.decode()
        assert not any(said in text for said in ("us-1", "Expert 1", "example.org", "staged.example", "Because"))


@pytest.mark.parametrize("size", [{"panels": 3}, {"panels": 8, "more": 4}, {"panels": 3, "rounds": 2}], ids=["small", "large", "rounds"])
def test_queries_do_not_grow_with_the_study(size: dict[str, int]) -> None:
    """The session with its user, the study with the roles, and one of their own."""
    study = in_round_two(**size)
    client, found = signed_in(somebody(study, Role.OWNER, email="queries@example.org")), {}
    for name, arguments in (("api-studies", []), ("api-study", [study.slug]), ("api-rounds", [study.slug]), ("api-items", [study.slug])):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"surveys:{name}", args=arguments))
        found[name] = len(captured)
    assert found == {"api-studies": 2, "api-study": 3, "api-rounds": 3, "api-items": 3}


def test_too_many_requests_in_a_minute_are_refused_for_a_while(study: Study, settings: object) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3  # type: ignore[attr-defined]
    user, other = somebody(study, Role.ANALYST), somebody(study, Role.OBSERVER)
    cache.clear()
    answers = [signed_in(user).get(reverse("surveys:api-studies")) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert signed_in(other).get(reverse("surveys:api-studies")).status_code == 200


def test_a_cache_that_is_down_closes_nothing(study: Study, settings: object) -> None:
    down = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {**settings.CACHES, "default": down}  # type: ignore[attr-defined]
    assert signed_in(somebody(study, Role.ANALYST)).get(reverse("surveys:api-studies")).status_code == 200
