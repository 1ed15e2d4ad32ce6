"""The study while it is being made of the form: codes given so far, scales and lists in use, and what conditions can ask about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from surveys.items.resolve import PANELS
from surveys.xlsform.choices import Choice, ChoiceList, Points
from surveys.xlsform.codes import Codes
from surveys.xlsform.columns import Line
from surveys.xlsform.languages import Languages
from surveys.xlsform.report import Report

OTHER = _("Other")
Value = int | str


@dataclass(frozen=True)
class Asked:
    """What a condition can wait for: the item that a question became, and how each answer of the form is answered there."""

    code: str
    kind: str
    component: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)  # name of a choice → option's code, or position on the scale
    is_whole: bool = False


@dataclass
class Draft:
    languages: Languages
    lists: Mapping[str, ChoiceList]
    report: Report
    item_codes: Codes = field(default_factory=Codes)
    section_codes: Codes = field(default_factory=Codes)
    asked: dict[str, Asked] = field(default_factory=dict)  # name of a question → item
    conditions: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # item → its shown_if
    scales: dict[str, Any] = field(default_factory=dict)
    option_lists: dict[str, list[Any]] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)
    _names: dict[tuple[str, ...], str] = field(default_factory=dict)
    _scale_codes: Codes = field(default_factory=Codes)
    _list_codes: Codes = field(default_factory=lambda: Codes(PANELS))

    def text(self, line: Line, fallback: str) -> dict[str, str]:
        """The label, in the source language at least."""
        return self.languages.complete(line.text("label"), fallback)

    def choice_text(self, choice: Choice) -> dict[str, str]:
        if choice.is_added:
            return self.languages.words(OTHER)
        return self.text(choice.line, choice.name or choice.code)

    def scale(self, given: ChoiceList, points: Points) -> str:
        """The name of the scale that a list makes; the same list makes it once."""
        key = ("list", given.name)
        if key not in self._names:
            texts = [self.choice_text(choice) for choice in points.choices]
            spoken = [language for language in self.languages.codes if all(language in text for text in texts)]
            labels = {language: [text[language] for text in texts] for language in spoken}
            self._names[key] = self._add_scale(given.name, labels)
        return self._names[key]

    def counted_scale(self, labels: Sequence[str]) -> str:
        """A scale whose labels are numbers, the same in every language."""
        key = ("numbers", *labels)
        if key not in self._names:
            self._names[key] = self._add_scale(f"scale {labels[0]} to {labels[-1]}", {language: list(labels) for language in self.languages.codes})
        return self._names[key]

    def _add_scale(self, name: str, labels: dict[str, list[str]]) -> str:
        code = self._scale_codes.take(name, "scale")
        self.scales[code] = {"labels": labels}
        return code

    def options(self, given: ChoiceList) -> str:
        """The name of the option list; `settle_lists` writes it out where it is used once."""
        key = ("options", given.name, str(len(given.choices)))
        if key not in self._names:
            code = self._names[key] = self._list_codes.take(given.name, "options")
            self.option_lists[code] = [{"code": choice.code, "text": self.choice_text(choice)} for choice in given.choices]
        self.uses[self._names[key]] += 1
        return self._names[key]

    def settle_lists(self, items: Sequence[dict[str, Any]]) -> None:
        """A list that one item alone uses stands in the item."""
        for item in items:
            for key in ("options", "rows", "columns"):
                name = item.get(key)
                if isinstance(name, str) and self.uses[name] == 1:
                    item[key] = self.option_lists.pop(name)
