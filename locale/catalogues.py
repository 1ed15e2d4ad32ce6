"""The catalogues of the interface's texts: gather them from the code, keep what is translated, compile.

    .venv/bin/python locale/catalogues.py            # update locale/*/LC_MESSAGES/django.po, then compile them
    .venv/bin/python locale/catalogues.py --compile  # compile only
    .venv/bin/python locale/catalogues.py --missing  # only say what is not translated

It needs none of gettext's own programs. The same code and translations give the same bytes: entries are sorted, without line
numbers and dates. The compiled files are committed, so that production needs no Babel.
"""

import argparse
import io
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "locale"
CODE = ("accounts", "analysis", "deterrence_delphi", "surveys")
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# The calls alone: around them stands what is left of the page, with comment signs and indentation that are no Python.
CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""")
HEADER = """# The interface in {name}. Made by locale/catalogues.py; docs/translations.md says how to work on it.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


class Text(NamedTuple):
    """A text of the code: `plural` "" where it does not depend on a number."""

    context: str
    singular: str
    plural: str

    @property
    def key(self) -> str:
        """What gettext looks up."""
        return f"{self.context}\x04{self.singular}" if self.context else self.singular


def texts_in_code() -> list[Text]:
    """Every text of Python modules and templates, each once, sorted."""
    found = {text for path in modules() for text in texts_in_python(path.read_bytes())}
    found |= {text for path in templates() for text in texts_in_template(path)}
    return sorted(found)


def modules() -> list[Path]:
    return [path for folder in CODE for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def texts_in_template(path: Path) -> Iterator[Text]:
    """Django turns a template's texts into calls as Python has them."""
    from django.utils.translation.template import templatize

    calls = templatize(path.read_text(), origin=str(path.relative_to(ROOT)))
    yield from texts_in_python("\n".join(found[0] for found in CALL.finditer(calls)).encode())


def texts_in_python(content: bytes) -> Iterator[Text]:
    for _line, function, given, _comments in extract_python(io.BytesIO(content), list(KEYWORDS), (), {"encoding": "utf-8"}):
        if function is None:
            continue
        parts = [given] if isinstance(given, str) else list(given)
        rule = KEYWORDS[function] or (1,)
        context = parts.pop(0) if isinstance(rule[0], tuple) else ""
        plural = parts[1] if "ngettext" in function or "npgettext" in function else ""
        if parts[0]:
            yield Text(context or "", parts[0], plural or "")


def languages() -> list[str]:
    """The languages of the interface that need a catalogue."""
    return [language for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE]


def po_path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True, abort_invalid=True)


def updated(catalogue: Catalog, texts: list[Text]) -> Catalog:
    """The texts of the code with the translations that there are; what the code has no more is left out."""
    fresh = Catalog(locale=catalogue.locale)
    for text in texts:
        known = catalogue.get(text.singular, text.context or None)
        fresh.add((text.singular, text.plural) if text.plural else text.singular, translation_for(text, known, fresh.num_plurals),
                  context=text.context or None)
    return fresh


def translation_for(text: Text, known: Message | None, forms: int) -> str | tuple[str, ...]:
    """The translation that was there, in the form that the text has now."""
    given = known.string if known is not None and not known.fuzzy else ""
    if not text.plural:
        return given if isinstance(given, str) else given[0]
    filled = (given,) if isinstance(given, str) else tuple(given)
    return (filled + ("",) * forms)[:forms]


def po_text(catalogue: Catalog, language: str) -> str:
    from django.conf.locale import LANG_INFO

    body = io.BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    head = HEADER.format(name=LANG_INFO[language]["name"], language=language, plurals=catalogue.plural_forms)
    return head + body.getvalue().decode().strip("\n") + "\n"


def mo_bytes(catalogue: Catalog, language: str) -> bytes:
    """The compiled form, by the manual of GNU gettext ("The Format of GNU MO Files"): two sorted tables of lengths and offsets."""
    plurals = f"Language: {language}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {catalogue.plural_forms}\n"
    entries = {b"": plurals.encode(), **dict(compiled_entries(catalogue))}
    keys = sorted(entries)
    blob, places = b"", []
    for text in [*keys, *(entries[key] for key in keys)]:
        places += [len(text), len(blob)]
        blob += text + b"\0"
    start = 28 + 4 * len(places)
    table = [number + start * (place % 2) for place, number in enumerate(places)]
    head = (0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return struct.pack(f"<7I{len(table)}I", *head, *table) + blob


def compiled_entries(catalogue: Catalog) -> Iterator[tuple[bytes, bytes]]:
    for message in catalogue:
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        if message.id and all(strings) and not message.fuzzy:
            identity = "\0".join(message.id) if isinstance(message.id, tuple) else message.id
            context = f"{message.context}\x04" if message.context else ""
            yield (context + identity).encode(), "\0".join(strings).encode()


def missing(catalogue: Catalog) -> list[str]:
    return [message.id[0] if isinstance(message.id, tuple) else message.id for message in catalogue
            if message.id and not all([message.string] if isinstance(message.string, str) else message.string)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compile", action="store_true", help="compile only")
    parser.add_argument("--missing", action="store_true", help="write nothing; say what is not translated")
    options = parser.parse_args()
    texts = [] if options.compile else texts_in_code()
    for language in languages():
        found = read_catalogue(language) if options.compile else updated(read_catalogue(language), texts)
        if not options.missing:
            write(found, language)
        untranslated = missing(found)
        sys.stdout.write(f"{language}: {len(found)} texts, {len(untranslated)} not translated\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in untranslated if options.missing)
    return 0


def write(catalogue: Catalog, language: str) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(po_text(catalogue, language))
    path.with_suffix(".mo").write_bytes(mo_bytes(read_catalogue(language), language))


if __name__ == "__main__":
    import os

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DELPHI_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deterrence_delphi.settings")
    sys.exit(main())
