"""The vendored faces as files that typst takes, so that pictures and PDFs have the same letters on every machine.

What lies in static/fonts is cut into slices for browsers (docs/fonts.md). Only those that a text needs are unpacked, each once.
The slices of a Noto family are then joined: apart, typst would search all of them for each letter, and whether a character gets
its Korean or its Japanese form would be left to chance. Inter's stay apart, because joining would lose what they know of
kerning; each is a family of its own, so that every letter is asked of the slice that has it.
"""

import os
import re
import shutil
import string
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from analysis.charts.joining import joined, name_font

UNPACKED_AS = 1  # raise it when the way of unpacking changes
FONTS = Path(settings.BASE_DIR) / "static" / "fonts"
SHEETS = ("delphi.css", "fonts-ko.css", "fonts-ja.css")
INTER, KOREAN, JAPANESE = "inter", "noto-sans-kr", "noto-sans-jp"
JOINED = {KOREAN: "Noto Sans KR", JAPANESE: "Noto Sans JP"}
SECOND = "Noto Sans Second"  # of two that have a letter, typst takes the one with the shorter name when it draws an SVG
FIRST = "inter-latin-wght-normal"  # always there
PLAIN = frozenset(string.printable) | frozenset("\xa0°·×“”‘’–—…•−")  # which it has, so that no other slice is opened for them
RULE = re.compile(r'url\("\.\./fonts/([\w-]+)/([\w-]+)\.woff2"\)[^}]*unicode-range:([^}]+)}')
RANGE = re.compile(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", re.IGNORECASE)

Slice = tuple[str, str]  # its family's folder and its file's name


def families(language: str) -> list[str]:
    """All families in the order in which a letter is looked for."""
    inter = sorted((name for folder, name in slices() if folder == INTER), key=lambda name: (name != FIRST, name))
    return [*(_inter_family(name) for name in inter), *_east(language).values()]


def _east(language: str) -> dict[str, str]:
    """Folder → family, the language's own first: a character that both have looks as that language writes it."""
    first, second = (JAPANESE, KOREAN) if language == "ja" else (KOREAN, JAPANESE)
    return {first: JOINED[first], second: SECOND}


@contextmanager
def faces_for(text: str, language: str) -> Iterator[str]:
    """A folder of fonts with every letter of a text that the vendored faces have; it is gone afterwards."""
    wanted = set(text) - PLAIN
    needed = [each for each, letters in slices().items() if each[1] == FIRST or not letters.isdisjoint(wanted)]
    with tempfile.TemporaryDirectory(prefix="delphi-faces-") as made:
        for folder, name in needed:
            if folder == INTER:
                shutil.copyfile(_unpacked((folder, name)), Path(made) / f"{name}.ttf")
        for folder, family in _east(language).items():
            if files := [_unpacked(each) for each in needed if each[0] == folder]:
                (Path(made) / f"{folder}.ttf").write_bytes(joined(files, family))
        yield made


@lru_cache(1)
def slices() -> dict[Slice, frozenset[str]]:
    """Each slice's letters, from the rules that browsers go by."""
    sheets = "".join((FONTS.parent / "css" / sheet).read_text() for sheet in SHEETS)
    return {(folder, name): _letters(ranges) for folder, name, ranges in RULE.findall(sheets)}


def _letters(ranges: str) -> frozenset[str]:
    return frozenset(chr(code) for first, last in RANGE.findall(ranges) for code in range(int(first, 16), int(last or first, 16) + 1))


def _inter_family(name: str) -> str:
    """Inter, Inter Greek, Inter Latin Ext and so on."""
    return "Inter" if name == FIRST else name.removesuffix("-wght-normal").replace("-", " ").title()


def _unpacked(piece: Slice) -> Path:
    """Half a tenth of a second for a slice, so it is kept for the next time."""
    folder, name = piece
    packed = FONTS / folder / f"{name}.woff2"
    file = _store() / f"{UNPACKED_AS}-{packed.stat().st_size}-{name}.ttf"
    if not file.exists():
        font = _opened(packed)
        font.flavor = None
        if folder == INTER:
            name_font(font, _inter_family(name))
        beside = file.with_suffix(f".{os.getpid()}")
        font.save(beside)
        beside.replace(file)
    return file


def _opened(packed: Path) -> Any:
    """Imported only here: a web process that makes no picture has no use for it."""
    from fontTools.ttLib import TTFont

    return TTFont(packed, recalcBBoxes=False, recalcTimestamp=False)


@lru_cache(1)
def _store() -> Path:
    """Below DELPHI_VAR; where that can't be written, a folder that goes with the process."""
    folder = Path(settings.VAR_DIR) / "faces"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return _passing()
    return folder if os.access(folder, os.W_OK) else _passing()


def _passing() -> Path:
    _store.kept = tempfile.TemporaryDirectory(prefix="delphi-faces-")  # type: ignore[attr-defined]
    return Path(_store.kept.name)  # type: ignore[attr-defined]
