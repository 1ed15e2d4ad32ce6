"""An axis of a map: its scale and what it says."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from surveys.forms.items.fields import KeyField, is_text, text_as_given, with_stray
from surveys.forms.items.options import tidy_texts
from surveys.forms.items.surroundings import Choices, Surroundings
from surveys.forms.texts import lines_of
from surveys.items.resolve import by_language


class AxisWidget(forms.Widget):
    use_fieldset = True

    def __init__(self, languages: list[str]) -> None:
        super().__init__()
        self.languages = languages

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        return {"scale": data.get(f"{name}-scale") or "", "text": {language: data.get(f"{name}-text-{language}") or "" for language in self.languages}}


class BoundAxis(BoundField):
    field: "AxisKey"

    @property
    def scale(self) -> str:
        return str(self.value()["scale"])

    @property
    def scales(self) -> Choices:
        return with_stray(self.field.surroundings.scales(), [self.scale])

    @property
    def lines(self) -> list[dict[str, Any]]:
        return lines_of(self.field.languages, f"{self.html_name}-text", f"{self.auto_id}-text", self.value()["text"])


class AxisKey(KeyField):
    """Held as `{"scale": …, "text": …}`."""

    template = "surveys/builder/item/_axis.html"

    def __init__(self, *, surroundings: Surroundings, **kwargs: Any) -> None:
        super().__init__(widget=AxisWidget(surroundings.languages), **kwargs)
        self.surroundings, self.languages = surroundings, surroundings.languages
        self.empty = {"scale": "", "text": {}}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundAxis:
        return BoundAxis(form, self, field_name)

    def can_show(self, given: Any) -> bool:
        return isinstance(given, Mapping) and set(given) <= {"scale", "text"} and isinstance(given.get("scale", ""), str) and is_text(given.get("text", ""))

    def shown(self, given: Any) -> dict[str, Any]:
        return {"scale": given.get("scale", ""), "text": by_language(given.get("text"), self.languages[0])}

    def to_python(self, value: Any) -> dict[str, Any]:
        return {"scale": value["scale"], "text": tidy_texts(value["text"], self.languages)}

    def written(self, held: dict[str, Any], before: Any) -> Any:
        text = text_as_given(held["text"], before.get("text") if isinstance(before, Mapping) else None, self.languages)
        found = {"scale": held["scale"], "text": text}
        return {key: value for key, value in found.items() if value} or None
