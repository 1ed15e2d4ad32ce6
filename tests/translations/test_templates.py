"""No template has words of its own: what a person reads, or hears from a screen reader, stands in a translation tag."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.translations.catalogues import ROOT

TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
E_MAILS = sorted((TEMPLATES / "emails").rglob("*.txt"))
READ_ALOUD = ("aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt", "label", "summary")
NOT_READ = {"script", "style", "code", "pre"}
WORDS_IN_FILTER = re.compile(r"\|(?:default|default_if_none|yesno|pluralize):[\"']([^\"']*[^\W\d_]{2,}[^\"']*)[\"']")
# The same in every language: names of files that stand in sentences, and what the page's head needs.
SAME_EVERYWHERE = re.compile(r"aggregates\.csv|&[a-z]+;|&#\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")


def without_tags(text: str) -> str:
    """The template's own text: tags and variables left out, all between blocktranslate or comment tags, and blocks of class names."""
    found, ends = [], ""
    for token in Lexer(text).tokenize():
        name, *rest = token.contents.split() if token.token_type == TokenType.BLOCK and token.contents else [""]
        if ends:
            ends = "" if name == ends else ends
        elif name == "block" and rest[0].endswith("_class"):
            ends = "endblock"
        elif name in ("blocktranslate", "blocktrans", "comment"):
            ends = f"end{name}"
        elif token.token_type == TokenType.TEXT:
            found.append(token.contents)
    return "".join(found)


class Words(HTMLParser):
    """Gathers what a reader or a screen reader gets of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        shown = dict(attributes)
        is_button = tag == "input" and shown.get("type") in ("submit", "button", "reset")
        for name, value in attributes:
            if value and (name in READ_ALOUD or name.startswith(("data-text", "data-empty")) or (name == "value" and is_button)):
                self.take(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside and self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not NOT_READ & set(self.inside):
            self.take(data)

    def take(self, text: str) -> None:
        if WORD.search(SAME_EVERYWHERE.sub(" ", text)):
            self.found.append(" ".join(text.split()))


def words_in_page(text: str) -> list[str]:
    reader = Words()
    reader.feed(without_tags(text))
    reader.close()
    return reader.found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_word_of_a_page_is_translated(page: Path) -> None:
    assert words_in_page(page.read_text()) == []


@pytest.mark.parametrize("page", [*PAGES, *E_MAILS], ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_filter_brings_words_in(page: Path) -> None:
    """`|default:"none"` shows English to everybody; `|default:_("none")` does not."""
    shown = [token.contents for token in Lexer(page.read_text()).tokenize() if token.token_type == TokenType.VAR]
    in_attributes = {"group", "/", "en"}  # a class name, an address, a language
    assert [found for one in shown for found in WORDS_IN_FILTER.findall(one) if found not in in_attributes] == []


@pytest.mark.parametrize("mail", E_MAILS, ids=lambda path: path.name)
def test_every_word_of_an_e_mail_is_translated(mail: Path) -> None:
    assert WORD.findall(without_tags(mail.read_text())) == []


@pytest.mark.parametrize(("text", "found"), [
    ("<p>Hello</p>", ["Hello"]),
    ('<p>{% translate "Hello" %} {{ name }}</p>', []),
    ("<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}, 5 %</p>", []),
    ('<button aria-label="Close it">×</button>', ["Close it"]),
    ('<input type="submit" value="Send"><input name="x" value="kept">', ["Send"]),
    ('<form data-text-saved="Saved">', ["Saved"]),
    ('<p class="item{% if a %} item--wrong{% endif %}"><code>panelist</code></p>', []),
    ("{% comment %}What this is.{% endcomment %}", []),
    ("<p>{% if a %}on{% else %}{% translate 'off' %}{% endif %}</p>", ["on"]),
])
def test_this_test_sees_words_that_are_not_translated(text: str, found: list[str]) -> None:
    assert words_in_page(text) == found
