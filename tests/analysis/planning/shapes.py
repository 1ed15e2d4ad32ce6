"""Shapes of answers that the tests of the planner share."""

from typing import Any

from analysis.planning.study_shapes import AnswerShape, PlannedStudy

AGREEMENT = {"rule": "percent_agreement", "band": "top_two", "at_least": 0.75}


def a_rating(points: int = 5, rule: dict[str, Any] | None = None, tests: int = 1) -> AnswerShape:
    return AnswerShape("ordinal", points, 1.0, float(points), rule, ("grave",), tests)


def a_fine_number(rule: dict[str, Any] | None = None) -> AnswerShape:
    return AnswerShape("interval", 101, 0.0, 100.0, rule, ("number",), 1)


def a_planned(*shapes: AnswerShape, minimum: int = 1, panels: int = 2) -> PlannedStudy:
    return PlannedStudy(shapes, minimum, 7, panels)
