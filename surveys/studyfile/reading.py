"""The YAML reader: UTF-8, YAML 1.2 core schema, one document; every refusal with its line and what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.studyfile.nodes import Node, NodeBuilder, stop
from surveys.studyfile.problems import Path, Report
from surveys.studyfile.unfolding import Unfolding

MOST_BYTES = 5_000_000
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # C where the wheel has it: twenty times as fast
UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

INDENT = gettext_lazy("Indent keys of one mapping, or entries of one list, by the same number of spaces.")
REMEDIES = (
    ("mapping values are not allowed", gettext_lazy("A text with a colon needs quotes; else look at the indentation.")),
    ("could not find expected ':'", gettext_lazy("A key needs a colon and a space after it; a long text needs quotes.")),
    ("expected <block end>", INDENT),
    ("expected key", INDENT),
    ("expected '-' indicator", INDENT),
    ("expected <document start>", INDENT),
    ("expected ',' or '}'", gettext_lazy("Look for a comma or } that is missing, or a text with a comma that needs quotes.")),
    ("expected ',' or ']'", gettext_lazy("Look for a comma or ] that is missing, or a text with a comma that needs quotes.")),
    ("end of stream", gettext_lazy("Look for a quote or bracket that is not closed.")),
    ("found unknown escape character", gettext_lazy("In double quotes write a backslash twice, or use single quotes.")),
    ("cannot start any token", gettext_lazy("Put a text that begins with a special sign in quotes.")),
)


@dataclass(frozen=True)
class ParsedYaml:
    """A YAML file as plain values; `lines` has the line of every path."""

    value: Any
    lines: dict[Path, int]
    report: Report


def parse_yaml(text: str | bytes) -> ParsedYaml:
    """Raises StudyFileRefused for whatever is not plain YAML."""
    parsed = parse_leniently(text)
    parsed.report.refuse_if_any()
    return parsed


def parse_leniently(text: str | bytes) -> ParsedYaml:
    """Like `parse_yaml`, but mistakes that can be read past are left in the report, to be refused with others."""
    node = compose(decoded(text))
    lines: dict[Path, int] = {}
    report = Report(lines)
    return ParsedYaml(Unfolding(report, lines).unfold(node, ()), lines, report)


def decoded(given: str | bytes) -> str:
    """The text of the file, without byte order mark."""
    if len(given) > MOST_BYTES:
        stop(1, _("the file is larger than 5 MB. A study takes far less; is it the right file?"))
    if isinstance(given, str):
        given = given.encode("utf-8", "surrogatepass")
    if given.startswith(BYTE_ORDER_MARKS):
        stop(1, _("the file is in UTF-16 or UTF-32. Save it as UTF-8."))
    try:
        text = given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = given[: error.start].count(b"\n") + 1
        stop(line, _("byte %(byte)s is not UTF-8. Save the file as UTF-8.") % {"byte": f"0x{given[error.start]:02X}"})
    found = UNREADABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        stop(line, _("the sign %(sign)s can't stand in a YAML file. Remove it.") % {"sign": f"U+{ord(found[0]):04X}"})
    return text


def compose(text: str) -> Node:
    """The only document as a node. Whatever PyYAML raises becomes a refusal."""
    events = yaml.parse(text, Loader=LOADER)
    try:
        return only_document(events)
    except yaml.YAMLError as error:
        refuse_syntax(error, text)
    except (ValueError, OverflowError):  # the pure loader on \Uffffffff or a %YAML directive of a thousand digits
        stop(1, _("this is not YAML: an escape or a directive has an impossible number. Correct or remove it."))


def only_document(events: Iterator[Any]) -> Node:
    next(events)  # stream start
    if isinstance(next(events), yaml.StreamEndEvent):
        stop(1, _("the file is empty. Start from a bundled study or the example in docs/study-file.md."))
    node = NodeBuilder(events).build(next(events))
    next(events)  # document end
    following = next(events)
    if not isinstance(following, yaml.StreamEndEvent):
        line = following.start_mark.line + 1
        stop(line, _("a second document begins here. Keep one study in a file, and remove lines of --- or ... in it."))
    return node


def refuse_syntax(error: yaml.YAMLError, text: str) -> NoReturn:
    """What the parser says, with the line and the usual remedy."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or _("it can't be read"))
    if has_tab(text, line):
        stop(line, _("a tab stands where YAML takes only spaces. Replace tabs at the start of the line by spaces."))
    context = getattr(error, "context", None)
    whole = f"{said}, {context}" if context else said
    remedy = next((remedy for part, remedy in REMEDIES if part in whole), _("Look at this line and the one above."))
    stop(line, _("this is not YAML: %(said)s. %(remedy)s") % {"said": whole, "remedy": remedy})


def has_tab(text: str, line: int) -> bool:
    """Is there a tab in the indentation of the line, or straight after a dash?"""
    every = text.splitlines()
    return line <= len(every) and re.match(r"[ -]*\t", every[line - 1]) is not None
