"""The languages of a form. Its columns name them freely: “English (en)”, “한국어 (ko)”, “fr”, “French”."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import override

from surveys.studyfile.shapes import LANGUAGE, MOST_CHARACTERS

IN_BRACKETS = re.compile(r"[（(]\s*([^()（）]+?)\s*[)）]\s*$")
LONGEST_NAME = 100
UNNAMED = ""  # the suffix of a column without a language
# ISO 639 keeps qaa to qtz for everybody's own use.
OWN_USE = tuple(f"q{second}{third}" for second in "abcdefghijklmnopqrst" for third in "abcdefghijklmnopqrstuvwxyz")
SCRIPTS = (("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"))


@dataclass
class Languages:
    """Codes, the source language first; the code of each way in which columns name a language; names without a known code."""

    codes: list[str]
    by_suffix: dict[str, str]
    unknown: dict[str, str] = field(default_factory=dict)  # name → the code that stands for it
    is_guessed: bool = False  # no column says which language the form is in
    filled: int = 0  # texts that the form lacks in its source language

    @property
    def source(self) -> str:
        return self.codes[0]

    def texts(self, by_suffix: Mapping[str, str]) -> dict[str, str]:
        """Language → text, in the study's order, of those that say anything."""
        found: dict[str, str] = {}
        for suffix in sorted(by_suffix, key=lambda one: one == UNNAMED):  # a named column goes before a plain one
            language = self.by_suffix.get(suffix)
            if language and by_suffix[suffix].strip():
                found.setdefault(language, by_suffix[suffix])
        return {language: found[language][:MOST_CHARACTERS] for language in self.codes if language in found}

    def complete(self, texts: Mapping[str, str], fallback: str) -> dict[str, str]:
        """The texts, with the source language among them: else another language's words, else the fallback."""
        own = texts.get(self.source, "")
        if not own:
            self.filled += bool(texts)
            own = next(iter(texts.values()), "") or fallback
        return {self.source: own, **{language: text for language, text in texts.items() if language != self.source}}

    def words(self, message: Promise) -> dict[str, str]:
        """A text of the product's own in those languages of the form that it speaks; in the source language always."""
        spoken = {code for code, _name in settings.LANGUAGES}
        found = {}
        for language in self.codes:
            if language in spoken or language == self.source:
                with override(language if language in spoken else "en"):
                    found[language] = str(message)
        return found


def languages_of(suffixes: Sequence[str], default: str, sample: str) -> Languages:
    """From the columns' suffixes in their order, the settings' default_language, and a text to guess an unnamed language from."""
    by_suffix: dict[str, str] = {}
    unknown: dict[str, str] = {}
    own_use = iter(OWN_USE)
    for suffix in dict.fromkeys(suffixes):
        if suffix == UNNAMED or len(by_suffix) >= len(OWN_USE):
            continue
        code = language_code(suffix)
        if code is None:
            code = unknown[suffix] = next(own_use)
        by_suffix[suffix] = code
    plain = by_suffix.get(default) or language_code(default)
    codes = list(dict.fromkeys(by_suffix.values()))
    is_guessed = not codes and plain is None
    if plain is None:
        plain = codes[0] if codes else guessed(sample)
    by_suffix[UNNAMED] = plain
    if plain in codes or UNNAMED in suffixes or not codes:
        codes = list(dict.fromkeys([plain, *codes]))
    return Languages(codes, by_suffix, unknown, is_guessed)


def language_code(name: str) -> str | None:
    """The code that the name of a language holds or stands for; None where it can't be told."""
    name = unicodedata.normalize("NFC", name.strip())[:LONGEST_NAME]
    bracketed = IN_BRACKETS.search(name)
    if bracketed:
        return as_code(bracketed[1]) or names().get(name[: bracketed.start()].strip().casefold())
    return names().get(name.casefold()) or as_code(name)


def as_code(text: str) -> str | None:
    """en, EN, pt_br, zh-hans as the study file writes them: en, pt-BR, zh-Hans."""
    first, *others = re.split(r"[-_]", text.strip())
    shaped = [first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in others)]
    code = "-".join(shaped)
    return code if LANGUAGE.compiled.fullmatch(code) else None


@cache
def names() -> dict[str, str]:
    """Names of languages, English and their own, in small letters → code."""
    found: dict[str, str] = {}
    for code, information in LANG_INFO.items():
        shaped = as_code(code)
        for key in ("name", "name_local"):
            if shaped and key in information:
                found.setdefault(str(information[key]).casefold(), shaped)
    return found


def guessed(sample: str) -> str:
    """The language of a text by its script; English where the script says nothing."""
    named = {unicodedata.name(sign, "").partition(" ")[0] for sign in sample[:20_000] if not sign.isascii()}
    return next((code for script, code in SCRIPTS if script in named), "en")
