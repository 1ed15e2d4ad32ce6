"""A scale as a form: what is shown is what was there, and lines become labels."""

from typing import Any

import pytest

from surveys.forms.scales import ScaleForm
from tests.surveys.forms.test_parts import WHOLE, sent

LANGUAGES = ["en", "ko"]
SCALES = {**WHOLE["scales"], "plain": {"labels": ["Low", "High"]}, "empty": {},
          "ruled": {"points": 9, "ends": {"en": ["No", "Yes"]}, "consensus": {"rule": "rand"}}}


def saved(scale: dict[str, Any], **changes: Any) -> dict[str, Any]:
    shown = ScaleForm(name="grave", scale=scale, languages=WHOLE["languages"])
    form = ScaleForm(sent(shown, **changes), name="grave", scale=scale, languages=WHOLE["languages"])
    assert form.is_valid(), form.errors
    assert not form.is_overtaken()
    return form.definition


@pytest.mark.parametrize("name", SCALES)
def test_opened_and_saved_a_scale_says_the_same(name: str) -> None:
    given = SCALES[name]
    labels = given.get("labels")
    assert saved(given) == (given if not isinstance(labels, list) else {"labels": {"en": labels}})


def test_each_line_is_a_label() -> None:
    found = saved({}, **{"labels-en": "Never\r\n\r\n Seldom \r\nOften", "labels-ko": "전혀\n가끔\n자주"})
    assert found == {"labels": {"en": ["Never", "Seldom", "Often"], "ko": ["전혀", "가끔", "자주"]}}


def test_a_scale_of_ends_has_points_and_keeps_its_rule() -> None:
    found = saved({"labels": {"en": ["a", "b"]}, "consensus": {"rule": "rand"}}, shape="ends", points="7", **{"lowest-en": "No", "highest-en": "Yes"})
    assert found == {"points": 7, "ends": {"en": ["No", "Yes"]}, "consensus": {"rule": "rand"}}


def test_a_half_written_scale_is_kept_as_far_as_it_goes() -> None:
    assert saved({}, shape="ends", points="7") == {"points": 7}
    assert saved({}, shape="ends", **{"lowest-en": "No"}) == {"ends": {"en": ["No", ""]}}


def test_too_many_points_are_refused() -> None:
    form = ScaleForm(sent(ScaleForm(name="", scale={}, languages=LANGUAGES), code="x", shape="ends", points="22"),
                     name="", scale={}, languages=LANGUAGES)
    assert list(form.errors) == ["points"]
