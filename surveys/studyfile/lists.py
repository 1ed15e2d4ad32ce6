"""Lists of options wherever they stand: in place, under option_lists, or the study's panels. What kinds ask of their length.

It runs over files with other mistakes in them: None means that nothing can be said.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.items import KINDS
from surveys.items.base import is_number, plain
from surveys.items.grid import MOST_CELLS
from surveys.items.plane import AXES
from surveys.items.quantiles import BOUNDS, CONFIDENCE
from surveys.items.resolve import PANELS
from surveys.studyfile.problems import Path, Report, quoted

FEWEST = 2
CHOSEN_FROM = tuple(name for name, kind in KINDS.items() if "options" in kind.keys)


def codes_in(study: Mapping[str, Any], given: Any) -> list[str] | None:
    """The codes of the options that `given` stands for."""
    if given == PANELS:
        given = study.get(PANELS)
    elif isinstance(given, str):
        lists = study.get("option_lists")
        given = lists.get(given) if isinstance(lists, dict) else None
    if not isinstance(given, list):
        return None
    return [str(option["code"]) for option in given if isinstance(option, dict) and "code" in option]


def components_in(study: Mapping[str, Any], item: Mapping[str, Any]) -> list[str] | None:
    """The codes of the components of an item of several. Those of a kind with options are its options."""
    kind = item.get("kind")
    if kind in CHOSEN_FROM:
        return codes_in(study, item.get("options"))
    if kind == "plane":
        return list(AXES)
    if kind == "quantiles" and "interval" in item:
        return [*BOUNDS, CONFIDENCE]
    if kind == "quantiles":
        quantiles = item.get("quantiles")
        return [plain(number) for number in quantiles if is_number(number)] if isinstance(quantiles, list) else None
    rows, columns = codes_in(study, item.get("rows")), codes_in(study, item.get("columns"))
    return None if rows is None or columns is None else [f"{row}.{column}" for row in rows for column in columns]


def check_lengths(study: Mapping[str, Any], items: Sequence[tuple[Path, Mapping[str, Any]]], report: Report) -> None:
    """What kinds ask of a list's length, where the list stands elsewhere; for a list in place the kind says it."""
    for path, item in items:
        for key, text in length_problems(study, item):
            if (*path, key) not in report.places:
                report.add((*path, key), text)


def length_problems(study: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind, name = item.get("kind"), item.get("options")
    options = codes_in(study, name) if isinstance(name, str) else None
    if kind in CHOSEN_FROM and options is not None and len(options) < FEWEST:
        yield "options", _("%(list)s has fewer than two options. Add some, or name another list.") % {"list": quoted(str(name))}
    at_most = item.get("at_most")
    if kind == "choices" and options is not None and type(at_most) is int and at_most > len(options):
        yield "at_most", ngettext("is more than the %(count)s option. Leave it out to allow all of them.",
                                  "is more than the %(count)s options. Leave it out to allow all of them.", len(options)) % {"count": len(options)}
    cells = components_in(study, item) if kind == "grid" else None
    if cells is not None and len(cells) > MOST_CELLS:
        yield "columns", _("makes %(cells)s cells with the rows, more than anybody fills in. Leave at most %(most)s, or split the grid.") % {
            "cells": len(cells), "most": MOST_CELLS}
