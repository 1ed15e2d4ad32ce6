"""Questions after the study has begun: reworded between rounds, added for later ones, corrected while a round is open."""

import json
from typing import Any

import pytest

from surveys.exceptions import Refused
from surveys.models import Answer, AuditEvent, ItemVersion, Round, Study
from surveys.queries import definition_of
from surveys.studyfile import StudyFileRefused, read_study, write_study
from surveys.workflow.record import first_broken_entry
from surveys.workflow.rounds import close_round, open_round, prepare_round
from surveys.workflow.studies import import_study
from surveys.workflow.wordings import add_item, correct_text, reword_item
from tests.factories import a_definition, a_study, add_experts, by_panel, count, give, run_round

pytestmark = pytest.mark.django_db

GRAVE = {"code": "grave", "kind": "rating", "scale": "five", "text": {"en": "How grave is a blockade of the strait?"}, "help": {"en": "For your country"}}
AIM = {"code": "aim", "kind": "choice", "text": "Which aim?", "options": [{"code": "order", "text": "A new order"}, {"code": "gain", "text": "A quick gain"}]}
NEVER = {"code": "never", "kind": "text", "text": {"en": "What else?"}}


@pytest.fixture
def study() -> Study:
    """Round 1 asked two of three items and is counted."""
    items = [dict(item) for item in (GRAVE, AIM, NEVER)]
    study = a_study(a_definition(languages=["en", "ko"], questionnaire=[{"section": "main", "title": "Main", "items": items}]))
    add_experts(study, {"us": 6})
    study_round = open_round(study, 1, items=["grave", "aim"])
    give(study_round, by_panel("grave", {"us": [1, 2, 3, 4, 5, 3]}))
    count(study_round)
    return study


def reworded(study: Study, base: dict[str, Any] = GRAVE, *, equivalent: bool = False, reason: str = "too vague", **keys: Any) -> ItemVersion:
    return reword_item(study, base["code"], {**base, **keys}, equivalent=equivalent, reason=reason)


def last_event(study: Study) -> AuditEvent:
    return AuditEvent.objects.filter(study=study).latest("sequence")


# Rewording


def test_rewording_makes_a_version_that_compares_with_nothing(study: Study) -> None:
    version = reworded(study, text={"en": "How grave would a closure be?"})
    assert (version.number, version.first_version, version.definition["version"]) == (2, None, 2)
    assert "equivalent_to" not in version.definition
    assert ItemVersion.objects.get(item=version.item, number=1).definition == GRAVE, "what experts were asked stays as it was"


def test_an_equivalent_version_joins_the_line_of_the_earlier_one(study: Study) -> None:
    second = reworded(study, text={"en": "How grave would a blockade be?"}, equivalent=True)
    first = ItemVersion.objects.get(item=second.item, number=1)
    assert (second.definition["equivalent_to"], second.line_id) == (1, first.pk)
    run_round(study, 2, {})
    third = reworded(study, second.definition, text={"en": "How grave would any blockade be?"}, equivalent=True)
    assert (third.definition["version"], third.definition["equivalent_to"], third.line_id) == (3, 2, first.pk)


def test_the_next_round_asks_the_newest_version_also_where_it_was_prepared_before(study: Study) -> None:
    prepare_round(study, 2)
    version = reworded(study, text={"en": "How grave would a closure be?"})
    study_round = open_round(study, 2)
    assert list(study_round.asked_items.filter(item_version__item__code="grave").values_list("item_version", flat=True)) == [version.pk]


def test_a_new_version_that_no_round_has_asked_yet_is_replaced_with_its_declaration(study: Study) -> None:
    second = reworded(study, text={"en": "How grave would a closure be?"})
    again = reworded(study, text={"en": "How grave is a closure of the strait?"}, equivalent=True)
    assert (again.pk, again.number, again.definition["equivalent_to"]) == (second.pk, 2, 1)
    back = reworded(study, text={"en": "How grave is a closure of the strait?"}, equivalent=False)
    assert (back.pk, back.first_version, "equivalent_to" in back.definition) == (second.pk, None, False)


