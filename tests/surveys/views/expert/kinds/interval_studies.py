"""A study with quantiles in both forms and a plane, and a second round of it with worked figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.models import Panelist, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text

TRUTH = 7.8125  # a number that nothing else in these studies has
UNIT = {"en": "per cent of GDP"}
SPEND: dict[str, Any] = {
    "code": "spend", "kind": "quantiles", "quantiles": [0.05, 0.5, 0.95], "unit": UNIT, "minimum": 0, "maximum": 20, "decimals": 2,
    "truth": TRUTH, "text": {"en": "What did it spend?"},
}
IDEA: dict[str, Any] = {
    "code": "idea", "kind": "quantiles", "interval": "idea", "unit": UNIT, "minimum": 0, "maximum": 20, "decimals": 1,
    "truth": TRUTH, "text": {"en": "What will it spend?"},
}
MAP: dict[str, Any] = {
    "code": "map", "kind": "plane", "text": {"en": "Place a blockade on the map"},
    "x": {"scale": "nine", "text": {"en": "Severity"}}, "y": {"scale": "five", "text": {"en": "Cost"}},
}
SCALES = {
    "nine": {"points": 9, "ends": {"en": ["Negligible", "Existential"]}},
    "five": {"labels": {"en": ["None", "Little", "Some", "Much", "Extreme"]}},
}
# us-1 .. us-6, the same in each panel
SPENT = [(1, 2, 4), (1, 3, 5), (2, 3, 5), (2, 4, 6), (2, 4, 8), (3, 5, 9)]
GUESSED = [(1, 2, 4, 70), (1, 3, 5, 70), (2, 3, 5, 80), (2, 4, 6, 80), (2, 4, 8, 90), (3, 5, 9, 90)]
PLACED = [(7, 4), (3, 2), (4, 3), (4, 3), (5, 3), (6, 4)]
Rows = Mapping[str, Mapping[str, Any]]  # panelist → component → value


def a_study_of(*items: Mapping[str, Any]) -> Study:
    return a_study(a_definition(scales=SCALES, questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [dict(item) for item in items]}]))


def a_first_round(*items: Mapping[str, Any]) -> tuple[Round, list[Panelist]]:
    study = a_study_of(*items)
    experts = add_experts(study, {"us": 2})
    return open_round(study, 1), experts


def a_second_round(item: Mapping[str, Any], components: Sequence[str], values: Sequence[Sequence[Any]],
                   counts: Mapping[str, int] | None = None) -> tuple[Round, list[Panelist]]:
    """Every panel said the same in round 1: its first expert the first of `values`, and so on, from the start again after the last."""
    study = a_study_of(item)
    experts = add_experts(study, counts or {"us": 6, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    said = {expert.code: dict(zip(components, values[(int(expert.code.split("-")[1]) - 1) % len(values)], strict=True)) for expert in experts}
    give_components(first, str(item["code"]), said)
    count(first)
    return open_round(study, 2), experts


def give_components(study_round: Round, item: str, said: Rows) -> None:
    rows = [{"panelist": panelist, "item": item, "component": component, "value": value}
            for panelist, given in said.items() for component, value in given.items()]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value"], rows))
