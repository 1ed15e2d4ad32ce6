"""Slices of one variable font joined into one: their glyphs as they are, under one table of letters.

Everything that speaks of glyphs by number but letters' shapes, widths and variation (positioning, vertical setting) is left out.
The tables are joined as bytes; taking each outline apart and writing it again would take seconds.
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEFT_OUT = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "VVAR", "vhea", "vmtx")
GVAR = struct.Struct(">HHHHLHHL")  # version, axes, shared tuples and where, glyphs, flags, where the data begin
WIDE_OFFSETS = 1
WINDOWS, FULL = 3, 10  # OpenType, table `cmap`
FAMILY_NAMES = (1, 16)  # OpenType, table `name`


@dataclass
class Pile:
    """The glyphs so far. The first of a font is the box for letters that it does not have."""

    shapes: list[bytes] = field(default_factory=list)
    variations: list[bytes] = field(default_factory=list)
    widths: list[bytes] = field(default_factory=list)
    letters: dict[int, int] = field(default_factory=dict)

    def add(self, piece: "Piece", glyph: int) -> int:
        self.shapes.append(piece.shape(glyph))
        self.variations.append(piece.variation(glyph))
        self.widths.append(piece.width(glyph))
        return len(self.shapes) - 1


class Piece:
    """One slice, whose glyphs are asked for by number."""

    def __init__(self, file: Path) -> None:
        from fontTools.ttLib import TTFont

        self.font: Any = TTFont(file, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
        raw = self.font.reader
        self._shapes, self._variations, self._widths = raw["glyf"], raw["gvar"], raw["hmtx"]
        self._places = list(self.font["loca"])
        self._full_widths = self.font["hhea"].numberOfHMetrics
        _major, _minor, axes, shared, self._shared_at, glyphs, flags, self._data_at = GVAR.unpack_from(self._variations)
        self.shared = self._variations[self._shared_at : self._shared_at + 2 * axes * shared]
        self.axes, self.shared_count = axes, shared
        form, step = ("L", 1) if flags & WIDE_OFFSETS else ("H", 2)
        self._variation_places = [step * place for place in struct.unpack_from(f">{glyphs + 1}{form}", self._variations, GVAR.size)]

    def glyphs(self) -> dict[int, int]:
        """Letter → glyph."""
        return {letter: self.font.getGlyphID(name) for letter, name in self.font.getBestCmap().items()}

    def shape(self, glyph: int) -> bytes:
        shape: bytes = self._shapes[self._places[glyph] : self._places[glyph + 1]]
        if shape and struct.unpack_from(">h", shape)[0] < 0:
            raise ValueError(f"{self.font.reader.file.name}: a glyph made of others can't be joined")
        return shape

    def variation(self, glyph: int) -> bytes:
        first, last = self._variation_places[glyph : glyph + 2]
        return bytes(self._variations[self._data_at + first : self._data_at + last])

    def width(self, glyph: int) -> bytes:
        """Advance and left edge; the last advance holds for all that follow."""
        full = self._full_widths
        if glyph < full:
            return bytes(self._widths[4 * glyph : 4 * glyph + 4])
        edge = 4 * full + 2 * (glyph - full)
        return bytes(self._widths[4 * full - 4 : 4 * full - 2] + self._widths[edge : edge + 2])


def joined(files: Sequence[Path], family: str) -> bytes:
    """Slices of the same font, in any order; what two of them have comes from the first."""
    pieces = [Piece(file) for file in files]
    first, pile = pieces[0], Pile()
    pile.add(first, 0)
    for piece in pieces:
        if (piece.shared, piece.axes) != (first.shared, first.axes):
            raise ValueError(f"{piece.font.reader.file.name} is no slice of the same font")
        for letter, glyph in piece.glyphs().items():
            if letter not in pile.letters:
                pile.letters[letter] = pile.add(piece, glyph)
    name_font(first.font, family)
    return _written(first, pile)


def name_font(font: Any, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = family


def _written(first: Piece, pile: Pile) -> bytes:
    font, count = first.font, len(pile.shapes)
    for tag in LEFT_OUT:
        if tag in font:
            del font[tag]
    font["head"].indexToLocFormat = 1
    font["maxp"].numGlyphs = font["hhea"].numberOfHMetrics = count
    font.setGlyphOrder([".notdef", *(f"glyph{place:05d}" for place in range(1, count))])
    _put(font, "cmap", _letter_table(font, pile.letters))
    shapes = [shape + b"\0" * (-len(shape) % 4) for shape in pile.shapes]
    _put(font, "glyf", b"".join(shapes))
    _put(font, "loca", _places(shapes))
    _put(font, "hmtx", b"".join(pile.widths))
    _put(font, "gvar", _variation_table(first, pile.variations))
    whole = io.BytesIO()
    font.save(whole)
    return whole.getvalue()


def _put(font: Any, tag: str, content: bytes) -> None:
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    table = DefaultTable(tag)
    table.data = content
    font[tag] = table


def _places(parts: Sequence[bytes]) -> bytes:
    """Where each part begins, and where the last one ends."""
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    return struct.pack(f">{len(places)}L", *places)


def _variation_table(first: Piece, variations: Sequence[bytes]) -> bytes:
    even = [each + b"\0" * (len(each) % 2) for each in variations]
    places = _places(even)
    shared_at = GVAR.size + len(places)
    data_at = shared_at + len(first.shared)
    head = GVAR.pack(1, 0, first.axes, first.shared_count, shared_at, len(even), WIDE_OFFSETS, data_at)
    return head + places + first.shared + b"".join(even)


def _letter_table(font: Any, letters: dict[int, int]) -> bytes:
    """One table of format 12 with a group for each run of letters; it reaches beyond the first 65,536."""
    groups: list[list[int]] = []
    for letter in sorted(letters):
        glyph = letters[letter]
        if groups and letter == groups[-1][1] + 1 and glyph == groups[-1][2] + letter - groups[-1][0]:
            groups[-1][1] = letter
        else:
            groups.append([letter, letter, glyph])
    body = b"".join(struct.pack(">LLL", *group) for group in groups)
    return struct.pack(">HHHHL", 0, 1, WINDOWS, FULL, 12) + struct.pack(">HHLLL", 12, 0, 16 + len(body), 0, len(groups)) + body
