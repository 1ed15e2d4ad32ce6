"""A report as one HTML file: whole, safe, numbered, linked, and asking for nothing."""

import re
from html.parser import HTMLParser

import pytest

from analysis.report.html import html_of
from tests.analysis.report.documents import NONSENSE, TEXT, TITLES, TRICKS, document, empty, hostile, large_charts, long_table

VOID = {"meta", "br", "link", "input"}
DRAWN = {"path", "rect", "line", "circle"}


class Read(HTMLParser):
    """Tags with their attributes, texts by the id of the heading before, and whether every tag was closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, name: str) -> list[str]:
        return [value for _tag, given in self.tags if (value := given.get(name)) is not None]


@pytest.mark.parametrize("language", TITLES)
def test_the_page_is_whole_and_in_the_report_s_language(language):
    page = html_of(document(language))
    read = Read(page)
    assert read.open == []
    assert page.startswith(b"<!DOCTYPE html>")
    assert read.tags[0] == ("html", {"lang": language})
    assert f"<title>{TITLES[language]}</title>" in page.decode()


def test_sections_are_numbered_and_lie_in_the_table_of_contents():
    page = html_of(document()).decode()
    headings = [(level, " ".join(re.sub("<[^>]+>", "", words).split())) for level, words in re.findall(r"<h(\d)[^>]*>(.*?)</h", page, re.DOTALL)]
    assert headings == [("1", "Deterrence and divided expectations"), ("2", "Contents"), ("2", "1 Methods"), ("2", "2 Die Geschichte"),
                        ("3", "2.1 Rounds"), ("4", "2.1.1 Second round")]  # fmt: skip
    contents = re.search("<nav.*?</nav>", page, re.DOTALL)
    assert contents is not None
    assert re.findall(r'href="#section-(\w+)"', contents[0]) == ["methods", "story", "rounds"]


def test_every_link_leads_to_a_place_in_the_page_and_no_id_is_there_twice():
    for made in (document(), large_charts()):
        read = Read(html_of(made))
        ids = read.all("id")
        assert len(ids) == len(set(ids))
        assert {link.removeprefix("#") for link in read.all("href")} <= set(ids)
        assert {word for names in read.all("aria-labelledby") for word in names.split()} <= set(ids)


def test_places_are_named_by_their_sections():
    page = html_of(document()).decode()
    assert '<td><a href="#section-methods">1 Methods</a></td>' in page
    assert '<td><a href="#section-story">2 Die Geschichte</a>; <a href="#section-second">2.1.1 Second round</a></td>' in page


def test_figures_and_tables_are_numbered_through_the_document():
    text = Read(html_of(document())).text
    assert re.findall(r"(Figure \d|Table \d) (How much is expected of whom|All questions)", text) == [
        ("Table 1", "All questions"), ("Figure 1", "How much is expected of whom"), ("Figure 2", "How much is expected of whom")]  # fmt: skip


def test_a_chart_has_both_its_widths_and_its_table():
    made = document()
    page = html_of(made)
    read = Read(page)
    chart = made.sections[0].blocks[-1].chart  # type: ignore[union-attr]
    assert page.decode().count(chart.wide.body.markup) == 2
    assert page.decode().count(chart.narrow.body.markup) == 2
    assert [tag for tag, _given in read.tags].count("details") == 2
    assert {cell for row in chart.table.rows for cell in row} <= {word.strip() for word in read.words}


def test_texts_in_other_languages_say_so():
    page = html_of(document()).decode()
    assert '<span lang="ko">동맹은 유지되는가</span>' in page
    assert '<blockquote lang="ko" dir="auto">우리는 먼저 쏘지 않는다.</blockquote>' in page
    assert '<span lang="de">Die Geschichte</span>' in page


def test_what_authors_must_write_stands_out_in_the_report_s_language():
    assert "For the authors to write: Say who paid for the study." in Read(html_of(document())).text
    assert "著者が書くこと： Say who paid for the study." in Read(html_of(document("ja"))).text


def test_the_page_asks_for_nothing_and_runs_nothing():
    page = html_of(document()).decode()
    read = Read(page.encode())
    assert {tag for tag, _given in read.tags} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"} == set()
    assert read.all("src") == []
    assert [name for _tag, given in read.tags for name in given if name.startswith("on") or name == "style"] == []
    assert re.findall(r"url\(|@import|http[s]?://", page) == []
    policy = next(given["content"] for tag, given in read.tags if given.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_paper_names_the_report_and_what_to_mind_on_every_page():
    written = re.search(r'@top-left \{ content: "((?:\\[0-9a-f]+ )+)"', html_of(hostile()).decode())
    assert written is not None
    assert "".join(chr(int(sign, 16)) for sign in re.findall(r"[0-9a-f]+", written[1])) == f"{TRICKS} · {TRICKS}"


def test_every_token_that_the_styles_use_is_defined():
    style = html_of(empty()).decode().split("<style>")[1].split("</style>")[0]
    used, defined = set(re.findall(r"var\((--[\w-]+)\)", style)), set(re.findall(r"(--[\w-]+):", style))
    assert used - defined == set()


def test_texts_of_a_study_are_text_and_never_markup():
    page = html_of(hostile())
    read = Read(page)
    assert read.open == []
    assert " ".join(TRICKS.split()) in read.text
    assert not [tag for tag, _given in read.tags if tag in ("b", "label")]
    assert not [sign for sign in NONSENSE[:8] if sign != " " and sign.encode("utf-8", "surrogatepass") in page]
    assert "Donaudampfschiff" * 40 in read.text


def test_a_reference_to_a_section_that_is_not_there_is_a_dash():
    assert b"<td>\xe2\x80\x93</td>" in html_of(hostile())


def test_a_report_of_nothing_is_a_page():
    read = Read(html_of(empty()))
    assert read.open == []
    assert "Contents" not in read.text


def test_a_long_table_is_whole():
    page = html_of(long_table()).decode()
    assert page.count("<tr>") == 301
    assert '<td class="numeric">299.7</td>' in page


def test_the_same_document_gives_the_same_bytes():
    assert html_of(document()) == html_of(document())
    assert TEXT.encode() in html_of(document())
