"""A question edited whole, as text: for options, limits and whatever else its wording's form leaves alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.forms.organizing import comparison_field, reason_field


class WholeItemForm(forms.Form):
    """The item as in a study file; whether earlier answers compare, and why it changes, where there are some. `seen`: which one was read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    item = forms.CharField(label=gettext_lazy("The question, as in a study file"), max_length=100_000, strip=False,
                           widget=forms.Textarea(attrs={"rows": 24, "class": "wording__code", "spellcheck": "false", "autocapitalize": "off"}))

    def __init__(self, *args: Any, present: str, seen: str, was_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(item=present, seen=seen)
        if was_asked:
            self.fields["compares"] = comparison_field()
            self.fields["reason"] = reason_field()

    def clean_item(self) -> str:
        text: str = self.cleaned_data["item"]
        if not text.strip():
            raise forms.ValidationError(_("Write the question, or leave this page."))
        return text
