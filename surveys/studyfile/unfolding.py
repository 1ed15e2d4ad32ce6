"""From nodes to plain values, with the line of every path. A node with a mistake is reported, and reading goes on."""

from typing import Any

from django.utils.translation import gettext as _

from surveys.items.text import is_printable
from surveys.studyfile.nodes import Form, Node
from surveys.studyfile.problems import Path, Report, quoted, shown
from surveys.studyfile.scalars import read_plain

STANDARD = {
    Form.SCALAR: "tag:yaml.org,2002:str", Form.LIST: "tag:yaml.org,2002:seq", Form.MAPPING: "tag:yaml.org,2002:map",
}


class Unfolding:
    """Fills `lines`; a key's line stands for its value, so that a message leads to where the eye looks first."""

    def __init__(self, report: Report, lines: dict[Path, int]) -> None:
        self.report = report
        self.lines = lines

    def unfold(self, node: Node, path: Path) -> Any:
        self.lines.setdefault(path, node.line)
        if node.tag not in (None, STANDARD[node.form]):
            self.report.add(path, _("the tag %(tag)s is not taken. Remove it.") % {"tag": quoted(str(node.tag))}, node.line)
        if node.form is Form.SCALAR:
            return self.scalar(node, path)
        if node.form is Form.MAPPING:
            return self.mapping(node, path)
        return [self.unfold(entry, (*path, number)) for number, entry in enumerate(node.value)]

    def scalar(self, node: Node, path: Path) -> Any:
        if node.plain:
            try:
                value = read_plain(node.value)
            except ValueError:
                self.report.add(path, _("has too many digits for a number. Shorten it, or write it in quotes."), node.line)
                return node.value
            if not isinstance(value, str):
                return value
        self.check_signs(node, path)
        return node.value

    def check_signs(self, node: Node, path: Path) -> None:
        if node.value.isprintable():
            return
        for sign in node.value:
            if not is_printable(sign):
                text = _("holds the sign %(sign)s, which no screen shows. Remove it.") % {"sign": f"U+{ord(sign):04X}"}
                self.report.add(path, text, node.line)
                return

    def mapping(self, node: Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, path)
            if key is None:
                continue
            here = (*path, key)
            if key in found:
                text = _("this key is there twice, in line %(first)s and in line %(second)s. Keep one.")
                self.report.add(here, text % {"first": self.lines[here], "second": key_node.line}, key_node.line)
                continue
            self.lines[here] = key_node.line
            found[key] = self.unfold(value_node, here)
        return found

    def key(self, node: Node, path: Path) -> str | None:
        """The key, or None where it was refused."""
        if node.form is not Form.SCALAR:
            self.report.add(path, _("%(form)s can't be a key here. Look for a bracket too many.") % {"form": a_form(node)}, node.line)
            return None
        if node.plain and node.value == "<<":
            self.report.add(path, _("merging with << is not taken. Write the keys out."), node.line)
            return None
        key = self.scalar(node, path)
        if not isinstance(key, str):
            self.report.add(path, _("a key must be text, and this is %(given)s. Write it in quotes.") % {"given": shown(key)}, node.line)
            return None
        return key


def a_form(node: Node) -> str:
    return _("a list") if node.form is Form.LIST else _("a mapping")
