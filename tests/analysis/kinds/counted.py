"""Small studies of one item, answered in parts; the rows as aggregates.csv prints them."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.exports.aggregates import published_rows
from analysis.exports.columns import COLUMNS
from surveys.models import Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text

Parts = Mapping[str, Any]
UNJUDGED = "cannot judge"


def study_of(items: Sequence[Mapping[str, Any]], experts: Mapping[str, int], minimum: int = 1, **changes: Any) -> Study:
    """With everything shown, unless `minimum` says how many answers a figure needs."""
    panels = [{"code": code, "name": code.upper()} for code in experts]
    study = a_study(a_definition(
        panels=panels, public_data=minimum == 1, disclosure={"minimum": minimum},
        questionnaire=[{"section": "main", "title": "Main", "items": list(items)}], **changes,
    ))
    add_experts(study, experts)
    return study


def options(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "text": code.upper()} for code in codes]


def give_parts(study_round: Round, answers: Mapping[str, Mapping[str, Parts]]) -> None:
    """Panelist → item → component → value; UNJUDGED under "" speaks of the whole item."""
    rows = [
        {"panelist": panelist, "item": item, "component": component, "value": "" if value == UNJUDGED else value, "cannot_judge": int(value == UNJUDGED)}
        for panelist, given in answers.items() for item, parts in given.items() for component, value in parts.items()
    ]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value", "cannot_judge"], rows))


def hold_round(study: Study, number: int, answers: Mapping[str, Mapping[str, Parts]]) -> None:
    study_round = open_round(study, number)
    give_parts(study_round, answers)
    count(study_round)


def table(study: Study, number: int, item: str) -> dict[tuple[str, str], dict[str, str]]:
    """(component, group) → column → cell, in the file's order."""
    rows = published_rows(study, number, item=item)
    return {(row.result.component, row.result.group): {column.name: column.cell(row) for column in COLUMNS} for row in rows}


def cells(row: Mapping[str, str], *names: str) -> list[str]:
    return [row[name] for name in names]
