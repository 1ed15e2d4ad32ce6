"""The study file: one readable YAML file that holds a whole study. Pure: text and dicts, no database.

`docs/study-file.md` describes the format; `study.py` is the format.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.studyfile.problems import Place, StudyFileProblem, StudyFileRefused, path_text
from surveys.studyfile.reading import ParsedYaml, parse_leniently, parse_yaml
from surveys.studyfile.references import check_references
from surveys.studyfile.shapes import LANGUAGE
from surveys.studyfile.study import STUDY, study_schema
from surveys.studyfile.writing import written_yaml


def read_study(text: str | bytes) -> dict[str, Any]:
    """The definition as given (a plain string stays one). Raises StudyFileRefused with everything that is wrong."""
    parsed = parse_leniently(text)
    report = parsed.report
    report.languages = languages_of(parsed.value)
    if parsed.value is None and not report.found:
        report.add((), _("the file is empty. Start from a bundled study or the example in docs/study-file.md."))
    else:
        STUDY.check(parsed.value, Place(report))
    if isinstance(parsed.value, dict):
        check_references(parsed.value, report)
    report.refuse_if_any()
    return dict(parsed.value)


def languages_of(value: Any) -> list[str]:
    """The study's languages if they can be relied on; without them no text is refused for its language."""
    given = value.get("languages") if isinstance(value, dict) else None
    if not isinstance(given, list):
        return []
    return given if all(isinstance(one, str) and LANGUAGE.compiled.fullmatch(one) for one in given) else []


def missing_texts(definition: Mapping[str, Any]) -> dict[str, list[str]]:
    """For each language but the source language the paths of the texts that an accepted definition lacks in it."""
    missing: dict[str, list[str]] = {language: [] for language in definition["languages"][1:]}
    for path, given in STUDY.texts(definition, ()):
        for language, paths in missing.items():
            if given is None or language not in given:
                paths.append(path_text(path))
    return missing


def write_study(definition: Mapping[str, Any]) -> str:
    """A definition as a study file in canonical order: the same definition gives the same text. It may be unfinished."""
    languages = definition.get("languages")
    return written_yaml(STUDY.arranged(definition, languages if isinstance(languages, list) else ()))


__all__ = [
    "ParsedYaml", "StudyFileProblem", "StudyFileRefused", "missing_texts", "parse_yaml", "read_study",
    "study_schema", "write_study",
]
