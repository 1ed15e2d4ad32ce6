"""Everything that is wrong with a definition that did not come from a file, or not from one alone."""

from collections.abc import Mapping
from typing import Any

from surveys.studyfile.problems import Path, Place, Report, StudyFileProblem
from surveys.studyfile.references import check_references
from surveys.studyfile.study import STUDY


def problems_in(definition: Mapping[str, Any], lines: Mapping[Path, int] | None = None) -> list[StudyFileProblem]:
    """What `read_study` would refuse in it; [] where it is a study. Lines are 1 where none are given."""
    report = Report(lines)
    languages = definition.get("languages")
    report.languages = [language for language in languages if isinstance(language, str)] if isinstance(languages, list) else []
    STUDY.check(dict(definition), Place(report))
    check_references(dict(definition), report)
    return report.found
