"""Studies to start from, one for each method: whole study files under studies/templates, in the order of their index.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveys.studyfile import parse_yaml, read_study

FOLDER = Path(__file__).resolve().parents[2] / "studies" / "templates"


@dataclass(frozen=True)
class StudyTemplate:
    """`title` and `summary` (what it is for, its rounds, when to choose it) are by language; `definition` is an accepted study."""

    code: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    definition: Mapping[str, Any]


def study_templates() -> list[StudyTemplate]:
    """All of them. The definitions are the caller's own: a builder may write into them."""
    return [
        StudyTemplate(entry["code"], entry["title"], entry["summary"], read_study(text))
        for entry, text in zip(_index(), _texts(), strict=True)
    ]


@cache
def _index() -> list[dict[str, Any]]:
    return list(parse_yaml((FOLDER / "index.yaml").read_bytes()).value)


@cache
def _texts() -> tuple[bytes, ...]:
    return tuple((FOLDER / f"{entry['code']}.yaml").read_bytes() for entry in _index())
