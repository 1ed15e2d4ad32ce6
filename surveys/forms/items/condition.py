"""Who is asked: those whose answer to an earlier question passes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from surveys.forms.items.fields import KeyField, number_in_words, number_or_text, with_stray
from surveys.forms.items.surroundings import Choices, Surroundings
from surveys.items.base import is_number
from surveys.studyfile.links import FITTING, OF_COMPONENTS
from surveys.studyfile.lists import components_in

LINES = ("item", "component", "at_least", "at_most")
ANSWERS = ("is", "one_of", "includes")  # of these a condition has one


class ConditionWidget(forms.Widget):
    """Reads NAME-item, NAME-component, NAME-at_least, NAME-at_most, and NAME-answers: ticked, or separated by commas.

    NAME-about: the item that the page had offered these tests for.
    """

    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, Any]:
        ticked = data.getlist(f"{name}-answers") if hasattr(data, "getlist") else data.get(f"{name}-answers", [])
        typed = str(data.get(f"{name}-typed", "")).replace("，", ",").replace("、", ",").split(",")
        return {**{line: data.get(f"{name}-{line}") or "" for line in LINES}, "answers": [*ticked, *typed], "about": data.get(f"{name}-about") or ""}


class BoundCondition(BoundField):
    """What the template shows: which tests fit the item whose answer decides, and which answers it can have."""

    field: "ConditionKey"

    @property
    def held(self) -> dict[str, Any]:
        return self.field.to_python(self.value())

    @property
    def anchor(self) -> str:
        return f"part-{self.html_name}"

    @property
    def asked(self) -> Mapping[str, Any]:
        return self.field.surroundings.item(self.held["item"])

    @property
    def items(self) -> Choices:
        study = self.field.surroundings
        deciding = [item for item in study.earlier() if FITTING.get(str(item.get("kind")))]
        return with_stray(study.named_items(deciding), [self.held["item"]])

    @property
    def fitting(self) -> tuple[str, ...]:
        return FITTING.get(str(self.asked.get("kind")), ())

    @property
    def takes_component(self) -> bool:
        return self.asked.get("kind") in OF_COMPONENTS or bool(self.held["component"])

    @property
    def takes_limits(self) -> bool:
        return "at_least" in self.fitting or bool(self.held["at_least"] or self.held["at_most"])

    @property
    def takes_one_answer(self) -> bool:
        return self.fitting == ("includes",) and len(self.held["answers"]) < 2

    @property
    def takes_answers(self) -> bool:
        return bool(set(ANSWERS) & set(self.fitting) or self.held["answers"])

    @property
    def components(self) -> Choices:
        found = components_in(self.field.surroundings.definition, self.asked) if self.asked.get("kind") in OF_COMPONENTS else None
        return with_stray([(code, self._component_in_words(code)) for code in found or []], [self.held["component"]])

    def _component_in_words(self, code: str) -> str:
        """An option by its text; a cell by its row's and column's."""
        study, asked = self.field.surroundings, self.asked
        row, dot, column = code.partition(".")
        rows, columns = dict(study.options(asked.get("rows"))), dict(study.options(asked.get("columns")))
        if dot and row in rows and column in columns:
            return f"{rows[row]} · {columns[column]}"
        return dict(study.options(asked.get("options"))).get(code, code)

    @property
    def known_answers(self) -> Choices:
        """The answers that can be ticked; [] where they must be typed, as numbers are."""
        study, asked = self.field.surroundings, self.asked
        known = study.points(asked.get("scale")) if asked.get("kind") == "rating" else study.options(asked.get("options")) if asked.get("options") else []
        return with_stray(known, self.held["answers"]) if known and self.takes_answers else []


class ConditionKey(KeyField):
    """Held as `{"item", "component", "at_least", "at_most", "answers"}`, all text, answers a list of texts."""

    template = "surveys/builder/item/_condition.html"

    def __init__(self, *, surroundings: Surroundings, **kwargs: Any) -> None:
        super().__init__(widget=ConditionWidget(), **kwargs)
        self.surroundings = surroundings
        self.empty = {**dict.fromkeys(LINES, ""), "answers": []}

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundCondition:
        return BoundCondition(form, self, field_name)

    def can_show(self, given: Any) -> bool:
        if not isinstance(given, Mapping) or not set(given) <= {*LINES, *ANSWERS} or len(set(given) & set(ANSWERS)) > 1:
            return False
        values = [given[key] for key in given if key != "one_of"] + (given.get("one_of", []) if isinstance(given.get("one_of", []), list) else [None])
        return all(is_number(value) or is_plain(value) for value in values) and isinstance(given.get("item", ""), str)

    def shown(self, given: Any) -> dict[str, Any]:
        answers = given.get("one_of", [given[key] for key in ("is", "includes") if key in given])
        return {**{line: number_in_words(given.get(line, "")) for line in LINES}, "answers": [number_in_words(answer) for answer in answers]}

    def to_python(self, value: Any) -> dict[str, Any]:
        answers = [answer.strip() for answer in value["answers"]]
        return {**{line: value[line].strip() for line in LINES}, "answers": [answer for answer in dict.fromkeys(answers) if answer]}

    def acted(self, held: dict[str, Any], act: str, place: int) -> dict[str, Any]:
        """What was said of the answer to another question does not fit this one's."""
        return held if held["item"] == held["about"] else {**self.empty, "item": held["item"]}

    def written(self, held: dict[str, Any], before: Any) -> Any:
        """No item, no condition; nothing that was typed beside it makes sense then."""
        if not held["item"]:
            return None
        found: dict[str, Any] = {key: held[key] for key in ("item", "component") if held[key]}
        found |= {key: number_or_text(held[key]) for key in ("at_least", "at_most") if held[key]}
        return found | self._answers(held)

    def _answers(self, held: dict[str, Any]) -> dict[str, Any]:
        kind = self.surroundings.item(held["item"]).get("kind")
        answers: list[Any] = held["answers"]
        if not answers:
            return {}
        if kind == "choices":
            return {"includes": answers[0]} if len(answers) == 1 else {"one_of": answers}
        if kind != "choice":
            answers = [number_or_text(answer) for answer in answers]
        return {"is": answers[0]} if len(answers) == 1 else {"one_of": answers}


def is_plain(value: Any) -> bool:
    """A text that comes back from a form as it is: between commas, without space around it."""
    return isinstance(value, str) and value == value.strip() and not set(value) & set(",，、\n\r")
