"""open_round SLUG NUMBER: with a deadline, with fewer items, in languages with gaps; twice is once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from surveys.enums import RoundState
from surveys.models import AuditEvent, Round, Study
from surveys.workflow.drafts import edit_draft
from tests.commands.running import Ran, run
from tests.factories import RATING, a_study, add_experts, by_panel, run_round

ITEMS = [RATING, {**RATING, "code": "likely"}, {**RATING, "code": "soon"}]

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    study = a_study(time_zone="Asia/Seoul", questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": ITEMS}], rounds={"maximum": 2})
    add_experts(study, {"us": 3})
    return study


def asked(study: Study, number: int) -> list[str]:
    return list(Round.objects.get(study=study, number=number).asked_items.order_by("position").values_list("item_version__item__code", flat=True))


def test_everything_is_asked_of_everybody(study: Study) -> None:
    assert run("open_round", "small", 1) == Ran(0, "Round 1 of small is open: 3 items, 3 experts invited.\n", "")
    assert asked(study, 1) == ["grave", "likely", "soon"]
    assert Round.objects.get().deadline_at is None


def test_an_open_round_is_open_already(study: Study) -> None:
    run("open_round", "small", 1)
    events = AuditEvent.objects.count()
    assert run("open_round", "small", 1) == Ran(0, "Round 1 of small is open already.\n", "")
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(("text", "moment"), [
    ("2099-03-01T18:00", datetime(2099, 3, 1, 9, tzinfo=UTC)),  # the study's zone, nine hours before UTC
    ("2099-03-01T18:00+01:00", datetime(2099, 3, 1, 17, tzinfo=UTC)),
    ("2099-03-01T18:00Z", datetime(2099, 3, 1, 18, tzinfo=UTC)),
])
def test_a_deadline_without_an_offset_is_in_the_studys_zone(study: Study, text: str, moment: datetime) -> None:
    assert run("open_round", "small", 1, "--closes-at", text).status == 0
    assert Round.objects.get().deadline_at == moment


@pytest.mark.parametrize("text", ["tomorrow", "", "2099-13-01", "2020-01-01T12:00"])
def test_a_deadline_that_is_none_is_refused_and_nothing_opens(study: Study, text: str) -> None:
    ran = run("open_round", "small", 1, "--closes-at", text)
    assert (ran.status, ran.out) == (1, "") and ran.err
    assert not Round.objects.exclude(state=RoundState.DRAFT).exists()
    study.refresh_from_db()
    assert study.rules_locked_at is None


def test_chosen_items_are_asked_in_the_questionnaires_order_and_the_next_round_asks_the_same(study: Study) -> None:
    assert run("open_round", "small", 1, "--items", "soon, grave").status == 0
    assert asked(study, 1) == ["grave", "soon"]
    run("close_round", "small", 1, "--wait")
    assert run("open_round", "small", 2).status == 0
    assert asked(study, 2) == ["grave", "soon"]


def test_a_dropped_item_can_be_asked_again(study: Study) -> None:
    run("open_round", "small", 1, "--items", "grave")
    run("close_round", "small", 1, "--wait")
    assert run("open_round", "small", 2, "--items", "grave,likely").status == 0
    assert asked(study, 2) == ["grave", "likely"]


@pytest.mark.parametrize("codes", ["grave,gravity", ",", ""])
def test_items_that_are_not_there_are_refused(study: Study, codes: str) -> None:
    ran = run("open_round", "small", 1, "--items", codes)
    assert (ran.status, ran.out) == (1, "") and ran.err
    assert not Round.objects.exists()


@pytest.mark.parametrize("number", [0, -1, 2, 3, 99])
def test_rounds_open_one_after_the_other(study: Study, number: int) -> None:
    ran = run("open_round", "small", number)
    assert (ran.status, ran.out) == (1, "") and ran.err


def test_no_round_opens_while_another_is_open_or_after_the_last(study: Study) -> None:
    run("open_round", "small", 1)
    assert "Round 1 is open" in run("open_round", "small", 2).err
    run("close_round", "small", 1)  # not counted: opening the next one counts it
    assert run("open_round", "small", 2).status == 0
    assert Round.objects.get(number=1).state == RoundState.RELEASED
    run("close_round", "small", 2, "--wait")
    assert "at most 2 rounds" in run("open_round", "small", 3).err


def test_a_closed_round_is_not_opened(study: Study) -> None:
    run_round(study, 1, by_panel("grave", {"us": [1]}))
    ran = run("open_round", "small", 1)
    assert ran.status == 1 and "can't be opened" in ran.err


def test_a_language_with_gaps_is_named_and_opens_only_when_allowed(tmp_path: Path) -> None:
    text = {"en": "How grave?"}
    for slug, arguments, languages in (("kept", (), ["en"]), ("allowed", ("--allow-incomplete", "ko"), ["en", "ko"])):
        a_study(study=slug, languages=["en", "ko"], questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [{**RATING, "text": text}]}])
        ran = run("open_round", slug, 1, *arguments)
        assert (ran.status, ran.err.startswith("ko: ")) == (0, not arguments)
        assert Round.objects.get(study__slug=slug).languages == languages
    assert run("open_round", "kept", 1, "--allow-incomplete", "fr").status == 0  # open already: the goal holds


def test_the_percent_is_named_and_where_to_translate() -> None:
    a_study(languages=["en", "ko"], title={"en": "A small study", "ko": "작은 연구"})
    said = run("open_round", "small", 1).err
    assert said.startswith("ko: 14 % translated, 6 texts are missing and 0 outdated; its experts get en, marked.")  # one of seven texts
    assert "/studies/small/build/translations/?language=ko" in said


def test_an_outdated_translation_keeps_its_language_closed_too() -> None:
    text = {"en": "How grave?", "ko": "얼마나?"}
    whole = {"title": {"en": "S", "ko": "연"}, "panels": [{"code": "us", "name": {"en": "US", "ko": "미"}}],
             "scales": {"five": {"labels": {"en": ["a", "b"], "ko": ["가", "나"]}}}}
    study = a_study(languages=["en", "ko"], questionnaire=[{"section": "main", "title": {"en": "M", "ko": "본"}, "items": [{**RATING, "text": text}]}], **whole)
    edit_draft(study, "head", lambda definition: {**definition, "title": {"en": "T", "ko": "연"}})
    assert run("open_round", "small", 1).err.startswith("ko: 80 % translated, 0 texts are missing and 1 outdated;")
    assert Round.objects.get().languages == ["en"]


def test_a_language_that_the_study_has_not_is_refused(study: Study) -> None:
    ran = run("open_round", "small", 1, "--allow-incomplete", "fr")
    assert ran.status == 1 and "no language fr" in ran.err
    assert not Round.objects.exists()


def test_an_unknown_study_is_refused() -> None:
    assert run("open_round", "nowhere", 1).status == 1
