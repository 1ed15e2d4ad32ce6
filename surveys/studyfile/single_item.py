"""One item, read and checked as a part of a study that is there already: for rewording, and for questions of later rounds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from surveys.studyfile.checking import problems_in
from surveys.studyfile.problems import Path, StudyFileProblem, StudyFileRefused, path_text, quoted
from surveys.studyfile.questionnaire import Item
from surveys.studyfile.reading import parse_yaml
from surveys.studyfile.writing import written_yaml

Lines = Mapping[Path, int]


def read_item(text: str) -> tuple[Any, Lines]:
    """The item that a text holds, as in a study file, with the line of each of its paths; a dash before it is taken too.

    Raises StudyFileRefused for whatever is not plain YAML.
    """
    parsed = parse_yaml(text)
    if isinstance(parsed.value, list) and len(parsed.value) == 1:
        return parsed.value[0], {path[1:]: line for path, line in parsed.lines.items() if path[:1] == (0,)}
    return parsed.value, parsed.lines


def write_item(item: Mapping[str, Any], languages: Sequence[str]) -> str:
    """An accepted item as a study file has it, to be edited. Its version is left out: whoever keeps the item numbers it."""
    return written_yaml(Item().arranged({key: value for key, value in item.items() if key not in ("version", "equivalent_to")}, languages))


def check_item(
    study: Mapping[str, Any], section: str, item: Any, *, replaces: str = "", title: Any = None, lines: Lines | None = None,
) -> None:
    """Raises StudyFileRefused unless the item fits into the section: at its end, or where the item `replaces` stands.

    `study` is an accepted definition; with a `title` the section is a new one at its end. Paths in the refusal begin at the item;
    mistakes that it makes elsewhere keep theirs.
    """
    present = study
    if title is not None:
        study = {**present, "questionnaire": [*present["questionnaire"], {"section": section, "title": title, "items": []}]}
    place, there = _place_of(study, section, replaces)
    if not replaces and isinstance(item, dict) and item.get("code") in _codes(study):
        text = _("the study has an item %(code)s already. Give the new one another code, or reword that one.")
        raise StudyFileRefused([StudyFileProblem((lines or {}).get(("code",), 1), "code", text % {"code": quoted(str(item["code"]))})])
    found = problems_in(_with_item(study, place, there, item), {(*_path(place, there), *path): line for path, line in (lines or {}).items()})
    head = path_text(_path(place, there))
    own = [problem._replace(path=problem.path.removeprefix(head).removeprefix(".")) for problem in found if _is_inside(problem.path, head)]
    others = [problem for problem in found if not _is_inside(problem.path, head)]
    if others:  # mistakes that were there before are none of this item's
        before = {(problem.path, problem.text) for problem in problems_in(present, {})}
        others = [problem for problem in others if (problem.path, problem.text) not in before]
    if own or others:
        raise StudyFileRefused([*own, *others])


def _place_of(study: Mapping[str, Any], section: str, replaces: str) -> tuple[int, int]:
    for place, part in enumerate(study["questionnaire"]):
        codes = [item["code"] for item in part["items"]]
        if replaces in codes:
            return place, codes.index(replaces)
        if not replaces and part["section"] == section:
            return place, len(codes)
    raise ValueError(f"no place for an item in section {section!r}")


def _codes(study: Mapping[str, Any]) -> set[str]:
    return {item["code"] for part in study["questionnaire"] for item in part["items"]}


def _path(place: int, there: int) -> Path:
    return ("questionnaire", place, "items", there)


def _with_item(study: Mapping[str, Any], place: int, there: int, item: Any) -> dict[str, Any]:
    sections = list(study["questionnaire"])
    items = sections[place]["items"]
    sections[place] = {**sections[place], "items": [*items[:there], item, *items[there + 1:]]}
    return {**study, "questionnaire": sections}


def _is_inside(path: str, head: str) -> bool:
    return path == head or path.startswith((f"{head}.", f"{head}["))
