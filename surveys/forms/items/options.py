"""Options, rows or columns: written in place, or a list of the study's by its name, or its panels."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.forms.items.codes import proposed_codes
from surveys.forms.items.fields import KeyField, is_text, text_as_given, with_stray
from surveys.forms.items.surroundings import Choices, Surroundings
from surveys.forms.texts import lines_of
from surveys.items.resolve import PANELS, by_language
from surveys.items.text import clean_text

MOST_OPTIONS = 500
HERE = ""
Entry = dict[str, Any]


class OptionsWidget(forms.Widget):
    """Reads NAME-source, NAME-count, and for each entry NAME-0-code and NAME-0-text-LANGUAGE."""

    use_fieldset = True

    def __init__(self, languages: list[str]) -> None:
        super().__init__()
        self.languages = languages

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        given = str(data.get(f"{name}-count", ""))
        count = min(int(given), MOST_OPTIONS) if given.isdecimal() and len(given) < 6 else 0
        return {"source": data.get(f"{name}-source") or HERE, "entries": [self._entry(data, f"{name}-{place}") for place in range(count)]}

    def _entry(self, data: Mapping[str, Any], name: str) -> Entry:
        return {"code": data.get(f"{name}-code") or "", "text": {language: data.get(f"{name}-text-{language}") or "" for language in self.languages}}


class BoundOptions(BoundField):
    """What the template shows of the options: the choice of their source, and a row of controls for each."""

    field: "OptionsKey"

    @property
    def sources(self) -> Choices:
        """Where the options can come from, the present source among them."""
        study = self.field.surroundings
        panels = _("The study's panels (%(names)s)") % {"names": ", ".join(name for _code, name in study.panels()) or pgettext("panels of a study", "none yet")}
        return with_stray([(HERE, _("Written here")), *study.lists(), (PANELS, panels)], [self.source])

    @property
    def source(self) -> str:
        return str(self.value()["source"])

    @property
    def listed(self) -> Choices:
        """The options of the list that is named, to be read."""
        return self.field.surroundings.options(self.source) if self.source else []

    @property
    def rows(self) -> list[dict[str, Any]]:
        entries = self.value()["entries"]
        return [{
            "number": place + 1, "place": place, "code": entry["code"], "name": f"{self.html_name}-{place}", "id": f"{self.auto_id}-{place}",
            "lines": lines_of(self.field.languages, f"{self.html_name}-{place}-text", f"{self.auto_id}-{place}-text", entry["text"]),
            "is_first": place == 0, "is_last": place == len(entries) - 1, "focus": self.field.focus == place,
        } for place, entry in enumerate(entries)]

    @property
    def anchor(self) -> str:
        return f"part-{self.html_name}"


class OptionsKey(KeyField):
    """Held as `{"source": …, "entries": [{"code", "text"}]}`; the source is "" for options that are written in place."""

    template = "surveys/builder/item/_options.html"
    fewest_shown = 2
    has_source = True  # a list of the study's own is written in place alone

    def __init__(self, *, surroundings: Surroundings, entry_words: Mapping[str, str | Promise], **kwargs: Any) -> None:
        super().__init__(widget=OptionsWidget(surroundings.languages), **kwargs)
        self.surroundings, self.languages, self.entry_words = surroundings, surroundings.languages, entry_words
        self.focus: int | None = None
        self.empty = {"source": HERE, "entries": []}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundOptions:
        return BoundOptions(form, self, field_name)

    def can_show(self, given: Any) -> bool:
        if isinstance(given, str):
            return bool(given)
        return isinstance(given, list) and len(given) <= MOST_OPTIONS and all(is_entry(option) for option in given)

    def shown(self, given: Any) -> dict[str, Any]:
        if isinstance(given, str):
            return {"source": given, "entries": []}
        return {"source": HERE, "entries": [
            {"code": option.get("code", ""), "text": by_language(option.get("text"), self.languages[0])} for option in given]}

    def prepare_value(self, value: Any) -> Any:
        """An empty list begins with a few empty rows, so that there is where to write."""
        held = value or self.empty
        missing = 0 if held["source"] else max(0, self.fewest_shown - len(held["entries"]))
        return {**held, "entries": [*held["entries"], *(blank() for _place in range(missing))]}

    def to_python(self, value: Any) -> dict[str, Any]:
        """Without rows in which nothing is written."""
        entries = [{"code": entry["code"].strip(), "text": tidy_texts(entry["text"], self.languages)} for entry in value["entries"]]
        return {"source": value["source"], "entries": [] if value["source"] else [entry for entry in entries if entry["code"] or entry["text"]]}

    def written(self, held: dict[str, Any], before: Any) -> Any:
        if held["source"]:
            return held["source"]
        old = {option["code"]: option for option in before if option.get("code")} if isinstance(before, list) else {}
        codes = proposed_codes([(entry["code"], entry["text"].get(self.languages[0], "")) for entry in held["entries"]])
        return [self._option(code, entry["text"], old.get(code, {})) for code, entry in zip(codes, held["entries"], strict=True)] or None

    def _option(self, code: str, text: dict[str, str], old: Mapping[str, Any]) -> Entry:
        found = text_as_given(text, old.get("text"), self.languages)
        return {"code": code, **({} if found is None else {"text": found})}

    def acted(self, held: dict[str, Any], act: str, place: int) -> dict[str, Any]:
        """add, remove, up, down, copy: what the buttons beside the rows do."""
        entries = list(held["entries"])
        if act == "copy":
            return self._copied(held["source"])
        if act == "add":
            entries, self.focus = [*entries, blank()], len(entries)
        elif act == "remove" and place < len(entries):
            del entries[place]
            self.focus = max(0, min(place, len(entries) - 1))
        elif act in ("up", "down") and place < len(entries):
            there = min(max(place + (1 if act == "down" else -1), 0), len(entries) - 1)
            entries.insert(there, entries.pop(place))
            self.focus = there
        return {**held, "entries": entries[:MOST_OPTIONS]}

    def _copied(self, source: str) -> dict[str, Any]:
        """A list's options in place, to be changed for this question alone."""
        self.focus = 0
        return self.shown([option for option in self.surroundings.entries(source) if is_entry(option)])


def is_entry(option: Any) -> bool:
    if not isinstance(option, Mapping) or not set(option) <= {"code", "text"}:
        return False
    return isinstance(option.get("code", ""), str) and is_text(option.get("text", ""))


def blank() -> Entry:
    return {"code": "", "text": {}}


def tidy_texts(texts: Mapping[str, str], languages: list[str]) -> dict[str, str]:
    found = {language: clean_text(texts.get(language, ""), len(texts.get(language, ""))) for language in languages}
    return {language: text for language, text in found.items() if text}
