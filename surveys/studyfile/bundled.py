"""The studies that come with the product, as starts for one's own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from surveys.studyfile import parse_yaml, read_study

FOLDER = Path(__file__).resolve().parents[2] / "studies"


@cache
def bundled_titles() -> Mapping[str, Any]:
    """Folder of studies/ → the study's title by language."""
    return {path.parent.name: parse_yaml(path.read_bytes()).value["title"] for path in sorted(FOLDER.glob("*/study.yaml"))}


def bundled_study(name: str) -> dict[str, Any]:
    """The definition of one of `bundled_titles`, the caller's own. Raises LookupError for another name."""
    if name not in bundled_titles():
        raise LookupError(name)
    return read_study((FOLDER / name / "study.yaml").read_bytes())
