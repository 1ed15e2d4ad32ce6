"""The pieces of a Word document as WordprocessingML (ISO/IEC 29500-1, part 17), each with its text escaped.

python-docx writes the package around them. Written cell by cell through it, a table of some hundred rows would take seconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from analysis.report.document import Text, Worded, plain
from analysis.report.parts import writable

SPACES = " ".join(f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"' for prefix, path in (
    ("w", "wordprocessingml/2006/main"), ("r", "officeDocument/2006/relationships"), ("wp", "drawingml/2006/wordprocessingDrawing"),
    ("a", "drawingml/2006/main"), ("pic", "drawingml/2006/picture"))
)  # fmt: skip
LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, roughly
REGIONS = {"en": "en-GB", "ko": "ko-KR", "ja": "ja-JP"}
EAST_FACES = {"ko": "Malgun Gothic", "ja": "Yu Gothic"}
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "yi"}
TWIPS, EMU = 20, 12_700  # in a point


def run(text: Text, *, bold: bool = False, style: str = "") -> str:
    """A text with its language; new lines and tabs are elements of their own in Word."""
    language = text.language if isinstance(text, Worded) and LANGUAGE.fullmatch(text.language) else ""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + (_faces(language)) + ("<w:b/>" if bold else "") + _language(language)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_words(writable(plain(text)))}</w:r>"


def _words(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in re.split("\r\n|\r|\n", text.replace("\t", " ")))
    return "<w:br/>".join(lines)


def _faces(language: str) -> str:
    face = EAST_FACES.get(language.split("-")[0])
    return f'<w:rFonts w:eastAsia="{face}" w:hint="eastAsia"/>' if face else ""


def _language(language: str) -> str:
    first = language.split("-")[0].lower()
    if not first:
        return ""
    if first in RIGHT_TO_LEFT:
        return f'<w:rtl/><w:lang w:bidi="{language}"/>'
    kind = "eastAsia" if first in EAST_FACES else "val"
    return f'<w:lang w:{kind}="{REGIONS.get(language, language)}"/>'


def paragraph(style: str, *inside: str, keep: bool = False) -> str:
    """`keep`: on one page with what follows."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}</w:pPr>{"".join(inside)}</w:p>'


def bookmarked(number: int, name: str, *inside: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{"".join(inside)}<w:bookmarkEnd w:id="{number}"/>'


def link(bookmark: str, text: Text, style: str = "Hyperlink") -> str:
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{run(text, style=style)}</w:hyperlink>'


def field(instruction: str, shown: str) -> str:
    """What Word works out anew when told to, with what it would say now."""
    return "".join((_opening(instruction), shown, _mark("end")))


def _opening(instruction: str) -> str:
    return "".join((_mark("begin"), f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>', _mark("separate")))


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field_around(instruction: str, paragraphs: Sequence[str]) -> list[str]:
    """A field over several paragraphs, such as a table of contents: it begins in the first and ends in the last."""
    first, *others = paragraphs
    opened = [first.replace("</w:pPr>", f"</w:pPr>{_opening(instruction)}", 1), *others]
    return [*opened[:-1], opened[-1].removesuffix("</w:p>") + _mark("end") + "</w:p>"]


def commented(number: int, inside: str) -> str:
    """A passage with the comment of a number."""
    reference = f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/>{reference}'


@dataclass(frozen=True)
class Picture:
    """`relation`: the image's name in the package; `number` is unique among pictures; sizes in points."""

    relation: str
    number: int
    width: float
    height: float
    title: str
    words: str


def drawing(picture: Picture) -> str:
    """In the line, with its words for those who don't see it."""
    size = f'cx="{round(picture.width * EMU)}" cy="{round(picture.height * EMU)}"'
    words = f"title={quoteattr(writable(picture.title))} descr={quoteattr(writable(picture.words))}"
    name = f'id="{picture.number}" name="Figure {picture.number}"'
    return "".join((
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {name} {words}/>',
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>',
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>',
        f'<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture.relation}"/>',
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>',
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
    ))


@dataclass(frozen=True)
class Grid:
    """A table: `head` and `rows` hold runs; widths in points; `numeric` columns stand to the right."""

    caption: str
    widths: Sequence[float]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    style: str = "ReportTable"


def table(grid: Grid) -> str:
    """Its head stands on every page that it reaches, and no row is cut by a page."""
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in grid.widths)
    head = _row(grid, grid.head, "TableHead", is_head=True) if grid.head else ""
    look = f'<w:tblLook w:val="04A0" w:firstRow="{int(bool(grid.head))}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    properties = (
        f'<w:tblStyle w:val="{grid.style}"/><w:tblW w:w="{_twips(sum(grid.widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f"<w:tblCaption w:val={quoteattr(writable(grid.caption))}/>"
    )
    return f'<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{"".join(_row(grid, row, "TableText") for row in grid.rows)}</w:tbl>'


def _row(grid: Grid, cells: Sequence[str], style: str, *, is_head: bool = False) -> str:
    set_cells = (_cell(width, cell, style + ("Numbers" if place in grid.numeric else "")) for place, (width, cell) in
                 enumerate(zip(grid.widths, cells, strict=True)))  # fmt: skip
    return f'<w:tr><w:trPr><w:cantSplit/>{"<w:tblHeader/>" if is_head else ""}</w:trPr>{"".join(set_cells)}</w:tr>'


def _cell(width: float, inside: str, style: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{paragraph(style, inside)}</w:tc>'


def _twips(points: float) -> int:
    return round(points * TWIPS)
