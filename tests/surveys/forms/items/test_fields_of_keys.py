"""Each key has a field by what its value may be, a name in plain words, and each rule an explanation: also of a kind that nobody thought of."""

import pytest

from surveys.enums import Level
from surveys.forms.items import ItemForm, Surroundings
from surveys.forms.items.codes import code_from, proposed_codes
from surveys.forms.items.fields import NumberKey, TextsKey
from surveys.forms.items.form import HEAD
from surveys.forms.items.keys import AsWritten, field_for
from surveys.forms.items.options import OptionsKey
from surveys.forms.items.rule_words import EXPLANATIONS, NAMES, rule_in_words
from surveys.forms.items.words import LABELS, MEANINGS
from surveys.items import KINDS
from surveys.items.base import ItemKind
from surveys.studyfile import questionnaire
from surveys.studyfile.containers import Field
from surveys.studyfile.questionnaire import ITEM_KEYS
from surveys.studyfile.rules import CONSENSUS_RULES, STABILITY_RULES
from surveys.studyfile.shapes import Schema, Shape, Word
from tests.surveys.studyfile.studies import whole


def test_every_key_has_a_name_in_plain_words() -> None:
    assert set(ITEM_KEYS) - set(HEAD) == set(LABELS)


def test_every_word_is_explained() -> None:
    assert {(key, word) for key, field in ITEM_KEYS.items() if isinstance(field.shape, Word) and key != "kind" for word in field.shape.words} == set(MEANINGS)


def test_every_rule_is_named_and_explained() -> None:
    assert set(NAMES) == set(EXPLANATIONS) == {*CONSENSUS_RULES, *STABILITY_RULES}


class Auction(ItemKind):
    """A kind that is not there: what would somebody pay for each option?"""

    name = "auction"
    keys = frozenset({"options", "unit", "minimum", "bids"})
    required = frozenset({"options"})


class Bids(Shape):
    def schema(self) -> Schema:
        return {"type": "object"}


def test_a_new_kind_has_a_form_by_its_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "auction", Auction())
    monkeypatch.setitem(questionnaire.ITEM_KEYS, "bids", Field(Bids(), "How bids are taken."))
    form = ItemForm(item={"kind": "auction"}, around=Surroundings(whole()))
    assert {key: type(form.fields[key]) for key in Auction.keys} == {"options": OptionsKey, "unit": TextsKey, "minimum": NumberKey, "bids": AsWritten}
    assert (form.fields["bids"].label, form.fields["bids"].help_text) == ("bids", "How bids are taken.")


@pytest.mark.parametrize(("value", "text"), [({"most": 3}, '{"most": 3}'), ("three", '"three"')])
def test_a_value_that_no_other_field_knows_is_written_as_json(value: object, text: str) -> None:
    field = AsWritten()
    assert field.shown(value) == text
    assert field.written(text, None) == value
    assert field.written("{most", None) == "{most"


def test_without_a_rule_of_its_own_the_scale_s_is_named_and_then_the_study_s() -> None:
    study = {**whole(), "consensus": {"rule": "iqr", "at_most": 1}}
    scaled = {**study, "scales": {**study["scales"], "agreement5": {**study["scales"]["agreement5"], "consensus": {"rule": "rand"}}}}
    item = {"kind": "rating", "scale": "agreement5"}

    def unset(definition: dict[str, object]) -> str:
        return str(field_for("consensus", Surroundings(definition), item).unset)  # type: ignore[attr-defined]

    assert unset(scaled) == "Without one the rule of its scale holds: RAND/UCLA appropriateness."
    assert unset(study) == "Without one the study’s rule holds: Interquartile range, at most 1."
    assert unset(whole()) == "Without one nothing is judged, for the study has no rule either."


def test_rules_are_said_in_words() -> None:
    assert rule_in_words({"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}) == "Agreement in a band, the two highest points, at least 0.75"
    assert rule_in_words({"rule": "percent_agreement", "band": [2, 4], "at_least": 0.75}) == "Agreement in a band, points 2 to 4, at least 0.75"
    by_level = {"ordinal": {"rule": "iqr", "at_most": 1}, "nominal": {"rule": "modal_share", "at_least": 0.7}}
    assert rule_in_words(by_level) == (
        f"{Level.ORDINAL.label}: Interquartile range, at most 1; {Level.NOMINAL.label}: Share of the commonest answer, at least 0.7")
    assert rule_in_words("odd") == 'the text "odd"'


@pytest.mark.parametrize(("text", "code"), [
    ("A strait is closed within five years", "a-strait-is-closed-within-five"), ("  Größe & Maß!  ", "groe-ma"), ("다음은?", "q"), ("", "q"),
    ("x" * 80, "x" * 30), ("2032", "2032"), ("--", "q"),
])
def test_a_code_is_made_of_the_first_words(text: str, code: str) -> None:
    assert code_from(text, "q") == code


def test_codes_of_options_are_made_where_none_is_given_and_never_twice() -> None:
    assert proposed_codes([("", "By sea"), ("by-sea", ""), ("", "By sea"), ("", "바다")]) == ["by-sea-2", "by-sea", "by-sea-3", "option-4"]
