"""A report as PDF: read back page by page, in three scripts, tagged, with bookmarks, and safe from what a study's texts say."""

import io
import re
from functools import lru_cache

import pytest
from pypdf import PdfReader

from analysis.charts.files import plate
from analysis.report.document import Document, Figure, TableBlock
from analysis.report.parts import TWINS, with_twins
from analysis.report.pdf import ROOM_HEIGHT, _figure, pdf_of
from tests.analysis.charts.samples import heat
from tests.analysis.report.documents import NONSENSE, TITLES, TRICKS, document, empty, hostile, large_charts, long_table, of


def read(made: Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_of(made)))


@lru_cache(3)
def written(language: str) -> PdfReader:
    return read(document(language))


@lru_cache(1)
def written_tricks() -> PdfReader:
    return read(hostile())


def text_of(reader: PdfReader) -> str:
    """Words as they stand, whatever lines they were broken into."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())


def outline(entries: list, depth: int = 1) -> list[tuple[int, str]]:
    found = []
    for entry in entries:
        found += outline(entry, depth + 1) if isinstance(entry, list) else [(depth, " ".join(entry.title.split()))]
    return found


@pytest.mark.parametrize("language", TITLES)
def test_title_language_and_day_are_in_the_file(language):
    reader = written(language)
    assert reader.metadata is not None
    assert reader.metadata.title == TITLES[language]
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-20"
    assert reader.root_object["/Lang"] == language


@pytest.mark.parametrize("language", TITLES)
def test_every_letter_is_text_in_a_vendored_face(language):
    """What is read back is what was written: no letter is a box or a picture."""
    text = text_of(written(language))
    for words in (TITLES[language], "동맹은 유지되는가", "残りは安定した不一致です。", "우리는 먼저 쏘지 않는다.", "Say who paid for the study."):
        assert words in text
    fonts = {str(font.get_object()["/BaseFont"]) for page in written(language).pages for font in page["/Resources"].get("/Font", {}).values()}
    assert {font.partition("+")[2][:4] for font in fonts} == {"Inte", "Noto"}


def test_the_file_is_tagged_and_calls_itself_accessible():
    reader = written("en")
    assert reader.root_object["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own boolean
    assert "/StructTreeRoot" in reader.root_object
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_object().get_data().decode()


def test_every_figure_says_in_words_what_it_shows():
    chart = heat(3)
    said: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if "/Alt" in node:
                said.append(str(node["/Alt"]))
            walk(node.get("/K"))
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(written("en").root_object["/StructTreeRoot"])
    assert said == [f"{chart.title}. {chart.sentence}"] * 2


def test_sections_are_bookmarks_and_the_contents_link_to_them():
    reader = written("en")
    assert outline(reader.outline) == [(1, "1 Methods"), (1, "2 Die Geschichte"), (2, "2.1 Rounds"), (3, "2.1.1 Second round"), (1, "3 The figures as tables")]
    assert len(reader.pages[1].get("/Annots", [])) >= 4
    assert "Contents 1 Methods" in " ".join(reader.pages[1].extract_text().split())


def test_the_header_names_the_report_and_what_to_mind_and_pages_are_numbered():
    for number, page in list(enumerate(written("en").pages, 1))[1:]:
        text = " ".join(page.extract_text().split())
        assert TITLES["en"] in text
        assert "Every answer in this report is simulated." in text
        assert re.search(rf"\b{number}\b", text)


def test_places_are_named_by_their_sections():
    assert "1 Methods Q2 Who strikes first? protected 2 Die Geschichte; 2.1.1 Second round" in text_of(written("en"))


def test_every_figure_s_table_stands_at_the_end():
    made = with_twins(document())
    assert [block.caption for block in made.sections[-1].blocks if isinstance(block, TableBlock)] == [
        "Figure 1: How much is expected of whom", "Figure 2: How much is expected of whom"]  # fmt: skip
    assert made.sections[-1].key == TWINS
    text = text_of(written("en")).split("3 The figures as tables")[-1]
    for row in heat(3).table.rows:
        assert " ".join(row) in text
    assert with_twins(of()) == of()


def test_a_long_table_repeats_its_heads_on_every_page():
    reader = read(long_table(180))
    pages = [page.extract_text() for page in reader.pages if "Column 7" in page.extract_text()]
    assert len(pages) > 2
    assert all(page.count("Column 7") == 1 for page in pages)
    assert "179.7" in pages[-1]


def test_texts_are_set_as_they_are_written_and_never_read_as_typst():
    text = text_of(written_tricks())
    assert text.count(" ".join(TRICKS.split())) >= 8
    assert "root:" not in text
    assert "bold</b>" in text


def test_signs_that_no_file_can_hold_are_left_out_and_long_words_break():
    reader = written_tricks()
    assert "Donaudampfschiff" * 3 in text_of(reader).replace(" ", "")
    assert not set(NONSENSE[1:4]) & set(text_of(reader))


def test_letters_that_no_font_has_cost_the_name_of_accessible_and_nothing_else():
    """PDF/UA-1 forbids a text without glyphs (ISO 14289-1, 7.21.7)."""
    reader = written_tricks()
    assert "pdfuaid" not in reader.root_object["/Metadata"].get_object().get_data().decode()
    assert "/StructTreeRoot" in reader.root_object


def test_a_report_of_nothing_has_a_title_page():
    reader = read(empty())
    assert len(reader.pages) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Report"


def test_no_chart_is_cut_by_its_page():
    """The tallest picture is less high than a page is inside its margins: 297 mm less 27 and 24."""
    made = large_charts()
    pictures = [_figure(block, 1)["width"] * plate(block.chart)[2] / plate(block.chart)[1] for block in made.sections[0].blocks if isinstance(block, Figure)]
    assert max(pictures) == pytest.approx(ROOM_HEIGHT, abs=0.1)
    assert ROOM_HEIGHT < (297 - 27 - 24) / 25.4 * 72 - 60
    assert len(read(made).pages) > len(pictures)


def test_the_same_document_gives_the_same_bytes():
    assert pdf_of(document("ja")) == pdf_of(document("ja"))
