"""Texts that several questions share: corrected while a round is open, reworded between rounds."""

import re
from typing import Any

import pytest

from surveys.exceptions import Refused
from surveys.models import AuditEvent, ItemVersion, Round, Study
from surveys.queries import definition_of
from surveys.studyfile import StudyFileRefused, read_study, write_study
from surveys.workflow.rounds import close_round, finish_study, open_round, prepare_round
from surveys.workflow.shared_texts import correct_shared_texts, reword_list
from surveys.workflow.studies import import_study
from surveys.workflow.wordings import add_item, reword_item
from tests.factories import a_definition, a_study, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db

GRAVE = {"code": "grave", "kind": "rating", "scale": "five", "text": "How grave is a blockade?"}
LIKELY = {"code": "likely", "kind": "rating", "scale": "five", "text": "How likely is a blockade?"}
MAP = {"code": "map", "kind": "plane", "text": "Where?", "x": {"scale": "five", "text": "Grave"}, "y": {"scale": "ends", "text": "Likely"}}
AIM = {"code": "aim", "kind": "choice", "text": "Which aim?", "options": "aims"}
ROLES = {"code": "roles", "kind": "grid", "scale": "five", "text": "Who?", "rows": "panels", "columns": "aims", "about": "role_expectation"}
BACK = {**ROLES, "code": "back", "text": "Who, of you?", "mirror": "roles"}
NEVER = {"code": "never", "kind": "choice", "text": "Which else?", "options": "rest"}
LABELS = {"en": ["None", "Litle", "Some", "Much", "Extreme"]}
CORRECT = ["None", "Little", "Some", "Much", "Extreme"]


