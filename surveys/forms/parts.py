"""Parts of a study's definition as forms: each field fills one path, and what a form does not know of is left as it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from surveys.forms.digests import digest_of
from surveys.forms.items.fields import KeyField
from surveys.forms.items.rules import RulesKey
from surveys.forms.texts import TextsField
from surveys.studyfile.languages import value_at, with_languages, with_value_at
from surveys.studyfile.problems import Path, StudyFileProblem, path_text
from surveys.studyfile.shapes import LANGUAGE

ROWS = 6


def present_at(definition: Mapping[str, Any], path: Path) -> Any:
    try:
        return value_at(definition, path)
    except (LookupError, TypeError):
        return None


class AgainForm(forms.Form):
    """A form with buttons of its own, which show it again without saving it."""

    def show_again(self, act: str) -> None:
        """What was typed, to be shown and not saved, after one of a field's own buttons, such as `consensus:add:0`."""
        typed = {name: field.widget.value_from_datadict(self.data, self.files, name) for name, field in self.fields.items()}
        self.is_bound, self.initial = False, typed
        name, _colon, rest = act.partition(":")
        verb, _colon, place = rest.partition(":")
        field = self.fields.get(name)
        if isinstance(field, KeyField) and place.isdecimal() and len(place) < 6:
            self.initial[name] = field.acted(field.prepare_value(typed[name]), verb, int(place))

    def merged(self, name: str, present: Any) -> Any:
        """A field of several controls: what it can't show stays as long as nothing else is written there."""
        field, given = cast(KeyField, self.fields[name]), self.cleaned_data[name]
        is_odd = present is not None and not field.can_show(present)
        return present if is_odd and given == field.to_python(field.empty) else field.merged(given, present)


