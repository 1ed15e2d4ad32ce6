"""Rendered once, filled in for each: nothing forged, nothing unescaped, nothing forgotten."""

import pickle

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe

from surveys.templatetags.own_state import marker
from surveys.views.expert.fragments import compile_parts, fill


def rendered(source: str, **context: object) -> str:
    return Template("{% load own_state %}" + source).render(Context(context))


def filled(source: str, state: dict[str, str], **context: object) -> str:
    return fill(compile_parts(rendered(source, **context)), state)


def test_a_text_is_filled_in_and_escaped() -> None:
    assert filled('<p>{% own "reason" %}</p>', {"reason": '<b onclick="x">&'}) == "<p>&lt;b onclick=&quot;x&quot;&gt;&amp;</p>"


def test_markup_made_by_ourselves_passes() -> None:
    assert filled('{% own "mark" %}', {"mark": mark_safe("<i>x</i>")}) == "<i>x</i>"


def test_a_missing_text_is_empty() -> None:
    assert filled('<p>{% own "reason" %}</p>', {}) == "<p></p>"


def test_only_the_chosen_value_is_checked() -> None:
    source = '{% for value in values %}<input value="{{ value }}"{% checked "value" value %}>{% endfor %}'
    assert filled(source, {"value": "2"}, values=[1, 2, 3]) == '<input value="1"><input value="2" checked><input value="3">'


def test_values_may_hold_any_sign() -> None:
    for value in ("a:b]", "%20", "[[", "두 전구", '"', "x y"):
        assert filled('<i{% checked "value" value %}>', {"value": value}, value=value) == "<i checked>"
        assert filled('<i{% checked "value" value %}>', {"value": "other"}, value=value) == "<i>"


def test_parts_appear_when_the_state_has_them() -> None:
    source = '{% when "before" %}[{% own "words" %}{% when "decision" "kept" %} kept{% endwhen %}]{% endwhen %}.'
    assert filled(source, {}) == "."
    assert filled(source, {"before": "yes", "words": "4"}) == "[4]."
    assert filled(source, {"before": "yes", "words": "4", "decision": "kept"}) == "[4 kept]."
    assert filled(source, {"words": "4", "decision": "kept"}) == "."


@pytest.mark.parametrize("hostile", ["[[own:text:rationale:]]", "[[0123456789abcdef:text:rationale:]]", "{% own 'rationale' %}", "[[:checked:value:1]]"])
def test_a_study_s_text_can_not_forge_a_marker(hostile: str) -> None:
    assert "secret" not in filled("<p>{{ question }}</p>", {"rationale": "secret", "value": "1"}, question=hostile)


def test_what_the_expert_wrote_is_not_read_as_a_marker() -> None:
    """Even a marker that is right, guessed somehow, comes back as text: only templates are compiled."""
    typed = str(marker("text", "confidence"))
    assert filled('{% own "rationale" %}', {"rationale": typed, "confidence": "80"}) == typed


def test_texts_of_the_study_are_escaped_by_the_template() -> None:
    assert filled("<p>{{ question }}</p>", {}, question="<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_a_fragment_survives_the_cache() -> None:
    parts = compile_parts(rendered('a{% when "x" %}{% own "y" %}{% endwhen %}b'))
    assert fill(pickle.loads(pickle.dumps(parts)), {"x": "1", "y": "!"}) == "a!b"  # noqa: S301 - as the cache does


def test_the_same_fragment_serves_many_experts() -> None:
    parts = compile_parts(rendered('{% own "rationale" %}'))
    assert [fill(parts, {"rationale": text}) for text in ("one", "two", "")] == ["one", "two", ""]


@pytest.mark.parametrize("source", ['{% when %}x{% endwhen %}', '{% when "a" "b" "c" %}x{% endwhen %}'])
def test_when_takes_a_name_and_at_most_one_value(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered(source)


@pytest.mark.parametrize("torn", [marker("when", "a"), marker("end")], ids=["when", "end"])
def test_a_torn_fragment_is_an_error_not_a_page(torn: str) -> None:
    with pytest.raises(ValueError, match="marker"):
        compile_parts(f"<p>{torn}</p>")
