"""Estimates drawn together: every pool of the file in words and pictures, Cooke's model where answers are known, protected ones as such."""

import csv
import html
import io
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from analysis.blocks import analyse_now
from surveys.enums import Role
from surveys.models import Study
from tests.analysis.kinds.counted import hold_round, study_of
from tests.analysis.statistics.pooling.elicitations import TOBACCO, TOBACCO_PROBABILITIES, TOBACCO_REALIZATIONS
from tests.analysis.tables.test_pools_by_performance import CODES
from tests.surveys.views.organizer.stage import signed_in, somebody

pytestmark = pytest.mark.django_db
SEEDS = 10
PEOPLE = ("us-1", "us-2", "us-3", "us-4", "jp-1", "jp-2", "jp-3")  # as many as Colson & Cooke's elicitation has
CHANCES = (10, 20, 60, 70, 30, 40, 50)


def code_of(place: int) -> str:
    """The last one is called as the page calls the chart of all probabilities."""
    return "probabilities" if place == SEEDS - 1 else f"seed-{place}"


def a_counted_study(minimum: int = 1, seeds: int = SEEDS) -> Study:
    known = [{"code": code_of(place), "kind": "quantiles", "quantiles": TOBACCO_PROBABILITIES, "decimals": 3, "truth": TOBACCO_REALIZATIONS[place],
              "text": f"How much in case {place}?"} for place in range(seeds)]
    asked = [{"code": "chance", "kind": "probability", "text": "Does it happen?"}, *known]
    study = study_of(asked, {"us": 4, "jp": 3}, minimum)
    hold_round(study, 1, {
        person: {"chance": {"": chance}, **{code_of(place): dict(zip(CODES, expert[place], strict=True)) for place in range(seeds)}}
        for person, chance, expert in zip(PEOPLE, CHANCES, TOBACCO, strict=True)})
    return study


def page(study: Study, name: str = "results-pools", *more: str) -> str:
    """Its words, without the marks about them."""
    text = analyst_of(study).get(reverse(f"analysis:{name}", args=[study.slug, 1, *more])).content.decode().split("<main")[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def analyst_of(study: Study) -> Client:
    email = f"analyst@{study.slug}.example"
    return signed_in(User.objects.filter(email=email).first() or somebody(study, Role.ANALYST, email=email))


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Read once, because every test only reads."""
    found = {}
    with django_db_blocker.unblock(), transaction.atomic():
        study = a_counted_study()
        found["too soon"] = page(study)
        analyse_now(study.rounds.get())
        found.update(pools=page(study), chance=page(study, "item-results", "chance"), seed=page(study, "item-results", "seed-0"), glance=page(study, "results"))
        for key, form in (("probabilities", "csv"), ("of-seed-3", "svg")):
            found[key] = analyst_of(study).get(reverse("analysis:chart", args=[study.slug, 1, "pools", key, form])).content.decode("utf-8-sig")
        transaction.set_rollback(True)
    return found


def test_the_page_has_every_pool_of_every_estimate(pages: dict[str, str]) -> None:
    text = pages["pools"]
    # The mean is 40, that of the panels' means (40, 40) too, and the median; the odds 1/9, 1/4, 3/2, 7/3, 3/7, 2/3, 1 multiply to 1/36,
    # of which the seventh root is 0.59934: a probability of 37.5 %.
    assert "By the mean the probability is 40.0 %." in text
    assert re.search(r"Does it happen\? 40\.0 40\.0 40\.0 \d\d\.\d 37\.5 37\.5", text)
    for place in range(SEEDS):
        assert f"How much in case {place}?" in text
    assert "known answer" in text
    assert text.index("Quantities with their uncertainty") < text.index("How much in case 9?")


def test_cookes_scores_stand_beside_equal_weights(pages: dict[str, str]) -> None:
    text = pages["pools"]
    # Colson & Cooke 2017, computed with Excalibur: equal weights 0.20, 0.45, 0.09; not optimised 0.66, 0.53, 0.35.
    assert "Score Equal weights Earned weights Calibration 0.2 0.66 Information, on known answers 0.45 0.53" in text
    assert re.search(r"Combined score 0\.0[89]\d* 0\.35", text)
    assert "Experts who did not answer every question with a known answer are left out." in text
    assert "Without each known answer in turn" in text


def test_an_items_page_has_its_pools_by_group(pages: dict[str, str]) -> None:
    assert "Panels: Mean of the probabilities US 40 JP 40" in pages["chance"]
    assert "Geometric mean of the odds 37.47" in pages["chance"]
    assert "Cooke’s model" not in pages["chance"]  # it looks at quantiles
    assert "Cooke’s model: every expert with equal weight" in pages["seed"]
    assert "Cooke’s model: weights earned on known answers" in pages["seed"]
    assert "How far each pool missed the known answer" in pages["seed"]


def test_until_the_tables_are_there_the_page_says_so(pages: dict[str, str]) -> None:
    assert "This is still being worked out." in pages["too soon"]
    assert "This is still being worked out." not in pages["pools"]


def test_a_chart_is_a_file_with_the_numbers_of_the_page(pages: dict[str, str]) -> None:
    assert list(csv.reader(io.StringIO(pages["probabilities"])))[1][:4] == ["Does it happen?", "40", "40", "40"]
    assert "<svg" in pages["of-seed-3"]


def test_what_is_protected_says_so() -> None:
    study = a_counted_study(minimum=4, seeds=1)  # the smaller panel has three
    analyse_now(study.rounds.get())
    text = page(study, "item-results", "chance")
    assert "US protected" in text
    assert "JP protected" in text
    assert "US 40" not in text
    assert "Protected" in page(study)


def test_a_round_without_estimates_has_no_such_page_in_its_menu(pages: dict[str, str]) -> None:
    assert "Estimates drawn together" in pages["glance"]
    other = study_of([{"code": "grave", "kind": "rating", "scale": "five", "text": "How grave?"}], {"us": 1, "jp": 1})
    hold_round(other, 1, {"us-1": {"grave": {"": 1}}, "jp-1": {"grave": {"": 2}}})
    assert "Estimates drawn together" not in page(other, "results")
    assert "asks for no probability" in page(other)
