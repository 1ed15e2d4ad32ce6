"""Study files for the tests: the smallest, the format's example, and its part that is built."""

import copy
from pathlib import Path
from typing import Any

import pytest

from surveys.studyfile import StudyFileRefused, read_study

EXAMPLE = (Path(__file__).parent / "study-example.yaml").read_text(encoding="utf-8")

SMALLEST = """\
study: smallest
title: Smallest
languages: [en]
panels:
  - {code: no, name: Norway}
questionnaire:
  - section: first
    title: First
    items:
      - {code: open, kind: text, text: What do you think?}
"""

SMALL = """\
study: small
title: {en: Small, ko: 작은}
languages: [en, ko]
theatres:
  - {code: east, name: East}
panels:
  - {code: jp, name: Japan, theatres: [east]}
  - {code: no, name: Norway}
scales:
  agreement5: {labels: [Never, Seldom, Sometimes, Often, Always]}
  role: {points: 3, ends: [None, All]}
option_lists:
  functions: [{code: isr, text: Seeing}, {code: asw, text: Hunting}]
questionnaire:
  - section: first
    title: First
    items:
      - {code: rated, kind: rating, scale: agreement5, text: How often?}
      - {code: chance, kind: probability, text: How likely?, theatre: east}
      - {code: chosen, kind: choice, options: functions, text: Which?}
      - {code: days, kind: number, minimum: 0, maximum: 365, unit: days, text: How many?}
"""


# One item of every kind that SMALL has not, with every key of it; as further lines of its only section.
MORE = """\
      - {code: means, kind: choices, options: functions, at_most: 1, text: Which ones?}
      - {code: order, kind: ranking, options: [{code: a, text: A}, {code: b, text: B}, {code: c, text: C}], text: In which order?}
      - {code: money, kind: allocation, options: panels, total: 100, decimals: 1, text: How much for each?}
      - {code: share, kind: quantiles, quantiles: [0.05, 0.5], unit: per cent, minimum: 0, maximum: 20, decimals: 2, truth: 1.5, text: How large?}
      - {code: later, kind: quantiles, interval: idea, unit: per cent, text: And later?}
      - {code: roles, kind: grid, scale: role, rows: panels, columns: functions, about: role_expectation, text: Who?}
      - {code: mirrored, kind: grid, scale: role, rows: panels, columns: functions, mirror: roles, text: And you?}
      - {code: map, kind: plane, x: {scale: role, text: Right}, y: {scale: agreement5, text: Up}, text: Where?}
      - {code: asked, kind: text, text: Why?, shown_if: {item: rated, one_of: [1, 5]}, version: 3, equivalent_to: 2}
"""


def whole() -> dict[str, Any]:
    """A study with every kind, and every key of every kind."""
    return copy.deepcopy(read_study(SMALL + MORE))


def example() -> dict[str, Any]:
    return copy.deepcopy(read_study(EXAMPLE))


def small() -> dict[str, Any]:
    return copy.deepcopy(read_study(SMALL))


def refusals(text: str | bytes) -> list[str]:
    """What `read_study` refuses, line by line."""
    with pytest.raises(StudyFileRefused) as refused:
        read_study(text)
    return refused.value.problems


def refusals_with(old: str, new: str) -> list[str]:
    """What is refused in the small study after one replacement."""
    assert SMALL.count(old) == 1, old
    return refusals(SMALL.replace(old, new))


def refusals_of(item: str) -> list[str]:
    """What is refused of one further item, after those of every kind, in line 31."""
    found = refusals(f"{SMALL}{MORE}      - {{{item}}}\n")
    assert all(problem.startswith("line 31: questionnaire[0].items[13]") for problem in found), found
    return [problem.removeprefix("line 31: questionnaire[0].items[13]").removeprefix(".") for problem in found]


def refusals_after(lines: str) -> list[str]:
    """What is refused when `lines` are added to the small study, from line 22 on."""
    assert SMALL.count("\n") == 21
    return refusals(SMALL + lines)