@pytest.fixture
def study() -> Study:
    """Round 1 asked all but `never` and is counted."""
    study = a_study(a_definition(
        languages=["en", "ko"], perspective="Answer as an expert for your own country.", information={"en": "Read the definitions frist."},
        theatres=[{"code": "strait", "name": "The strait"}],
        scales={"five": {"labels": LABELS, "consensus": {"rule": "iqr", "at_most": 2}}, "ends": {"points": 5, "ends": ["Unlikely", "Likely"]}},
        option_lists={"aims": [{"code": "order", "text": "A new order"}, {"code": "gain", "text": "A quick gain"}],
                      "rest": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}]},
        questionnaire=[{"section": "main", "title": "Main questons", "items": [dict(item) for item in (GRAVE, LIKELY, MAP, AIM, ROLES, BACK, NEVER)]}]))
    add_experts(study, {"us": 6})
    study_round = open_round(study, 1, items=["grave", "likely", "map", "aim", "roles", "back"])
    give(study_round, by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
    count(study_round)
    study.refresh_from_db()
    return study


@pytest.fixture
def second(study: Study) -> Round:
    return open_round(study, 2)


def corrected(study: Study, part: str, **texts: Any) -> None:
    reason = texts.pop("reason", "a typing error")
    correct_shared_texts(study, part, {re.sub(r"^p(?=\d)", "", place).replace("__", "."): text for place, text in texts.items()}, reason=reason)


def reworded(study: Study, part: str, texts: dict[str, dict[str, str]], *, equivalent: bool = True, reason: str = "experts misread it") -> list[ItemVersion]:
    return reword_list(study, part, texts, equivalent=equivalent, reason=reason)


def labels_of(study: Study, code: str, number: int) -> Any:
    study.refresh_from_db()
    version = ItemVersion.objects.get(item__study=study, item__code=code, number=number)
    return version.spec(study.settings).scale.labels["en"]  # type: ignore[union-attr]


def last_event(study: Study) -> AuditEvent:
    return AuditEvent.objects.filter(study=study).latest("sequence")


# Corrected in an open round


def test_a_label_is_corrected_for_every_question_that_uses_the_scale(study: Study, second: Round) -> None:
    corrected(study, "scales.five", p2={"en": "Little"})
    assert [labels_of(study, code, 1) for code in ("grave", "likely")] == [tuple(CORRECT)] * 2
    assert ItemVersion.objects.filter(item__study=study).count() == 7, "no version is made"
    assert set(Round.objects.values_list("edition", flat=True)) == {1}, "every page is made anew"


def test_a_missing_translation_of_a_whole_scale_is_added(study: Study, second: Round) -> None:
    corrected(study, "scales.five", **{f"p{at}": {"ko": text} for at, text in enumerate(("없음", "조금", "보통", "많이", "매우"), start=1)})
    study.refresh_from_db()
    assert study.settings["scales"]["five"]["labels"] == {**LABELS, "ko": ["없음", "조금", "보통", "많이", "매우"]}


def test_a_scale_translated_in_part_is_refused_with_its_place(study: Study, second: Round) -> None:
    with pytest.raises(StudyFileRefused) as refused:
        corrected(study, "scales.five", p1={"ko": "없음"})
    assert refused.value.found[0].path == "scales.five.labels.ko[1]"


def test_options_ends_headings_and_names_are_corrected_where_they_stand(study: Study, second: Round) -> None:
    corrected(study, "option_lists.aims", gain={"en": "A quick gains"})
    corrected(study, "scales.ends", low={"en": "Unlikely."})
    corrected(study, "study", sections__main={"en": "Main questions"}, information={"en": "Read the definitions first."},
              panels__us={"ko": "미국"}, theatres__strait={"en": "The straits"}, perspective={"ko": "자국의 전문가로서 답해 주십시오."})
    after = definition_of(Study.objects.get())
    assert after["option_lists"]["aims"][1] == {"code": "gain", "text": "A quick gains"}
    assert after["scales"]["ends"]["ends"] == ["Unlikely.", "Likely"]
    assert after["questionnaire"][0]["title"] == "Main questions"
    assert after["information"] == {"en": "Read the definitions first."}
    assert after["perspective"] == {"en": "Answer as an expert for your own country.", "ko": "자국의 전문가로서 답해 주십시오."}
    assert (after["panels"][0]["name"], after["theatres"][0]["name"]) == ({"en": "US", "ko": "미국"}, "The straits")
    assert read_study(write_study(after)) == after
    assert import_study(after) == (Study.objects.get(), False), "the study's own file says the same"


def test_rows_that_are_the_studys_panels_follow_their_names(study: Study, second: Round) -> None:
    corrected(study, "study", panels__jp={"ko": "일본"})
    study.refresh_from_db()
    rows = ItemVersion.objects.get(item__code="roles").spec(study.settings).rows
    assert rows[1].text == {"en": "JP", "ko": "일본"}


def test_the_record_of_a_correction_keeps_both_texts(study: Study, second: Round) -> None:
    corrected(study, "scales.five", p2={"en": "Little"})
    event = last_event(study)
    assert (event.act, event.subject, event.details) == ("correct_shared_text", "scales.five", {
        "reason": "a typing error", "before": ["2 (en): Litle"], "after": ["2 (en): Little"]})


@pytest.mark.parametrize(("part", "texts", "said"), [
    ("scales.five", {"p2": {"en": "Hardly any"}}, r"The change of 2 \(en\) is more than a typing error"),
    ("scales.five", {"p2": {"en": "Litle"}}, "Nothing is changed"),
    ("scales.five", {"p6": {"en": "More"}}, "The study has no text at 6"),
    ("scales.six", {"p2": {"en": "Little"}}, "The study has no text at six"),
    ("rounds.maximum", {"p2": {"en": "Little"}}, "The study has no text at rounds.maximum"),
    ("study", {"consent": {"en": "Yes"}}, "The study has no text at consent"),
    ("scales.five", {"p2": {"en": ""}}, r"The text of 2 \(en\) can't be taken away"),
    ("study", {"information": {"fr": "Lisez"}}, "The study is not asked in fr"),
    ("study", {"information": {"en": "Read nothing."}}, r"The change of information \(en\) is more than a typing error"),
    ("scales.five", {"p2": {"en": "Little"}, "reason": " "}, "Give a reason"),
])
def test_what_a_correction_refuses(study: Study, second: Round, part: str, texts: dict[str, Any], said: str) -> None:
    before = definition_of(study)
    with pytest.raises(Refused, match=said):
        corrected(study, part, **texts)
    assert definition_of(Study.objects.get()) == before


def test_between_rounds_headings_and_introductions_change_freely(study: Study) -> None:
    corrected(study, "study", sections__main={"en": "Blockades"}, information={"en": "What we mean by a blockade: ships are stopped."})
    assert definition_of(Study.objects.get())["questionnaire"][0]["title"] == "Blockades"


@pytest.mark.parametrize(("place", "text"), [("perspective", "Answer as your head of government would."), ("panels__us", "America")])
def test_what_every_answer_was_given_under_is_never_reworded(study: Study, place: str, text: str) -> None:
    with pytest.raises(Refused, match="more than a typing error"):
        corrected(study, "study", **{place: {"en": text}})


def test_before_the_first_round_between_rounds_and_after_the_end_other_ways_are_named(study: Study) -> None:
    with pytest.raises(Refused, match=r"No round is open. Between rounds a scale or list is reworded instead"):
        corrected(study, "scales.five", p2={"en": "Little"})
    finish_study(study)
    with pytest.raises(Refused, match="The study is finished"):
        corrected(study, "study", information={"en": "Thank you."})
    fresh = a_study(a_definition(study="fresh"))
    with pytest.raises(Refused, match=r"No round has opened yet. Change the study itself"):
        corrected(fresh, "study", title={"en": "Fresh"})


# Reworded between rounds


def test_a_reworded_scale_makes_a_version_of_every_question_and_earlier_ones_keep_the_old_words(study: Study) -> None:
    made = reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    assert [(version.item.code, version.number, version.definition["equivalent_to"]) for version in made] == [
        (code, 2, 1) for code in ("grave", "likely", "map", "roles", "back")]
    assert made[0].definition["scale"] == made[2].definition["x"]["scale"] == "five-v2"
    assert labels_of(study, "grave", 1) == tuple(LABELS["en"])
    assert labels_of(study, "grave", 2) == ("None", "Hardly any", "Some", "Much", "Extreme")


def test_its_rules_stay_the_same(study: Study) -> None:
    [grave, *_others] = reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    study.refresh_from_db()
    first = ItemVersion.objects.get(item=grave.item, number=1)
    assert grave.spec(study.settings).consensus == first.spec(study.settings).consensus == ({"rule": "iqr", "at_most": 2},)
    sha256 = study.rules_sha256
    open_round(study, 2)
    study.refresh_from_db()
    assert study.rules_sha256 == sha256


@pytest.mark.parametrize(("equivalent", "line"), [(True, 1), (False, 2)])
def test_the_organizer_says_whether_answers_compare(study: Study, equivalent: bool, line: int) -> None:
    [aim, *_grids] = reworded(study, "option_lists.aims", {"gain": {"en": "Something to win soon"}}, equivalent=equivalent)
    assert ItemVersion.objects.get(item=aim.item, number=line).pk == aim.line_id


def test_both_sides_of_a_role_grid_go_on_together(study: Study) -> None:
    made = reworded(study, "option_lists.aims", {"gain": {"en": "Something to win soon"}})
    assert [(version.item.code, version.definition.get("options", version.definition.get("columns"))) for version in made] == [
        ("aim", "aims-v2"), ("roles", "aims-v2"), ("back", "aims-v2")]


def test_a_prepared_round_asks_the_new_words(study: Study) -> None:
    prepare_round(study, 2)
    reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    study_round = open_round(study, 2)
    asked = study_round.asked_items.get(item_version__item__code="grave").item_version
    assert labels_of(study, "grave", asked.number)[1] == "Hardly any"


def test_words_that_no_round_has_asked_yet_are_replaced(study: Study) -> None:
    reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    assert reworded(study, "scales.five-v2", {"2": {"en": "A little"}}, reason="") == []
    assert labels_of(study, "grave", 2)[1] == "A little"
    assert last_event(study).act == "replace_list"
    assert reworded(study, "option_lists.rest", {"no": {"en": "Not so"}}, reason="") == []


def test_after_another_round_the_third_words_have_a_name_of_their_own(study: Study) -> None:
    reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    run_round(study, 2, {})
    [third, *_others] = reworded(study, "scales.five-v2", {"2": {"en": "A little"}})
    assert (third.number, third.definition["scale"], third.definition["equivalent_to"]) == (3, "five-v3", 2)
    assert [labels_of(study, "grave", number)[1] for number in (1, 2, 3)] == ["Litle", "Hardly any", "A little"]


def test_a_question_reworded_before_keeps_to_what_was_declared_of_it(study: Study) -> None:
    reword_item(study, "grave", {**GRAVE, "text": "How grave is a closure?"}, equivalent=False, reason="another question")
    reword_item(study, "likely", {**LIKELY, "text": "How likely is any blockade?"}, equivalent=True, reason="clearer")
    made = {version.item.code: version for version in reworded(study, "scales.five", {"2": {"en": "Hardly any"}})}
    assert (made["grave"].number, "equivalent_to" in made["grave"].definition, made["grave"].first_version) == (2, False, None)
    assert (made["likely"].number, made["likely"].definition["equivalent_to"]) == (2, 1)
    assert made["grave"].definition["text"] == "How grave is a closure?"


def test_a_question_never_asked_takes_the_new_words_without_a_version(study: Study) -> None:
    add_item(study, "main", {"code": "later", "kind": "choice", "text": "And later?", "options": "aims"}, reason="asked for")
    made = {version.item.code: version for version in reworded(study, "option_lists.aims", {"gain": {"en": "Something to win soon"}})}
    assert (made["later"].number, made["later"].definition["options"], "version" in made["later"].definition) == (1, "aims-v2", False)


def test_the_study_file_has_both_wordings_and_says_the_same_when_imported(study: Study) -> None:
    reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    exported = read_study(write_study(definition_of(Study.objects.get())))
    assert set(exported["scales"]) == {"five", "five-v2", "ends"}
    assert import_study(exported) == (study, False)
    again, _changed = import_study({**exported, "study": "again"})
    assert definition_of(again) == {**exported, "study": "again"}


def test_the_record_of_a_rewording_names_the_questions(study: Study) -> None:
    reworded(study, "scales.ends", {"high": {"en": "Certain"}}, equivalent=False)
    event = last_event(study)
    assert (event.act, event.subject, event.details) == ("reword_list", "scales.ends", {
        "reason": "experts misread it", "name": "ends-v2", "questions": ["map"], "compares": "no",
        "before": ["high (en): Likely"], "after": ["high (en): Certain"]})


@pytest.mark.parametrize(("part", "texts", "reason", "said"), [
    ("scales.five", {"2": {"en": "Litle"}}, "so", "Nothing is changed"),
    ("scales.five", {"2": {"en": "New"}}, " ", "Give a reason"),
    ("scales.six", {"2": {"en": "New"}}, "so", "The study has no text at six"),
    ("study", {"title": {"en": "New"}}, "so", "The study has no scale or list study"),
    ("scales.five", {"2": {"en": ""}}, "so", "a label must be a text, not an empty text"),
])
def test_what_rewording_refuses(study: Study, part: str, texts: dict[str, Any], reason: str, said: str) -> None:
    before = definition_of(study)
    with pytest.raises(Refused, match=said):
        reworded(study, part, texts, reason=reason)
    assert definition_of(Study.objects.get()) == before


def test_words_that_only_earlier_rounds_used_stay_as_they_were(study: Study) -> None:
    reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    with pytest.raises(Refused, match="No question uses five any more: only earlier rounds asked it"):
        reworded(study, "scales.five", {"2": {"en": "A little"}})


def test_while_a_round_is_open_nothing_is_reworded(study: Study, second: Round) -> None:
    with pytest.raises(Refused, match="Round 2 is open"):
        reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
    close_round(second.pk)
    assert reworded(study, "scales.five", {"2": {"en": "Hardly any"}})
