"""A report as a Word document, for authors to edit before release: real styles, fields and captions; what they must write has a comment each."""

import io
import zipfile
from datetime import UTC, datetime, time

import docx
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from analysis.report.document import Document, plain
from analysis.report.parts import Part, parts_of, with_twins, writable
from analysis.report.word_blocks import Pen
from analysis.report.word_markup import SPACES, bookmarked, field, field_around, link, paragraph, run
from analysis.report.word_styles import set_styles

CONTENTS = r'TOC \o "1-3" \h \z \u'
LISTED_DEPTH = 3
LEVELS = 6
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file knows


def docx_of(document: Document) -> bytes:
    """The same document gives the same bytes."""
    with override(document.language):
        file = docx.Document()
        set_styles(file, document.language)
        _set_page(file, document)
        _set_properties(file, document)
        end = file.element.body.sectPr
        for element in parse_xml(f"<w:body {SPACES}>{''.join(_body(Pen.of(file, with_twins(document))))}</w:body>"):
            end.addprevious(element)
        _date_comments(file, document)
    return _with_fixed_times(file)


def _body(pen: Pen) -> list[str]:
    document = pen.document
    cover = [paragraph("Title", run(document.title)), *([paragraph("Subtitle", run(document.subtitle))] if document.subtitle else []),
             paragraph("Subtitle", run(date_format(document.made_on, "DATE_FORMAT")))]  # fmt: skip
    cover += [paragraph("Caution", run(caution)) for caution in document.cautions]
    return [*cover, *pen.pairs(document.facts), *_contents(pen), *(xml for part in parts_of(document) for xml in _part(pen, part))]


def _contents(pen: Pen) -> list[str]:
    listed = [(number, depth, section) for number, depth, section in pen.document.numbered() if depth <= LISTED_DEPTH]
    if not listed:
        return []
    entries = [paragraph(f"TOC{depth}", link(pen.bookmarks[section.key], f"{number} {plain(section.title)}", "")) for number, depth, section in listed]
    return [paragraph("ContentsHeading", run(_("Contents"))), *field_around(CONTENTS, entries)]


def _part(pen: Pen, part: Part) -> list[str]:
    key, style = part.section.key, f"Heading{min(part.depth, LEVELS)}"
    number = list(pen.bookmarks).index(key) + 1
    heading = paragraph(style, bookmarked(number, pen.bookmarks[key], run(f"{part.number}  "), run(part.section.title)))
    return [heading, *(xml for numbered in part.blocks for xml in pen.block(numbered))]


def _set_page(file: WordFile, document: Document) -> None:
    """A4 with the title and what to mind on every page but the first, and the pages' numbers."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    section.different_first_page_header_footer = True
    for lines, part in (([document.title, *document.cautions], section.header), ([], section.footer)):
        part.is_linked_to_previous = False
        for old in list(part._element):
            part._element.remove(old)
        for line in lines:
            part._element.append(_element(paragraph("Note", run(line))))
    section.footer._element.append(_element(paragraph("Note", field("PAGE", run("1")))))


def _element(xml: str) -> BaseOxmlElement:
    made: BaseOxmlElement = parse_xml(f"<w:body {SPACES}>{xml}</w:body>")[0]
    return made


def _set_properties(file: WordFile, document: Document) -> None:
    moment = datetime.combine(document.made_on, time(), UTC)
    properties = file.core_properties
    properties.title, properties.subject = writable(plain(document.title))[:255], writable(document.subtitle)[:255]
    properties.language = document.language
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.revision = 1
    package = file.part.package
    for name in [name for name, relation in package.rels.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.rels.pop(name)  # the template's picture of an empty page


def _date_comments(file: WordFile, document: Document) -> None:
    """python-docx dates a comment when it is made, which would be new in every file."""
    for relation in file.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS:
            for comment in relation.target_part.element:
                comment.set(qn("w:date"), f"{document.made_on.isoformat()}T00:00:00Z")


def _with_fixed_times(file: WordFile) -> bytes:
    saved, fixed = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename, FIRST_MOMENT), old.read(member), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
