"""What items say of each other: conditions, mirrored role grids, versions that compare."""

from collections.abc import Iterator, Mapping
from operator import gt, lt
from typing import Any

from django.utils.translation import gettext as _

from surveys.enums import Level
from surveys.items import KINDS, kind_of, resolve_item
from surveys.items.base import LIMITS, Component, is_number, plain
from surveys.studyfile.containers import suggestion
from surveys.studyfile.lists import codes_in, components_in
from surveys.studyfile.problems import Path, Place, Report, listed, quoted, shown

Entries = list[tuple[Path, Mapping[str, Any]]]
TESTS = (*LIMITS, "is", "one_of", "includes")
ALONE = ("is", "one_of")  # each says all that is waited for
NUMERIC = frozenset(name for name, kind in KINDS.items() if LIMITS[0] in kind.decides_by)
FITTING = {name: kind.decides_by for name, kind in KINDS.items() if kind.decides_by}
# Of several numbers, limits of one are all that a condition can name; the component must be named too.
OF_COMPONENTS = frozenset(name for name, tests in FITTING.items() if tests == LIMITS)


def check_links(study: Mapping[str, Any], items: Entries, report: Report) -> None:
    before: dict[str, tuple[Path, Mapping[str, Any]]] = {}
    every = {item["code"]: item for _path, item in items if isinstance(item.get("code"), str)}
    for path, item in items:
        if isinstance(item.get("shown_if"), dict):
            check_condition(study, item, Place(report, (*path, "shown_if")), before, every)
        if isinstance(item.get("mirror"), str):
            check_mirror(item, Place(report, (*path, "mirror")), every)
        check_version(item, Place(report, (*path, "equivalent_to")))
        if isinstance(item.get("code"), str):
            before[item["code"]] = (path, item)


def check_condition(
    study: Mapping[str, Any], item: Mapping[str, Any], place: Place, before: Mapping[str, tuple[Path, Any]], every: Mapping[str, Any],
) -> None:
    given = item["shown_if"]
    source = given.get("item")
    if not isinstance(source, str) or place.report.is_full or any(path[: len(place.path)] == place.path for path in place.report.places):
        return
    if source not in before:
        place.at("item").refuse(_unknown(source, before, every))
        return
    path, asked = before[source]
    is_same_section = path[:2] == place.path[:2]
    found = [*condition_problems(study, given, asked), *(order_problems(item, asked) if is_same_section else ())]
    if not found and not place.report.found:
        found += reach_problems(study, given, asked)
    for key, text in found[:1]:
        (place.at(key) if key in given else place).refuse(text)


def _unknown(source: str, before: Mapping[str, Any], every: Mapping[str, Any]) -> str:
    if source in every:
        return _("the item %(code)s is asked later, or is this item itself. Name an earlier item.") % {"code": quoted(source)}
    hint = suggestion(source, before) if before else _("Name an earlier item.")
    return _("there is no item %(code)s. %(hint)s") % {"code": quoted(source), "hint": hint}