def test_an_item_never_asked_is_simply_replaced_and_needs_no_reason(study: Study) -> None:
    version = reworded(study, NEVER, text={"en": "Anything else?"}, reason="")
    assert (version.number, version.definition) == (1, {**NEVER, "text": {"en": "Anything else?"}})
    assert version.item.versions.count() == 1


def test_the_record_says_what_was_changed_and_why(study: Study) -> None:
    reworded(study, text={"en": "How grave is any blockade?", "ko": "봉쇄는?"}, equivalent=True)
    event = last_event(study)
    assert (event.act, event.subject) == ("reword_item", "item grave")
    assert event.details == {
        "version": 2, "compares_with": 1, "reason": "too vague", "changed": ["text"],
        "before": ["text (en): How grave is a blockade of the strait?", "text (ko): –"],
        "after": ["text (en): How grave is any blockade?", "text (ko): 봉쇄는?"],
    }
    assert first_broken_entry(study) is None


@pytest.mark.parametrize(("keys", "said"), [
    ({}, "Nothing is changed"),
    ({"text": {"en": "New"}, "reason": " "}, "Give a reason"),
    ({"text": {"en": "New"}, "code": "other"}, "keeps its code and its kind"),
    ({"text": {"en": "New"}, "kind": "text"}, "keeps its code and its kind"),
    ({"consensus": {"rule": "iqr", "at_most": 2}}, "rules are locked, so consensus can't be changed"),
    ({"stability": {"rule": "scheibe", "below": 50}}, "rules are locked, so stability can't be changed"),
    ({"scale": "six"}, "rules are locked, so scale can't be changed"),
])
def test_what_rewording_refuses(study: Study, keys: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        reworded(study, **keys)
    assert ItemVersion.objects.filter(item__study=study).count() == 3


def test_the_scale_of_an_axis_is_a_locked_rule_too() -> None:
    plane = {"code": "map", "kind": "plane", "text": "Where?", "x": {"scale": "five", "text": "Grave"}, "y": {"scale": "five", "text": "Likely"}}
    study = a_study(a_definition(scales={"five": {"points": 5, "ends": ["Low", "High"]}, "nine": {"points": 9, "ends": ["Low", "High"]}},
                                 questionnaire=[{"section": "main", "title": "Main", "items": [plane]}]))
    run_round(study, 1, {})
    study.refresh_from_db()
    assert json.loads(study.rules_text)["items"] == {"map": {"x": {"scale": "five"}, "y": {"scale": "five"}}}
    with pytest.raises(Refused, match=r"so y can't be changed"):
        reworded(study, plane, y={"scale": "nine", "text": "Likely"})
    assert reworded(study, plane, y={"scale": "five", "text": "How likely it is"}, equivalent=True).number == 2


MORE = [*AIM["options"], {"code": "fear", "text": "Fear"}]


@pytest.mark.parametrize("options", [MORE, [*reversed(AIM["options"])], [{"code": "status", "text": "A new order"}, AIM["options"][1]]])
def test_versions_with_other_components_cannot_be_declared_equivalent(study: Study, options: list[dict[str, str]]) -> None:
    with pytest.raises(Refused, match=r"Answers to the two wordings can't be compared: .* Say that they do not compare"):
        reworded(study, AIM, options=options, equivalent=True)
    assert reworded(study, AIM, options=options).number == 2


@pytest.mark.parametrize(("item", "keys", "parts"), [
    ({"code": "days", "kind": "number", "minimum": 0, "maximum": 30, "text": "Days?"}, {"maximum": 60}, "limits"),
    ({"code": "burden", "kind": "allocation", "total": 100, "options": AIM["options"], "text": "Share"}, {"total": 10}, r"\(gain, order\)"),
    ({"code": "order", "kind": "ranking", "options": AIM["options"], "text": "Rank"}, {"options": MORE}, r"\(fear, gain, order\)"),
    ({"code": "tail", "kind": "quantiles", "quantiles": [0.05, 0.5], "text": "How much?"}, {"quantiles": [0.05, 0.95]}, r"\(0.5, 0.95\)"),
    ({"code": "roles", "kind": "grid", "scale": "five", "rows": AIM["options"], "columns": AIM["options"], "text": "Who?"}, {"rows": MORE},
     r"\(fear.gain, fear.order\)"),
])
def test_limits_totals_and_cells_are_components_too(item: dict[str, Any], keys: dict[str, Any], parts: str) -> None:
    study = a_study(a_definition(questionnaire=[{"section": "main", "title": "Main", "items": [item]}]))
    run_round(study, 1, {})
    with pytest.raises(Refused, match=parts):
        reworded(study, item, equivalent=True, **keys)
    assert reworded(study, item, **keys).number == 2


def test_mistakes_are_refused_with_path_and_remedy(study: Study) -> None:
    with pytest.raises(StudyFileRefused) as refused:
        reworded(study, AIM, options=[{"code": "gain"}, {"code": "gain", "text": {"fr": "Gain"}}], rationale="maybe")
    assert {(problem.path, problem.text) for problem in refused.value.found} == {
        ("rationale", 'must be one of none, optional, outside_middle, required, not the text "maybe".'),
        ("options[0].text", "is missing. Give a text, or a mapping from languages to texts."),
        ("options[1].text.fr", 'the language "fr" is not among the study\'s languages (en, ko). Add it to languages, or remove this text.'),
        ("options[1].text", "has no text in the source language. Add en."),
        ("options[1].code", 'the option code "gain" is there twice, first in line 1. Give each its own.'),
    }


def test_a_change_that_breaks_another_item_is_refused_with_that_items_path(study: Study) -> None:
    add_item(study, "main", {"code": "why", "kind": "text", "text": "Why?", "shown_if": {"item": "aim", "is": "gain"}}, reason="asked for")
    with pytest.raises(StudyFileRefused) as refused:
        reworded(study, AIM, options=[AIM["options"][0], {"code": "fear", "text": "Fear"}])
    assert [(problem.path, problem.text) for problem in refused.value.found] == [
        ("questionnaire[0].items[3].shown_if.is", 'there is no option "gain". Use one of order, fear.')]


def test_no_round_may_be_open_and_the_study_not_be_finished(study: Study) -> None:
    open_round(study, 2)
    for act in (lambda: reworded(study, text={"en": "New"}), lambda: add_item(study, "main", {**NEVER, "code": "more"}, reason="asked for")):
        with pytest.raises(Refused, match=r"Round 2 is open: experts are answering. Correct a typing error, or"):
            act()
    close_round(study.rounds.get(number=2).pk)
    Study.objects.update(finished_at="2027-01-02T00:00Z")
    with pytest.raises(Refused, match=r"The study is finished"):
        reworded(study, text={"en": "New"})


# The study file


def test_a_reworded_study_is_left_alone_by_its_own_file_and_refuses_the_old_one(study: Study) -> None:
    before = definition_of(study)
    reworded(study, text={"en": "How grave would a blockade be?"}, equivalent=True)
    after = definition_of(study)
    assert import_study(read_study(write_study(after)))[1] is False
    with pytest.raises(Refused, match=r"can't be replaced. The file differs in: questionnaire"):
        import_study(before)
    assert definition_of(study) == after


def test_an_exported_study_with_versions_imports_to_the_same_definition_where_there_is_none(study: Study) -> None:
    reworded(study, text={"en": "How grave would a blockade be?"}, equivalent=True)
    reworded(study, AIM, text="Which aim does it follow?")
    add_item(study, "later", {"code": "more", "kind": "text", "text": "More?"}, title={"en": "Later"}, reason="asked for")
    text = write_study(definition_of(study)).replace("study: small", "study: again")
    again, _changed = import_study(read_study(text))
    assert write_study(definition_of(again)) == text
    assert sorted(ItemVersion.objects.filter(item__study=again).values_list("item__code", "number", "definition__equivalent_to")) == [
        ("aim", 2, None), ("grave", 2, 1), ("more", 1, None), ("never", 1, None)]


# Adding and asking again


def test_an_added_item_stands_at_its_sections_end_and_is_asked_when_chosen(study: Study) -> None:
    item = add_item(study, "main", {"code": "more", "kind": "rating", "scale": "five", "text": "And more?"}, reason="asked for by experts")
    assert [entry.code for entry in study.items.all()] == ["grave", "aim", "never", "more"]
    event = last_event(study)
    assert (event.act, event.subject, event.details) == ("add_item", "item more", {
        "reason": "asked for by experts", "section": "main", "kind_of_item": "rating", "rules": ['scale: "five"'], "after": ["text (en): And more?"]})
    study_round = open_round(study, 2, items=["more", "aim"])
    assert [asked.item_version.item.code for asked in study_round.asked_items.all()] == ["aim", "more"]
    assert item.versions.get().number == 1


def test_a_new_section_comes_last(study: Study) -> None:
    add_item(study, "later", {"code": "more", "kind": "text", "text": "More?"}, title="Later", reason="asked for")
    assert [(section["section"], section["title"]) for section in definition_of(study)["questionnaire"]] == [("main", "Main"), ("later", "Later")]


def test_a_dropped_item_is_asked_again_in_its_newest_version(study: Study) -> None:
    count(open_round(study, 2, items=["aim"]))
    reworded(study, text={"en": "How grave would a closure be?"})
    study_round = open_round(study, 3, items=["grave"])
    assert [str(asked.item_version) for asked in study_round.asked_items.all()] == ["grave v2"]


@pytest.mark.parametrize(("section", "item", "more", "said"), [
    ("other", NEVER | {"code": "more"}, {}, "The study has no section other. Choose another, or give the new one a title"),
    ("main", NEVER | {"code": "more"}, {"title": "Again"}, "The study has a section main already"),
    ("main", NEVER | {"code": "more"}, {"reason": ""}, "Give a reason"),
    ("main", NEVER, {}, 'line 1: code: the study has an item "never" already. Give the new one another code, or reword that one.'),
    ("main", "How many?", {}, "line 1: must be a mapping with code, kind and text"),
    ("main", {"code": "more", "kind": "rating", "text": "More?"}, {}, "line 1: scale: is missing"),
    ("later", NEVER | {"code": "more"}, {"title": {"fr": "Plus tard"}}, r"line 1: questionnaire\[1\].title.fr: the language"),
])
def test_what_adding_refuses(study: Study, section: str, item: Any, more: dict[str, Any], said: str) -> None:
    before = definition_of(study)
    with pytest.raises(Refused, match=said):
        add_item(study, section, item, **{"reason": "asked for", **more})
    assert definition_of(study) == before


# Typing errors


@pytest.fixture
def second(study: Study) -> Round:
    return open_round(study, 2, items=["grave", "aim"])


def corrected(study_round: Round, code: str = "grave", reason: str = "a letter was missing", **texts: dict[str, str]) -> ItemVersion:
    return correct_text(study_round, code, {place.replace("__", "."): given for place, given in texts.items()}, reason=reason)


def test_a_typing_error_is_corrected_in_place_and_recorded(second: Round) -> None:
    before = ItemVersion.objects.get(item__code="grave")
    version = corrected(second, text={"en": "How grave is a blockade of the straits?"})
    assert (version.pk, version.number) == (before.pk, 1)
    assert version.definition == {**GRAVE, "text": {"en": "How grave is a blockade of the straits?"}}
    event = last_event(second.study)
    assert (event.act, event.subject, event.details) == ("correct_text", "round 2 · grave", {
        "reason": "a letter was missing", "before": ["text (en): How grave is a blockade of the strait?"],
        "after": ["text (en): How grave is a blockade of the straits?"]})


def test_every_round_that_asked_the_version_gets_a_new_edition(second: Round) -> None:
    corrected(second, text={"en": "How grave is a blockade of the straits?"})
    assert list(Round.objects.order_by("number").values_list("number", "edition")) == [(1, 1), (2, 1)]
    corrected(second, help={"en": "For your country."})
    assert list(Round.objects.order_by("number").values_list("number", "edition")) == [(1, 2), (2, 2)]


def test_answers_stay_as_they_are(second: Round) -> None:
    give(second, by_panel("grave", {"us": [2, 2, 3, 4, 5, 3]}))
    before = list(Answer.objects.order_by("pk").values())
    corrected(second, text={"en": "How grave is a blockade of the straits?"})
    assert list(Answer.objects.order_by("pk").values()) == before


def test_a_missing_translation_may_be_added_whole(second: Round) -> None:
    version = corrected(second, text={"ko": "해협 봉쇄는 얼마나 심각합니까?"}, help={"ko": "귀국에"})
    assert version.definition["text"]["ko"] == "해협 봉쇄는 얼마나 심각합니까?"
    aim = corrected(second, "aim", text={"ko": "어떤 목표?"}, options__gain={"ko": "빠른 이득"})
    assert aim.definition == {**AIM, "text": {"en": "Which aim?", "ko": "어떤 목표?"},
                              "options": [AIM["options"][0], {"code": "gain", "text": {"en": "A quick gain", "ko": "빠른 이득"}}]}


def test_texts_of_options_are_corrected_and_nothing_else_of_them(second: Round) -> None:
    version = corrected(second, "aim", options__gain={"en": "A quick gain "}, options__order={"en": "A new order."})
    assert version.definition["options"] == [{"code": "order", "text": "A new order."}, {"code": "gain", "text": "A quick gain"}]


@pytest.mark.parametrize(("texts", "said"), [
    ({"text": {"en": "How likely is it?"}}, "is more than a typing error: too many signs differ, or a number does. Close the round and reword"),
    ({"text": {"en": "How grave is a blockade of the strait in 2027?"}}, "is more than a typing error"),
    ({"text": {"en": "How grave is not a blockade of the strait?"}}, "adds a negation or takes one away, which turns round what is asked. Close the round"),
    ({"text": {"en": "How grave is a blockade of the strait?"}}, "Nothing is changed"),
    ({"text": {"en": "  How grave is a blockade of the strait?\r\n"}}, "Nothing is changed"),
    ({"text": {"en": ""}}, r"The text of text \(en\) can't be taken away"),
    ({"unit": {"en": "days"}}, "There was no text at unit"),
    ({"unit": {"ko": "일", "en": "days"}}, "There was no text at unit"),
    ({"text": {"fr": "Quelle est la gravité ?"}}, "The study is not asked in fr"),
    ({"options__gain": {"en": "A gain"}}, "The item has no text at options.gain"),
    ({"scale": {"en": "six"}}, "The item has no text at scale"),
    ({"text": {"en": "How grave is a blockade of the straits?"}, "reason": " "}, "Give a reason"),
])
def test_what_a_correction_refuses(second: Round, texts: dict[str, Any], said: str) -> None:
    before = definition_of(second.study)
    with pytest.raises(Refused, match=said):
        corrected(second, **texts)
    assert definition_of(second.study) == before
    assert list(Round.objects.values_list("edition", flat=True)) == [0, 0]


def test_a_correction_needs_an_open_round_that_asks_the_item(study: Study, second: Round) -> None:
    with pytest.raises(Refused, match=r"Round 1 is not open. Between rounds a question is reworded instead"):
        corrected(study.rounds.get(number=1), text={"en": "How grave is a blockade of the straits?"})
    with pytest.raises(Refused, match=r"Round 2 does not ask never"):
        corrected(second, "never", text={"en": "What else"})
    with pytest.raises(Refused, match=r"Round 2 does not ask nothing"):
        corrected(second, "nothing", text={"en": "What else"})
