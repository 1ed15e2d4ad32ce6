"""What a study file asks, as the definition has it: groups, components with their levels, the rules that judge them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.journeys.oracle_disclosure import Row

ONE_NUMBER = {"rating": "ordinal", "number": "interval", "probability": "probability", "choice": "nominal"}
TOGETHER = ("ranking", "allocation")
"""Kinds whose rows of a group are shown or hidden together."""


@dataclass(frozen=True)
class Question:
    """A component of an item, with what its answers are judged by. `is_whole`: the row that judges a ranking as a whole."""

    section: str
    item: Mapping[str, Any]
    component: str
    level: str
    categories: tuple[Any, ...]
    limits: tuple[Fraction, Fraction] | None
    consensus: Mapping[str, Any]
    stability: Mapping[str, Any]
    quantile_type: int
    is_whole: bool = False

    @property
    def code(self) -> str:
        return str(self.item["code"])


def panels_of(definition: Mapping[str, Any]) -> list[str]:
    return [panel["code"] for panel in definition["panels"]]


def groups_of(definition: Mapping[str, Any]) -> list[Row]:
    panels = tuple(panels_of(definition))
    theatres: list[Row] = [
        ("theatre", theatre["code"], tuple(panel["code"] for panel in definition["panels"] if theatre["code"] in panel.get("theatres", [])))
        for theatre in definition.get("theatres", [])
    ]
    return [("all", "all", panels), ("equal_weight", "equal_weight", panels), *theatres, *(("panel", panel, (panel,)) for panel in panels)]


def minimum_of(definition: Mapping[str, Any]) -> int:
    minimum: int = definition.get("disclosure", {}).get("minimum", 5)
    return minimum


def items_of(definition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [item for section in definition["questionnaire"] for item in section["items"]]


def questions_of(definition: Mapping[str, Any]) -> list[list[Question]]:
    """The components of each item that is analysed, a ranking's whole row before its options; practice is never analysed."""
    found = [
        [question_of(definition, section["section"], item, *part) for part in components_of(definition, item)]
        for section in definition["questionnaire"] for item in section["items"] if not item.get("practice")
    ]
    return [questions for questions in found if questions]


def question_of(definition: Mapping[str, Any], section: str, item: Mapping[str, Any], component: str, level: str, scale: str | None = None) -> Question:
    is_whole = item["kind"] == "ranking" and not component
    holders = [item, definition.get("scales", {}).get(scale, {}), definition]
    rules = {name: nearest_rule(level, [holder.get(name) for holder in holders]) for name in ("consensus", "stability")}
    return Question(section, item, component, level, () if is_whole else categories_of(definition, item, level, scale), limits_of(item, level),
                    rules["consensus"], rules["stability"], definition.get("quantile_type", 7), is_whole)


def components_of(definition: Mapping[str, Any], item: Mapping[str, Any]) -> list[tuple[str, str] | tuple[str, str, str]]:
    """(component, level), and the scale where there is one; the table of kinds."""
    kind = item["kind"]
    if kind in ONE_NUMBER:
        return [("", ONE_NUMBER[kind], item["scale"])] if kind == "rating" else [("", ONE_NUMBER[kind])]
    if kind == "grid":
        return [(f"{row}.{column}", "ordinal", item["scale"]) for row in codes_of(definition, item["rows"]) for column in codes_of(definition, item["columns"])]
    if kind == "plane":
        return [(axis, "ordinal", item[axis]["scale"]) for axis in ("x", "y")]
    if kind == "quantiles" and item.get("interval") == "idea":
        return [("lower", "interval"), ("best", "interval"), ("upper", "interval"), ("confidence", "probability")]
    if kind == "quantiles":
        return [(str(probability), "interval") for probability in item["quantiles"]]
    if kind == "ranking":
        return [("", "rank"), *((code, "rank") for code in codes_of(definition, item["options"]))]
    levels = {"choices": "binary", "allocation": "share"}
    return [(code, levels[kind]) for code in codes_of(definition, item["options"])] if kind in levels else []


def codes_of(definition: Mapping[str, Any], options: Any) -> list[str]:
    """Options in place, the name of a list, or the study's panels."""
    if options == "panels":
        return panels_of(definition)
    found = definition["option_lists"][options] if isinstance(options, str) else options
    return [option["code"] for option in found]


def categories_of(definition: Mapping[str, Any], item: Mapping[str, Any], level: str, scale: str | None) -> tuple[Any, ...]:
    if level == "nominal":
        return tuple(codes_of(definition, item["options"]))
    if level == "binary":
        return Fraction(0), Fraction(1)
    if level not in ("ordinal", "rank"):
        return ()
    given = definition["scales"][scale] if level == "ordinal" else {"points": len(codes_of(definition, item["options"]))}
    points = given.get("points") or len(given["labels"]["en"])
    return tuple(Fraction(position) for position in range(1, points + 1))


def limits_of(item: Mapping[str, Any], level: str) -> tuple[Fraction, Fraction] | None:
    """Between which the ten bins lie; None where neither bins nor limits are."""
    if level == "probability":
        return Fraction(0), Fraction(100)
    if level == "share":
        return Fraction(0), Fraction(str(item["total"]))
    if level == "interval" and "minimum" in item and "maximum" in item:
        return Fraction(str(item["minimum"])), Fraction(str(item["maximum"]))
    return None


def nearest_rule(level: str, holders: Sequence[Mapping[str, Any] | None]) -> Mapping[str, Any]:
    """The first of item, scale and study that has a rule for this level."""
    for rules in holders:
        if rules and "rule" in rules:
            return rules
        if rules and level in rules:
            found: Mapping[str, Any] = rules[level]
            return found
    return {}
