"""How the form of an item is laid out: its keys in groups, each with what the draft still lacks there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.forms.items.form import ItemForm
from surveys.items import COMMON_KEYS
from surveys.studyfile.problems import Path, StudyFileProblem, path_text
from surveys.studyfile.questionnaire import steps_of

GROUPS: dict[str, str | Promise] = {
    "question": gettext_lazy("The question"),
    "answer": gettext_lazy("The answer"),
    "beside": gettext_lazy("What else is asked"),
    "who": gettext_lazy("Who is asked, and about what"),
    "more": gettext_lazy("More"),
}
PLACES = {
    "text": "question", "help": "question", "rationale": "beside", "confidence": "beside", "expertise": "beside", "cannot_judge": "beside",
    "theatre": "who", "same_as": "who", "shown_if": "who", "about": "more", "mirror": "more", "dimension": "who", "truth": "more",
}
PARTS: dict[str, str | Promise] = {
    "text": pgettext_lazy("part of an option", "Text"), "code": pgettext_lazy("part of an option", "Code"), "scale": gettext_lazy("Scale"),
    "band": gettext_lazy("Band"), "rule": gettext_lazy("Rule"),
}
Problems = dict[str, list[str]]


@dataclass(frozen=True)
class Row:
    key: str
    bound: BoundField
    template: str
    problems: list[str]


@dataclass
class Group:
    name: str
    title: str
    rows: list[Row] = field(default_factory=list)
    is_open: bool = True


def group_of(key: str) -> str:
    """A kind's own keys say what its answer is; common ones that few studies need are folded away."""
    return PLACES.get(key, "more" if key in COMMON_KEYS else "answer")


def groups_of(form: ItemForm, problems: Mapping[str, list[str]]) -> list[Group]:
    """Without empty ones. What is folded away is open where something is wrong or was said."""
    found = {name: Group(name, str(title)) for name, title in GROUPS.items()}
    for key in form.keys:
        row = Row(key, form[key], form.key_field(key).template, problems.get(key, []))
        described(row)
        found[group_of(key)].rows.append(row)
    found["more"].is_open = any(row.problems or row.bound.errors or form.fields[row.key].has_changed(form.key_field(row.key).empty, row.bound.value())
                                for row in found["more"].rows)
    return [group for group in found.values() if group.rows]


def described(row: Row) -> None:
    """Ties help and problems to the control; fields that are groups of controls do so in their templates."""
    identifier = row.bound.auto_id
    ids = [f"{identifier}_helptext"] if row.bound.help_text else []
    ids += [f"{identifier}_problems"] if row.problems or row.bound.errors else []
    if ids:
        row.bound.field.widget.attrs["aria-describedby"] = " ".join(ids)
    if row.problems:
        row.bound.field.widget.attrs["aria-invalid"] = "true"


def problems_of(item: Mapping[str, Any], head: Path, found: Iterable[StudyFileProblem]) -> Problems:
    """The problems in the item at `head` (() for paths that begin at it): key → what is wrong there; under "" what concerns it as a whole."""
    begin = path_text(head)
    said: Problems = {}
    for problem in found:
        if begin and problem.path != begin and not problem.path.startswith((f"{begin}.", f"{begin}[")):
            continue
        steps = steps_of(problem.path.removeprefix(begin))
        text = problem.text if is_there(item, steps) else _("This is still missing.")
        said.setdefault(str(steps[0]) if steps else "", []).append(" ".join([*_inside(steps[1:]), text]))
    return said


def is_there(item: Any, steps: Path) -> bool:
    """A problem at a path that leads nowhere is that something is missing."""
    for step in steps:
        has_step = step in item if isinstance(item, Mapping) else isinstance(item, list) and isinstance(step, int) and step < len(item)
        if not has_step:
            return False
        item = item[step]
    return True


def _inside(steps: Path) -> list[str]:
    """Where in the field: an entry by its number, a part by its name."""
    words = [str(step + 1) if isinstance(step, int) else str(PARTS.get(step, step)) for step in steps]
    return [f"{' · '.join(words)}:"] if words else []
