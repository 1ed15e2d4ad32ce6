"""What the report of a study says, worked out by hand: four experts, two rounds.

"grave" in round 1: 1, 2, 4, 5, quartiles 1.75 and 4.25, so an IQR of 2.5, where the rule asks for at most 1; in round 2 four times 4, so agreed.
Its histogram moved by (1/4 + 1/4 + 3/4 + 1/4) / 2 = 75 %, where the rule asks for less than 15 %; three of four changed their answer.
"chance": 10, 20, 80, 90 in both rounds, quartiles 17.5 and 82.5: divided, and settled.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from analysis.report.document import Bullets, Caution, Document, Figure, Finding, Paragraph, Place, Quotes, TableBlock, ToWrite, Worded, plain
from analysis.report.html import html_of
from analysis.report.writing import write_report
from surveys.models import Study
from tests.analysis.report.studied import blocks, cells, keys, section, table, texts, two_rounds

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ko", "ja")
Documents = dict[str, Document]


@pytest.fixture(scope="module")
def study(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Study]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield two_rounds()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def documents(study: Study, django_db_blocker: DjangoDbBlocker) -> Documents:
    with django_db_blocker.unblock():
        return {language: write_report(study, language) for language in LANGUAGES}


@pytest.fixture
def document(documents: Documents) -> Document:
    return documents["en"]


def test_the_chapters_are_the_same_in_every_language(documents: Documents) -> None:
    chapters = ["summary", "study", "methods", "flow", "story", "agreement", "dissent", "gaps", "reasons", "authors", "questions", "record"]
    for document in documents.values():
        assert [key for key in keys(document) if key in chapters] == chapters
    assert len({tuple(found.key for _number, _depth, found in document.numbered()) for document in documents.values()}) == 1


def test_every_key_is_there_once(document: Document) -> None:
    sections = [found.key for _number, _depth, found in document.numbered()]
    others = [block.key if isinstance(block, TableBlock) else block.chart.key for block in blocks(document) if isinstance(block, TableBlock | Figure)]
    assert len({*sections, *others}) == len(sections) + len(others)


def test_the_first_page_names_the_study_and_what_must_be_known(study: Study, document: Document) -> None:
    assert (plain(document.title), document.language) == ("Two allies", "en")
    assert document.made_on == study.rounds.get(number=2).closed_at.astimezone(study.zone).date()
    assert [caution.split(":")[0].split(";")[0] for caution in document.cautions] == [
        "The answers of this study are public already", "The study is not finished"]


def test_the_summary_says_what_was_asked_of_whom_and_what_came_out(document: Document) -> None:
    found = section(document, "summary")
    assert "Experts of 2 panels were asked: United States, Japan." in texts(found, Paragraph)[0]
    assert texts(found, Paragraph)[0].endswith("In round 1, 4 of 4 invited experts answered. In round 2, 4 of 4 invited experts answered.")
    assert texts(found, Finding)[0] == "Settled agreement on 0 of 2 questions, settled dissent on 1. 1 still moved in its last round."
    assert cells(table(document, "summary-stable-dissent")) == [["How probable is it?", "50 %; middle half 17.5 to 82.5"]]


def test_the_story_tells_each_round(document: Document) -> None:
    first, second = section(document, "story-1"), section(document, "story-2")
    assert texts(first, Paragraph)[0].endswith("It asked 3 questions.")
    assert texts(second, Paragraph)[0].endswith("It asked the same questions again, in the same words.")
    assert [row[:2] for row in cells(table(document, "story-1-classes"))] == [["Not agreed so far", "2"]]
    assert [row[:2] for row in cells(table(document, "story-2-classes"))] == [["Agreed, still moving", "1"], ["Not agreed, and settled", "1"]]
    assert cells(table(document, "story-2-moved")) == [["How grave is it?", "75 %"]]
    assert [plain(item) for block in second.blocks if isinstance(block, Bullets) for item in block.items] == ["How probable is it?"]
    assert texts(second, Paragraph)[-2:] == [
        "After it 1 question was not settled.",
        "Of the 4 experts who answered round 1, 4 answered again (100 %) and 0 did not; 0 joined."]


def test_agreement_gives_the_figure_of_the_rule(document: Document) -> None:
    assert cells(table(document, "agreement-unstable-consensus-table")) == [["How grave is it?", "4 (Much)", "0.00", "75 %", "2"]]
    assert cells(table(document, "agreement-stable-dissent-table"))[0][2:] == ["65.00", "0 %", "2"]


def test_dissent_names_the_camps(document: Document) -> None:
    """10 and 20 against 80 and 90: each ally agrees within 20, on either side of 50."""
    found = section(document, "dissent.chance")
    assert texts(found, Finding) == ["The dissent runs between the allies: 2 of the 2 panels that can be judged agree among themselves, "
                                     "but not all with each other."]


def test_the_flow_counts_every_panel_in_every_round(document: Document) -> None:
    assert cells(table(document, "flow-table")) == [
        ["United States", "2", "2 (100 %)", "2", "2 (100 %)"], ["Japan", "2", "2 (100 %)", "2", "2 (100 %)"], ["Everybody", "4", "4 (100 %)", "4", "4 (100 %)"]]
    assert [block.chart.table.rows[0][:4] for block in section(document, "flow").blocks if isinstance(block, Figure)] == [("Everybody", "Round 1", "4", "4")]


def test_methods_name_the_rules_with_their_hash(study: Study, document: Document) -> None:
    assert ["ordinal", "Interquartile range, at most 1", "Scheibe’s change of the distribution, below 15"] in cells(table(document, "methods-rules-table"))
    assert texts(section(document, "methods-rules"), Finding)[0].endswith("before the first answer, and have not been changed since.")
    assert any(study.rules_sha256 == plain(value) for block in section(document, "methods-rules").blocks
               for _name, value in getattr(block, "pairs", ()))
    assert not [block for block in section(document, "methods-rules").blocks if isinstance(block, Caution)]


def test_reasons_and_open_answers_are_quoted_as_they_were_let_through(document: Document) -> None:
    quoted = {key: [plain(text) for block in section(document, key).blocks if isinstance(block, Quotes) for text in block.texts]
              for key in ("reasons.grave", "answers.next")}
    assert quoted == {"reasons.grave": ["Straits are narrow"], "answers.next": ["Straits are narrow"]}


def test_what_authors_must_write_stands_in_the_right_chapters(document: Document) -> None:
    marked = {found.key for _number, _depth, found in document.numbered() if any(isinstance(block, ToWrite) for block in found.blocks)}
    assert marked == {"study", "methods-design", "methods-questionnaire", "flow", "authors-discussion", "authors-ethics", "authors-funding",
                      "authors-contributions", "authors-registration"}


def test_texts_of_the_study_come_in_the_reports_language_and_fall_back_marked(documents: Documents) -> None:
    (chance,), (grave,) = ([row[0] for row in table(documents["ko"], f"agreement-{key}-table").rows] for key in ("stable-dissent", "unstable-consensus"))
    assert chance == Worded("How probable is it?", "en")
    assert grave == "얼마나 심각합니까?"


def test_places_lead_to_sections(document: Document) -> None:
    there = document.names()
    named = [place.section for block in blocks(document) if isinstance(block, TableBlock) for row in block.rows for cell in row
             for place in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(place, Place)]
    assert [key for key in named if key not in there] == []


def test_the_same_results_give_the_same_page(study: Study, documents: Documents) -> None:
    assert html_of(write_report(study, "en")) == html_of(documents["en"])
