"""Make static/fonts/language-names.woff2: the six characters of 한국어 and 日本語, for machines without such faces.

    uv tool run --with brotli --from fonttools python docs/tools/take_language_names.py FOLDER/node_modules

The language switcher stands on every page; a thousand bytes spare an English page the large slices.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parents[2] / "static" / "fonts" / "language-names.woff2"
SLICES = [("kr", 117, "국"), ("kr", 118, "한어"), ("jp", 113, "語"), ("jp", 118, "日"), ("jp", 117, "本")]
# Nothing for shaping or vertical setting: the characters stand alone.
NOT_NEEDED = ["BASE", "VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "STAT"]


def only(source: Path, characters: str, target: Path) -> Path:
    """The regular weight of one slice, with these characters alone."""
    font = instantiateVariableFont(TTFont(source), {"wght": 400})
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 13, 14], hinting=False)
    options.drop_tables += NOT_NEEDED
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font.flavor = None
    font.save(target)
    return target


def main() -> None:
    packages = Path(sys.argv[1]) / "@fontsource-variable"
    with tempfile.TemporaryDirectory() as folder:
        parts = [
            only(packages / f"noto-sans-{face}/files/noto-sans-{face}-{number}-wght-normal.woff2", text, Path(folder, f"{face}{number}.ttf"))
            for face, number, text in SLICES
        ]
        merged = Merger().merge([str(part) for part in parts])
    merged.flavor = "woff2"
    merged.save(TARGET)


if __name__ == "__main__":
    main()