def condition_problems(study: Mapping[str, Any], given: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What in a condition does not fit the item whose answer it waits for: at which of its keys ("": as a whole), and what."""
    kind, tests = asked.get("kind"), [test for test in TESTS if test in given]
    fitting = FITTING.get(str(kind), ())
    wrong = [test for test in tests if test not in fitting]
    if not fitting:
        yield "item", _("an item of kind %(kind)s can't decide. Name an item with an answer to compare.") % {"kind": kind}
    elif not tests:
        yield "", _("says no answer to wait for. Add one of %(names)s.") % {"names": ", ".join(fitting)}
    elif wrong:
        yield wrong[0], _("does not fit an item of kind %(kind)s. Use %(fitting)s.") % {"kind": kind, "fitting": ", ".join(fitting)}
    elif len(tests) > 1 and tests[-1] in ALONE:
        yield tests[-1], _("stands beside %(key)s. Keep one of the two.") % {"key": tests[0]}
    elif kind in OF_COMPONENTS and "component" not in given:
        yield "", _("an item of kind %(kind)s has several numbers. Name one under component.") % {"kind": kind}
    elif kind not in OF_COMPONENTS and "component" in given:
        yield "component", _("an item of kind %(kind)s has one answer. Remove component.") % {"kind": kind}
    elif {"at_least", "at_most"} <= given.keys() and given["at_least"] > given["at_most"]:
        yield "at_least", _("at_least is more than at_most, so nobody would be asked. Correct one.")
    else:
        yield from component_problems(study, given, asked)
        yield from answer_problems(study, given, asked)


def reach_problems(study: Mapping[str, Any], given: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A condition that no answer can meet would hide its item from everybody. Limits that every answer meets do no harm.

    `study` and what is asked must be without mistakes so far.
    """
    spec = resolve_item(asked, study)
    code = str(given.get("component", ""))
    component = next((one for one in kind_of(spec).components(spec) if one.code == code), None)
    if component is None or asked.get("kind") not in NUMERIC:
        return
    low, high = limits_of(component)
    wanted = [*([given["is"]] if "is" in given else ()), *given.get("one_of", ())]
    unreachable = [key for key, limit, is_beyond in (("at_least", high, gt), ("at_most", low, lt))
                   if key in given and limit is not None and is_beyond(given[key], limit)]
    unreachable += [key for key in ALONE if key in given and not any(is_possible(component, value) for value in wanted)]
    for key in unreachable[:1]:
        yield key, out_of_reach(low, high)


def limits_of(component: Component) -> tuple[float | None, float | None]:
    if component.level == Level.ORDINAL:
        return 1, len(component.categories)
    return component.minimum, component.maximum


def is_possible(component: Component, value: float) -> bool:
    if component.level == Level.ORDINAL:
        return plain(value) in component.categories
    low, high = limits_of(component)
    return (low is None or value >= low) and (high is None or value <= high)


def out_of_reach(low: float | None, high: float | None) -> str:
    if high is None:
        return _("no answer can meet it: all answers are at least %(low)s. Correct it, or nobody is asked.") % {"low": plain(low)}
    if low is None:
        return _("no answer can meet it: all answers are at most %(high)s. Correct it, or nobody is asked.") % {"high": plain(high)}
    return _("no answer can meet it: answers go from %(low)s to %(high)s. Correct it, or nobody is asked.") % {"low": plain(low), "high": plain(high)}


def component_problems(study: Mapping[str, Any], given: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = components_in(study, asked) if "component" in given else None
    if known and given["component"] not in known:
        text = _("there is no component %(code)s. Use one of %(known)s.")
        yield "component", text % {"code": quoted(str(given["component"])), "known": listed(known)}


def answer_problems(study: Mapping[str, Any], given: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Answers that are waited for must be possible ones: options that are there, numbers on a scale of numbers."""
    wanted = [(test, given[test]) for test in ("is", "includes") if test in given] + [("one_of", value) for value in given.get("one_of", ())]
    if asked.get("kind") in ("choice", "choices"):
        known = codes_in(study, asked.get("options"))
        for test, code in wanted:
            if known and (code if isinstance(code, str) else plain(code)) not in known:
                yield test, _("there is no option %(code)s. Use one of %(known)s.") % {"code": quoted(str(code)), "known": listed(known)}
        return
    for test, value in wanted:
        if not is_number(value):
            text = _("must be a number, for an item of kind %(kind)s is answered with one; not %(given)s.")
            yield test, text % {"kind": asked.get("kind"), "given": shown(value)}


def order_problems(item: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Within a section, an item must not come before the one that it waits for."""
    if "random" in (item.get("order"), asked.get("order")):
        yield "item", _("an item in random order can't wait for another of its section, nor be waited for. Give both a fixed order.")


def check_mirror(item: Mapping[str, Any], place: Place, every: Mapping[str, Any]) -> None:
    """A mirror asks the same cells of the same scale as the grid that it mirrors."""
    other = every.get(item["mirror"])
    if place.report.is_full:
        return
    if other is None or other.get("kind") != "grid" or other is item:
        place.refuse(_("is not another item of kind grid. Name the role grid that is asked here from the other side."))
    elif any(other.get(key) != item.get(key) for key in ("rows", "columns", "scale")):
        place.refuse(_("has other rows, columns or another scale than the grid that it mirrors. Give both the same."))


def check_version(item: Mapping[str, Any], place: Place) -> None:
    earlier, version = item.get("equivalent_to"), item.get("version", 1)
    if type(earlier) is int and type(version) is int and earlier >= version:
        place.refuse(_("must be an earlier version than this one (%(version)s). Raise version, or remove the key.") % {"version": version})
