"""The forms of organizers' pages. They read and tidy; whether an act is possible the workflow says."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import RationaleState
from surveys.models import Study
from surveys.studyfile.shapes import MOST_CHARACTERS
from surveys.studyfile.wording import Texts
from surveys.workflow.conditions import missing_source
from surveys.workflow.identities import Person

MOST_STUDY_BYTES = 5 * 1024 * 1024
MOST_PANEL_BYTES = 20 * 1024 * 1024
PREVIEW_SECONDS = 2 * 3600
LONG = ("text", "help", "aim", "information", "perspective")  # texts that seldom fit on one line


class UploadForm(forms.Form):
    """A file to be previewed. Its content comes back as bytes in `content`."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)

    def __init__(self, *args: Any, label: str, help_text: str, most_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label, self.fields["file"].help_text = label, help_text
        self.most_bytes = most_bytes

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > self.most_bytes:
            raise forms.ValidationError(_("The file is larger than %(most)s MB. Split it.") % {"most": self.most_bytes // 1024**2})
        return file.read()


def seal_preview(content: bytes, purpose: str) -> str:
    """A previewed file on its way through the browser: signed, so that what is confirmed is what was previewed."""
    return signing.TimestampSigner(salt=f"preview:{purpose}").sign_object(content.decode("utf-8", "surrogateescape"), compress=True)


def open_preview(sealed: str, purpose: str) -> bytes | None:
    """The content of a preview, or None when it was altered, belongs to something else, or is older than two hours."""
    try:
        text = signing.TimestampSigner(salt=f"preview:{purpose}").unsign_object(sealed, max_age=PREVIEW_SECONDS)
    except signing.BadSignature:
        return None
    return text.encode("utf-8", "surrogateescape")


class StudyTimeField(forms.Field):
    """A date and time of day in the study's zone, as the browser's own control gives it."""

    def __init__(self, *, zone: ZoneInfo, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)
        self.zone = zone

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            naive = datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError:
            raise forms.ValidationError(_("Write date and time like 2027-03-01T18:00.")) from None
        return self._placed(naive)

    def _placed(self, naive: datetime) -> datetime:
        """The moment, unless the clocks skip it that night."""
        try:
            moment = naive.replace(tzinfo=self.zone).astimezone(UTC)
        except OverflowError:
            raise forms.ValidationError(_("Choose a nearer date.")) from None
        if moment.astimezone(self.zone).replace(tzinfo=None) != naive:
            raise forms.ValidationError(_("The clocks are put forward over this time. Choose another."))
        return moment.astimezone(self.zone)


class DeadlineForm(forms.Form):
    """A deadline, or none."""

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = study.settings.get("time_zone", "UTC")
        self.fields["deadline"] = StudyTimeField(
            zone=study.zone, required=False, label=_("Deadline (time zone %(zone)s)") % {"zone": zone},
            help_text=_("The round closes by itself at this time. Leave it empty to close it by hand."),
        )


class ReopenForm(DeadlineForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
                             help_text=gettext_lazy("It becomes part of the study's record."))


class OpeningForm(DeadlineForm):
    """Until when the next round runs, and in which incomplete languages it opens all the same."""

    def __init__(self, *args: Any, study: Study, incomplete: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, study=study, **kwargs)
        self.fields["allow_incomplete"] = forms.MultipleChoiceField(choices=incomplete, required=False, label=_("Open with gaps"))


class OpenRoundForm(OpeningForm):
    """The same for round 1, and what it asks."""

    def __init__(self, *args: Any, items: list[tuple[str, str]], definitions: list[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definitions = definitions
        self.fields["items"] = forms.MultipleChoiceField(
            choices=items, label=_("Items to ask"), error_messages={"required": _("Choose at least one item.")})

    def clean_items(self) -> list[str]:
        """An item that waits for another is asked together with it, or not at all."""
        chosen: list[str] = self.cleaned_data["items"]
        obstacle = missing_source(item for item in self.definitions if item["code"] in chosen)
        if obstacle:
            raise forms.ValidationError(obstacle)
        return chosen


class ExpertForm(forms.Form):
    """One expert: a panel (not when replacing), a person, a language."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False,
                             help_text=gettext_lazy("The personal link is sent there. Without an address nobody can be invited."))

    def __init__(self, *args: Any, study: Study, panels: list[tuple[int, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if panels is not None:
            self.fields["panel"] = forms.TypedChoiceField(choices=panels, coerce=int, label=_("Panel"))
        self.fields["language"] = forms.ChoiceField(choices=[(code, code) for code in study.languages], label=_("Language"))
        self.order_fields(["panel", "name", "email", "language"])

    @property
    def person(self) -> Person:
        return Person(self.cleaned_data["name"].strip(), self.cleaned_data["email"].strip())


class DecisionForm(forms.Form):
    """A moderator's decision. `seen` is the digest of the text that was read."""

    decision = forms.ChoiceField(choices=[(state, state) for state in (RationaleState.APPROVED, RationaleState.REDACTED, RationaleState.WITHHELD)])
    seen = forms.CharField(max_length=64)
    published_text = forms.CharField(required=False, max_length=10_000)  # an answer to an open question may be as long
    reason = forms.CharField(required=False, max_length=500)


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("It becomes part of the study's record."))


def comparison_field() -> forms.ChoiceField:
    """The organizer's declaration, which nobody makes by oversight: there is no default."""
    return forms.ChoiceField(
        choices=[("yes", _("They compare")), ("no", _("They do not compare"))], label=_("Earlier answers"),
        error_messages={"required": _("Say whether the earlier answers compare with those to the new wording.")})


class CorrectionForm(forms.Form):
    """The texts of a question, place by place and language by language, and why they change. `seen` tells which ones were read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, texts: Texts, languages: list[str], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        self.places = {place: [f"{place}.{language}" for language in languages] for place in texts}
        for place, given in texts.items():
            for language in languages:
                self.fields[f"{place}.{language}"] = forms.CharField(
                    required=False, max_length=MOST_CHARACTERS, initial=given.get(language, ""),
                    widget=forms.Textarea(attrs={"rows": 3 if place in LONG else 1, "lang": language}))
        self.fields["reason"] = reason_field()

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """Place → language → text, as they were sent."""
        return {place: {name.rpartition(".")[2]: self.cleaned_data[name] for name in names} for place, names in self.places.items()}


class RewordForm(CorrectionForm):
    """The same, and whether answers to the new wording compare with earlier ones, where there are some."""

    def __init__(self, *args: Any, was_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_asked:
            self.fields["compares"] = comparison_field()
        else:
            del self.fields["reason"]


class AddItemForm(forms.Form):
    """A further question as in the study file, its section, and why it is asked."""

    item = forms.CharField(label=gettext_lazy("The question, as in a study file"), max_length=100_000, strip=False,
                           widget=forms.Textarea(attrs={"rows": 10, "class": "wording__code", "spellcheck": "false", "autocapitalize": "off"}))
    new_code = forms.CharField(label=gettext_lazy("Code of the new section"), max_length=60, required=False,
                               help_text=gettext_lazy("Letters a to z, digits and hyphens."))

    def __init__(self, *args: Any, study: Study, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = study.languages
        self.fields["section"] = forms.ChoiceField(choices=[*sections, ("", _("a new section at the end"))], required=False, label=_("Section"),
                                                   initial=sections[-1][0] if sections else "")
        for language in study.languages:
            self.fields[f"title.{language}"] = forms.CharField(
                label=_("Heading of the new section (%(language)s)") % {"language": language}, max_length=500, required=False,
                widget=forms.TextInput(attrs={"lang": language}))
        self.fields["reason"] = reason_field()
        self.order_fields(["section", "new_code", *(f"title.{language}" for language in study.languages), "item", "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("section") == "" and not (data.get("new_code", "").strip() and data.get(f"title.{self.languages[0]}", "").strip()):
            self.add_error("new_code", _("Give the new section a code, and a heading in the source language."))
        return data

    @property
    def section(self) -> str:
        return self.cleaned_data["section"] or self.cleaned_data["new_code"].strip()

    @property
    def title(self) -> dict[str, str] | None:
        """The new section's heading by language; None for a section that is there."""
        if self.cleaned_data["section"]:
            return None
        given = {language: self.cleaned_data[f"title.{language}"].strip() for language in self.languages}
        return {language: text for language, text in given.items() if text}
