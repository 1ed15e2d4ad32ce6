"""The questionnaire of a round, as its experts' pages need it. It holds nothing personal and changes only with its edition, so it is cached."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, groupby
from typing import Any

from django.core.cache import caches

from surveys.models import Round
from surveys.queries import asked_items
from surveys.views.expert.conditions import condition_as_json
from surveys.workflow.responses import Question


@dataclass(frozen=True)
class Asked:
    """An asked item with its number in the questionnaire, counted from 1."""

    question: Question
    code: str
    number: int
    source: Question | None = None  # the item whose answer decides whether this one is asked

    @property
    def pk(self) -> int:
        return self.question.asked_item_id

    @property
    def is_practice(self) -> bool:
        return self.question.spec.practice

    @property
    def condition(self) -> str:
        """For the script: see surveys/views/expert/conditions.py."""
        return condition_as_json(self.question, self.source) if self.source else ""

    @property
    def prefix(self) -> str:
        """What the names of the item's form fields, and its place on the page, begin with."""
        return f"i{self.pk}"


@dataclass(frozen=True)
class AskedSection:
    code: str
    title: Any
    items: tuple[Asked, ...]


@dataclass(frozen=True)
class Questionnaire:
    sections: tuple[AskedSection, ...]

    def __iter__(self) -> Iterator[Asked]:
        return (asked for section in self.sections for asked in section.items)

    @cached_property
    def by_id(self) -> dict[int, Asked]:
        return {asked.pk: asked for asked in self}

    def ordered(self, order: Sequence[int]) -> "Questionnaire":
        """The items in the order drawn for an expert, numbered anew."""
        places = {pk: place for place, pk in enumerate(order)}
        numbers = count(1)
        return Questionnaire(tuple(
            replace(section, items=tuple(replace(asked, number=next(numbers)) for asked in sorted(section.items, key=lambda asked: places.get(asked.pk, 0))))
            for section in self.sections
        ))

    def without(self, hidden: Collection[int], *, keep: str = "") -> "Questionnaire":
        """What is asked of an expert from whom these items are hidden; a section without items falls away, but for `keep`."""
        if not hidden:
            return self
        sections = (replace(section, items=tuple(asked for asked in section.items if asked.pk not in hidden)) for section in self.sections)
        return Questionnaire(tuple(section for section in sections if section.items or section.code == keep))

    def section(self, code: str) -> AskedSection | None:
        return next((section for section in self.sections if section.code == code), None)

    def section_of(self, asked: Asked) -> AskedSection:
        return next(section for section in self.sections if asked in section.items)

    def neighbours(self, section: AskedSection) -> tuple[AskedSection | None, AskedSection | None]:
        """The section before and the one after."""
        place = [one.code for one in self.sections].index(section.code)
        before = self.sections[place - 1] if place else None
        return before, self.sections[place + 1] if place + 1 < len(self.sections) else None


def identity_of(study_round: Round) -> str:
    """Names a round's questionnaire in a cache: an id alone may come back after a draft was deleted."""
    opened = study_round.opened_at.isoformat() if study_round.opened_at else "draft"
    return f"{study_round.study_id}:{study_round.pk}:{opened}:{study_round.edition}"


def questionnaire_of(study_round: Round, settings: dict[str, Any]) -> Questionnaire:
    """In the order drawn for the expert whose round it is, where one was drawn (1 query, or none when it is cached).

    `settings`: the study's.
    """
    key = f"questionnaire:{identity_of(study_round)}"
    found = caches["fragments"].get(key)
    if found is None:
        found = _read(study_round, settings)
        caches["fragments"].set(key, found)
    order = getattr(study_round, "item_order", None)
    return found.ordered(order) if order else found


def _read(study_round: Round, settings: dict[str, Any]) -> Questionnaire:
    rows = asked_items(study_round)
    questions = {row.item_version.item.code: Question(row.pk, row.item_version.line_id, row.item_version.spec(settings)) for row in rows}
    sections = []
    for section, inside in groupby(enumerate(rows, start=1), key=lambda row: row[1].item_version.item.section):
        codes = [(number, row.item_version.item.code) for number, row in inside]
        items = tuple(Asked(questions[code], code, number, _source_of(questions[code], questions)) for number, code in codes)
        sections.append(AskedSection(section.code, section.title, items))
    return Questionnaire(tuple(sections))


def _source_of(question: Question, questions: Mapping[str, Question]) -> Question | None:
    condition = question.spec.shown_if
    return questions.get(condition.item) if condition else None
