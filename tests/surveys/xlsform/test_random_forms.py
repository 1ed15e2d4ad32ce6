"""Whatever a sound form holds, the draft made of it is a study file that reads back the same; and every row is accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.exceptions import FileRefused
from surveys.studyfile import read_study, write_study
from surveys.xlsform import read_xlsform
from surveys.xlsform.workbook import read_sheets
from tests.surveys.xlsform.forms import CHOICES, Rows, packed, workbook
from tests.surveys.xlsform.random_forms import forms

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(forms())
def test_every_sound_form_becomes_a_study_file_and_each_of_its_rows_is_reported(sheets: dict[str, Rows]) -> None:
    content = workbook(**sheets)
    imported = read_xlsform(content)
    assert read_study(write_study(imported.definition)) == imported.definition
    sheet = read_sheets(content)[0]["survey"]
    labels = [place for place, header in enumerate(sheet.header) if header.startswith("label")]
    said = [row for row, cells in sheet.rows if not cells[0].startswith("end_") and any(cells[place] for place in (0, 1, *labels))]
    assert [entry.row for entry in imported.report.entries] == said
    assert all(entry.became or entry.remarks for entry in imported.report.entries)
    items = sum(len(section["items"]) for section in imported.definition["questionnaire"])
    assert items <= len(imported.report.taken)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    for given_bytes in (content, b"PK\x03\x04" + content, packed(**{"xl__workbook.xml": content, "[Content_Types].xml": content})):
        try:
            read_xlsform(given_bytes)
        except FileRefused as refusal:
            assert refusal.problems
        else:
            raise AssertionError("accepted")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_workbook_is_refused_or_read_but_never_breaks(place: int, damage: bytes) -> None:
    sound = workbook([["type", "name", "label"], ["text", "q1", "Why?"]], CHOICES)
    place %= len(sound)
    try:
        read_xlsform(sound[:place] + damage + sound[place + len(damage):])
    except FileRefused as refusal:
        assert refusal.problems
