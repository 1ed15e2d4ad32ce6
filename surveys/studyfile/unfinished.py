"""Study files that are not finished: what can be read is taken up as a draft, and what is missing in it is told later, not refused.

The builder walks through sections, items, panels, theatres, scales and lists by their codes; that much of a file must be there or be made.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from surveys.studyfile import languages_of, parse_yaml
from surveys.studyfile.editing import free_code
from surveys.studyfile.problems import Path, Report

Definition = dict[str, Any]
GROUPS = ("panels", "theatres")
NAMES = ("kind", "scale", "theatre", "same_as", "mirror")  # of an item: what the builder looks other parts up by
INNER_NAMES = (("x", "scale"), ("y", "scale"), ("shown_if", "item"))


def read_unfinished(text: str | bytes, *, like: Mapping[str, Any]) -> tuple[Definition, list[str]]:
    """A draft of the study `like`, and what a reader should know of how it was made from the file.

    The draft keeps the short name of `like`, and its title and languages where the file has none. Raises StudyFileRefused for what is not
    YAML, or has no list of sections.
    """
    parsed = parse_yaml(text)
    report, notes = parsed.report, []
    _check_structure(parsed.value, report)
    report.refuse_if_any()
    found = dict(parsed.value)
    if found.get("study") != like["study"]:
        if "study" in found:
            notes.append(_("In the file the study is called “%(other)s”; here it keeps its short name, “%(slug)s”.")
                         % {"other": found["study"], "slug": like["study"]})
        found["study"] = like["study"]
    notes += _with_head(found, like)
    found["panels"], found["questionnaire"] = found.get("panels", []), [dict(section) for section in found["questionnaire"]]
    notes += _with_codes(found)
    return found, notes


def _check_structure(value: Any, report: Report) -> None:
    """Mappings and lists where the builder looks for them, and no number that no database keeps."""
    if not isinstance(value, dict) or not isinstance(value.get("questionnaire"), list):
        report.add((), _("this is no study file: it has no list of sections under “questionnaire”. Is it the right file?"))
        return
    for key in GROUPS:
        _check_list_of_mappings(value.get(key, []), (key,), report)
    _check_list_of_mappings(value["questionnaire"], ("questionnaire",), report)
    for place, section in enumerate(value["questionnaire"]):
        if isinstance(section, dict):
            _check_list_of_mappings(section.get("items", []), ("questionnaire", place, "items"), report)
            _check_items(section.get("items"), ("questionnaire", place, "items"), report)
    _check_theatres_of_panels(value.get("panels"), report)
    for name, scale in _named(value, "scales", report):
        if not isinstance(scale, dict):
            report.add(("scales", name), _("must be a mapping. Correct it, or leave it out."))
    for name, options in _named(value, "option_lists", report):
        _check_list_of_mappings(options, ("option_lists", name), report)
    _check_numbers(value, (), report)


def _named(value: Mapping[str, Any], key: str, report: Report) -> Iterable[tuple[str, Any]]:
    given = value.get(key, {})
    if isinstance(given, dict):
        return given.items()
    report.add((key,), _("must be a mapping. Correct it, or leave it out."))
    return ()


def _check_list_of_mappings(value: Any, path: Path, report: Report) -> None:
    if not isinstance(value, list):
        report.add(path, _("must be a list. Correct it, or leave it out."))
        return
    for place, entry in enumerate(value):
        if not isinstance(entry, dict):
            report.add((*path, place), _("must be a mapping. Correct it, or leave it out."))


def _check_items(items: Any, path: Path, report: Report) -> None:
    """Names are texts, in items and in their axes and conditions."""
    for place, item in enumerate(items) if isinstance(items, list) else ():
        if isinstance(item, dict):
            given: dict[tuple[str, ...], Any] = {(key,): item.get(key) for key in NAMES}
            given |= {(key, name): item[key].get(name) for key, name in INNER_NAMES if isinstance(item.get(key), dict)}
            for steps in (steps for steps, name in given.items() if not isinstance(name, str | None)):
                report.add((*path, place, *steps), _("must be a text. Correct it, or leave it out."))


def _check_theatres_of_panels(panels: Any, report: Report) -> None:
    for place, panel in enumerate(panels) if isinstance(panels, list) else ():
        codes = panel.get("theatres", []) if isinstance(panel, dict) else []
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            report.add(("panels", place, "theatres"), _("must be a list of codes. Correct it, or leave it out."))


def _check_numbers(value: Any, path: Path, report: Report) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        report.add(path, _("is no number that can be stored. Correct it, or leave it out."))
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        _check_numbers(part, (*path, step), report)


def _with_head(found: Definition, like: Mapping[str, Any]) -> list[str]:
    """A title and languages that pages can rely on."""
    notes = []
    if not languages_of(found):
        found["languages"] = like["languages"]
        notes.append(_("The file names no languages that can be used; the study's own are kept."))
    title = found.get("title")
    texts = title.values() if isinstance(title, dict) else [title]
    if not title or not all(isinstance(text, str) for text in texts):
        found["title"] = like["title"]
        notes.append(_("The file has no title that can be used; the study's own is kept."))
    return notes


def _with_codes(found: Definition) -> list[str]:
    """Everything that the builder names by a code has one."""
    notes: list[str] = []
    found["questionnaire"] = _coded(found["questionnaire"], "section", "section", notes)
    taken = {item["code"] for section in found["questionnaire"] for item in section.get("items", []) if isinstance(item.get("code"), str)}
    for section in found["questionnaire"]:
        section["items"] = _coded(section.get("items", []), "code", "item", notes, taken)
    for key, wish in (("panels", "panel"), ("theatres", "theatre")):
        if key in found:
            found[key] = _coded(found[key], "code", wish, notes)
    return notes


def _coded(entries: list[Any], key: str, wish: str, notes: list[str], taken: set[str] | None = None) -> list[dict[str, Any]]:
    """The entries, each with a text under `key`; what has none gets one that is free."""
    taken = taken if taken is not None else {entry[key] for entry in entries if isinstance(entry.get(key), str)}
    coded = []
    for entry in entries:
        given = entry.get(key)
        if not isinstance(given, str) or not given.strip():
            given = free_code(taken, str(given) if isinstance(given, int) and not isinstance(given, bool) else wish)
            notes.append(_("Something without a code was given one: “%(code)s”.") % {"code": given})
        taken.add(given)
        coded.append({**entry, key: given})
    return coded


def mark_unfinished(text: str) -> str:
    """A written study file that is not complete yet, saying so to whoever opens it."""
    note = _("This study is not finished: it can be taken up again in the builder, but no round opens from it yet.")
    return f"# {note}\n{text}"
