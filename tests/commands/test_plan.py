"""plan: how many experts a study needs, printed; nothing is stored."""

import pytest

from analysis.models import PlanRun
from surveys.models import Study
from tests.commands.running import run
from tests.factories import a_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return a_study()


def test_a_plan_is_printed_with_its_sentence_first(study: Study) -> None:
    ran = run("plan", "small", "--experts", "6,30", "--runs", 500, "--gap", 1.5, "--spread", 0.15)
    assert ran.status == 0
    first, alone, verdict, shown, *rest = ran.out.splitlines()
    assert first == "With 30 experts per ally, a gap of 1.5 points is seen in at least 8 of 10 studies."
    assert alone == "Named beforehand as the one question that is tested: 30 experts per ally."
    assert verdict.startswith("With 30 experts per ally, an ally’s verdict on consensus is right in at least 8 of 10 studies")
    assert shown == "An ally’s figures are shown only from 5 answers on. With the assumed attrition that takes at least 6 experts in round 1."
    assert "grave (tests: 1, consensus rule: iqr)" in ran.out
    assert [line.split()[0] for line in rest[-2:]] == ["6", "30"]
    assert not PlanRun.objects.exists()


def test_the_same_seed_prints_the_same(study: Study) -> None:
    first, second, other = (run("plan", "small", "--experts", "6,12", "--runs", 300, "--seed", seed).out for seed in (5, 5, 6))
    assert first == second != other


def test_what_is_not_reached_is_said(study: Study) -> None:
    assert run("plan", "small", "--experts", "6", "--runs", 300).out.startswith("Even with 6 experts per ally, a gap of 1 point is seen in only ")


@pytest.mark.parametrize(("arguments", "said"), [
    (("--power", 2), "--power must lie between 0.5 and 0.99"),
    (("--gap", 0), "--gap must lie between 0.1 and 10"),
    (("--experts", "many"), "--experts takes up to 16 whole numbers"),
    (("--items", "other"), "The study has no item other."),
])
def test_what_makes_no_sense_is_refused(study: Study, arguments: tuple[str, object], said: str) -> None:
    ran = run("plan", "small", *arguments)
    assert ran.status == 1
    assert said in ran.err


def test_a_study_that_is_not_there_is_named() -> None:
    assert "There is no study “other”" in run("plan", "other").err
