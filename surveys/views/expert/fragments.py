"""Items rendered once for everybody, and filled in for one expert.

Rendering a page of radio buttons costs far more than the database behind it. So an item's template is rendered once for each
round, language and panel, with *markers* in the places that belong to one expert. `compile_parts` cuts the result at the markers,
the pieces are cached, and `fill` puts them together with the expert's own state by plain string work. What is cached holds
nothing of any expert; a CSRF token or a condition on a person never gets into it.

Markers, written by the tags of surveys/templatetags/own_state.py:

    text name            the expert's text, escaped unless it is a SafeString
    checked name value   ` checked` when the expert's state has this value
    when name [value]    what follows up to the matching `end`, when the state has the name (with this value)
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from surveys.templatetags.own_state import NONCE

MARKER = re.compile(rf"\[\[{NONCE}:(text|checked|when|end):([^:\]]*):([^\]]*)\]\]")

State = Mapping[str, str]
Part = str | tuple[str, str, str] | tuple[str, str, str, tuple["Part", ...]]
Parts = tuple[Part, ...]


def compile_parts(rendered: str) -> Parts:
    """Cut a rendered item at its markers. Raises ValueError where a `when` has no `end`, or the other way round."""
    open_parts: list[tuple[str, str, list[Part]]] = [("", "", [])]
    position = 0
    for found in MARKER.finditer(rendered):
        kind, name, value = found[1], unquote(found[2]), unquote(found[3])
        if rendered[position : found.start()]:
            open_parts[-1][2].append(rendered[position : found.start()])
        position = found.end()
        if kind == "when":
            open_parts.append((name, value, []))
        elif kind == "end":
            _close(open_parts)
        else:
            open_parts[-1][2].append((kind, name, value))
    if len(open_parts) != 1:
        raise ValueError("a “when” marker has no end")
    return (*open_parts[0][2], rendered[position:])


def _close(open_parts: list[tuple[str, str, list[Part]]]) -> None:
    if len(open_parts) == 1:
        raise ValueError("an “end” marker stands alone")
    name, value, inside = open_parts.pop()
    open_parts[-1][2].append(("when", name, value, tuple(inside)))


def fill(parts: Parts, state: State) -> SafeString:
    """The item for one expert."""
    pieces: list[str] = []
    _fill(parts, state, pieces.append)
    return mark_safe("".join(pieces))  # noqa: S308 - rendered by a template, or escaped in _fill


def _fill(parts: Parts, state: State, put: Callable[[str], None]) -> None:
    for part in parts:
        if isinstance(part, str):
            put(part)
        elif part[0] == "text":
            put(conditional_escape(state.get(part[1], "")))
        elif part[0] == "checked":
            put(" checked" if state.get(part[1], "") == part[2] else "")
        elif is_met(part[1], part[2], state):
            _fill(part[3], state, put)  # type: ignore[misc]


def is_met(name: str, value: str, state: State) -> bool:
    """`when name`: the state has something under the name; `when name value`: it has exactly this."""
    present = state.get(name, "")
    return present == value if value else bool(present)
