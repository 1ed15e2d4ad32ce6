"""What a report is made of. Chapters write it, renderers set it; neither knows the other.

Texts are plain, without markup. A text in another language than the report's is `Worded`, so that it can be marked as such.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from analysis.charts import Chart


@dataclass(frozen=True)
class Worded:
    """A text of the study. `language` is a BCP 47 code; empty where it is the report's own."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Place:
    """A reference to a section by its key; renderers write its number and title, and link to it."""

    section: str


Text = str | Worded
Cell = str | Worded | Place | tuple[Place, ...]


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class Finding:
    """A sentence that stands out: what a hurried reader takes away."""

    text: Text


@dataclass(frozen=True)
class Caution:
    """What a reader must know before trusting what follows: simulated answers, small panels, departures from the plan."""

    text: str


@dataclass(frozen=True)
class ToWrite:
    """What the data can't say and the authors must; it stands out until it is replaced. `prompt` says what to write."""

    prompt: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Facts:
    """Terms and what they are, such as a study's dates and sizes."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Quotes:
    """Reasons of experts that a moderator let through, in no order that tells anything."""

    texts: tuple[Worded, ...]


@dataclass(frozen=True)
class Columns:
    """A table's heads; `numeric` columns are set to the right, `wide` ones take the room that is left."""

    heads: tuple[str, ...]
    numeric: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()


@dataclass(frozen=True)
class TableBlock:
    """`key` is unique in the document. Rows are as long as the heads; the first cell of a row is its head."""

    key: str
    caption: str
    columns: Columns
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart with its caption; its table twin follows it in HTML and stands in the annex of figures elsewhere."""

    chart: Chart


Block = Paragraph | Finding | Caution | ToWrite | Bullets | Facts | Quotes | TableBlock | Figure


@dataclass(frozen=True)
class Section:
    """`key` is unique in the document and stable over languages and releases: an address within it."""

    key: str
    title: Text
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True)
class Document:
    """`language`: en, ko or ja. `made_on`: the day of the newest closing in it, not of its printing, so that the same results give the same bytes."""

    title: Text
    subtitle: str
    language: str
    made_on: date
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, Text], ...] = ()
    cautions: tuple[str, ...] = field(default=())

    def numbered(self) -> Iterator[tuple[str, int, Section]]:
        """Every section in order with its number, such as 3.2, and its depth from 1."""
        yield from _numbered(self.sections, "", 1)

    def names(self) -> dict[str, str]:
        """Section key → its number and title, for references."""
        return {section.key: f"{number} {plain(section.title)}" for number, _depth, section in self.numbered()}


def _numbered(sections: tuple[Section, ...], above: str, depth: int) -> Iterator[tuple[str, int, Section]]:
    for place, section in enumerate(sections, 1):
        number = f"{above}{place}"
        yield number, depth, section
        yield from _numbered(section.sections, f"{number}.", depth + 1)


def plain(text: Text) -> str:
    return text.text if isinstance(text, Worded) else text
