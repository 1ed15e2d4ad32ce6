"""The questions of a draft as experts would meet them; what is unfinished stands there with its problems instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.items import ItemSpec, resolve_item
from surveys.items.resolve import PANELS
from surveys.models import Panel, Panelist, Study
from surveys.studyfile.problems import StudyFileProblem
from surveys.studyfile.questionnaire import steps_of
from surveys.views.expert.fragments import compile_parts, fill
from surveys.views.expert.items import item_context
from surveys.views.expert.own_item import OwnItem, state_of
from surveys.views.expert.questionnaire import Asked
from surveys.views.expert.sessions import Expert
from surveys.views.expert.wording import Wording
from surveys.views.organizer.builder.problems import PlacedProblem, placed_problems
from surveys.workflow.drafts import Draft
from surveys.workflow.responses import Question
from surveys.workflow.studies import PARTS

Item = Mapping[str, Any]


@dataclass(frozen=True)
class DraftedItem:
    """`asked` is None, and `problems` not empty, where the item can't be shown yet."""

    code: str
    section: str
    number: int
    asked: Asked | None
    problems: list[PlacedProblem]


def drafted_items(draft: Draft) -> list[DraftedItem]:
    """Every item of the draft, in order, numbered from 1; the number serves as its id too."""
    placed = placed_problems(draft.study.slug, draft.definition, draft.problems)
    specs: dict[str, Question] = {}
    found: list[DraftedItem] = []
    for place, section in enumerate(draft.definition["questionnaire"]):
        for there, item in enumerate(section["items"]):
            number = len(found) + 1
            problems = [problem for problem in placed if (problem.section, problem.item) == (place, there)]
            problems += _in_parts_it_uses(item, draft.problems, placed)
            spec = None if problems else _resolved(item, draft)
            if spec is None and not problems:
                problems = [PlacedProblem(_("can't be shown before the parts that it uses are finished."), "", item["code"])]
            asked = _asked(spec, number, specs) if spec else None
            found.append(DraftedItem(item["code"], section["section"], number, asked, problems))
    return found


def _in_parts_it_uses(item: Item, problems: Sequence[StudyFileProblem], placed: Sequence[PlacedProblem]) -> list[PlacedProblem]:
    """What is wrong with its scales and lists of options, or with the panels where they are its rows."""
    axes = [axis.get("scale") for axis in (item.get("x"), item.get("y")) if isinstance(axis, Mapping)]
    lists = [item.get(key) for key in ("options", "rows", "columns") if isinstance(item.get(key), str)]
    used = {("scales", name) for name in (item.get("scale"), *axes)} | {("option_lists", name) for name in lists}
    return [shown for problem, shown in zip(problems, placed, strict=True)
            if tuple(steps_of(problem.path)[:2]) in used or (PANELS in lists and steps_of(problem.path)[:1] == (PANELS,))]


def _resolved(item: Item, draft: Draft) -> ItemSpec | None:
    """None for what no check has named and yet can't be put together: a file can hold anything."""
    try:
        return resolve_item(item, draft.definition)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _asked(spec: ItemSpec, number: int, specs: dict[str, Question]) -> Asked:
    question = Question(number, number, spec)
    specs[spec.code] = question
    source = specs.get(spec.shown_if.item) if spec.shown_if else None
    return Asked(question, spec.code, number, source)


def reader_of(draft: Draft, language: str, page: str) -> Expert:
    """An expert who is nowhere stored: the first panel's, reading in this language. Odd parts of the head are left out."""
    odd = {str(steps_of(problem.path)[0]) for problem in draft.problems if problem.path} - {"title", "languages"}
    definition = draft.definition
    settings = {key: value for key, value in definition.items() if key not in PARTS and key not in odd}
    study = Study(slug=draft.study.slug, settings=settings)
    panels = definition["panels"] or [{"code": "panel", "name": ""}]
    panel = Panel(study=study, code=panels[0]["code"], name=panels[0].get("name") or panels[0]["code"])
    return Expert(Panelist(study=study, panel=panel, code="preview"), Wording(language, definition["languages"][0], page))


def rendered_item(item: Asked, expert: Expert, mirrored: Mapping[str, Any], *, is_hidden: bool) -> SafeString:
    """As round 1 shows it to somebody who has not answered yet."""
    spec = item.question.spec
    context = {**item_context(item, expert, None), "mirrored": expert.wording(mirrored[spec.mirror]) if spec.mirror in mirrored else ""}
    parts = compile_parts(render_to_string("surveys/expert/_item.html", context))
    return fill(parts, state_of(OwnItem(item, is_hidden=is_hidden), expert))
