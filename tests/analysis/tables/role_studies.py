"""Role grids that can be worked out by hand: three allies, two functions, five role levels, positions given panel by panel."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.blocks import analyse_now
from analysis.models import ItemTable
from analysis.tables.base import Values, unpacked
from surveys.models import Round, Study
from surveys.workflow.answer_files import import_answers
from surveys.workflow.rounds import open_round
from tests.factories import a_definition, a_study, add_experts, count, csv_text, public

LEVELS = {"labels": {"en": ["No role", "Be consulted", "Support", "Contribute", "Lead"]}}
FUNCTIONS = [{"code": code, "text": {"en": code}} for code in ("isr", "asw")]
ROLES = {"code": "roles", "kind": "grid", "scale": "role", "rows": "panels", "columns": FUNCTIONS, "about": "role_expectation",
         "text": {"en": "Who should do what?"}}
MIRROR = {**{key: value for key, value in ROLES.items() if key != "about"}, "code": "believed", "mirror": "roles",
          "text": {"en": "And what do they expect of you?"}}
Said = Mapping[str, Mapping[str, list[int]]]
"""Cell → panel → positions, one for each of its experts in turn."""


def a_role_study(is_public: bool = True, panels: tuple[str, ...] = ("us", "jp", "kr"), **changes: Any) -> Study:
    keys: dict[str, Any] = {
        "scales": {"role": LEVELS}, "panels": [{"code": code, "name": {"en": code}} for code in panels],
        "questionnaire": [{"section": "main", "title": {"en": "Main"}, "items": [ROLES, MIRROR]}], **changes,
    }
    return a_study(public(**keys) if is_public else a_definition(**keys))


def a_round(study: Study, number: int, roles: Said, believed: Said | None = None) -> Round:
    """Open (if it is not yet), answer, close, count, and work out the further tables."""
    study_round = study.rounds.filter(number=number).first() or open_round(study, number)
    rows = [*answers("roles", roles), *answers("believed", believed or {})]
    import_answers(study_round, csv_text(["panelist", "item", "component", "value"], rows))
    counted = count(study_round)
    analyse_now(counted)
    return counted


def answers(item: str, said: Said) -> Iterator[dict[str, str]]:
    for cell, by_panel in said.items():
        for panel, positions in by_panel.items():
            for number, position in enumerate(positions, start=1):
                yield {"panelist": f"{panel}-{number}", "item": item, "component": cell, "value": str(position)}


def with_experts(study: Study, counts: Mapping[str, int]) -> Study:
    add_experts(study, counts)
    return study


def table_rows(study_round: Round, name: str) -> list[Values]:
    stored = ItemTable.objects.filter(run__round=study_round, name=name).order_by("asked_item__position")
    return [row for found in stored for row in unpacked(found.content)]


def cell(rows: list[Values], **keys: str) -> Values:
    found = [row for row in rows if all(row[name] == value for name, value in keys.items())]
    assert len(found) == 1, (keys, len(found))
    return found[0]
