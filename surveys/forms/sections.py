"""A section of the questionnaire: its heading in every language, and its code in files."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.forms.texts import TextsField
from surveys.studyfile.editing import free_code
from surveys.studyfile.shapes import CODE


class SectionForm(forms.Form):
    """`seen` is the digest of the section that was read; empty for a new one. `taken`: the codes of the other sections."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(required=False, max_length=60, label=gettext_lazy("Code in files"),
                           help_text=gettext_lazy("Letters a to z, digits, hyphens and underscores. Left empty, it is made from the heading."))

    def __init__(self, *args: Any, languages: Sequence[str], taken: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = set(taken)
        self.fields["title"] = TextsField(languages=languages, label=_("Heading"), most=500, required=False)
        self.order_fields(["seen", "title", "code"])

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        if code and not CODE.compiled.fullmatch(code):
            raise forms.ValidationError(_("Use letters a to z, digits, hyphens and underscores only, beginning with a letter or a digit."))
        if code in self.taken:
            raise forms.ValidationError(_("Another section has this code. Choose another."))
        return code

    @property
    def section(self) -> dict[str, Any]:
        """Code and heading as the study file has them; without a heading there is none."""
        title: Mapping[str, str] = self.cleaned_data["title"]
        code = self.cleaned_data["code"] or free_code(self.taken, code_from(title))
        return {"section": code, "title": dict(title)}


def code_from(title: Mapping[str, str]) -> str:
    """The first heading that Latin letters can spell, as a code."""
    return next((code for code in (slugify(text)[:40].strip("-_") for text in title.values()) if code), "section")
