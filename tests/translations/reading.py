"""What is left in English on a page in another language."""

import re
from functools import cache
from html.parser import HTMLParser

from tests.translations.catalogues import script

READ_ALOUD = ("aria-label", "title", "placeholder", "alt")
NOT_READ = {"script", "style", "code", "pre"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class VisibleTexts(HTMLParser):
    """The texts of a page in its own language: what is marked as being in another is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.open: list[tuple[str, bool]] = []
        self.is_further_line = False  # of the same words in a picture
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "html":
            self.language = given.get("lang") or ""
        is_hidden = tag in NOT_READ or given.get("lang", self.language) != self.language or bool(self.open and self.open[-1][1])
        if tag not in VOID:
            self.open.append((tag, is_hidden))
        self.found += [] if is_hidden else [value for name, value in attributes if value and (name in READ_ALOUD or name.startswith("data-text"))]

    def handle_endtag(self, tag: str) -> None:
        self.is_further_line = tag == "tspan"
        while self.open and any(found == tag for found, _hidden in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not data.strip() or (self.open and self.open[-1][1]):
            return
        line = " ".join(data.split())
        if self.is_further_line and self.found:
            self.found[-1] += f" {line}"
        else:
            self.found.append(line)
        self.is_further_line = False


def visible_texts(html: str) -> VisibleTexts:
    reader = VisibleTexts()
    reader.feed(html)
    reader.close()
    return reader


@cache
def english_texts() -> tuple[re.Pattern[str], ...]:
    """Every text of the interface as a pattern: placeholders stand for anything. What has hardly a word ("… of …") would match too much."""
    every = {form for text in script().texts_in_code() for form in (text.singular, text.plural) if form != "Deterrence Delphi"}
    return tuple(re.compile(pattern_of(form)) for form in sorted(every) if letters_of(form) >= 4 or (letters_of(form) > 1 and "%(" not in form))


def letters_of(form: str) -> int:
    return len(re.findall("[A-Za-z]", re.sub(r"%\(\w+\)s|\{\w+\}|<[^>]+>", "", form)))


def pattern_of(form: str) -> str:
    parts = re.split(r"%\(\w+\)s|\{\w+\}", form.replace("%%", "%"))
    return ".+".join(re.escape(part) for part in parts)


def english_left_in(html: str) -> list[str]:
    texts = visible_texts(html).found
    return [text for text in texts if any(pattern.fullmatch(text) for pattern in english_texts())]
