"""Documents made up for setting them: no result of any study."""

from datetime import date

from analysis.report.document import (
    Block,
    Bullets,
    Caution,
    Columns,
    Document,
    Facts,
    Figure,
    Finding,
    Paragraph,
    Place,
    Quotes,
    Section,
    TableBlock,
    ToWrite,
    Worded,
)
from tests.analysis.charts.samples import ALL, heat

TITLES = {"en": "Deterrence and divided expectations", "ko": "억제와 엇갈린 기대", "ja": "抑止と分かれた期待"}
TEXT = "Experts of the allies judged how the alliance would act in a crisis. After three rounds they agreed on most of what deters."
TRICKS = '<b onclick="x">bold</b> & #read("/etc/passwd") $x^2$ *strong* _low_ @place <label> \\u{41} // no comment [[ {{ token }} {% now "Y" %}'
NONSENSE = "\x00\x08\x1b\x7f \ud800 \ufffe " + "Donaudampfschiff" * 40 + " שלום עולם \u202eabc\u202c مرحبا 😀 \u0301"


def every_block() -> tuple[Block, ...]:
    columns = Columns(("Code", "Question", "Median", "Where"), numeric=frozenset({2}), wide=frozenset({1}))
    rows = (("Q1", Worded("동맹은 유지되는가", "ko"), "4.50", Place("methods")), ("Q2", "Who strikes first?", "protected", (Place("story"), Place("second"))))
    return (
        Finding("The gap narrows from 1.83 to 1.21."), Paragraph(TEXT), Caution("The answers are simulated."), ToWrite("Say who paid for the study."),
        Bullets(("Most reached consensus.", Worded("残りは安定した不一致です。", "ja"))), Facts((("Rounds", "3"), ("Languages", Worded("한국어", "ko")))),
        Quotes((Worded("우리는 먼저 쏘지 않는다.", "ko"), Worded("We shall not shoot first.", "en"))),
        TableBlock("questions", "All questions", columns, rows, "Medians of everybody."), Figure(heat(3)),
    )  # fmt: skip


def document(language: str = "en") -> Document:
    """Every kind of block, three levels of sections, three languages."""
    second = Section("second", "Second round", (Paragraph(TEXT), Figure(heat(3))))
    story = Section("story", Worded("Die Geschichte", "de"), (Paragraph(TEXT),), (Section("rounds", "Rounds", (), (second,)),))
    return Document(
        TITLES[language], "A study in three rounds", language, date(2026, 11, 20), (Section("methods", "Methods", every_block()), story),
        (("Experts", "204 of 240"),), ("Every answer in this report is simulated.",),
    )  # fmt: skip


def of(*blocks: Block, title: str = "Report") -> Document:
    return Document(title, "", "en", date(2026, 11, 20), (Section("only", "Only", blocks),))


def empty() -> Document:
    return Document("", "", "en", date(2026, 11, 20), ())


def hostile() -> Document:
    """Markup of every kind of file, and signs that no file can hold, at every place that takes a text."""
    blocks = tuple(
        block for text in (TRICKS, NONSENSE) for block in
        (Paragraph(text), Finding(Worded(text, "ar")), Caution(text), ToWrite(text), Bullets((text,)), Facts(((text, text),)), Quotes((Worded(text, "he"),)))
    )  # fmt: skip
    tables = tuple(TableBlock(f"table-{place}", text, Columns((text, text)), ((text, Place("nowhere")), (Worded(text, "he"), ())), text)
                   for place, text in enumerate((TRICKS, NONSENSE)))
    return Document(TRICKS, NONSENSE, "en", date(2026, 11, 20), (Section("only", TRICKS + NONSENSE, (*blocks, *tables)),), ((TRICKS, NONSENSE),), (TRICKS,))


def long_table(rows: int = 300) -> Document:
    columns = Columns(tuple(f"Column {place}" for place in range(8)), frozenset(range(1, 8)))
    return of(TableBlock("long", "A long table", columns, tuple(tuple(f"{row}.{place}" for place in range(8)) for row in range(rows))))


def large_charts() -> Document:
    """Every kind of chart with 17 allies, and none of its keys made for one page together."""
    return of(*(Figure(make(17)) for make in ALL), *(Figure(make(17)) for make in ALL[:2]))
