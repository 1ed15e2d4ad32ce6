"""From YAML's events to nodes, with depth, size and aliases bounded; PyYAML's own composer bounds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NoReturn

import yaml
from django.utils.translation import gettext as _

from surveys.studyfile.problems import StudyFileProblem, StudyFileRefused

MOST_NODES = 200_000
MOST_DEPTH = 40


class Form(Enum):
    SCALAR = "scalar"
    LIST = "list"
    MAPPING = "mapping"


@dataclass
class Node:
    """`value` is a text, a list of nodes, or a list of pairs of nodes, as `form` says."""

    form: Form
    line: int
    value: Any
    tag: str | None = None
    plain: bool = False
    size: int = 1  # with all aliases written out
    height: int = 1


@dataclass
class NodeBuilder:
    """Takes events one by one. Raises StudyFileRefused for what makes reading on pointless."""

    events: Iterator[Any]
    anchors: dict[str, Node | None] = field(default_factory=dict)  # None: begun, not ended
    count: int = 0

    def build(self, event: Any, depth: int = 0) -> Node:
        line = event.start_mark.line + 1
        self.count += 1
        check_bounds(line, self.count, depth)
        if isinstance(event, yaml.AliasEvent):
            return self.aliased(str(event.anchor), line)
        if event.anchor:
            self.anchors[event.anchor] = None
        node = scalar_node(event, line) if isinstance(event, yaml.ScalarEvent) else self.collection(event, line, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def aliased(self, name: str, line: int) -> Node:
        if name not in self.anchors:
            stop(line, _("*%(name)s stands for &%(name)s, which is nowhere above. Write the part out.") % {"name": name})
        node = self.anchors[name]
        if node is None:
            stop(line, _("*%(name)s stands inside &%(name)s, so it would never end. Write the part out.") % {"name": name})
        return node

    def collection(self, event: Any, line: int, depth: int) -> Node:
        form = Form.LIST if isinstance(event, yaml.SequenceStartEvent) else Form.MAPPING
        children: list[Node] = []
        size, height = 1, 0
        while not isinstance(inner := next(self.events), yaml.CollectionEndEvent):
            child = self.build(inner, depth + 1)
            children.append(child)
            size, height = size + child.size, max(height, child.height)
            check_bounds(line, size, height)
        value = children if form is Form.LIST else list(zip(children[::2], children[1::2], strict=True))
        return Node(form, line, value, event.tag, size=size, height=height + 1)


def scalar_node(event: Any, line: int) -> Node:
    return Node(Form.SCALAR, line, event.value, event.tag, plain=event.implicit[0] and event.tag is None)


def check_bounds(line: int, size: int, depth: int) -> None:
    """A small file can stand for billions of values, and a thousand brackets for nothing at all."""
    if size > MOST_NODES:
        stop(line, _("there are more than %(most)s values here, too many for one study. Shorten it.") % {"most": f"{MOST_NODES:,}"})
    if depth > MOST_DEPTH:
        stop(line, _("parts are nested more than %(most)s deep; a study needs ten. Look for brackets not closed.") % {"most": MOST_DEPTH})


def stop(line: int, text: str) -> NoReturn:
    raise StudyFileRefused([StudyFileProblem(line, "", text)])