class PartForm(AgainForm):
    """`places`: field → path. An empty field removes its path; `defaults`: values that are the same as saying nothing."""

    places: ClassVar[Mapping[str, Path]]
    defaults: ClassVar[Mapping[str, Any]] = {}
    long_texts: ClassVar[frozenset[str]] = frozenset()
    groups: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = ()  # headings with their fields; none: all in one
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, definition: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.languages: list[str] = definition["languages"]
        for name, label in self.text_labels().items():
            self.fields[name] = TextsField(languages=self.languages, label=label, required=False, rows=ROWS if name in self.long_texts else 1)
        self.fields |= self.key_fields(definition)
        for name, path in self.places.items():
            self.initial[name] = self._shown(name, present_at(definition, path))
        self.initial["seen"] = self.digest(definition)
        self.order_fields(list(self.places))
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget.attrs["class"] = "short"

    def _shown(self, name: str, given: Any) -> Any:
        field = self.fields.get(name)
        return shown_in(field, given) if isinstance(field, KeyField) else self.defaults.get(name) if given is None else given

    def key_fields(self, definition: Mapping[str, Any]) -> Mapping[str, KeyField]:
        """Fields of several controls, with buttons of their own."""
        return {}

    @classmethod
    def text_labels(cls) -> Mapping[str, Any]:
        """Field → label, for the fields that take a text in every language."""
        return {}

    def digest(self, definition: Mapping[str, Any]) -> str:
        return digest_of({name: present_at(definition, path) for name, path in self.places.items()})

    def is_overtaken(self) -> bool:
        """Has somebody changed this part since the page was opened? Asked of a form that was sent."""
        return bool(self.cleaned_data["seen"] != self.initial["seen"])

    def applied(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """The definition with what the form says."""
        found = dict(definition)
        for name, path in self.places.items():
            given = self.cleaned_data[name]
            if isinstance(self.fields[name], KeyField):
                found = with_value_at(found, path, self.merged(name, present_at(found, path)))
            elif not self._says_the_same(name, given, present_at(found, path)):
                found = with_value_at(found, path, None if given in ("", None, [], {}) or given == self.defaults.get(name) else given)
        return found

    def _says_the_same(self, name: str, given: Any, present: Any) -> bool:
        if present is None:
            return given in ("", None, [], {}) or given == self.defaults.get(name)
        return given == present or given == {self.languages[0]: present}

    def rows(self, problems: Sequence[StudyFileProblem] = ()) -> list[dict[str, Any]]:
        """The fields with what is still wrong in the draft at their places, and what somebody else wrote there in between."""
        return [{"field": self[name], "template": getattr(self.fields[name], "template", ""), "problems": problems_at(path, problems),
                 "present": self._present_in_words(name)} for name, path in self.places.items()]

    def grouped(self, problems: Sequence[StudyFileProblem] = ()) -> list[dict[str, Any]]:
        """The rows under their headings, in the groups' order."""
        rows = {row["field"].name: row for row in self.rows(problems)}
        if not self.groups:
            return [{"title": "", "rows": list(rows.values())}]
        return [{"title": title, "rows": [rows[name] for name in names]} for title, names in self.groups]

    def _present_in_words(self, name: str) -> str:
        """What stands in the study now, where the form was overtaken and says something else."""
        present = self.initial.get(name)
        if isinstance(self.fields[name], KeyField) or not self.is_bound or not self.is_valid():
            return ""
        if not self.is_overtaken() or self.cleaned_data[name] == present:
            return ""
        if isinstance(present, Mapping):
            return " · ".join(f"{language}: {text}" for language, text in present.items())
        return ", ".join(map(str, present)) if isinstance(present, list) else str(present or "–")


def problems_at(path: Path, problems: Sequence[StudyFileProblem]) -> list[str]:
    """What is wrong there and below."""
    head = path_text(path)
    return [problem.text for problem in problems if problem.path == head or problem.path.startswith((f"{head}.", f"{head}["))]


class HeadForm(PartForm):
    """What the study is, who asks, and what experts are told before they begin."""

    places: ClassVar[Mapping[str, Path]] = {
        "title": ("title",), "aim": ("aim",), "languages": ("languages",), "perspective": ("perspective",), "information": ("information",),
        "consent_text": ("consent", "text"), "consent_version": ("consent", "version"), "anonymity": ("anonymity",),
        "organisation": ("organisation", "name"), "contact": ("organisation", "contact"), "sender": ("organisation", "sender"),
        "time_zone": ("time_zone",), "identities_days": ("retention", "identities_days"), "answers_days": ("retention", "answers_days"),
    }
    long_texts: ClassVar[frozenset[str]] = frozenset({"information", "consent_text"})
    groups: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = (
        (_("The study"), ("title", "aim", "languages", "time_zone")),
        (_("Who asks"), ("organisation", "contact", "sender")),
        (_("What experts are told"), ("information", "perspective", "consent_text", "consent_version")),
        (_("What is promised"), ("anonymity", "identities_days", "answers_days")),
    )

    consent_version = forms.IntegerField(label=_("Version of the consent"), min_value=1, max_value=1_000_000, required=False,
                                         help_text=_("Raise it when the text changes; experts are asked again."))
    anonymity = forms.MultipleChoiceField(
        label=_("Who never learns who answered what"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("peers", _("Other experts")), ("organizers", _("Organizers"))],
        help_text=_("A promise to experts. After the first invitation it can be strengthened, not weakened."))
    contact = forms.CharField(label=_("Whom experts can ask"), required=False, max_length=320, help_text=_("An address, shown on every page."))
    sender = forms.CharField(label=_("Whom mail comes from"), required=False, max_length=320,
                             help_text=_("For example: Alliance Delphi &lt;delphi@example.org&gt;"))
    time_zone = forms.CharField(label=_("Time zone of deadlines"), required=False, max_length=60, help_text=_("For example: Asia/Seoul. Without one, UTC."))
    identities_days = forms.IntegerField(label=_("Delete names and addresses after so many days"), min_value=1, required=False,
                                         help_text=_("Counted from the study's end."))
    answers_days = forms.IntegerField(label=_("Delete answers after so many days"), min_value=1, required=False, help_text=_("Counted from the study's end."))

    def __init__(self, data: Any = None, *, definition: Mapping[str, Any]) -> None:
        super().__init__(data, definition=definition)
        self.fields["languages"] = LanguagesField()
        self.initial["languages"] = list(definition["languages"])
        self.order_fields(list(self.places))

    @classmethod
    def text_labels(cls) -> Mapping[str, Any]:
        return {"title": _("Title"), "aim": _("What the study wants to find out"), "perspective": _("As whom experts answer"),
                "information": _("What experts should know before they begin"), "consent_text": _("What experts consent to"),
                "organisation": _("Who asks")}

    def applied(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        """Languages last: texts of a language that goes are taken out of the whole study (undo brings them back)."""
        chosen = self.cleaned_data["languages"]
        found = super().applied(definition)
        if found.get("consent", {}).keys() == {"text"}:
            found = with_value_at(found, ("consent", "version"), 1)
        return with_languages({**found, "languages": definition["languages"]}, chosen)


class LanguagesField(forms.CharField):
    """Codes of languages, the source language first: "en, ko, ja"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Languages"), "help_text": _("Codes such as en, ko, ja; the language you write in first. "
                                                          "Texts of a language that you remove are removed too."), **kwargs}
        super().__init__(max_length=200, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return list(dict.fromkeys(re.findall(r"[^\s,;]+", super().to_python(value) or "")))

    def validate(self, value: Any) -> None:
        super().validate(value)
        wrong = [code for code in value if not LANGUAGE.compiled.fullmatch(code)]
        if wrong:
            raise forms.ValidationError(now("%(code)s is no code of a language. Write for example en, ko or pt-BR.") % {"code": ", ".join(wrong)})

    def run_validators(self, value: Any) -> None:
        """The limit of length is the browser's; a list has none."""


class RunForm(PartForm):
    """How rounds run, what experts see of each other, what a figure needs to be shown, and how answers are judged."""

    places: ClassVar[Mapping[str, Path]] = {
        "maximum": ("rounds", "maximum"), "invite": ("rounds", "invite"), "unsubmitted": ("rounds", "unsubmitted"),
        "distribution": ("feedback", "distribution"), "reasons": ("feedback", "reasons"), "previous_answer": ("feedback", "previous_answer"),
        "minimum": ("disclosure", "minimum"), "public_data": ("public_data",), "quantile_type": ("quantile_type",),
        "consensus": ("consensus",), "stability": ("stability",),
    }
    groups: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = (
        (_("How answers are judged"), ("consensus", "stability")),
        (_("Rounds"), ("maximum", "invite", "unsubmitted")),
        (_("What experts see of each other"), ("distribution", "reasons", "previous_answer")),
        (_("What may be shown"), ("minimum", "public_data", "quantile_type")),
    )
    defaults: ClassVar[Mapping[str, Any]] = {
        "invite": "everyone", "unsubmitted": "count", "distribution": "all_panels", "reasons": "moderated", "previous_answer": "preselected",
        "minimum": 5, "public_data": False, "quantile_type": 7,
    }
    maximum = forms.IntegerField(label=_("Rounds at most"), min_value=1, max_value=20, required=False)
    invite = forms.ChoiceField(label=_("Who is invited from round 2 on"), widget=forms.RadioSelect, choices=[
        ("everyone", _("Everyone who has not declined")), ("respondents", _("Only those who answered the round before"))],
        help_text=_("Inviting only respondents loses people from round to round, and dissenters first."))
    unsubmitted = forms.ChoiceField(label=_("Answers that were saved and never submitted"), widget=forms.RadioSelect, choices=[
        ("count", _("Count when the round closes")), ("leave_out", _("Are left out"))])
    distribution = forms.ChoiceField(label=_("Whose answers experts see from round 2 on"), widget=forms.RadioSelect, choices=[
        ("all_panels", _("Everybody's, and each panel's")), ("own_panel", _("Everybody's, and their own panel's")), ("none", _("Nobody’s"))])
    reasons = forms.ChoiceField(label=_("Reasons of others"), widget=forms.RadioSelect, choices=[
        ("moderated", _("Shown when a moderator has approved them")), ("none", _("Not shown"))])
    previous_answer = forms.ChoiceField(label=_("The expert's own last answer"), widget=forms.RadioSelect, choices=[
        ("preselected", _("Chosen already; it counts when the expert says keep")), ("marked", _("Marked only"))])
    minimum = forms.IntegerField(label=_("Fewest answers that a figure rests on"), min_value=1, max_value=1000,
                                 help_text=_("At least 3. 1 only where the answers are public already."))
    public_data = forms.BooleanField(label=_("The answers are public already"), required=False)
    quantile_type = forms.IntegerField(label=_("Type of quantiles, by Hyndman and Fan"), min_value=1, max_value=9)

    def key_fields(self, definition: Mapping[str, Any]) -> Mapping[str, KeyField]:
        return rule_fields(_("Without a rule nothing is judged. Scales and questions can have their own, which come first."))


def shown_in(field: KeyField, given: Any) -> Any:
    return field.shown(given) if given is not None and field.can_show(given) else field.empty


def rule_fields(unset: Any) -> dict[str, KeyField]:
    """`unset`: what holds where there is no rule."""
    return {"consensus": RulesKey(which="consensus", unset=unset, label=_("Rule of consensus")),
            "stability": RulesKey(which="stability", unset=unset, label=_("Rule of stability"))}


class TheatreForm(PartForm):
    """A theatre: its definition alone, `{"languages": …, "code": …, "name": …}`."""

    places: ClassVar[Mapping[str, Path]] = {"name": ("name",), "code": ("code",)}
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Letters a to z, digits and hyphens. Files and figures use it."))

    @classmethod
    def text_labels(cls) -> Mapping[str, Any]:
        return {"name": _("Name")}


class PanelForm(TheatreForm):
    """A panel, and which theatres its experts are counted in."""

    places: ClassVar[Mapping[str, Path]] = {**TheatreForm.places, "theatres": ("theatres",)}
    theatres = forms.MultipleChoiceField(label=_("Theatres"), required=False, widget=forms.CheckboxSelectMultiple,
                                         help_text=_("A panel of several theatres counts in full in each."))

    def __init__(self, data: Any = None, *, definition: Mapping[str, Any], theatres: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, definition=definition)
        known = {code for code, _name in theatres}
        stray = [(code, code) for code in self.initial["theatres"] or [] if code not in known]
        self.fields["theatres"].choices = [*theatres, *stray]  # type: ignore[attr-defined]
        if not theatres and not stray:
            del self.fields["theatres"]
            self.places = TheatreForm.places  # type: ignore[misc]
            self.initial["seen"] = self.digest(definition)
