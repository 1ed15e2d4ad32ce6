"""The styles of the Word report: real ones, so that whoever edits it changes a look in one place."""

from collections.abc import Iterator

from docx.document import Document as WordFile
from docx.oxml import parse_xml

from analysis.report.word_markup import EAST_FACES, REGIONS, SPACES

INK, MUTED, LINE, ACCENT, WARN, BAD = "1B2230", "535D6C", "DEDBD2", "1F4279", "7D5200", "9F2428"
FACE = "Calibri"
HEADINGS = ((1, 20, 480, 200), (2, 14, 360, 140), (3, 12, 300, 100), (4, 11, 260, 80), (5, 11, 240, 80), (6, 11, 240, 80))


def set_styles(word: WordFile, language: str) -> None:
    """Replaces what the template brings under the same names."""
    styles = word.styles.element
    default = styles.find(".//{*}rPrDefault")
    default.getparent().replace(default, parse_xml(f"<w:rPrDefault {SPACES}>{_run(10.5, INK, _defaults(language))}</w:rPrDefault>"))
    for number, xml in _styles():
        for old in styles.findall("{*}style"):
            if old.get(f"{{{old.nsmap['w']}}}styleId") == number:
                styles.remove(old)
        styles.append(parse_xml(xml))


def _defaults(language: str) -> tuple[str, str]:
    """Faces and languages that a run has unless it says otherwise."""
    east = EAST_FACES.get(language, EAST_FACES["ko"])
    region = REGIONS.get(language, language)
    east_region = region if language in EAST_FACES else REGIONS["ko"]
    latin = region if language not in EAST_FACES else REGIONS["en"]
    return (f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}" w:eastAsia="{east}"/>',
            f'<w:lang w:val="{latin}" w:eastAsia="{east_region}" w:bidi="ar-SA"/>')  # fmt: skip


def _run(size: float = 0, colour: str = "", around: tuple[str, str] = ("", ""), bold: bool = False) -> str:
    inside = around[0] + ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    sizes = f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>' if size else ""
    return f"<w:rPr>{inside}{sizes}{around[1]}</w:rPr>"


def _style(number: str, name: str, paragraph: str = "", run: str = "", based: str = "Normal", after: str = "") -> tuple[str, str]:
    beginning = f'<w:style {SPACES} w:type="paragraph" w:styleId="{number}"><w:name w:val="{name}"/>'
    bonds = (f'<w:basedOn w:val="{based}"/>' if based else "") + (f'<w:next w:val="{after}"/>' if after else "")
    return number, f"{beginning}{bonds}<w:qFormat/><w:pPr>{paragraph}</w:pPr>{run}</w:style>"


def _space(before: int, after: int, line: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"' + (f' w:line="{line}" w:lineRule="auto"' if line else "") + "/>"


def _frame(colour: str, kind: str, sides: str = "top left bottom right") -> str:
    size, space = (24, 8) if sides == "left" else (6, 6)
    return "<w:pBdr>" + "".join(f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>' for side in sides.split()) + "</w:pBdr>"


def _ground(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _styles() -> Iterator[tuple[str, str]]:
    yield "Normal", (f'<w:style {SPACES} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
                     f"<w:pPr>{_space(0, 140, 288)}</w:pPr></w:style>")  # fmt: skip
    for level, size, before, after in HEADINGS:
        keeping = f'<w:keepNext/><w:keepLines/>{_space(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"Heading{level}", f"heading {level}", keeping, _run(size, INK, bold=True), after="Normal")
    yield _style("Title", "Title", _space(1800, 160, 240), _run(30, INK, bold=True), after="Subtitle")
    yield _style("Subtitle", "Subtitle", _space(0, 120), _run(14, MUTED), after="Normal")
    yield _style("Caption", "caption", f"<w:keepNext/>{_space(280, 60)}", _run(10.5, INK))
    yield _style("Note", "Note", _space(60, 240), _run(8.5, MUTED))
    yield _style("Finding", "Finding", _frame(ACCENT, "single", "left") + _space(120, 200) + '<w:ind w:left="200"/>', _run(12, INK))
    yield _style("Caution", "Caution", _frame(WARN, "single") + _ground("FAF1DC") + _space(160, 200))
    yield _style("ToWrite", "To write", _frame(BAD, "dashed") + _ground("FBEAEA") + _space(160, 200), _run(0, BAD), after="Normal")
    yield _style("Quote", "Quote", _ground("F1EFE9") + _space(80, 140) + '<w:ind w:left="200" w:right="200"/>', _run())
    yield from _table_texts()
    yield _style("ContentsHeading", "Contents heading", f"<w:pageBreakBefore/>{_space(0, 200)}", _run(20, INK, bold=True))
    for level in (1, 2, 3):
        yield _style(f"TOC{level}", f"toc {level}", f'{_space(100 if level == 1 else 0, 40)}<w:ind w:left="{300 * (level - 1)}"/>', _run(bold=level == 1))
    yield from _characters()
    yield "ReportTable", _table_style()


def _table_texts() -> Iterator[tuple[str, str]]:
    right = '<w:jc w:val="right"/>'
    yield _style("TableText", "Table text", _space(30, 30, 240), _run(8.5))
    yield _style("TableTextNumbers", "Table numbers", right, based="TableText")
    yield _style("TableHead", "Table head", "<w:keepNext/>", _run(0, MUTED, bold=True), based="TableText")
    yield _style("TableHeadNumbers", "Table head of numbers", right, based="TableHead")


def _characters() -> Iterator[tuple[str, str]]:
    for number, name, inside in (("Hyperlink", "Hyperlink", _run(0, ACCENT)), ("CommentReference", "annotation reference", _run(8))):
        yield number, f'<w:style {SPACES} w:type="character" w:styleId="{number}"><w:name w:val="{name}"/>{inside}</w:style>'


def _table_style() -> str:
    def border(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    lines = border("bottom", 4, LINE) + border("insideH", 4, LINE)
    margins = '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    head = f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{border("bottom", 8, INK)}</w:tcBorders></w:tcPr></w:tblStylePr>'
    return "".join((
        f'<w:style {SPACES} w:type="table" w:styleId="ReportTable"><w:name w:val="Report table"/><w:basedOn w:val="TableNormal"/>',
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{margins}</w:tblPr>", head, "</w:style>",
    ))  # fmt: skip
