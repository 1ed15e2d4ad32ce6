"""Studies of one counted round, and what a table says of their items."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.publication import published_run
from analysis.published import PublishedItem, PublishedRound
from analysis.published_rounds import published_round
from analysis.tables.base import Table, Values, unpacked
from surveys.models import Study
from tests.analysis.kinds.counted import Parts, hold_round
from tests.factories import a_definition, a_study, add_experts

NINE = {"scales": {"five": {"labels": {"en": list("abcde")}}, "nine": {"points": 9, "ends": {"en": ["Low", "High"]}}}}


def counted(items: Sequence[Mapping[str, Any]], experts: Mapping[str, int], answers: Mapping[str, Mapping[str, Parts]], minimum: int = 1,
            theatres: Mapping[str, Sequence[str]] | None = None, **changes: Any) -> PublishedRound:
    """`answers`: panelist → item → component → value. `theatres`: theatre → its panels. A minimum of 1: everything is shown."""
    within = {panel: [theatre for theatre, panels in (theatres or {}).items() if panel in panels] for panel in experts}
    study = a_study(a_definition(**{
        "panels": [{"code": panel, "name": panel.upper(), **({"theatres": within[panel]} if within[panel] else {})} for panel in experts],
        "theatres": [{"code": theatre, "name": theatre} for theatre in theatres] if theatres else None,
        "public_data": minimum == 1, "disclosure": {"minimum": minimum}, **NINE, **changes,
        "questionnaire": [{"section": "main", "title": "Main", "items": [{"text": "What?", **item} for item in items]}],
    }))
    add_experts(study, experts)
    hold_round(study, 1, answers)
    return published(study)


def published(study: Study, number: int = 1) -> PublishedRound:
    run = published_run(study.rounds.get(number=number))
    assert run is not None
    return published_round(run)


def by_expert(item: str, values: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, Parts]]:
    """Panel → the answers of its experts in turn: plain values, mappings component → value, or None."""
    return {
        f"{panel}-{number}": {item: value if isinstance(value, Mapping) else {"": value}}
        for panel, given in values.items() for number, value in enumerate(given, start=1) if value is not None
    }


def rating(values: Mapping[str, Sequence[Any]], scale: str = "five", **more: Any) -> PublishedItem:
    """The one item of a study in which each panel's experts gave these ratings."""
    experts = {panel: len(given) for panel, given in values.items()}
    return counted([{"code": "q", "kind": "rating", "scale": scale}], experts, by_expert("q", values), **more).items[0]


def item_of(kind: Mapping[str, Any], values: Mapping[str, Sequence[Any]], **more: Any) -> PublishedItem:
    experts = {panel: len(given) for panel, given in values.items()}
    return counted([{"code": "q", **kind}], experts, by_expert("q", values), **more).items[0]


def rows_of(table: Table, item: PublishedItem) -> list[Values]:
    """As they are stored and read again."""
    assert table.of_item is not None
    return list(unpacked(table.packed(table.of_item(item))))


def row(rows: Sequence[Mapping[str, Any]], group: str, **wanted: Any) -> Mapping[str, Any]:
    [found] = [row for row in rows if row["group"] == group and all(row[name] == value for name, value in wanted.items())]
    return found
