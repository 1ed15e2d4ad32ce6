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


def refusals_after(lines: str) -> list[str]:
    """What is refused when `lines` are added to the small study, from line 22 on."""
    assert SMALL.count("\n") == 21
    return refusals(SMALL + lines)
