"""A page as somebody reads it: its tables, each cell with the heads that it stands under, and its sentences one by one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"})
UNREAD = frozenset({"head", "header", "footer", "nav", "script", "style", "svg", "select", "pre", "template"})
"""What tells nothing of the answers, and pictures: the numbers of a picture stand in the table beside it."""


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces()).split())

    def pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNREAD:
                yield from child.pieces() if child.tag in INLINE else [" ", *child.pieces(), " "]

    def all(self, *tags: str) -> Iterator["Node"]:
        """Those below that have one of the tags; what is in one of them is not looked at again."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.all(*tags)

    @property
    def span(self) -> int:
        return int(self.attributes.get("colspan", 1))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass(frozen=True)
class Row:
    """`cells` by the head of their column; a cell over several columns stands under each of them."""

    name: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    caption: str
    rows: list[Row]


@dataclass(frozen=True)
class ReadPage:
    tables: list[Table]
    sentences: list[str]


def read(markup: str) -> ReadPage:
    builder = _Builder()
    builder.feed(markup)
    main = next(builder.root.all("main"))
    return ReadPage([found for table in main.all("table") for found in tables_of(table)], [text for text in sentences_of(main) if text])


def tables_of(table: Node) -> list[Table]:
    """The table, and those that are folded into its cells."""
    caption = next((node.text for node in table.all("caption")), "")
    heads = [head for row in next(table.all("thead")).all("tr") for head in row.all("th") for _ in range(head.span)]
    found = [Table(caption, [])]
    for row in (row for body in table.all("tbody") for row in body.all("tr")):
        cells = list(row.all("th", "td"))
        inner = [inner for cell in cells for inner in cell.all("table")]
        if inner:
            found += [found for table in inner for found in tables_of(table)]
        elif len(cells) > 1:
            found[0].rows.append(_row(cells, [head.text for head in heads]))
    return found


def _row(cells: list[Node], heads: list[str]) -> Row:
    texts = [cell.text for cell in cells for _ in range(cell.span)]
    assert len(texts) == len(heads), f"{heads} over {texts}"
    named = [head if heads.index(head) == place else f"{head} ({place})" for place, head in enumerate(heads)]
    return Row(texts[0], dict(zip(named[1:], texts[1:], strict=True)))


def sentences_of(node: Node) -> Iterator[str]:
    """Text outside of tables, in the pieces in which it is set: paragraphs, entries of lists, headings."""
    inline: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            inline.append(child)
        elif child.tag in INLINE:
            if _has_block(child):
                yield from sentences_of(child)
            else:
                inline += child.pieces()
        elif child.tag != "table" and child.tag not in UNREAD:
            yield " ".join("".join(inline).split())
            inline = []
            yield from sentences_of(child)
    yield " ".join("".join(inline).split())


def _has_block(node: Node) -> bool:
    return any(isinstance(child, Node) and (child.tag not in INLINE | VOID or _has_block(child)) for child in node.children)
