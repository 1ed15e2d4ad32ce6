"""Files that make no study are refused with their place and what to do; hostile ones before they cost anything."""

import time
import tracemalloc
from collections.abc import Callable

import pytest

from surveys.exceptions import FileRefused
from surveys.xlsform import read_xlsform
from surveys.xlsform.workbook import LAST_ROW
from tests.surveys.xlsform.forms import CHOICES, SETTINGS, form, items_of, packed, workbook

TEXT = {"type": "text", "name": "q", "label": "Why?"}
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def refusal_of(content: bytes, slug: str = "") -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read_xlsform(content, slug)
    return refused.value.problems


def by_hand(rows: str, document_type: str = "") -> bytes:
    """A workbook of one sheet as another program might write it: no styles, texts inside the cells."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                               'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
                               f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
                       "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets><sheet name="Survey" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
                                      'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{document_type}<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return packed(**{name: text.encode() for name, text in parts.items()})


def row(number: int, *cells: str) -> str:
    written = "".join(f'<c r="{letter}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for letter, cell in zip("ABC", cells, strict=False))
    return f'<row r="{number}">{written}</row>'


HEADER = row(1, "type", "name", "label")


def test_a_workbook_of_another_program_is_read() -> None:
    assert [item["code"] for item in items_of(read_xlsform(by_hand(HEADER + row(2, "text", "q", "Why?"))))] == ["q"]


@pytest.mark.parametrize("content", [b"", b"type,name,label\ntext,q,Why?\n", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"\xd0\xcf\x11\xe0" + b"\0" * 600,
                                     packed(**{"a.txt": b"no workbook"})])
def test_what_is_no_workbook(content: bytes) -> None:
    (problem,) = refusal_of(content)
    assert ".xlsx" in problem


def test_a_workbook_larger_than_five_megabytes() -> None:
    assert "5 MB" in refusal_of(b"PK\x03\x04" + bytes(5_000_001))[0]


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_before_it_does() -> None:
    bomb = packed(**{"xl__worksheets__sheet1.xml": bytes(200_000_000), "[Content_Types].xml": b"x"})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    (problem,) = refusal_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "25 MB" in problem and peak < 5_000_000


def test_a_document_type_is_refused() -> None:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    (problem,) = refusal_of(by_hand(HEADER + row(2, "text", "q", "&l11;"), f'<!DOCTYPE w [<!ENTITY l0 "ha">{laughs}]>'))
    assert "document type" in problem


def test_a_cell_at_the_far_end_of_the_grid_costs_nothing() -> None:
    far = f'<row r="{LAST_ROW}"><c r="XFD{LAST_ROW}" t="inlineStr"><is><t>far</t></is></c></row>'
    begun = time.monotonic()
    found = read_xlsform(by_hand(HEADER + row(2, "text", "q", "Why?") + far))
    assert [item["code"] for item in items_of(found)] == ["q"]
    assert time.monotonic() - begun < 10


def test_too_many_rows() -> None:
    many = "".join(row(number, "text", f"q{number}", "Why?") for number in range(2, 20_002))
    (problem,) = refusal_of(by_hand(HEADER + many))
    assert problem.startswith("sheet survey, row 5001: ") and "5,000 rows" in problem


@pytest.mark.parametrize("rows", [
    "".join(row(number, "text", f"q{number}", "Why?") for number in range(2, 100_002)),
    f'<row r="2">{"<c/>" * 2_000_000}</row>',
    "<a>" * 600_000 + "</a>" * 600_000,
])
def test_too_many_cells_are_refused_before_they_take_memory(rows: str) -> None:
    content = by_hand(HEADER + rows)
    tracemalloc.start()
    (problem,) = refusal_of(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "too many cells" in problem and peak < 5_000_000


def test_too_many_columns() -> None:
    (problem,) = refusal_of(workbook([["type", "name", "label", *(f"c{number}" for number in range(300))], ["text", "q", "Why?"]]))
    assert problem.startswith("sheet survey, row 1: ") and "250 columns" in problem


def test_empty_formatted_rows_are_no_rows() -> None:
    empty = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in range(3, 30_000))
    assert len(items_of(read_xlsform(by_hand(HEADER + row(2, "text", "q", "Why?") + empty)))) == 1


@pytest.mark.parametrize(("content", "place"), [
    (lambda: workbook([], CHOICES, SETTINGS), "there is no sheet “survey”"),
    (lambda: workbook([["name", "label"], ["q", "Why?"]]), "sheet survey, row 1: there is no column “type”"),
    (lambda: workbook([["type", "name"], ["text", "q"]], [["name", "label"], ["a", "A"]]), "sheet choices, row 1: there is no column “list_name”"),
    (lambda: form(TEXT, {"type": "select_one nowhere", "name": "q"}), "sheet survey, row 3, column type: there is no list “nowhere”"),
    (lambda: form({"type": "begin_score", "name": "s", "kobo--score-choices": "gone"}, {"type": "end_score"}),
     "sheet survey, row 2, column kobo--score-choices: there is no list “gone”"),
    (lambda: form(TEXT, {"type": "begin group", "name": "g"}), "sheet survey, row 3, column type: “begin group” is never ended"),
    (lambda: form(TEXT, {"type": "end_group"}), "sheet survey, row 3, column type: “end_group” ends nothing"),
    (lambda: form({"type": "begin group", "name": "g"}, TEXT, {"type": "end repeat"}), "sheet survey, row 4, column type: “end repeat” ends nothing"),
    (lambda: form(*[{"type": "begin group", "name": "g"}] * 30), "sheet survey, row 22, column type: groups stand more than 20 deep"),
    (lambda: form({"type": "geopoint", "name": "q", "label": "Where?"}), "sheet survey: no question here can become an item"),
    (lambda: workbook([["type", "name", "label"]]), "sheet survey: no question here can become an item"),
])
def test_the_place_and_the_remedy_are_told(content: Callable[[], bytes], place: str) -> None:
    (problem,) = refusal_of(content())
    assert problem.startswith(place) and problem.endswith(".")


def test_every_missing_column_is_told_at_once() -> None:
    assert len(refusal_of(workbook([["type", "name"], ["text", "q"]], [["label"], ["A"]]))) == 2


@pytest.mark.parametrize("slug", ["Not A Slug", "-x", "x" * 81, "über"])
def test_an_impossible_slug(slug: str) -> None:
    assert "slug" in refusal_of(form(TEXT), slug)[0]


def test_a_form_that_makes_too_large_a_study_is_refused_in_words() -> None:
    choices = [["list_name", "name", "label::en", "label::ko", "label::ja"], *(["l", f"o{number}", "A", "B", "C"] for number in range(10_000 - 1))]
    questions = [{"type": "select_one l", "name": "a", "label::en": "Which?"}, {"type": "rank l", "name": "b", "label::en": "Rank", "appearance": "x"},
                 {"type": "select_multiple l or_other", "name": "c", "label::en": "Which ones?"}]
    (problem,) = refusal_of(form(*questions, choices=choices))
    assert problem.startswith("sheet survey: ") and "Shorten or split the form" in problem


@pytest.mark.parametrize("cell", [
    "a" * 30_000, "**a" * 10_000, "<a" * 15_000, "(" * 30_000, "((a " * 7_000, "${q} and " * 3_000, "= " * 15_000, " " * 30_000 + "x",
])
def test_no_cell_is_so_long_that_it_takes_long(cell: str) -> None:
    question = {"type": "range", "name": "r", "label": cell, "parameters": cell, "relevant": cell, "constraint": cell, "required": cell}
    begun = time.monotonic()
    read_xlsform(form(TEXT, question, {"type": cell, "name": cell, "label": "Which?"}, {"type": "text", "name": "last", f"label::{cell}": "Why?"}))
    assert time.monotonic() - begun < 5


def test_a_thousand_equal_names_take_a_thousand_steps() -> None:
    choices = [["list_name", "name", "label"], *(["l", "a", "A"] for _number in range(9_000))]
    begun = time.monotonic()
    found = read_xlsform(form(*({"type": "rank l", "name": "q", "label": "Which?"} for _number in range(1_000)), choices=choices))
    assert len({item["code"] for item in items_of(found)}) == 1_000
    assert time.monotonic() - begun < 20
