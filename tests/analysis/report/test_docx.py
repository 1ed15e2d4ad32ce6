"""A report as a Word document: read back by python-docx, with styles, fields, comments and languages where an editor looks for them."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from analysis.report.document import Document
from analysis.report.docx import docx_of
from analysis.report.parts import parts_of, with_twins
from tests.analysis.charts.samples import heat
from tests.analysis.report.documents import TITLES, TRICKS, document, empty, hostile, long_table

# ISO/IEC 29500-1:2016, 17.3.1.26 (CT_PPr), 17.3.2.28 (CT_RPr), 17.4.59 (CT_TblPr), 17.7.4.17 (CT_Style): what must stand in which order
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap "
           "overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
           "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern "
           "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
             "tblCellMar tblLook tblCaption tblDescription",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose "
             "personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}  # fmt: skip


def read(made: Document) -> Any:
    return docx.Document(io.BytesIO(docx_of(made)))


@lru_cache(3)
def written(language: str = "en") -> Any:
    return read(document(language))


@lru_cache(1)
def written_tricks() -> Any:
    return read(hostile())


def elements(word: Any, tag: str) -> list[Any]:
    return list(word.element.body.iter(qn(tag)))


def words_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def with_style(word: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.style_id == style]


def numbered_headings(made: Document) -> list[tuple[str, str]]:
    return [(f"Heading {part.depth}", part.number) for part in parts_of(with_twins(made))]


def test_sections_are_headings_of_their_depth():
    found = [(paragraph.style.name, paragraph.text.split("  ")[0]) for paragraph in written().paragraphs if paragraph.style.name.startswith("Heading")]
    assert found == numbered_headings(document())
    assert with_style(written(), "Title") == [TITLES["en"]]


def test_the_table_of_contents_is_a_field_with_its_entries_linked():
    instructions = [element.text for element in elements(written(), "w:instrText")]
    assert instructions[0] == r' TOC \o "1-3" \h \z \u '
    entries = [paragraph for paragraph in written().paragraphs if paragraph.style.style_id.startswith("TOC")]
    assert [paragraph.hyperlinks[0].text for paragraph in entries] == [
        "1 Methods", "2 Die Geschichte", "2.1 Rounds", "2.1.1 Second round", "3 The figures as tables"]  # fmt: skip
    marks = [element.get(qn("w:fldCharType")) for element in elements(written(), "w:fldChar")]
    assert {kind: marks.count(kind) for kind in set(marks)} == {kind: len(instructions) for kind in ("begin", "separate", "end")}


def test_every_link_leads_to_a_bookmark():
    bookmarks = [element.get(qn("w:name")) for element in elements(written(), "w:bookmarkStart")]
    assert len(bookmarks) == len(set(bookmarks))
    assert {element.get(qn("w:anchor")) for element in elements(written(), "w:hyperlink")} <= set(bookmarks)


def test_captions_are_numbered_by_fields():
    assert with_style(written(), "Caption") == [
        "Table 1  All questions", "Figure 1  How much is expected of whom", "Figure 2  How much is expected of whom",
        "Table 2  Figure 1: How much is expected of whom", "Table 3  Figure 2: How much is expected of whom"]  # fmt: skip
    assert [element.text.strip() for element in elements(written(), "w:instrText")][1:] == ["SEQ Table", "SEQ Figure", "SEQ Figure", "SEQ Table", "SEQ Table"]


def test_figures_are_pictures_that_say_what_they_show():
    chart = heat(3)
    pictures = elements(written(), "wp:docPr")
    assert [(picture.get("title"), picture.get("descr")) for picture in pictures] == [(chart.title, chart.sentence)] * 2
    assert len({picture.get("id") for picture in pictures}) == 2
    assert all(shape.width.mm <= 160 for shape in written().inline_shapes)


def test_tables_repeat_their_heads_and_hold_their_cells():
    word = read(long_table())
    table = word.tables[0]._tbl
    assert [len(row.findall(f".//{qn('w:tblHeader')}")) for row in table.tr_lst[:3]] == [1, 0, 0]
    assert len(table.tr_lst) == 301
    assert [words_of(cell) for cell in table.tr_lst[300].tc_lst] == [f"299.{place}" for place in range(8)]
    assert table.find(f".//{qn('w:tblCaption')}").get(qn("w:val")) == "A long table"


def test_places_are_named_by_their_sections():
    cells = [words_of(cell) for cell in written().tables[2]._tbl.tr_lst[2].tc_lst]
    assert cells == ["Q2", "Who strikes first?", "protected", "2 Die Geschichte; 2.1.1 Second round"]


def test_what_authors_must_write_has_a_style_and_a_comment():
    assert with_style(written(), "ToWrite") == ["For the authors to write: Say who paid for the study."]
    assert [comment.text for comment in written().comments] == ["To be written by the authors; delete this comment when it is done."]
    assert len(elements(written(), "w:commentReference")) == 1


def test_texts_in_other_languages_say_so_where_word_looks():
    """East Asian languages have an attribute of their own (ISO/IEC 29500-1, 17.3.2.20)."""
    said = {words_of(element.getparent().getparent()): dict(element.attrib) for element in elements(written(), "w:lang")}
    assert said["동맹은 유지되는가"] == {qn("w:eastAsia"): "ko-KR"}
    assert said["残りは安定した不一致です。"] == {qn("w:eastAsia"): "ja-JP"}
    assert said["Die Geschichte"] == {qn("w:val"): "de"}
    default = written("ja").styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:eastAsia")) == "ja-JP"


def test_right_to_left_texts_run_so():
    runs = elements(written_tricks(), "w:rtl")
    assert runs
    assert all(element.getnext().get(qn("w:bidi")) in ("ar", "he") for element in runs)


@pytest.mark.parametrize("language", TITLES)
def test_properties_name_the_report_its_language_and_day(language):
    properties = written(language).core_properties
    assert (properties.title, properties.language, properties.created.date().isoformat()) == (TITLES[language], language, "2026-11-20")
    assert (properties.author, properties.comments, properties.last_modified_by) == ("", "", "")


def test_every_page_but_the_first_names_the_report_and_what_to_mind():
    section = written().sections[0]
    assert [paragraph.text for paragraph in section.header.paragraphs] == [TITLES["en"], "Every answer in this report is simulated."]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.footer._element.xml


def test_elements_stand_in_the_order_of_the_standard():
    for word in (written(), written_tricks()):
        for root in (word.element, word.styles.element, word.sections[0].header._element):
            assert [fault for kind, order in ORDERS.items() for fault in misplaced(root, kind, order.split())] == []


def misplaced(root: Any, kind: str, order: list[str]) -> Iterator[list[str]]:
    for element in root.iter(qn(f"w:{kind}")):
        names = [child.tag.partition("}")[2] for child in element]
        if [order.index(name) for name in names] != sorted(order.index(name) for name in names):
            yield names


def test_every_style_that_is_used_is_there():
    for word in (written(), written_tricks()):
        there = {style.style_id for style in word.styles}
        used = {element.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle") for element in elements(word, tag)}
        based = {element.get(qn("w:val")) for tag in ("w:basedOn", "w:next") for element in word.styles.element.iter(qn(tag))}
        assert (used | based) - there == set()


def test_texts_are_text_and_signs_that_no_file_can_hold_are_left_out():
    text = "\n".join(paragraph.text for paragraph in written_tricks().paragraphs)
    assert text.count(TRICKS) >= 8
    assert "Donaudampfschiff" * 40 in text
    assert not set("\x00\x08\x1b\x7f\ufffe") & set(text)


def test_a_report_of_nothing_is_a_document():
    assert read(empty()).tables == []


def test_the_same_document_gives_the_same_bytes():
    made = docx_of(document())
    assert made == docx_of(document())
    with zipfile.ZipFile(io.BytesIO(made)) as members:
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in members.namelist() if "thumbnail" in name]
