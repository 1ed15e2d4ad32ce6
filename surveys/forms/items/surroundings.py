"""What of its study an item can refer to, for the choices that its form offers. It reads definitions that are not finished."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from surveys.items.resolve import PANELS, by_language
from surveys.studyfile.questionnaire import MOST_POINTS

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Surroundings:
    """The definition round an item. `code`: the item's own as it is kept, "" for a new one, which stands at the end of `section`."""

    definition: Mapping[str, Any]
    code: str = ""
    section: str = ""

    @property
    def languages(self) -> list[str]:
        return list(self.definition["languages"])

    @property
    def source(self) -> str:
        return self.languages[0]

    def text(self, value: Any) -> str:
        """In the reader's language, else in the source language."""
        texts = by_language(value, self.source) if isinstance(value, str | Mapping) else {}
        return str(texts.get(get_language() or "") or texts.get(self.source) or "")

    def scales(self) -> Choices:
        return [(name, self._scale_in_words(name, scale)) for name, scale in sorted(self._named("scales").items())]

    def lists(self) -> Choices:
        return [(name, f"{name}: {self._texts_of(options)}") for name, options in sorted(self._named("option_lists").items())]

    def theatres(self) -> Choices:
        return [(group["code"], self.text(group.get("name")) or group["code"]) for group in self._groups("theatres")]

    def panels(self) -> Choices:
        return [(group["code"], self.text(group.get("name")) or group["code"]) for group in self._groups(PANELS)]

    def options(self, given: Any) -> Choices:
        """Code and text of what a list in place, a list's name or `panels` stands for."""
        return [(str(option["code"]), self.text(option.get("text")) or str(option["code"])) for option in self.entries(given) if "code" in option]

    def entries(self, given: Any) -> list[Mapping[str, Any]]:
        """The same as options with code and text."""
        if given == PANELS:
            return [{"code": panel["code"], "text": panel.get("name", panel["code"])} for panel in self._groups(PANELS)]
        found = self._named("option_lists").get(given) if isinstance(given, str) else given
        return [option for option in found if isinstance(option, Mapping)] if isinstance(found, list) else []

    def points(self, scale: Any) -> Choices:
        """The positions of a scale, with their labels where there are some."""
        given = self._named("scales").get(scale) if isinstance(scale, str) else None
        if not isinstance(given, Mapping):
            return []
        labels = self._labels(given.get("labels"))
        points = given.get("points")
        plain = [(str(place), str(place)) for place in range(1, min(points, MOST_POINTS) + 1)] if type(points) is int else []
        return [(str(place), f"{place} – {label}") for place, label in enumerate(labels, 1)] or plain

    def items(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Every item with a code, and the section that it stands in."""
        for section in self.definition.get("questionnaire", []):
            for item in section.get("items", []):
                if isinstance(item, Mapping) and isinstance(item.get("code"), str):
                    yield str(section.get("section", "")), item

    def item(self, code: str) -> Mapping[str, Any]:
        """The item with this code; {} where there is none."""
        return next((item for _section, item in self.items() if item["code"] == code), {})

    def earlier(self) -> list[Mapping[str, Any]]:
        """The items that stand before this one."""
        found = []
        passed = False
        for section, item in self.items():
            if item["code"] == self.code or (not self.code and passed and section != self.section):
                break
            passed = passed or section == self.section
            found.append(item)
        return found

    def others_of_kind(self, kind: str) -> list[Mapping[str, Any]]:
        return [item for _section, item in self.items() if item.get("kind") == kind and item["code"] != self.code]

    def named_items(self, items: list[Mapping[str, Any]]) -> Choices:
        return [(item["code"], f"{item['code']}: {shortened(self.text(item.get('text')))}") for item in items]

    def _named(self, part: str) -> Mapping[str, Any]:
        found = self.definition.get(part)
        return found if isinstance(found, Mapping) else {}

    def _groups(self, part: str) -> list[Mapping[str, Any]]:
        found = self.definition.get(part)
        return [group for group in found if isinstance(group, Mapping) and isinstance(group.get("code"), str)] if isinstance(found, list) else []

    def _texts_of(self, options: Any) -> str:
        return shortened(", ".join(text for _code, text in self.options(options)))

    def _labels(self, given: Any) -> list[str]:
        if isinstance(given, Mapping):
            given = given.get(get_language() or "") or given.get(self.source)
        return [str(label) for label in given] if isinstance(given, list) else []

    def _scale_in_words(self, name: str, scale: Any) -> str:
        given = scale if isinstance(scale, Mapping) else {}
        labels = self._labels(given.get("labels")) or self._labels(given.get("ends"))
        number = len(self._labels(given.get("labels"))) or given.get("points") or "?"
        return f"{name} ({number}: {labels[0]} … {labels[-1]})" if labels else str(name)


def shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most - 1].rstrip()}…"
