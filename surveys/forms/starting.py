"""A new study: what it is called, in which languages it is written, and what it starts from."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.forms.organizing import MOST_STUDY_BYTES
from surveys.forms.parts import LanguagesField
from surveys.models import Study
from surveys.studyfile.editing import free_code
from surveys.studyfile.shapes import SLUG

EMPTY, FILE = "empty", "file"


class StartForm(forms.Form):
    """`starts`: (value, label) of what there is to start from, besides nothing and a file."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, required=False,
                            help_text=gettext_lazy("As experts will read it. You can change it later."))
    short_name = forms.CharField(label=gettext_lazy("Short name"), max_length=80, required=False, help_text=gettext_lazy(
        "It stands in addresses and file names and stays for good: lower-case letters, digits and hyphens. Left empty, it is made from the title."))
    languages = LanguagesField(help_text=gettext_lazy("Codes such as en, ko, ja; the language you write in first."))
    file = forms.FileField(label=gettext_lazy("Study file"), required=False, allow_empty_file=True,
                           help_text=gettext_lazy("Only to start from a file: YAML, at most 5 MB. It need not be complete."))

    def __init__(self, *args: Any, starts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"] = forms.ChoiceField(choices=[(EMPTY, ""), *starts, (FILE, "")], label=_("Start from"), initial=EMPTY)

    def clean_short_name(self) -> str:
        given: str = self.cleaned_data["short_name"].strip()
        if given and not SLUG.compiled.fullmatch(given):
            raise forms.ValidationError(_("Use lower-case letters, digits and hyphens, for example threats-2032."))
        if given and Study.objects.filter(slug=given).exists():
            raise forms.ValidationError(_("Another study has this short name. Choose another."))
        return given

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file is not None and file.size > MOST_STUDY_BYTES:
            raise forms.ValidationError(_("The file is larger than %(most)s MB. Split it.") % {"most": MOST_STUDY_BYTES // 1024**2})
        return file.read() if file is not None else b""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") == FILE and "file" in data and not data["file"]:
            self.add_error("file", _("Choose the file to start from."))
        if data.get("start") != FILE and not data.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", _("Give the study a title; you can change it later."))
        return data

    @property
    def head(self) -> dict[str, Any]:
        """Short name, title and languages as a definition has them."""
        title, languages = self.cleaned_data["title"].strip(), self.cleaned_data["languages"]
        return {"study": self.cleaned_data["short_name"] or free_slug(title), "title": {languages[0]: title}, "languages": languages}


def free_slug(wish: str) -> str:
    """A short name that no study has, from a title or another name."""
    base = slugify(wish)[:60].strip("-_").replace("_", "-") or "study"
    taken = {*Study.objects.filter(slug__startswith=base).values_list("slug", flat=True), "new"}
    return free_code(taken, base)


