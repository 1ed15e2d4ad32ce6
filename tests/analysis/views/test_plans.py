"""The planner's pages: a form, a page that waits, a page that tells; without JavaScript, for those who run the study."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from analysis.models import PlanRun
from analysis.planning.parameters import PlanParameters
from analysis.planning.plan_runs import request_plan
from analysis.planning.plan_worker import run_plan
from surveys.models import Study
from tests.surveys.views.organizer.stage import organizer_of, staged

pytestmark = pytest.mark.django_db
ASKED = {
    "experts": "6, 30", "measure": "own_units", "gap_points": "1.5", "gap_probability": "20", "gap_delta": "0.474", "spread": "0.15", "power": "0.8",
    "attrition": "10", "in_round": "2", "cannot_judge": "3", "pairs": "1", "runs": "500", "seed": "1",
}


@pytest.fixture
def study() -> Study:
    return staged()


@pytest.fixture
def client(study: Study) -> Client:
    return organizer_of(study)


def address(study: Study) -> str:
    return reverse("analysis:plans", args=[study.slug])


def done(study: Study, **changes: object) -> PlanRun:
    plan, _new = request_plan(study, PlanParameters(**{"experts": (6, 30), "runs": 500, "gap_points": 1.5, "spread": 0.15, **changes}), by=None)  # type: ignore[arg-type]
    assert run_plan(plan.pk)
    plan.refresh_from_db()
    return plan


def shown(client: Client, plan: PlanRun) -> str:
    return client.get(reverse("analysis:plan", args=[plan.study.slug, plan.pk])).content.decode()


def test_a_draft_study_can_be_planned_from_its_page(study: Study, client: Client) -> None:
    assert address(study) in client.get(reverse("surveys:study", args=[study.slug])).content.decode()
    page = client.get(address(study)).content.decode()
    assert "4, 6, 8, 10, 12, 14, 17, 20, 25, 30" in page
    assert "Every two allies: 3 pairs" in page
    assert "How grave is a blockade for your country?" in page


def test_asking_leads_to_a_page_that_looks_again_by_itself(study: Study, client: Client) -> None:
    answer = client.post(address(study), ASKED, follow=True)
    plan = PlanRun.objects.get()
    assert answer.redirect_chain == [(reverse("analysis:plan", args=[study.slug, plan.pk]), 302)]
    assert answer["Refresh"] == "4"
    assert "Waiting for a worker" in answer.content.decode()
    assert plan.requested_by is not None
    assert PlanParameters.from_json(plan.parameters) == PlanParameters(
        experts=(6, 30), gap_points=1.5, spread=0.15, attrition=0.1, cannot_judge=0.03, runs=500)


def test_a_plan_in_the_works_shows_how_far_it_is(study: Study, client: Client) -> None:
    plan, _new = request_plan(study, PlanParameters(), by=None)
    PlanRun.objects.update(state="running", steps_done=3, steps_total=12, attempts=2, heartbeat_at=timezone.now())
    text = shown(client, plan)
    assert "3 of 12 steps" in text
    assert "The last try was interrupted" in text


def test_a_second_plan_waits_for_the_first(study: Study, client: Client) -> None:
    for _time in range(2):
        text = client.post(address(study), ASKED, follow=True).content.decode()
    assert PlanRun.objects.count() == 1
    assert "A plan of this study is still being worked out." in text


def test_the_result_begins_with_a_plain_sentence(study: Study, client: Client) -> None:
    plan = done(study)
    text = shown(client, plan)
    assert "<h1>With 30 experts per ally, a gap of 1.5 points is seen in at least 8 of 10 studies.</h1>" in text
    assert "An ally’s figures are shown only from 3 answers on. With the assumed attrition that takes at least 4 experts in round 1." in text
    assert "Refresh" not in client.get(reverse("analysis:plan", args=[study.slug, plan.pk])).headers


def test_each_picture_has_its_sentence_and_its_table(study: Study, client: Client) -> None:
    text = shown(client, done(study))
    pictures = re.findall(r'<svg class="curve__picture"[^>]* role="img" aria-labelledby="([\w-]+) ([\w-]+)"', text)
    assert len(pictures) == len(set(pictures)) == 5  # gap and verdict of the rating and of the probability; verdict of the choice
    assert all(f'id="{title}"' in text and f'id="{words}"' in text for title, words in pictures)
    tables = re.findall(r'<table class="table table--compact">.*?</table>', text, re.DOTALL)
    assert len(tables) == 5
    assert all(len(re.findall(r'<th scope="row"', table)) == 2 for table in tables)
    assert 'style="' not in text and "<script>" not in text


def test_the_file_has_every_figure(study: Study, client: Client) -> None:
    plan = done(study)
    answer = client.get(reverse("analysis:plan-file", args=[study.slug, plan.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="staged-plan-{plan.pk}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    seen = [row for row in rows if row["figure"] == "seen" and row["items"] == "grave"]
    assert [(row["experts"], row["gap"], row["gap_unit"], row["group"]) for row in seen] == [("6", "1.5", "points", "pair"), ("30", "1.5", "points", "pair")]
    assert all(float(row["low"]) <= float(row["share"]) <= float(row["high"]) for row in rows)
    assert len(rows) == 2 * (2 * 3 + 3 * 6 + 1)


@pytest.mark.parametrize(("change", "said"), [
    ({"experts": "many"}, "Write up to 16 whole numbers from 2 to 200"),
    ({"gap_points": "0"}, "Ensure this value is greater than or equal to 0.1."),
    ({"attrition": "90"}, "Ensure this value is less than or equal to 60."),
    ({"items": "other"}, "Select a valid choice"),
])
def test_what_makes_no_sense_is_refused(study: Study, client: Client, change: dict[str, str], said: str) -> None:
    answer = client.post(address(study), {**ASKED, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PlanRun.objects.exists()


def test_only_the_items_chosen_are_planned(study: Study, client: Client) -> None:
    client.post(address(study), {**ASKED, "items": ["chance"]})
    plan = PlanRun.objects.get()
    run_plan(plan.pk)
    assert "a gap of 20 percentage points" in shown(client, plan)
    assert "grave" not in shown(client, plan)


def test_a_plan_can_be_asked_again_with_other_assumptions(study: Study, client: Client) -> None:
    plan = done(study, seed=77)
    page = client.get(f"{address(study)}?like={plan.pk}").content.decode()
    assert 'value="77"' in page and 'value="6, 30"' in page
    assert client.get(f"{address(study)}?like=nonsense").status_code == 200


def test_a_failed_plan_says_so(study: Study, client: Client) -> None:
    plan, _new = request_plan(study, PlanParameters(), by=None)
    PlanRun.objects.update(state="failed", problem="MemoryError while planning", finished_at=timezone.now() - timedelta(hours=1))
    answer = client.get(reverse("analysis:plan", args=[study.slug, plan.pk]))
    assert "This plan could not be worked out" in answer.content.decode()
    assert "Refresh" not in answer.headers
    assert client.get(reverse("analysis:plan-file", args=[study.slug, plan.pk])).status_code == 404


def test_a_plan_of_another_study_is_not_found(study: Study, client: Client) -> None:
    other = done(staged(study="other"))
    assert client.get(reverse("analysis:plan", args=[study.slug, other.pk])).status_code == 404


@pytest.mark.parametrize("plans", [1, 3])
def test_pages_take_so_many_queries_whatever_is_on_them(study: Study, client: Client, plans: int) -> None:
    for _time in range(plans):
        plan = done(study, runs=100)
    numbers = {}
    for url in (address(study), reverse("analysis:plan", args=[study.slug, plan.pk])):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        numbers[url.endswith("plans/")] = len(captured)
    assert numbers == {True: 5, False: 3}
