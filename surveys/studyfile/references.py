"""What no single value shows: codes given twice, names that lead nowhere, and settings that don't fit together.

It runs over files with any other mistake in them, so everything is looked at before it is used.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from surveys.enums import Level
from surveys.items.resolve import PANELS
from surveys.studyfile.containers import near_to
from surveys.studyfile.links import check_links
from surveys.studyfile.lists import check_lengths
from surveys.studyfile.problems import Path, Place, Report, listed, quoted

NOUNS: dict[str, str | Promise] = {
    "theatre": pgettext_lazy("part of a study file", "theatre"),
    "panel": pgettext_lazy("part of a study file", "panel"),
    "section": pgettext_lazy("part of a study file", "section"),
    "item": pgettext_lazy("part of a study file", "item"),
    "option": pgettext_lazy("part of a study file", "option"),
    "scale": pgettext_lazy("part of a study file", "scale"),
    "option list": pgettext_lazy("part of a study file", "option list"),
}
Entries = list[tuple[Path, Mapping[str, Any]]]


def check_references(study: Mapping[str, Any], report: Report) -> None:
    sections = entries(study.get("questionnaire"), ("questionnaire",))
    items = [item for path, section in sections for item in entries(section.get("items"), (*path, "items"))]
    theatres, panels = (entries(study.get(key), (key,)) for key in ("theatres", "panels"))
    for noun, key, group in (("theatre", "code", theatres), ("panel", "code", panels), ("section", "section", sections),
                             ("item", "code", items)):
        check_distinct(noun, key, group, report)
    for options in option_lists(study, items):
        check_distinct("option", "code", options, report)
    check_names(study, items, panels, report)
    check_same_as(items, report)
    check_lengths(study, items, report)
    check_links(study, items, report)
    check_disclosure(study, report)
    check_positions(study, items, report)


def entries(value: Any, path: Path) -> Entries:
    """The mappings in a list, with their paths."""
    if not isinstance(value, list):
        return []
    return [((*path, number), entry) for number, entry in enumerate(value) if isinstance(entry, dict)]


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def option_lists(study: Mapping[str, Any], items: Entries) -> Iterator[Entries]:
    for name, options in mapping(study.get("option_lists")).items():
        yield entries(options, ("option_lists", name))
    for path, item in items:
        for key in ("options", "rows", "columns"):
            yield entries(item.get(key), (*path, key))


def check_distinct(noun: str, key: str, group: Entries, report: Report) -> None:
    first: dict[str, int] = {}
    for path, entry in group:
        code, here = entry.get(key), (*path, key)
        if not isinstance(code, str):
            continue
        if code in first:
            text = _("the %(noun)s code %(code)s is there twice, first in line %(line)s. Give each its own.")
            report.add(here, text % {"noun": NOUNS[noun], "code": quoted(code), "line": first[code]})
        first.setdefault(code, report.line_of(here))


def codes(group: Entries) -> list[str]:
    return [entry["code"] for _path, entry in group if isinstance(entry.get("code"), str)]


def check_names(study: Mapping[str, Any], items: Entries, panels: Entries, report: Report) -> None:
    """Scales, option lists and theatres that are named must be there."""
    theatres = dict.fromkeys(codes(entries(study.get("theatres"), ("theatres",))))
    for path, panel in panels:
        named = panel.get("theatres")
        for number, name in enumerate(named if isinstance(named, list) else []):
            check_name(Place(report, (*path, "theatres", number)), "theatre", name, theatres, "theatres")
    lists = {**mapping(study.get("option_lists")), PANELS: None}
    scales = mapping(study.get("scales"))
    for path, item in items:
        for key, noun, known, where in (
            ("scale", "scale", scales, "scales"), ("theatre", "theatre", theatres, "theatres"),
            *((key, "option list", lists, "option_lists") for key in ("options", "rows", "columns")),
        ):
            if key in item:
                check_name(Place(report, (*path, key)), noun, item[key], known, where)
        for axis in ("x", "y"):
            if "scale" in mapping(item.get(axis)):
                check_name(Place(report, (*path, axis, "scale")), "scale", item[axis]["scale"], scales, "scales")
    if PANELS in mapping(study.get("option_lists")):
        report.add(("option_lists", PANELS), _("panels stands for the study's panels. Give the list another name."))


def check_name(place: Place, noun: str, name: Any, known: Mapping[str, Any], where: str) -> None:
    if not isinstance(name, str) or name in known or place.report.is_full:
        return
    text = _("there is no %(noun)s %(name)s. Define it under %(where)s.")
    if known:
        text = _("there is no %(noun)s %(name)s. Use one of %(known)s, or define it under %(where)s.")
    place.refuse(text % {"noun": NOUNS[noun], "name": quoted(name), "known": listed(known), "where": where})


def check_same_as(items: Entries, report: Report) -> None:
    """An item compares with another item of its own kind."""
    kinds = {item["code"]: item.get("kind") for _path, item in items if isinstance(item.get("code"), str)}
    for path, item in items:
        other, place = item.get("same_as"), Place(report, (*path, "same_as"))
        if not isinstance(other, str) or report.is_full:
            continue
        if other == item.get("code"):
            place.refuse(_("is the item itself. Name the item of the other theatre."))
        elif other not in kinds:
            hint = near_to(other, kinds) or _("Name the code of an item of this questionnaire.")
            place.refuse(_("there is no item %(code)s. %(hint)s") % {"code": quoted(other), "hint": hint})
        elif kinds[other] != item.get("kind"):
            place.refuse(_("%(code)s is of another kind. Name an item of the same kind.") % {"code": other})


def check_disclosure(study: Mapping[str, Any], report: Report) -> None:
    minimum = mapping(study.get("disclosure")).get("minimum")
    if type(minimum) is not int or minimum not in (1, 2):
        return
    is_public = study.get("public_data") is True
    if minimum == 2 or not is_public:
        text = _("%(minimum)s would give single answers away. Give at least 3; 1 is for public_data: true only.")
        if is_public:
            text = _("%(minimum)s would give single answers away. Give at least 3, or 1.")
        report.add(("disclosure", "minimum"), text % {"minimum": minimum})


def check_positions(study: Mapping[str, Any], items: Entries, report: Report) -> None:
    """A band lies on the scale that is judged by it; the RAND rule is for nine points."""
    scales = mapping(study.get("scales"))
    points = {name: points_of(mapping(scale)) for name, scale in scales.items()}
    for name in scales:
        check_rule(mapping(scales[name]), ("scales", name), name, points, report)
    for path, item in scaled(items):
        used = item.get("scale")
        if not isinstance(used, str):
            continue
        has_own = check_rule(item, path, used, points, report) or ordinal_rule(mapping(scales.get(used)), ())
        if not has_own:
            check_rule(study, (), used, points, report)


def scaled(items: Entries) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """What is judged on a scale: items, and the axes of planes (under their item's own rule, where it has one)."""
    for path, item in items:
        yield path, item
        for axis in ("x", "y"):
            if isinstance(item.get(axis), dict):
                yield (path if "consensus" in item else (*path, axis)), {**item[axis], **{key: item[key] for key in ("consensus",) if key in item}}


def check_rule(
    holder: Mapping[str, Any], path: Path, name: str, points: Mapping[str, int | None], report: Report,
) -> bool:
    """Checks the holder's rule against the scale; False when it has none for ordinal answers."""
    found = ordinal_rule(holder, path)
    if found is None:
        return False
    here, rule = found
    count, band = points.get(name), rule.get("band")
    if count is None:
        return True
    if isinstance(band, list) and band and type(band[-1]) is int and band[-1] > count:
        refuse_once(report, (*here, "band"),
                    _("the scale %(name)s has only %(count)s points. Give positions on it, or the scale a rule of its own.")
                    % {"name": name, "count": count})
    if path and rule.get("rule") == "rand" and count != 9:
        refuse_once(report, (*here, "rule"),
                    _("rand is for scales of 9 points, and %(name)s has %(count)s. Use another rule.") % {"name": name, "count": count})
    return True


def ordinal_rule(holder: Mapping[str, Any], path: Path) -> tuple[Path, Mapping[str, Any]] | None:
    """The rule of consensus for ordinal answers that stands here, with its path."""
    rules = mapping(holder.get("consensus"))
    if "rule" in rules:
        return (*path, "consensus"), rules
    if isinstance(rules.get(Level.ORDINAL), dict):
        return (*path, "consensus", Level.ORDINAL.value), rules[Level.ORDINAL]
    return None


def points_of(scale: Mapping[str, Any]) -> int | None:
    """How many points a scale has, or None while that can't be said."""
    labels = scale.get("labels")
    if isinstance(labels, dict):
        labels = next(iter(labels.values()), None)
    if isinstance(labels, list):
        return len(labels)
    points = scale.get("points")
    return points if type(points) is int else None


def refuse_once(report: Report, path: Path, text: str) -> None:
    """Many items can be judged by one rule; its mistake is one."""
    if path not in report.places:
        report.add(path, text)
