"""A scale as a form: a label for every point, one a line, or labels of the two ends alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.forms.parts import AgainForm, digest_of, rule_fields, shown_in
from surveys.forms.texts import TextsField
from surveys.studyfile.questionnaire import FEWEST_POINTS, MOST_POINTS

EVERY, ENDS = "every", "ends"
SHAPE_KEYS = ("labels", "points", "ends")


class ScaleForm(AgainForm):
    """`scale` in its definition, or {} for a new one. Keys that the form does not know stay as they are."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    code = forms.SlugField(label=_("Name of the scale"), max_length=60, help_text=_("For example severity9. Letters a to z, digits and hyphens."))
    shape = forms.ChoiceField(label=_("Labels"), widget=forms.RadioSelect, initial=EVERY, choices=[
        (EVERY, _("Every point has a label")), (ENDS, _("Only the two ends have one"))])
    points = forms.IntegerField(label=_("Number of points"), required=False, min_value=FEWEST_POINTS, max_value=MOST_POINTS,
                                help_text=_("Where only the ends have labels."))

    def __init__(self, data: Any = None, *, name: str, scale: Mapping[str, Any], languages: Sequence[str]) -> None:
        super().__init__(data)
        self.scale, self.languages = scale, list(languages)
        for key, label, help_text, rows in (
            ("labels", _("Labels, lowest first"), _("One label on each line, as many in every language."), 7),
            ("lowest", _("The lowest point"), "", 1), ("highest", _("The highest point"), "", 1),
        ):
            self.fields[key] = TextsField(languages=self.languages, label=label, help_text=help_text, required=False, rows=rows)
        self.rules = rule_fields(_("Without one the study’s rule holds."))
        self.fields |= self.rules
        self.initial = {"seen": digest_of([name, scale]), "code": name, **self._initial(scale)}
        self.order_fields(["code", "shape", "labels", "points", "lowest", "highest", *self.rules])

    def _initial(self, scale: Mapping[str, Any]) -> dict[str, Any]:
        labels, ends = self._by_language(scale.get("labels")), self._by_language(scale.get("ends"))
        return {
            "shape": ENDS if "ends" in scale or "points" in scale else EVERY, "points": scale.get("points"),
            "labels": {language: "\n".join(map(str, given)) for language, given in labels.items()},
            "lowest": {language: str(given[0]) for language, given in ends.items() if given},
            **{key: shown_in(field, scale.get(key)) for key, field in self.rules.items()},
            "highest": {language: str(given[1]) for language, given in ends.items() if len(given) > 1},
        }

    def _by_language(self, given: Any) -> dict[str, list[Any]]:
        """Labels in every language; a plain list is in the source language, and anything else is none."""
        found = given if isinstance(given, Mapping) else {self.languages[0]: given}
        return {language: labels for language, labels in found.items() if isinstance(labels, list)}

    def is_overtaken(self) -> bool:
        return bool(self.cleaned_data["seen"] != self.initial["seen"])

    @property
    def definition(self) -> dict[str, Any]:
        """The scale as in a study file; parts that are missing are left out, for the draft's problems to tell."""
        kept = {key: value for key, value in self.scale.items() if key not in (*SHAPE_KEYS, *self.rules)}
        kept |= {key: rule for key in self.rules if (rule := self.merged(key, self.scale.get(key))) is not None}
        data = self.cleaned_data
        if data["shape"] == EVERY:
            labels = {language: [line.strip() for line in text.splitlines() if line.strip()] for language, text in data["labels"].items()}
            return {**({"labels": labels} if any(labels.values()) else {}), **kept}
        ends = {language: [data["lowest"].get(language, ""), data["highest"].get(language, "")]
                for language in self.languages if language in data["lowest"] or language in data["highest"]}
        return {**({"points": data["points"]} if data["points"] else {}), **({"ends": ends} if ends else {}), **kept}
