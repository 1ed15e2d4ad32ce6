"""Studies with a role grid: three allies, three functions, five roles; and a larger one."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.models import Panelist, Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text

NAMES = {"us": "United States", "jp": "Japan", "kr": "South Korea"}
FUNCTIONS = [{"code": "isr", "text": {"en": "ISR"}}, {"code": "asw", "text": {"en": "Anti-submarine warfare"}}, {"code": "log", "text": {"en": "Logistics"}}]
ROLES = {"labels": {"en": ["No role", "Be consulted", "Support", "Contribute", "Lead"]}}
GRID: dict[str, Any] = {
    "code": "roles", "kind": "grid", "scale": "role", "rows": "panels", "columns": FUNCTIONS, "about": "role_expectation",
    "text": {"en": "Which role should each ally take?"},
}
MIRROR: dict[str, Any] = {**{key: value for key, value in GRID.items() if key != "about"}, "code": "mirror", "mirror": "roles",
                          "text": {"en": "What does each ally expect of your country?"}}
CELLS = tuple(f"{row}.{column['code']}" for row in NAMES for column in FUNCTIONS)
EVEN = {"us": (1, 2, 3, 3, 4, 5), "jp": (2, 3, 3, 3, 4, 4), "kr": (2, 2, 3, 3, 4, 4)}
HIGH = {"us": (4, 5, 5, 5, 5, 5), "jp": (4, 5, 5, 5, 5, 5), "kr": (4, 4, 5, 5, 5, 5)}
VALUES: dict[str, Mapping[str, tuple[int, ...]]] = {code: HIGH if code == "us.isr" else EVEN for code in CELLS}


def a_grid_study(*more: Mapping[str, Any], **changes: Any) -> Study:
    """`more`: items after the grid; changes of the grid itself by name."""
    grid = {key: value for key, value in {**GRID, **changes}.items() if value is not None}
    definition = a_definition(
        panels=[{"code": code, "name": {"en": name}} for code, name in NAMES.items()],
        scales={"role": ROLES, "nine": {"points": 9, "ends": {"en": ["Negligible", "Existential"]}},
                "ten": {"points": 10, "ends": {"en": ["Negligible", "Existential"]}}},
        questionnaire=[{"section": "main", "title": {"en": "Main"}, "items": [grid, *more]}],
    )
    return a_study(definition)


def large(columns: int = 8, rows: int = 6) -> dict[str, Any]:
    """A grid of its own rows, as keys of the item."""
    return {"rows": [{"code": f"r{number}", "text": {"en": f"Contingency {number}"}} for number in range(1, rows + 1)], "about": None,
            "columns": [{"code": f"c{number}", "text": {"en": f"Instrument of power {number}"}} for number in range(1, columns + 1)]}


def fill_in(study_round: Round, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Import: panelist → cell → position."""
    rows = [{"panelist": panelist, "item": "roles", "component": code, "value": str(value)}
            for panelist, given in answers.items() for code, value in given.items()]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value"], rows))


def said_by(experts: Iterable[Panelist]) -> dict[str, dict[str, int]]:
    """Everybody's answers out of VALUES: the first expert of a panel gives its first values, the second the second ones."""
    found = {}
    for expert in experts:
        panel, number = expert.code.split("-")
        found[expert.code] = {code: VALUES[code][panel][(int(number) - 1) % 6] for code in CELLS}
    return found


def a_second_grid_round(counts: Mapping[str, int] | None = None, **changes: Any) -> tuple[Study, Round, list[Panelist]]:
    """Round 2, after a round 1 of VALUES: us-1 said 4 of the first cell and 1 of all others."""
    study = a_grid_study(**changes)
    experts = add_experts(study, counts or {"us": 6, "jp": 6, "kr": 6})
    first = open_round(study, 1)
    fill_in(first, said_by(experts))
    count(first)
    return study, open_round(study, 2), experts
