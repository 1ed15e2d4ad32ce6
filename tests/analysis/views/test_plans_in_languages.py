"""The planner speaks the reader's language: form, waiting page, result, and every sentence that a plan may come to."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import request_plan
from analysis.planning.result import CallPoint, GapPoint, PlanResult, ShapeResult, Share
from analysis.planning.sentences import lead, of_ten
from surveys.models import Study
from tests.surveys.views.organizer.stage import organizer_of, planned, staged
from tests.translations.reading import english_left_in, visible_texts

pytestmark = pytest.mark.django_db
LANGUAGES = ("ko", "ja")
RARELY, MOSTLY = Share(3, 10, 0.1, 0.6), Share(9, 10, 0.6, 0.98)


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def read(client: Client, path: str, language: str) -> str:
    client.post("/language/", {"language": language, "next": path})
    return client.get(path).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_a_finished_plan(study: Study, client: Client, language: str) -> None:
    plan = planned(study)
    for path in (reverse("analysis:plans", args=[study.slug]), reverse("analysis:plan", args=[study.slug, plan.pk])):
        page = read(client, path, language)
        assert visible_texts(page).language == language
        assert english_left_in(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["queued", "running", "failed"])
def test_a_plan_that_is_not_there_yet(study: Study, client: Client, language: str, state: str) -> None:
    plan, _new = request_plan(study, PlanParameters(), by=None)
    type(plan).objects.update(state=state, attempts=2, steps_done=1, steps_total=9)
    assert english_left_in(read(client, reverse("analysis:plan", args=[study.slug, plan.pk]), language)) == []


@pytest.mark.parametrize(("language", "first"), [
    ("en", "With 12 experts per ally, a gap of 1 point is seen in at least 8 of 10 studies."),
    ("ko", "동맹국당 전문가가 12명이면 1점의 격차가 조사 10건 중 8건 이상에서 확인됩니다."),
    ("ja", "同盟国ごとに専門家が12人いれば、1点の隔たりが調査10件中8件以上で確認されます。"),
])
def test_the_headline_reads_well(language: str, first: str) -> None:
    with translation.override(language):
        assert lead(found(MOSTLY), 0.8)[0] == first


@pytest.mark.parametrize(("language", "first"), [
    ("en", "Even with 12 experts per ally, a gap of 1 point is seen in only 3 of 10 studies."),
    ("ko", "동맹국당 전문가가 12명이어도 1점의 격차는 조사 10건 중 3건에서만 확인됩니다."),
    ("ja", "同盟国ごとに専門家が12人いても、1点の隔たりが確認される調査は10件中3件にとどまります。"),
])
def test_what_is_not_reached_reads_well(language: str, first: str) -> None:
    with translation.override(language):
        assert lead(found(RARELY), 0.8)[0] == first


def found(seen: Share) -> PlanResult:
    shape = ShapeResult("ordinal", 5, 1, 5, None, ("grave",), 1, 1.0, "points", 0.5, (GapPoint(12, MOSTLY, seen, seen),),
                        (CallPoint(12, seen, None, None),), (CallPoint(12, seen, None, None),))
    return PlanResult(5, 3, 6, 1, (12,), (RARELY,), (shape,))


@pytest.mark.parametrize(("share", "said"), [
    (0.8, "8 of 10"), (0.7996, "79 of 100"), (0.83, "83 of 100"), (0.29, "29 of 100"), (1.0, "100 of 100"), (0.0, "0 of 100"),
])
def test_a_chance_is_said_as_people_say_it_and_never_too_high(share: float, said: str) -> None:
    assert of_ten(share) == said
